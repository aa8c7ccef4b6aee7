"""Every error answer of the service: a problem document (RFC 9457), made in one place."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine, Mapping
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

PROBLEM_JSON = "application/problem+json"

Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]
Renderer = Callable[[Request, "Problem"], Response | None]
"""Turns a problem into another representation (a page), or ``None`` for problem+json."""


class Problem(Exception):  # noqa: N818  (the specification's own term)
    """An error answer. ``extension`` members are added to the document (RFC 9457, 3.2).

    ``status`` is an HTTP status, ``title`` names the kind of problem, ``detail`` says what to do
    about this one. ``headers`` go with the response.
    """

    def __init__(
        self,
        status: int,
        title: str,
        detail: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        **extension: Any,
    ) -> None:
        super().__init__(f"{status} {title}: {detail}" if detail else f"{status} {title}")
        self.status = status
        self.title = title
        self.detail = detail
        self.headers = dict(headers or {})
        self.extension = extension

    def document(self) -> dict[str, Any]:
        """The members of the problem document."""
        members: dict[str, Any] = {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
        }
        if self.detail:
            members["detail"] = self.detail
        return members | self.extension

    def response(self) -> Response:
        """The problem as problem+json."""
        headers = {"X-Content-Type-Options": "nosniff", **self.headers}
        return Response(self.content(), self.status, headers, PROBLEM_JSON)

    def content(self) -> bytes:
        """The document in JSON. A lone surrogate is escaped: it has no form in UTF-8."""
        return json.dumps(self.document(), ensure_ascii=False).encode("utf-8", "backslashreplace")


def problem_of(error: Exception) -> Problem:
    """The problem an exception stands for. An unforeseen one tells nothing of the inside."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, HTTPException):
        return _from_http(error)
    if isinstance(error, RequestValidationError):
        return _from_validation(error)
    return Problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.INTERNAL_SERVER_ERROR.phrase,
        "The service failed unexpectedly; the failure is in its log.",
    )


def exception_handlers(render: Renderer | None = None) -> dict[int | type[Exception], Handler]:
    """The table for ``Starlette(exception_handlers=...)`` or FastAPI's argument of that name.

    ``render`` may answer with another representation than problem+json (a page for a browser).
    """

    async def handle(request: Request, error: Exception) -> Response:
        problem = problem_of(error)
        rendered = render(request, problem) if render else None
        return problem.response() if rendered is None else rendered

    return {
        Problem: handle,
        HTTPException: handle,
        RequestValidationError: handle,
        Exception: handle,
    }


def _from_http(error: HTTPException) -> Problem:
    phrase = HTTPStatus(error.status_code).phrase
    detail = error.detail if error.detail != phrase else ""
    if error.status_code == HTTPStatus.NOT_FOUND and not detail:
        detail = "There is nothing at this address."
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not detail:
        allowed = (error.headers or {}).get("Allow", "")
        detail = f"Allowed here: {allowed}." if allowed else ""
    return Problem(error.status_code, phrase, detail, headers=error.headers)


def _from_validation(error: RequestValidationError) -> Problem:
    errors = [
        {"where": ".".join(str(part) for part in item["loc"]), "message": item["msg"]}
        for item in error.errors()
    ]
    detail = "; ".join(f"{item['where']}: {item['message']}" for item in errors)
    return Problem(HTTPStatus.BAD_REQUEST, "Invalid request", detail, errors=errors)
