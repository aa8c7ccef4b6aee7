"""Pages of an answer: a cursor says after which row one begins, and of which data."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus

from starlette.requests import Request

from server.problem import Problem
from server.saved.asking import Answered

LIMIT_PARAMETER, CURSOR_PARAMETER = "limit", "cursor"
USUAL, MOST = 100, 10_000  # rows of a page
_MARK = 12  # characters of the hash that tells one bound query from another


@dataclass(frozen=True, slots=True)
class Page:
    """The rows from ``begin`` up to ``end`` of ``total``; cursors of the pages around it."""

    begin: int
    end: int
    total: int
    limit: int | None
    first: str | None
    previous: str | None
    next: str | None

    @property
    def whole(self) -> bool:
        """Whether it is the whole answer."""
        return self.end - self.begin == self.total


def is_paged(request: Request) -> bool:
    """Whether a request asks for a part of an answer."""
    return LIMIT_PARAMETER in request.query_params or CURSOR_PARAMETER in request.query_params


def page(request: Request, answered: Answered, usual: int | None = USUAL) -> Page:
    """The part of an answer that a request asks for, by default its first ``usual`` rows.

    :class:`Problem` 400 for a limit or cursor that is none, 404 beyond the end, 410 for a cursor
    of data that are served no longer.
    """
    limit = _limit(request, usual)
    total = len(answered.answer.rows)
    begin = _begin(request, answered, total)
    end = total if limit is None else min(begin + limit, total)
    return Page(
        begin=begin,
        end=end,
        total=total,
        limit=limit,
        first=_cursor(answered, 0) if begin else None,
        previous=_cursor(answered, max(begin - limit, 0)) if begin and limit else None,
        next=_cursor(answered, end) if end < total else None,
    )


def _limit(request: Request, usual: int | None) -> int | None:
    text = request.query_params.get(LIMIT_PARAMETER)
    if text is None:
        return usual
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:9]) <= MOST:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "Bad parameter",
            f"Parameter {LIMIT_PARAMETER!r}: a whole number from 1 to {MOST} is needed.",
            parameter=LIMIT_PARAMETER,
        )
    return int(text)


def _begin(request: Request, answered: Answered, total: int) -> int:
    text = request.query_params.get(CURSOR_PARAMETER)
    if text is None:
        return 0
    version, mark, begin = _parsed(text)
    if mark != _mark(answered):
        raise _bad("it belongs to another question, or to other parameters")
    if version != answered.version[:_MARK]:
        raise Problem(
            HTTPStatus.GONE,
            "Data have changed",
            "The data set has a new version since the first page was given. Begin again without "
            f"{CURSOR_PARAMETER!r}; a receipt keeps an answer as it was.",
            parameter=CURSOR_PARAMETER,
        )
    if begin >= total and begin:
        raise Problem(
            HTTPStatus.NOT_FOUND,
            "Beyond the end",
            f"The answer has {total} rows. Begin again without {CURSOR_PARAMETER!r}.",
            parameter=CURSOR_PARAMETER,
        )
    return begin


def _cursor(answered: Answered, begin: int) -> str:
    text = f"{answered.version[:_MARK]}.{_mark(answered)}.{begin}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _parsed(cursor: str) -> tuple[str, str, int]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
        version, mark, begin = text.split(".")
        if not begin.isdecimal() or len(begin) > 9:
            raise ValueError(begin)
    except (ValueError, binascii.Error) as error:
        raise _bad("it is not one that this service gave") from error
    return version, mark, int(begin)


def _bad(reason: str) -> Problem:
    return Problem(
        HTTPStatus.BAD_REQUEST,
        "Bad parameter",
        f"Parameter {CURSOR_PARAMETER!r}: {reason}. Follow the 'next' link of an answer.",
        parameter=CURSOR_PARAMETER,
    )


def _mark(answered: Answered) -> str:
    return sha256(answered.asked.text.encode()).hexdigest()[:_MARK]
