"""What a request says its body is, however it says it."""

from __future__ import annotations

import time

import pytest

from server.content_type import read


@pytest.mark.parametrize(
    ("header", "essence", "utf8"),
    [
        (None, "", True),
        ("", "", True),
        ("nonsense", "", True),
        ("/", "", True),
        ("text/turtle", "text/turtle", True),
        (" Text/Turtle ;charset=UTF-8", "text/turtle", True),
        ('text/turtle; charset="utf8"', "text/turtle", True),
        ("text/turtle; charset=us-ascii", "text/turtle", True),
        ("text/turtle; charset=latin-1", "text/turtle", False),
        ("text/turtle; charset=", "text/turtle", False),
        ('text/turtle; charset="utf-8', "text/turtle", False),
        ("text/turtle; charset=utf-8; charset=latin-1", "text/turtle", True),
        ("text/turtle; charset*" + "9" * 5000 + "=x", "text/turtle", True),
        ("text/turtle; charset*=rot13''x", "text/turtle", True),
        ("text/turtle charset=utf-8", "", True),
    ],
)
def test_a_content_type_is_read(header: str | None, essence: str, utf8: bool) -> None:
    found = read(header)
    assert (found.essence, found.is_utf8) == (essence, utf8)


def test_a_quoted_parameter_is_unescaped() -> None:
    assert read(r'multipart/form-data; boundary="a\"b;c"').parameters == {"boundary": 'a"b;c'}


@pytest.mark.parametrize("piece", [';"', ";", '="', ';a="\\', "; x="])
def test_a_header_made_to_be_read_for_long_is_read_in_no_time(piece: str) -> None:
    began = time.perf_counter()
    read("text/turtle" + piece * (32_000 // len(piece)))
    assert time.perf_counter() - began < 0.5
