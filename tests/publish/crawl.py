"""A crawler: from the catalogue along every link under the base of the data, and what it finds.

``python -m tests.publish.crawl ADDRESS --base IRI --most 5000`` crawls a service that runs.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from ontology.names import DEFAULT_BASE, VOCABULARY

FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/trig": RdfFormat.TRIG,
}
_START = "/catalog"
_FILES = ("/dumps/", "/exports/")  # what is below is downloaded: its head tells enough here
_AT_ONCE = 6
_TIMEOUT_S = 60
_REDIRECTS = 4
_SEGMENTS = 2  # of a path that tell the kind of what is there


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong at an address."""

    address: str
    media_type: str
    what: str

    def __str__(self) -> str:
        return f"{self.address} as {self.media_type}: {self.what}"


@dataclass(slots=True)
class Report:
    """What a crawl met. ``left`` links were known and not followed."""

    kinds: Counter[str] = field(default_factory=Counter)
    formats: Counter[str] = field(default_factory=Counter)
    flaws: list[Flaw] = field(default_factory=list)
    left: int = 0
    seconds: float = 0.0

    @property
    def resources(self) -> int:
        """How many were fetched."""
        return sum(self.kinds.values())

    def lines(self) -> Iterator[str]:
        """The report to be read."""
        yield f"{self.resources} resources in {self.seconds:.1f} s, {self.left} links left"
        yield "formats: " + ", ".join(f"{name} {n}" for name, n in self.formats.most_common())
        yield "kinds: " + ", ".join(f"{name} {n}" for name, n in sorted(self.kinds.items()))
        yield f"{len(self.flaws)} flaws"
        yield from map(str, self.flaws)


