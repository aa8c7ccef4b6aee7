"""The change feed over HTTP: a tree that is walked, in every format that can hold it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pyshacl
import pytest
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
    serialize,
)
from rdflib import Dataset as RdflibDataset
from rdflib import Graph

from server.pages.language import Texts
from server.pages.rendering import FOLDER
from server.publish.feed.described import Told
from server.publish.feed.extending import PAGE_SIZE
from server.publish.feed.stream import FEED, FEEDS, Stream
from tests.publish.feeding import NOON, publish, quads_of, served, source_of
from tests.publish.replaying import AS, FORMATS, TREE, events, followed, parsed, walk

LDES = "https://w3id.org/ldes#"
BASE = "https://w3id.org/samenhang/id/"
STREAM = NamedNode(f"{BASE}feed")
THINGS = 2 * PAGE_SIZE + 20  # three pages
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
OF_RDFLIB = NamedNode("urn:x-rdflib:default")  # as it writes the default graph
RDFLIB = {
    "application/trig": "trig",
    "application/n-quads": "nquads",
    "application/ld+json": "json-ld",
}


def quad(number: int, value: str) -> bytes:
    thing, graph = f"<{BASE}actor/{number:04}>", f"<{BASE}graph/{'ab'[number % 2]}>"
    return f'{thing} <http://example.org/p> "{value}"@nl {graph} .\n'.encode()


@dataclass(frozen=True)
class Feed:
    """A feed of two versions: all things, then one added, one changed and one removed."""

    client: httpx.Client
    root: str
    first: set[Quad]
    second: set[Quad]

    def get(
        self, path: str = "", accept: str = "application/n-quads", **more: str
    ) -> httpx.Response:
        return self.client.get(self.root + path, headers={"Accept": accept, **more})

    def nodes(self) -> list[str]:
        return [address for address, _ in walk(self.client, self.root)]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("feed")


@pytest.fixture(scope="module")
def feed(data: Path) -> Iterator[Feed]:
    first = source_of(data, (quad(number, "een") for number in range(THINGS)))
    changed = [quad(0, "twee"), *(quad(number, "een") for number in range(2, THINGS + 1))]
    second = source_of(data, changed)
    publish(data, first)
    publish(data, second, NOON + timedelta(days=1))
    with served(data) as address, httpx.Client() as client:
        yield Feed(client, f"{address}/feed", quads_of(first), quads_of(second))


def values(quads: list[Quad], subject: str | NamedNode, name: str) -> list[str]:
    node = NamedNode(subject) if isinstance(subject, str) else subject
    return [
        q.object.value
        for q in quads
        if q.subject == node
        and q.predicate.value == name
        and isinstance(q.object, NamedNode | Literal)
    ]


def isomorphic(one: list[Quad], other: list[Quad]) -> bool:
    sets = []
    for quads in (one, other):
        dataset = Dataset(quads)
        dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
        sets.append(dataset)
    return sets[0] == sets[1]


def as_written(text: str) -> list[Quad]:
    """What rdflib writes, with the default graph and UTC as others write them."""
    return [
        Quad(q.subject, q.predicate, q.object, None if q.graph_name == OF_RDFLIB else q.graph_name)
        for q in parse(text.replace('+00:00"^^', 'Z"^^'), RdfFormat.N_QUADS)
    ]


class TestReplay:
    def test_from_nothing_to_the_data_of_now(self, feed: Feed) -> None:
        state: set[Quad] = set()
        told = followed(feed.client, feed.root, state)
        assert state == feed.second
        assert [event.kind for event in told[THINGS:]] == ["Update", "Delete", "Create"]

    def test_from_the_version_before(self, feed: Feed) -> None:
        """The pages of what is known already are not asked for."""
        state = set(feed.first)
        told = followed(feed.client, feed.root, state, "2026-11-21T12:00:00Z")
        assert state == feed.second
        assert len(told) == 3
        assert len(list(walk(feed.client, feed.root, "2026-11-21T12:00:00Z"))) == 2

    def test_no_event_is_on_two_pages(self, feed: Feed) -> None:
        found = [
            value
            for _, quads in walk(feed.client, feed.root)
            for value in values(quads, STREAM, f"{TREE}member")
        ]
        assert len(found) == len(set(found)) == THINGS + 3


class TestRoot:
    def test_says_what_the_stream_is(self, feed: Feed) -> None:
        quads = parsed(feed.get())
        for name, value in {
            f"{LDES}timestampPath": f"{AS}published",
            f"{LDES}versionOfPath": f"{AS}object",
            f"{LDES}versionDeleteObject": f"{AS}Delete",
            f"{TREE}view": feed.root,
            f"{TREE}shape": f"{BASE}feed/shape",
        }.items():
            assert values(quads, STREAM, name) == [value]

    def test_says_what_is_kept(self, feed: Feed) -> None:
        quads = parsed(feed.get())
        [policy] = values(quads, feed.root, f"{LDES}retentionPolicy")
        assert values(quads, policy, f"{LDES}startingFrom") == ["2026-11-21T12:00:00Z"]

    def test_links_each_publication_by_its_time(self, feed: Feed) -> None:
        quads = parsed(feed.get())
        bounds: dict[str, set[tuple[str, str]]] = {}
        for relation in values(quads, feed.root, f"{TREE}relation"):
            [kind] = values(quads, relation, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
            [node] = values(quads, relation, f"{TREE}node")
            [value] = values(quads, relation, f"{TREE}value")
            assert values(quads, relation, f"{TREE}path") == [f"{AS}published"]
            bounds.setdefault(node, set()).add((kind.removeprefix(TREE), value))
        times = ["2026-11-21T12:00:00Z", "2026-11-22T12:00:00Z"]
        assert sorted(map(sorted, bounds.values())) == [
            [("GreaterThanOrEqualToRelation", time), ("LessThanOrEqualToRelation", time)]
            for time in times
        ]

    def test_has_no_blank_node(self, feed: Feed) -> None:
        for _, quads in walk(feed.client, feed.root):
            assert all(isinstance(q.subject, NamedNode) for q in quads)
            assert all(isinstance(q.object, NamedNode | Literal) for q in quads)

    def test_its_shape_holds_for_every_event(self, feed: Feed) -> None:
        shapes = Graph().parse(data=feed.get(accept="text/turtle").text)
        for _, quads in walk(feed.client, feed.root):
            default = [q.triple for q in quads if q.graph_name == DefaultGraph()]
            text = serialize(default, format=RdfFormat.N_TRIPLES) or b""
            for event in values(quads, STREAM, f"{TREE}member")[:3]:
                conforms, _, report = pyshacl.validate(
                    Graph().parse(data=text.decode(), format="nt"),
                    shacl_graph=shapes,
                    focus_nodes=[event],
                    use_shapes=[f"{BASE}feed/shape"],
                )
                assert conforms, report


class TestFormats:
    @pytest.mark.parametrize("accept", FORMATS)
    def test_the_root_is_the_same_in_each(self, feed: Feed, accept: str) -> None:
        answer = feed.get(accept=accept)
        assert answer.headers["content-type"].partition(";")[0] == accept
        assert isomorphic(parsed(answer), parsed(feed.get()))

    @pytest.mark.parametrize("accept", RDFLIB)
    def test_a_page_is_the_same_in_each(self, feed: Feed, accept: str) -> None:
        """Also as another parser reads it."""
        for node in feed.nodes()[1:]:
            answer = feed.client.get(node, headers={"Accept": accept})
            assert answer.headers["content-type"] == accept
            usual = parsed(feed.client.get(node, headers={"Accept": "application/n-quads"}))
            assert isomorphic(parsed(answer), usual)
            other = RdflibDataset()
            other.parse(data=answer.text, format=RDFLIB[accept])
            again = as_written(other.serialize(format="nquads"))
            assert isomorphic(again, usual)

    @pytest.mark.parametrize("accept", ["text/turtle", "application/n-triples", "text/html"])
    def test_a_page_is_not_to_be_had_without_its_graphs(self, feed: Feed, accept: str) -> None:
        answer = feed.client.get(feed.nodes()[1], headers={"Accept": accept})
        assert answer.status_code == 406

    def test_a_page_names_its_collection_before_its_members(self, feed: Feed) -> None:
        """So that a client can read it as it comes."""
        lines = feed.client.get(feed.nodes()[1], headers={"Accept": "application/n-quads"}).text
        first = lines.index(f"<{TREE}member>")
        assert f"<{TREE}view>" in lines[:first]
        assert f"<{TREE}view>" not in lines[first:]


class TestTransport:
    def test_pages_never_change(self, feed: Feed) -> None:
        root, *pages = feed.nodes()
        assert "immutable" not in feed.client.get(root).headers["cache-control"]
        for page in pages:
            answer = feed.client.get(page)
            assert "immutable" in answer.headers["cache-control"]
            assert values(parsed(answer), page, f"{LDES}immutable") == ["true"]

    def test_what_a_client_has_is_not_sent_again(self, feed: Feed) -> None:
        for node in feed.nodes():
            answer = feed.client.get(node)
            again = feed.client.get(node, headers={"If-None-Match": answer.headers["etag"]})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == answer.headers["etag"]

    def test_each_format_and_coding_has_a_tag_of_its_own(self, feed: Feed) -> None:
        node = feed.nodes()[1]
        tags = {
            feed.client.get(node, headers={"Accept": accept, "Accept-Encoding": coding}).headers[
                "etag"
            ]
            for accept in RDFLIB
            for coding in ("identity", "gzip", "br", "zstd")
        }
        assert len(tags) == 12

    def test_head_is_get_without_a_body(self, feed: Feed) -> None:
        for node in feed.nodes():
            got, head = feed.client.get(node), feed.client.head(node)
            assert (head.status_code, head.content) == (200, b"")
            assert head.headers["etag"] == got.headers["etag"]

    def test_any_site_may_ask(self, feed: Feed) -> None:
        assert all(
            feed.client.get(node).headers["access-control-allow-origin"] == "*"
            for node in feed.nodes()
        )

    @pytest.mark.parametrize(
        "path", ["/nothing", "/1-nothing", "/{key}/0", "/{key}/3", "/{key}/01"]
    )
    def test_other_pages_are_not_there(self, feed: Feed, path: str) -> None:
        key = feed.nodes()[1].rpartition("/")[2]
        answer = feed.get(path.format(key=key))
        assert answer.status_code == 404
        assert "/feed" in answer.json()["detail"]

    def test_addresses_are_those_by_which_others_reach_it(self, data: Path, feed: Feed) -> None:
        public = "https://data.example.org/samenhang"
        with served(data, public=public) as address:
            quads = parsed(httpx.get(f"{address}/feed", headers={"Accept": "application/n-quads"}))
        assert values(quads, STREAM, f"{TREE}view") == [f"{public}/feed"]
        nodes = [q.object.value for q in quads if q.predicate.value == f"{TREE}node"]  # type: ignore[union-attr]
        assert all(node.startswith(f"{public}/feed/") for node in nodes)


class TestBeforeTheFirst:
    def test_what_is_being_made_is_worth_asking_again(self, tmp_path: Path) -> None:
        with served(tmp_path, expected=True) as address:
            answer = httpx.get(f"{address}/feed")
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
            publish(tmp_path, source_of(tmp_path, [quad(0, "een")]))
            assert httpx.get(f"{address}/feed").status_code == 200

    def test_where_nothing_is_published_there_is_no_feed(self, tmp_path: Path) -> None:
        with served(tmp_path) as address:
            assert httpx.get(f"{address}/feed").status_code == 404
            assert httpx.get(f"{address}/catalog/feed").status_code == 404

    def test_a_damaged_feed_is_not_shown(self, tmp_path: Path) -> None:
        publish(tmp_path, source_of(tmp_path, [quad(0, "een")]))
        next((tmp_path / FEEDS).rglob("0.nq.zst")).write_bytes(b"damaged")
        with served(tmp_path) as address, httpx.Client() as client:
            page = [one for one in parsed(client.get(f"{address}/feed")) if "node" in str(one)]
            node = next(q.object for q in page if q.predicate.value == f"{TREE}node")
            assert isinstance(node, NamedNode)
            answer = client.get(node.value)
            assert (answer.status_code, answer.json()["title"]) == (503, "Feed out of reach")


class TestForPeople:
    @pytest.mark.parametrize(
        ("language", "words"),
        [
            (
                "nl",
                [
                    "Wijzigingen",
                    "1 ding toegevoegd, 1 ding gewijzigd, 1 ding verwijderd.",
                    "520 dingen toegevoegd",
                    "22 november 2026",
                    "Alles sinds 21 november 2026",
                ],
            ),
            (
                "en",
                [
                    "Changes",
                    "1 thing added, 1 thing changed, 1 thing removed.",
                    "520 things added",
                    "22 November 2026",
                    "Everything since 21 November 2026",
                ],
            ),
        ],
    )
    def test_the_latest_changes_in_words(self, feed: Feed, language: str, words: list[str]) -> None:
        answer = feed.client.get(f"{feed.root}?lang={language}", headers=BROWSER)
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        for word in words:
            assert word in answer.text


class TestDescribed:
    @pytest.fixture
    def told(self, data: Path) -> Told:
        return Told(data / FEEDS, Stream(FEED), Texts(FOLDER / "texts.yaml"))

    @pytest.mark.anyio
    async def test_every_event_is(self, feed: Feed, told: Told) -> None:
        found = events(q for _, quads in walk(feed.client, feed.root) for q in quads)
        for event in (found[0], found[PAGE_SIZE], found[THINGS - 1], found[-1]):
            triples = await told.triples(event.iri.value, None)  # type: ignore[arg-type]
            [again] = events(Quad(*triple) for triple in triples)
            assert (again.kind, again.thing) == (event.kind, event.thing)

    @pytest.mark.anyio
    @pytest.mark.parametrize("name", ["feed", "feed/shape", "feed/shape/object", "feed/retention"])
    async def test_what_describes_the_stream_is(self, feed: Feed, told: Told, name: str) -> None:
        triples = await told.triples(BASE + name, None)  # type: ignore[arg-type]
        assert NamedNode(BASE + name) in {triple.subject for triple in triples}

    @pytest.mark.anyio
    @pytest.mark.parametrize(
        "name",
        [
            "event/",
            "event/1-x/0",
            "event/{key}/520",
            "event/{key}/-1",
            "event/{key}/00",
            "event/{key}/9999999999999999",
            "event/{key}",
            "actor/0000",
            "feeder",
        ],
    )
    async def test_other_things_are_not(self, feed: Feed, told: Told, name: str) -> None:
        key = feed.nodes()[1].rpartition("/")[2]
        assert not await told.triples(BASE + name.format(key=key), None)  # type: ignore[arg-type]
