"""A crawl of the real data from the catalogue on: every link answers, as RDF, with what it is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from ontology.names import DEFAULT_BASE
from tests.publish.crawl import FORMATS, Crawler, Report
from tests.publish.service import serving

MOST = 1000
"""`python -m tests.publish.crawl` goes on to 5,000."""


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    with serving(data) as found:
        yield found


@pytest.fixture(scope="module")
def report(address: str) -> Report:
    return asyncio.run(Crawler(address, DEFAULT_BASE, MOST).run())


def test_nothing_is_wrong(report: Report) -> None:
    assert list(map(str, report.flaws)) == []


def test_it_comes_everywhere(report: Report) -> None:
    assert report.resources == MOST
    assert report.left > 0
    for kind in (
        *("catalog", "id/catalog", "id/dataset", "id/distribution", "id/service", "id/profile"),
        *("id/document", "id/section", "id/block", "id/evidence", "id/statement", "id/graph"),
        *("id/theme", "id/actor", "id/instrument", "id/code", "id/recommendation", "id/thread"),
        *("id/feed", "id/event", "id/question", "id/rule", "id/claim", "feed", "def"),
    ):
        assert report.kinds[kind], kind


def test_every_format_is_asked_for(report: Report) -> None:
    for media_type in FORMATS:
        assert report.formats[media_type] > MOST / 10, media_type
