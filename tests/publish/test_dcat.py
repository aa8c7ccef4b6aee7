"""The catalogue as a register takes it over: valid, complete, the same in every format."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from rdflib import DCTERMS, FOAF, RDF, XSD, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from ontology.names import DEFAULT_BASE
from server.publish.catalogue.catalogues import of_release
from server.publish.catalogue.composing import composed
from server.publish.catalogue.description import ADMS, AUTHORITY, DCAT, VCARD, Names
from server.publish.catalogue.distributions import SPDX
from server.publish.profiles import load
from server.publish.release import Release, Releases
from server.publish.source import Source
from server.settings import Settings
from tests.conftest import ROOT
from tests.publish.publishing_sample import MINISTRY, TOOI, make_source, publish, service
from tests.publish.shapes import validate

ID = DEFAULT_BASE + "id/"
CATALOGUE = URIRef(ID + "catalog")
WHOLE = URIRef(ID + "dataset/samenhang")
# DCAT-AP's own copies ask that everything is a rdfs:Resource, which only inference can say.
RDFS = "rdfs"
SHAPES = [
    *(
        (f"dcat-ap-nl-{version}/{name}.ttl", RDFS if name == "dcat-ap-SHACL" else None)
        for version in ("3.0.0", "3.0.1-wv")
        for name in (
            "dcat-ap-nl-SHACL",
            "dcat-ap-nl-SHACL-klassebereik",
            "dcat-ap-nl-SHACL-klassebereik-codelijsten",
            "dcat-ap-nl-SHACL-aanbevolen",
            "dcat-ap-SHACL",
        )
    ),
    ("dcat-ap-3.0.1/html_shacl_shapes.ttl", None),
    ("dcat-ap-3.0.1/html_shacl_range.ttl", None),
    ("dcat-ap-3.0.1/html_shacl_mdr-vocabularies.shape.ttl", None),
    ("dcat-ap-3.0.1/html_shacl_shapes_recommended.ttl", None),
    ("dcat-ap-3.0.1/html_shacl_deprecateduris.ttl", None),
    ("dcat-ap-3.0.1/shacl_dcat-ap-SHACL.ttl", None),
    ("dcat-ap-3.0.1/shacl_ranges.ttl", RDFS),
]
FORMATS = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
    "application/n-triples": "nt",
    "application/trig": "trig",
}


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Source:
    return make_source(tmp_path_factory.mktemp("catalogue"))


@pytest.fixture(scope="module")
def graph(address: str) -> Graph:
    return fetched(address)


@pytest.fixture(scope="module")
def catalogues(folder: Path, graph: Graph) -> dict[str, Graph]:
    """The catalogue of several publishers, as served."""
    found = {"with a release": graph}
    with service(folder, **MINISTRY) as url:
        found["of a ministry"] = fetched(url)
    bare = folder / "elsewhere"
    bare.mkdir(exist_ok=True)
    (bare / "store").symlink_to(folder / "store")
    with service(bare) as url:
        found["without a release"] = fetched(url)
    with service(folder, update_token="a token of some length") as url:
        found["that takes changes"] = fetched(url)
    return found


def fetched(address: str) -> Graph:
    answer = httpx.get(f"{address}/catalog", headers={"Accept": "text/turtle"})
    assert answer.status_code == 200
    return Graph().parse(data=answer.text, format="turtle")


@pytest.mark.parametrize("shapes, inference", SHAPES, ids=[name for name, _ in SHAPES])
@pytest.mark.parametrize("which", ["with a release", "of a ministry", "without a release"])
def test_official_validators_find_nothing_wrong_and_each_warning_is_explained(
    catalogues: dict[str, Graph], which: str, shapes: str, inference: str | None
) -> None:
    found = validate(catalogues[which], shapes, inference=inference)
    assert [str(one) for one in found if one.severity == "Violation"] == []
    page = (ROOT / "docs" / "registries.md").read_text("utf-8")
    for one in found:
        local = one.path.rpartition("#")[2].rpartition("/")[2]
        assert f"| `{local}` |" in page, f"{one} is not explained"


def test_a_catalogue_with_a_mistake_does_not_pass(graph: Graph) -> None:
    wrong = graph + Graph()
    wrong.remove((WHOLE, DCTERMS.identifier, None))
    found = validate(wrong, "dcat-ap-nl-3.0.0/dcat-ap-nl-SHACL.ttl")
    assert [(one.severity, one.node) for one in found] == [("Violation", str(WHOLE))]


@pytest.mark.parametrize("accept", FORMATS)
def test_every_format_holds_the_same(address: str, graph: Graph, accept: str) -> None:
    answer = httpx.get(f"{address}/catalog", headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == accept
    parsed = Graph().parse(data=answer.text, format=FORMATS[accept])
    assert isomorphic(parsed, graph)


def test_what_is_seen_is_not_sent_again(address: str) -> None:
    first = httpx.get(f"{address}/catalog", headers={"Accept": "text/turtle"})
    again = httpx.get(
        f"{address}/catalog",
        headers={"Accept": "text/turtle", "If-None-Match": first.headers["etag"]},
    )
    assert (again.status_code, again.content) == (304, b"")
    head = httpx.head(f"{address}/catalog", headers={"Accept": "text/turtle"})
    assert head.headers["content-length"] == first.headers["content-length"]
    assert first.headers["access-control-allow-origin"] == "*"
    assert f'<{CATALOGUE}>; rel="about"' in first.headers["link"]
    assert 'type="application/rdf+xml"' in first.headers["link"]


def test_json_ld_is_readable(address: str) -> None:
    document = httpx.get(f"{address}/catalog", headers={"Accept": "application/ld+json"}).json()
    assert document["id"] == str(CATALOGUE)
    assert document["title"]["nl"] == "Catalogus van Samenhang"
    assert document["publisher"]


def test_it_offers_each_data_set_in_both_languages(graph: Graph) -> None:
    datasets = set(graph.objects(CATALOGUE, DCAT.dataset))
    assert datasets == {
        URIRef(f"{ID}dataset/{name}")
        for name in ("samenhang", "concepts", "documents", "questions")
    }
    for one in [CATALOGUE, *datasets, *graph.objects(CATALOGUE, DCAT.service)]:
        for name in (DCTERMS.title, DCTERMS.description):
            assert {value.language for value in graph.objects(one, name)} == {"nl", "en"}  # type: ignore[attr-defined]
        assert graph.value(one, DCTERMS.publisher) == URIRef(ID + "publisher")
    for dataset in datasets:
        assert {value.language for value in graph.objects(dataset, DCAT.keyword)} == {"nl", "en"}  # type: ignore[attr-defined]
        assert AUTHORITY["data-theme/INTR"] in set(graph.objects(dataset, DCAT.theme))
        assert graph.value(dataset, DCTERMS.accrualPeriodicity) == AUTHORITY["frequency/IRREG"]
        assert graph.value(dataset, DCTERMS.temporal) == URIRef(f"{CATALOGUE}#period")
    period = URIRef(f"{CATALOGUE}#period")
    assert graph.value(period, DCAT.startDate) == Literal("2021-01-25", datatype=XSD.date)
    assert graph.value(period, DCAT.endDate) == Literal("2023-02-14", datatype=XSD.date)
    concepts = URIRef(ID + "dataset/concepts")
    sbb = URIRef("https://docs.geostandaarden.nl/nl-sbb/nl-sbb/")
    assert sbb in set(graph.objects(concepts, DCTERMS.conformsTo))


def test_a_file_is_what_the_catalogue_says_it_is(graph: Graph, release: Release) -> None:
    downloads = {
        str(address): one
        for one, address in graph.subject_objects(DCAT.downloadURL)
        if "/dumps/" in str(address)
    }
    assert len(downloads) > len(release.of("graph"))
    for address, one in sorted(downloads.items()):
        content = httpx.get(address, headers={"Accept-Encoding": "identity"}).content
        size = Literal(str(len(content)), datatype=XSD.nonNegativeInteger)
        assert graph.value(one, DCAT.byteSize) == size
        checksum = graph.value(one, SPDX.checksum)
        value = graph.value(checksum, SPDX.checksumValue)
        assert str(value) == sha256(content).hexdigest()
        packed = graph.value(one, DCAT.compressFormat)
        assert (packed is not None) == address.endswith((".gz", ".zst"))
        assert graph.value(one, ADMS.status) == AUTHORITY["distribution-status/COMPLETED"]


def test_the_file_of_a_format_has_the_code_of_that_format(graph: Graph) -> None:
    formats = {
        str(graph.value(one, DCAT.mediaType)).rpartition("/")[2]: code
        for one, code in graph.subject_objects(DCTERMS.format)
        if graph.value(one, DCAT.byteSize)
    }
    kinds = AUTHORITY + "file-type/"
    assert formats["n-quads"] == URIRef(kinds + "RDF_N_QUADS")
    assert formats["trig"] == URIRef(kinds + "RDF_TRIG")
    assert formats["ld+json"] == URIRef(kinds + "JSON_LD")
    assert formats["turtle"] == URIRef(kinds + "RDF_TURTLE")


def test_each_address_in_it_answers(address: str, graph: Graph) -> None:
    addresses = {str(term) for term in graph.objects() if str(term).startswith(address)}
    assert addresses
    for one in sorted(addresses):
        if "/feed" in one:  # tried with the feed
            continue
        answer = httpx.get(one, follow_redirects=True)
        assert answer.status_code == 200, one


def test_each_thing_in_it_is_described_at_its_own_iri(address: str, graph: Graph) -> None:
    things = {str(one).partition("#")[0] for one in graph.subjects() if str(one).startswith(ID)}
    assert len(things) > 20
    for iri in sorted(things):
        at = address + "/id/" + iri.removeprefix(ID)
        first = httpx.get(at, headers={"Accept": "text/turtle"})
        assert first.status_code == 303, iri
        found = httpx.get(at, headers={"Accept": "text/turtle"}, follow_redirects=True)
        described = Graph().parse(data=found.text, format="turtle")
        assert (URIRef(iri), RDF.type, None) in described, iri


def test_answers_name_the_data_by_their_whole_hash_which_is_described_too(
    address: str, release: Release
) -> None:
    cited = f"{ID}dataset/{release.canonical_hash}"
    answer = httpx.get(
        f"{address}/doc/dataset/{release.canonical_hash}", headers={"Accept": "text/turtle"}
    )
    found = Graph().parse(data=answer.text, format="turtle")
    version = URIRef(f"{ID}dataset/{release.version}")
    assert (version, None, URIRef(cited)) in found
    assert (version, DCAT.isVersionOf, WHOLE) in found


def test_the_publisher_is_as_set(catalogues: dict[str, Graph]) -> None:
    graph = catalogues["of a ministry"]
    publisher, contact = URIRef(TOOI), URIRef(f"{CATALOGUE}#contact")
    assert graph.value(CATALOGUE, DCTERMS.publisher) == publisher
    assert str(graph.value(publisher, FOAF.name)) == "Ministerie van Buitenlandse Zaken"
    assert graph.value(contact, VCARD.hasTelephone) == URIRef("tel:+31701234567")
    assert graph.value(contact, VCARD.hasEmail) == URIRef("mailto:contact@example.org")
    assert {VCARD.Kind, VCARD.Organization} <= set(graph.objects(contact, RDF.type))


@pytest.mark.parametrize("which", ["without a release", "that takes changes"])
def test_without_releases_there_are_the_services_only(
    catalogues: dict[str, Graph], which: str
) -> None:
    graph = catalogues[which]
    assert not list(graph.subjects(DCAT.byteSize))
    services = {str(one).rpartition("/")[2] for one in graph.objects(CATALOGUE, DCAT.service)}
    assert services == {"sparql", "rest"}


def test_addresses_are_public_ones_where_that_is_set(folder: Path, release: Release) -> None:
    public = "https://data.example.org/samenhang"
    with service(folder, public_address=public) as url:
        graph = fetched(url)
    addresses = [
        str(one) for name in (DCAT.downloadURL, DCAT.accessURL) for one in graph.objects(None, name)
    ]
    assert addresses
    assert all(one.startswith(public + "/") for one in addresses)
    assert (CATALOGUE, FOAF.homepage, URIRef(public + "/")) in graph


def test_a_version_is_added_by_each_release(
    sampled: Source, folder: Path, release: Release, tmp_path: Path
) -> None:
    settings = Settings(data=tmp_path)
    publish(sampled, settings)
    more = (
        "@prefix def: <https://w3id.org/samenhang/def/> . "
        "<https://w3id.org/samenhang/id/graph/more> { "
        "<https://w3id.org/samenhang/id/actor/new> a def:Actor . }"
    )
    later = publish(make_source(tmp_path / "later", more), settings)
    graph = Graph()
    for triple in of_release(settings, sampled, Releases(tmp_path / "releases")):
        graph.parse(data=f"{triple} .", format="nt")
    versions = {str(one).rpartition("/")[2] for one in graph.objects(WHOLE, DCAT.hasVersion)}
    assert versions == {release.version, later.version}
    assert str(graph.value(WHOLE, DCAT.version)) == later.version
    assert (URIRef(f"{ID}dataset/{later.version}"), DCAT.previousVersion, None) in graph
    assert (WHOLE, DCTERMS.license, None) in graph


def test_a_publisher_with_a_base_of_its_own_has_every_iri_under_it(release: Release) -> None:
    base = "https://kennis.example.nl/"
    names = Names(base, "https://kennis.example.nl")
    graph = composed(Settings(base_iri=base), names, load(base).values(), [release], None)
    terms = {str(term) for triple in graph for term in triple}
    assert f"{base}id/catalog" in terms
    assert not [one for one in terms if ID in one]


@pytest.mark.parametrize("language, title", [("nl", "Catalogus"), ("en", "Samenhang catalogue")])
def test_a_reader_sees_a_page(address: str, release: Release, language: str, title: str) -> None:
    page = httpx.get(f"{address}/catalog?lang={language}", headers={"Accept": "text/html"})
    assert page.headers["content-language"] == language
    assert title in page.text
    assert f"/dumps/{release.version}/samenhang.nq.gz" in page.text
