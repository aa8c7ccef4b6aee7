"""A file of a release as an answer: whole or in part, checked by its hash, kept by caches."""

from __future__ import annotations

import base64
import re
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from server.problem import Problem
from server.publish.files import MEDIA_TYPES
from server.publish.release import Release
from server.publish.source import File

IMMUTABLE = "public, max-age=31536000, immutable"
"""For an address whose content never changes (RFC 8246)."""
CHECKED = "no-cache"
"""For an address whose content changes with the data: kept, but asked about each time."""

_RANGES = re.compile(r"bytes=\s*(?:\d+-\d*|-\d+)(?:\s*,\s*(?:\d+-\d*|-\d+))*\s*", re.IGNORECASE)
_RANGE = re.compile(r"(\d*)-(\d*)")
_LONGEST = 200  # characters of a range header


def download(request: Request, release: Release, file: File, cache_control: str) -> Response:
    """The file, or the part of it that is asked for; 304 where the client has it (RFC 9110)."""
    headers = {
        "ETag": f'"{file.sha256}"',
        "Last-Modified": format_datetime(release.issued, usegmt=True),
        "Cache-Control": cache_control,
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag, Content-Length, Content-Range, Repr-Digest",
        "X-Content-Type-Options": "nosniff",
    }
    if _is_had(request, release, headers["ETag"]):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    digest = base64.b64encode(bytes.fromhex(file.sha256)).decode()
    headers["Repr-Digest"] = f"sha-256=:{digest}:"  # RFC 9530
    _leave_usable_range(request, file.size)
    return FileResponse(release.folder / file.name, 200, headers, content_type(file))


def content_type(file: File) -> str:
    """The Content-Type of a file as it is: that of the packing where it is packed."""
    if file.packing:
        return MEDIA_TYPES[file.packing]
    text = file.media_type.startswith("text/") and "charset" not in file.media_type
    return f"{file.media_type}; charset=utf-8" if text else file.media_type


def _is_had(request: Request, release: Release, tag: str) -> bool:
    """Whether the client says that it has this very file (RFC 9110, section 13.2.2)."""
    tags = request.headers.getlist("if-none-match")
    if tags:
        named = {one.strip().removeprefix("W/") for one in ",".join(tags).split(",")}
        return tag in named or "*" in named
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return release.issued <= since
    except (TypeError, ValueError):  # no date, or one without a time zone
        return False


def _leave_usable_range(request: Request, size: int) -> None:
    """Ignore a range that is none; a :class:`Problem` 416 for one that lies beyond the file."""
    header = request.headers.get("range")
    if header is None:
        return
    if len(header) <= _LONGEST and _RANGES.fullmatch(header):
        parts = [(match[1], match[2]) for match in _RANGE.finditer(header)]
        there = [_starts_within(first, last, size) for first, last in parts]
        if all(there) and all(not (a and b) or int(a) <= int(b) for a, b in parts):
            return
        if not any(there):
            raise Problem(
                HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                "Range not satisfiable",
                f"The file has {size} bytes.",
                headers={"Content-Range": f"bytes */{size}"},
            )
    headers = request.scope["headers"]
    request.scope["headers"] = [pair for pair in headers if pair[0] != b"range"]


def _starts_within(first: str, last: str, size: int) -> bool:
    return int(first) < size if first else int(last) > 0 and size > 0
