"""Negotiation by table: what is asked, what is on offer, what comes."""

from __future__ import annotations

import time

import pytest
from starlette.requests import Request

from server.negotiation import MediaType, acceptable, choose, coding, negotiate, parse_accept, rank
from server.problem import Problem

TURTLE = MediaType("text/turtle", "turtle", charset=True)
TRIPLES = MediaType("application/n-triples", "nt")
HTML = MediaType("text/html", "html", charset=True)
OFFERS = (TURTLE, TRIPLES, HTML)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def request(accept: list[str] | None = None, query: str = "") -> Request:
    headers = [(b"accept", value.encode()) for value in accept or []]
    return Request(
        {"type": "http", "method": "GET", "headers": headers, "query_string": query.encode()}
    )


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, TURTLE),
        ("", TURTLE),
        ("*/*", TURTLE),
        ("text/*", TURTLE),
        ("application/*", TRIPLES),
        ("application/n-triples", TRIPLES),
        ("APPLICATION/N-Triples", TRIPLES),
        ("text/turtle;q=0.5, application/n-triples", TRIPLES),
        ("text/turtle;q=0.5, application/n-triples;q=0.4", TURTLE),
        ("text/turtle; q=0.5 , application/n-triples ; q=0.6", TRIPLES),
        ("*/*, application/n-triples", TRIPLES),
        ("text/*, text/html", HTML),
        ("*/*, text/turtle;q=0", TRIPLES),
        ("text/*;q=0, */*", TRIPLES),
        ("*/*;q=0.1, text/turtle;q=0, application/n-triples;q=0", HTML),
        ("text/turtle;q=0.001", TURTLE),
        ("image/png, text/html;q=0.2", HTML),
        ("text/turtle; charset=utf-8", TURTLE),
        ('text/html;level="1,2";q=0.3, application/n-triples;q=0.2', HTML),
        ("text/turtle;q=abc", TURTLE),
        ("nonsense", TURTLE),
        (", ,application/n-triples,", TRIPLES),
        (BROWSER, HTML),
    ],
)
def test_the_best_offer_is_chosen(accept: str | None, expected: MediaType) -> None:
    assert choose(accept, OFFERS) is expected


@pytest.mark.parametrize(
    "accept", ["image/png", "*/*;q=0", "text/turtle;q=0", "text/turtle;q=0.0, image/*"]
)
def test_nothing_acceptable_is_406_with_the_list(accept: str) -> None:
    with pytest.raises(Problem) as caught:
        choose(accept, (TURTLE, TRIPLES))
    assert caught.value.status == 406
    assert caught.value.headers["Vary"] == "Accept"
    assert caught.value.document()["available"] == ["text/turtle", "application/n-triples"]
    assert "format=nt" in caught.value.detail


def test_rank_gives_all_acceptable_offers_best_first() -> None:
    accept = "text/html;q=0.3, */*;q=0.2, application/n-triples"
    assert rank(accept, OFFERS) == (TRIPLES, HTML, TURTLE)


def test_equal_wishes_follow_the_order_of_the_offer() -> None:
    assert rank("text/html, application/n-triples, text/turtle", OFFERS) == OFFERS


def test_format_parameter_wins_over_accept() -> None:
    assert negotiate(request(["text/html"], "format=nt"), OFFERS) is TRIPLES
    assert negotiate(request(["text/html"], "format=text%2Fturtle"), OFFERS) is TURTLE


def test_unknown_format_is_406() -> None:
    assert acceptable(request(query="format=docx"), OFFERS) == ()
    with pytest.raises(Problem) as caught:
        negotiate(request(query="format=docx"), OFFERS)
    assert caught.value.status == 406


def test_several_accept_headers_count_as_one() -> None:
    assert negotiate(request(["text/turtle;q=0.1", "text/html"]), OFFERS) is HTML


def test_content_type_has_a_charset_for_text() -> None:
    assert TURTLE.content_type == "text/turtle; charset=utf-8"
    assert TRIPLES.content_type == "application/n-triples"


def test_parsing_keeps_parameters_apart_from_quality() -> None:
    (item,) = parse_accept('application/ld+json; profile="http://example.org/a"; q=0.7')
    assert (item.quality, item.parameters) == (0.7, {"profile": "http://example.org/a"})


@pytest.mark.parametrize("piece", ['"\\', '\\"', '"', 'a/b;c="\\"', ",", "a/b;q=1,", " "])
def test_a_header_made_to_be_read_for_long_is_read_in_no_time(piece: str) -> None:
    header = piece * (32_000 // len(piece))
    began = time.perf_counter()
    rank(header, OFFERS)
    coding(request([header]), ("br",))
    assert time.perf_counter() - began < 0.5
