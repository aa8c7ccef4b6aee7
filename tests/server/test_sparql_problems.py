"""One shape for every error: the handlers' table, and the store's errors as problems."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from server.problem import Problem, exception_handlers
from server.sparql.problems import problem_for
from server.store.interface import (
    AnswerTooLargeError,
    NoSuitableFormatError,
    QueryError,
    QueryFailedError,
    QueryForm,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
    ReaderLostError,
    StorageFailedError,
    StoreBusyError,
)

pytestmark = pytest.mark.anyio


async def send(app: FastAPI, method: str, path: str, accept: str = "*/*") -> httpx.Response:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.request(method, path, headers={"Accept": accept})


@pytest.fixture
def app() -> FastAPI:
    app = FastAPI(exception_handlers=exception_handlers())

    @app.get("/teapot")
    def teapot() -> None:
        raise Problem(418, "Teapot", "Short and stout.", headers={"X-Tea": "1"}, volume=3)

    @app.get("/gone")
    def gone() -> None:
        raise HTTPException(410, "It was here.")

    @app.get("/number/{number}")
    def number(number: int) -> int:
        return number

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("/secret/path is broken")

    return app


@pytest.mark.parametrize(
    ("method", "path", "status", "title", "detail"),
    [
        ("GET", "/teapot", 418, "Teapot", "Short and stout."),
        ("GET", "/gone", 410, "Gone", "It was here."),
        ("GET", "/nowhere", 404, "Not Found", "There is nothing at this address."),
        ("POST", "/teapot", 405, "Method Not Allowed", "Allowed here: GET."),
        ("GET", "/number/x", 400, "Invalid request", "path.number: "),
        ("GET", "/broken", 500, "Internal Server Error", "in its log"),
    ],
)
async def test_every_error_has_one_shape(
    app: FastAPI, method: str, path: str, status: int, title: str, detail: str
) -> None:
    response = await send(app, method, path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    document = response.json()
    assert (document["type"], document["status"], document["title"]) == (
        "about:blank",
        status,
        title,
    )
    assert detail in document["detail"]
    assert "secret" not in response.text


async def test_extensions_and_headers_go_along(app: FastAPI) -> None:
    response = await send(app, "GET", "/teapot")
    assert (response.json()["volume"], response.headers["x-tea"]) == (3, "1")
    assert (await send(app, "POST", "/teapot")).headers["allow"] == "GET"


async def test_a_page_may_stand_in_for_the_document() -> None:
    def render(request: Request, problem: Problem) -> Response | None:
        if "html" not in request.headers["accept"]:
            return None
        return PlainTextResponse(f"page: {problem.title}", problem.status)

    page_app = FastAPI(exception_handlers=exception_handlers(render))
    assert (await send(page_app, "GET", "/no", "text/html")).text == "page: Not Found"
    assert (await send(page_app, "GET", "/no")).json()["status"] == 404


@pytest.mark.parametrize(
    ("error", "status", "detail"),
    [
        (QuerySyntaxError("unexpected }", 1, 3), 400, "Line 1, column 3: unexpected }."),
        (NoSuitableFormatError(QueryForm.ASK), 406, "Available: "),
        (QueryRefusedError("no service"), 403, "No service."),
        (QueryTimeoutError(10), 503, "Query took longer than 10 s."),
        (StoreBusyError("too many", retry_after=7), 503, "Too many."),
        (ReaderLostError("it was stopped"), 503, "It was stopped."),
        (QueryFailedError("no such function"), 422, "No such function."),
        (AnswerTooLargeError("the answer has more than 3 rows"), 422, "The answer has more than 3"),
        (StorageFailedError("/srv/data/1.sst: I/O error"), 500, "The service failed"),
        (QueryError("something new"), 500, "The service failed"),
    ],
)
def test_errors_of_the_store(error: QueryError, status: int, detail: str) -> None:
    problem = problem_for(error, "ASK")
    assert problem.status == status
    assert problem.detail.startswith(detail)
    assert problem.headers.get("Retry-After") == (
        "7" if isinstance(error, StoreBusyError) else None
    )