class Queue:
    """What is still to be fetched: of each kind in turn, so that every kind is reached."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._kinds: dict[str, deque[str]] = {}
        self.waiting = 0

    def add(self, link: str, kind: str) -> None:
        """A link that was seen; nothing where it is known."""
        if link not in self._known:
            self._known.add(link)
            self._kinds.setdefault(kind, deque()).append(link)
            self.waiting += 1

    def next(self) -> tuple[str, str] | None:
        """The next link and its kind, if any."""
        for kind, links in self._kinds.items():
            if links:
                self._kinds[kind] = self._kinds.pop(kind)  # it comes last from now on
                self.waiting -= 1
                return links.popleft(), kind
        return None


class Crawler:
    """Follows the links under a ``base``, on the service at ``address``, path for path."""

    def __init__(self, address: str, base: str, most: int) -> None:
        self._address = address.rstrip("/")
        self._base = base
        self._most = most
        self._queue = Queue()
        self._begun = 0
        self._busy = 0
        self.report = Report()

    async def run(self, start: str = _START) -> Report:
        """Crawl."""
        began = time.monotonic()
        self._queue.add(self._address + start, self._kind(self._address + start))
        limits = httpx.Limits(max_connections=_AT_ONCE)
        async with httpx.AsyncClient(timeout=_TIMEOUT_S, limits=limits) as client:
            await asyncio.gather(*(self._work(client) for _ in range(_AT_ONCE)))
        self.report.left = self._queue.waiting
        self.report.seconds = time.monotonic() - began
        return self.report

    async def _work(self, client: httpx.AsyncClient) -> None:
        while self._begun < self._most:
            found = self._queue.next()
            if found is None:
                if not self._busy:
                    return
                await asyncio.sleep(0.01)
                continue
            link, kind = found
            self._busy += 1
            media_type = list(FORMATS)[self._begun % len(FORMATS)]
            self._begun += 1
            self.report.kinds[kind] += 1
            try:
                for seen in await self._visit(client, link, media_type):
                    self._queue.add(seen, self._kind(seen))
            except (httpx.HTTPError, ValueError, SyntaxError, AssertionError) as error:
                what = f"{type(error).__name__}: {error}"
                self.report.flaws.append(Flaw(link, media_type, what))
            finally:
                self._busy -= 1

    async def _visit(self, client: httpx.AsyncClient, link: str, media_type: str) -> set[str]:
        """Fetch a resource and check it; the links in it."""
        address = self._mapped(link)
        if self._is_file(address):
            head = await client.head(address, follow_redirects=True)
            assert head.status_code == 200, f"status {head.status_code}"
            assert int(head.headers["content-length"]) > 0, "an empty file"
            assert head.headers["content-type"], "no media type"
            return set()
        answer = await self._fetch(client, link, address, media_type)
        given = answer.headers["content-type"].partition(";")[0]
        is_ours = link.startswith(f"{self._base}id/")
        assert given == media_type or not is_ours, f"it came as {given}"
        if given not in FORMATS:
            assert answer.content, "nothing"
            self.report.formats[given] += 1
            return set()
        self.report.formats[given] += 1
        quads = parse(answer.content, FORMATS[given], base_iri=str(answer.url))
        terms = {term.value for quad in quads for term in _iris(quad)}
        assert link in terms or not is_ours, "the description does not mention its subject"
        self._check_within(terms)
        return set(self._links(terms, str(answer.url)))

    async def _fetch(
        self, client: httpx.AsyncClient, link: str, address: str, media_type: str
    ) -> httpx.Response:
        """The answer at the end of the redirects, each of which must stay with us."""
        accept = {"Accept": f"{media_type}, */*;q=0.1"}
        for hop in range(_REDIRECTS):
            answer = await client.get(address, headers=accept)
            if not answer.is_redirect:
                assert answer.status_code == 200, f"status {answer.status_code}"
                return answer
            if not hop and link.startswith(f"{self._base}id/"):
                assert answer.status_code == 303, f"a thing answered {answer.status_code}"
            address = urljoin(address, answer.headers["location"])
            assert address.startswith(self._address), f"it leads away, to {address}"
        raise AssertionError("it goes on redirecting")

    def _check_within(self, terms: Iterable[str]) -> None:
        """No link to this host but to the service on it, and no base but the publisher's."""
        host = f"{urlsplit(self._address).scheme}://{urlsplit(self._address).netloc}/"
        for term in terms:
            beside = term.startswith(host) and not f"{term}/".startswith(f"{self._address}/")
            assert not beside, f"a link to {term}, beside the service"
            ours = term.startswith((self._base, VOCABULARY)) or not term.startswith(DEFAULT_BASE)
            assert ours, f"{term} has the base of another publisher"

    def _links(self, terms: Iterable[str], address: str) -> Iterator[str]:
        """The links under the base, and those to the service itself, without their fragments."""
        for term in terms:
            ours = term.startswith((self._base, self._address + "/", VOCABULARY))
            if ours and urldefrag(term).url not in (address, ""):
                yield urldefrag(term).url

    def _mapped(self, link: str) -> str:
        """Where the service answers for a link."""
        if link.startswith(VOCABULARY):
            return f"{self._address}/def/{link.removeprefix(VOCABULARY)}"
        if link.startswith(self._base):
            return f"{self._address}/{link.removeprefix(self._base)}"
        return link

    def _is_file(self, address: str) -> bool:
        path = address.removeprefix(self._address)
        return path.startswith(_FILES) and path.count("/") > 2

    def _kind(self, link: str) -> str:
        path = urlsplit(self._mapped(link)).path.removeprefix(urlsplit(self._address).path)
        return "/".join(path.strip("/").split("/")[:_SEGMENTS][: 1 if "/def/" in path else None])


def _iris(quad: Quad) -> Iterator[NamedNode]:
    for term in quad:
        if isinstance(term, Triple):
            yield from (inner for inner in term if isinstance(inner, NamedNode))
        elif isinstance(term, NamedNode):
            yield term


def main() -> int:
    """Crawl, print the report; 1 where something was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--base", default=DEFAULT_BASE)
    parser.add_argument("--most", type=int, default=5000)
    given = parser.parse_args()
    report = asyncio.run(Crawler(given.address, given.base, given.most).run())
    print("\n".join(report.lines()))
    return 1 if report.flaws else 0


if __name__ == "__main__":
    sys.exit(main())
