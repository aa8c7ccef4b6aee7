"""Receipts: an answer is cited, found again, and laid beside the answer of now."""

from __future__ import annotations

import json
import multiprocessing
import random
import re
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from ontology.names import DEFAULT_BASE
from queries.catalogue import Catalogue
from queries.rows import Answer, Term
from queries.text import Bilingual
from server.app import create_app
from server.pages import Pages
from server.saved import receipts as receipts_module
from server.saved.citation import Citation
from server.saved.receipts import (
    DamagedReceiptError,
    Given,
    NoRoomError,
    Receipt,
    ReceiptStore,
)
from server.settings import Settings
from server.store.load import load
from server.store.pool import Limits, PooledStore
from tests.fixtures.sample_service import FIXTURES, serving

ROOT = Path(__file__).parents[2]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PATH = "/queries/roles/receipts"
TEXTS = Pages().texts
THEN, NOW = "0123456789abcdef", "fedcba9876543210"
GONE = "UNHCR verdeelt een deel van de ongeoormerkte bijdragen onder lokale partners."
NEW = "De Wereldbank voert {uit} met 5% & meer."

QUERY = """# Which role does an actor have?
PREFIX def: <https://w3id.org/samenhang/def/>
PREFIX actor: <https://w3id.org/samenhang/id/actor/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT DISTINCT ?role ?roleLabel ?area ?areaLabel ?quote ?document ?documentTitle ?page ?start ?end
       ?evidence ?statement
WHERE {
  VALUES ?actor { actor:unhcr }
  VALUES ?area { UNDEF }
  VALUES ?language { "nl" }
  ?statement def:actor ?actor ; def:role ?role ; def:policyArea ?area ; def:evidence ?evidence .
  ?role skos:prefLabel ?roleLabel . FILTER(LANG(?roleLabel) = ?language)
  ?area skos:prefLabel ?areaLabel . FILTER(LANG(?areaLabel) = ?language)
  ?evidence def:quote ?quote ; def:start ?start ; def:end ?end ; def:inDocument ?document .
  OPTIONAL { ?evidence def:page ?page }
  ?document dcterms:title ?documentTitle . FILTER(LANG(?documentTitle) = ?language)
}
ORDER BY ?roleLabel ?role ?area ?document ?start ?end ?evidence ?statement
"""
AREA = """
    [ sh:path parameter:area ; sh:order 2 ; sh:class def:PolicyArea ;
      sh:name "Beleidsterrein"@nl , "Policy area"@en ] ,"""
CONTRACT = f"""@prefix column: <https://w3id.org/samenhang/def/column/> .
@prefix def: <https://w3id.org/samenhang/def/> .
@prefix parameter: <https://w3id.org/samenhang/def/parameter/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<> a def:Question , sh:SPARQLExecutable , sh:SPARQLSelectExecutable ;
  rdfs:label "Welke rol heeft een actor?"@nl , "Which role does an actor have?"@en ;
  rdfs:comment "De rollen."@nl , "The roles."@en ;
  schema:keywords "rol"@nl , "role"@en ;
  schema:version "1" ;
  sh:order 1 ;
  sh:parameter
    [ sh:path parameter:actor ; sh:order 1 ; sh:class def:Actor ;
      sh:name "Actor"@nl , "Actor"@en ] ,{AREA}
    [ sh:path parameter:language ; sh:order 3 ] ;
  def:resultShape [ a sh:NodeShape ; sh:property
    [ sh:path column:role ; sh:class skos:Concept ; sh:name "Rol"@nl , "Role"@en ] ,
    [ sh:path column:area ; sh:name "Terrein"@nl , "Area"@en ] ] .
"""


def make_questions(folder: Path, query: str = QUERY, contract: str = CONTRACT) -> Path:
    """A folder with the one question."""
    (folder / "actors").mkdir(parents=True)
    for name in ("families.ttl", "shared.ttl"):
        shutil.copy(ROOT / "queries" / name, folder / name)
    shutil.copytree(ROOT / "queries" / "choices", folder / "choices")
    (folder / "actors" / "roles.rq").write_text(query, encoding="utf-8")
    (folder / "actors" / "roles.ttl").write_text(contract, encoding="utf-8")
    return folder


def make_data(folder: Path, version: str, change: Callable[[str], str] = str) -> Path:
    """A store folder with the sample data, changed."""
    sample = Store()
    text = change((FIXTURES / "sample.trig").read_text(encoding="utf-8"))
    sample.load(text.encode(), format=RdfFormat.TRIG)
    folder.mkdir()
    sample.dump(str(folder / "data.nq"), format=RdfFormat.N_QUADS)
    load(folder / "data.nq", folder / "store", version)
    return folder / "store"


@pytest.fixture(scope="module")
def then(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_data(tmp_path_factory.mktemp("then") / "data", THEN)


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data as rebuilt: another quote, and one that stays twice as it was."""
    folder = tmp_path_factory.mktemp("now") / "data"
    return make_data(folder, NOW, lambda text: text.replace(GONE, NEW))


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_questions(tmp_path_factory.mktemp("questions") / "queries")


@contextmanager
def service(data: Path, store: Path, questions: Path, **more: Any) -> Iterator[httpx.Client]:
    """A client of a real service that keeps its receipts below ``data``."""
    settings_ = Settings(data=data, **more)
    pooled = PooledStore(store, Limits(readers=1, slow_readers=1))
    catalogue = Catalogue.load(questions)
    app = create_app(settings_, pooled, catalogue, "0")
    with serving(app) as address, httpx.Client(base_url=address, timeout=20) as client:
        yield client


@pytest.fixture(scope="module")
def client(
    then: Path, questions: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    with service(tmp_path_factory.mktemp("served"), then, questions) as client:
        yield client


def make(client: httpx.Client, parameters: str = "actor=actor/unhcr", **headers: str) -> Any:
    response = client.post(f"{PATH}?{parameters}", headers=headers)
    assert response.status_code in (200, 201), response.text
    return response.json()


def get(client: httpx.Client, path: str, accept: str = "*/*") -> httpx.Response:
    return client.get(path, headers={"Accept": accept})


class TestMaking:
    def test_says_what_was_asked_of_which_data(self, client: httpx.Client) -> None:
        response = client.post(f"{PATH}?actor=UNHCR&area=policy-area/humanitarian-aid&lang=en")
        assert response.status_code == 201
        made = response.json()
        assert response.headers["location"].endswith(f"/receipts/{made['id']}")
        assert re.fullmatch(r"[0-9a-f]{20}", made["id"])
        assert made["question"]["name"] == "roles"
        assert made["question"]["version"] == "1"
        assert made["parameters"] == {
            "actor": {"value": "actor/unhcr", "term": f"<{DEFAULT_BASE}id/actor/unhcr>"},
            "area": {
                "value": "policy-area/humanitarian-aid",
                "term": f"<{DEFAULT_BASE}id/policy-area/humanitarian-aid>",
            },
            "language": {"value": "en", "term": '"en"'},
        }
        assert (made["dataset"], made["language"], made["rows"]) == (THEN, "en", 1)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", made["time"])
        assert "1 row, SHA-256 " + made["digest"][:8] in made["citation"]

    def test_the_same_answer_has_one_receipt_with_its_first_time(
        self, client: httpx.Client
    ) -> None:
        first = make(client)
        time.sleep(1.1)
        again = client.post(f"{PATH}?language=nl&area=&actor=actor/unhcr")
        assert again.status_code == 200
        assert again.json() == first
        assert make(client, "actor=actor/world-bank")["id"] != first["id"]

    def test_a_browser_is_led_to_the_page(self, client: httpx.Client) -> None:
        sent = client.post(
            f"{PATH}?lang=en", data={"actor": "actor/unhcr"}, headers={"Accept": BROWSER}
        )
        assert sent.status_code == 303
        page = get(client, sent.headers["location"], BROWSER)
        assert page.headers["content-language"] == "en"
        assert "The answer is the same now." in page.text
        assert "Which role does an actor have?" in page.text
        assert 'id="cited"' in page.text

    def test_not_where_the_answer_is_no_more_the_one_seen(self, client: httpx.Client) -> None:
        digest = make(client)["digest"]
        assert make(client, f"actor=actor/unhcr&dataset={THEN}&digest={digest}")["rows"] == 3
        for seen in (f"dataset={NOW}", f"digest={'0' * 64}"):
            refused = client.post(f"{PATH}?actor=actor/unhcr&{seen}")
            assert refused.status_code == 409
            assert refused.json()["dataset"] == THEN
            assert refused.json()["digest"] == digest
            assert f"data set {THEN} is served now. Ask the question again" in refused.text

    @pytest.mark.parametrize(
        ("path", "status", "told"),
        [
            ("/queries/nope/receipts", 404, "no saved question"),
            (f"{PATH}?actor=nobody", 400, "no actor is known as"),
            (f"{PATH}?colour=red", 400, "colour"),
            (f"{PATH}?actor=a:b&actor=a:c", 400, "given more than once"),
            (f"{PATH}?format=xlsx", 406, "application/x-bibtex (format=bibtex)"),
        ],
    )
    def test_what_can_not_be_asked(
        self, client: httpx.Client, path: str, status: int, told: str
    ) -> None:
        response = client.post(path)
        assert response.status_code == status
        assert response.headers["content-type"] == "application/problem+json"
        assert told in response.json()["detail"]

    def test_a_form_that_is_none(self, client: httpx.Client) -> None:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        assert client.post(PATH, content=b"a=\xff", headers=form).status_code == 400
        assert client.post(PATH, content=b"a" * 70_000, headers=form).status_code == 413


class TestCitations:
    def test_a_line_of_text_in_both_languages(self, client: httpx.Client) -> None:
        name = make(client)["id"]
        line = get(client, f"/receipts/{name}?format=text&lang=en")
        assert line.headers["content-type"] == "text/plain; charset=utf-8"
        assert line.text.startswith(
            "Samenhang, “Which role does an actor have?” (question roles, version 1; "
            f"actor=actor/unhcr; language=nl), data set {THEN}, answered 20"
        )
        assert line.text.endswith(f"…, {client.base_url}/receipts/{name}\n".replace("/ ", " "))
        assert "3 rijen" in get(client, f"/receipts/{name}?format=text&lang=nl").text

    def test_bibtex(self, client: httpx.Client) -> None:
        name = make(client)["id"]
        entry = get(client, f"/receipts/{name}", "application/x-bibtex")
        assert entry.headers["content-type"] == "application/x-bibtex; charset=utf-8"
        assert entry.text.startswith(f"@misc{{samenhang-{name},\n  author = {{{{Samenhang}}}},")
        assert "  title = {{Welke rol heeft een actor?}},\n" in entry.text
        assert "  howpublished = {vraag roles, versie 1; actor=actor/unhcr" in entry.text

    def test_provenance_is_the_same_in_turtle_and_json_ld(self, client: httpx.Client) -> None:
        made = make(client)
        path = f"/receipts/{made['id']}"
        graph = Store()
        turtle = get(client, path, "text/turtle")
        graph.load(turtle.content, format=RdfFormat.TURTLE)
        assert graph.query(
            f"""
            PREFIX prov: <http://www.w3.org/ns/prov#>
            PREFIX schema: <https://schema.org/>
            PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
            ASK {{
              <{made["url"]}> a prov:Entity ;
                prov:generatedAtTime "{made["time"]}"^^xsd:dateTime ;
                prov:wasGeneratedBy ?asking .
              ?asking a prov:Activity ; prov:used ?question , <{DEFAULT_BASE}id/dataset/{THEN}> ,
                [ schema:propertyID "actor" ; schema:value <{DEFAULT_BASE}id/actor/unhcr> ] .
              ?question schema:version "1" ;
                prov:specializationOf <{DEFAULT_BASE}id/question/roles> .
            }}"""
        )
        linked = get(client, path, "application/ld+json")
        assert len([*parse(linked.content, format=RdfFormat.JSON_LD)]) == len(graph)

    def test_a_client_that_has_it_need_not_get_it_again(self, client: httpx.Client) -> None:
        path = f"/receipts/{make(client)['id']}?format=turtle"
        tag = get(client, path).headers["etag"]
        again = client.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")

    def test_the_comparison_is_never_kept(self, client: httpx.Client) -> None:
        path = f"/receipts/{make(client)['id']}"
        for accept in ("application/json", BROWSER):
            assert get(client, path, accept).headers["cache-control"] == "no-store"
        assert get(client, path).headers["access-control-allow-origin"] == "*"
        assert client.head(path).content == b""
        assert client.delete(path).status_code == 405

    @pytest.mark.parametrize(
        "name", ["0" * 20, "nope", "A" * 20, "..%2F..%2Fetc%2Fpasswd", "0" * 21, "%00", "ü"]
    )
    def test_unknown(self, client: httpx.Client, name: str) -> None:
        for path in (f"/receipts/{name}", f"/receipts/{name}/answer"):
            assert get(client, path).status_code == 404

    @settings(max_examples=50, deadline=None)
    @given(st.text(max_size=30), st.text(max_size=30))
    def test_bibtex_holds_whatever_was_asked(self, title: str, value: str) -> None:
        receipt = a_receipt(title=Bilingual(title, title), parameters={"word": Given('"w"', value)})
        entry = Citation(receipt, "http://h/receipts/1", DEFAULT_BASE, TEXTS).bibtex("en")
        depth = 0
        for at, sign in enumerate(entry):
            depth += (sign == "{") - (sign == "}")
            assert depth > 0 or at < len("@misc") or at >= len(entry) - 2
        assert depth == 0
        assert len(entry.splitlines()) == 10


class TestRows:
    def test_as_they_were_cited(self, client: httpx.Client) -> None:
        made = make(client)
        path = f"/receipts/{made['id']}/answer"
        rows = get(client, path, "application/json").json()["rows"]
        assert len(rows) == made["rows"] == 3
        assert rows[0]["role"]["label"] == "financier"
        assert rows[0]["evidence"]["quote"] == GONE
        assert rows[0]["evidence"]["page"] == 2
        comma = get(client, f"{path}?format=csv")
        assert comma.text.splitlines()[0].startswith("role,roleLabel,area,areaLabel,quote")
        assert comma.text.count("\r\n") == 4
        tabs = get(client, f"{path}?format=tsv")
        assert answer_of(tabs.content).digest == made["digest"]


class TestOtherData:
    def test_what_was_cited_stays_and_the_difference_shows(
        self, tmp_path: Path, then: Path, now: Path, questions: Path
    ) -> None:
        with service(tmp_path, then, questions) as client:
            made = make(client)
        (file,) = (tmp_path / "receipts").iterdir()
        written = file.read_bytes()
        with service(tmp_path, now, questions) as client:
            path = f"/receipts/{made['id']}"
            found = get(client, path).json()
            after = found.pop("now")
            assert {**found, "url": "", "citation": "", "links": ""} == {
                **made, "url": "", "citation": "", "links": ""
            }  # fmt: skip
            assert after["dataset"] == NOW
            assert after["question"]["state"] == "same"
            assert after["answer"]["state"] == "different"
            assert after["answer"]["rows"] == 3
            added, removed = after["answer"]["added"], after["answer"]["removed"]
            assert (added["count"], removed["count"]) == (1, 1)
            assert added["rows"][0]["evidence"]["quote"] == NEW
            assert removed["rows"][0]["evidence"]["quote"] == GONE
            rows = get(client, f"{path}/answer?format=tsv")
            assert answer_of(rows.content).digest == made["digest"]
            english = get(client, f"{path}?lang=en", BROWSER).text
            assert "The answer is different now." in english
            assert f"another version, {NOW}" in english
            assert english.index("Rows that were added") < english.index("{uit} met 5% &amp; meer")
            assert english.index("Rows that were removed") < english.index("ongeoormerkte")
            assert "Het antwoord is nu anders." in get(client, path, BROWSER).text
            assert make(client)["id"] != made["id"]
        assert file.read_bytes() == written

    @pytest.mark.parametrize(
        ("query", "contract", "question", "answer", "why"),
        [
            (QUERY, CONTRACT.replace('"1"', '"2"'), "changed", "same", ""),
            (QUERY.replace("?role ?roleLabel ?area", "?role ?area"),
             CONTRACT, "changed", "different", ""),
            (QUERY.replace("  VALUES ?area { UNDEF }\n", ""), CONTRACT.replace(AREA, ""),
             "changed", "unknown", "Parameter 'area': the question does not have it any more."),
        ],
        ids=["version", "columns", "parameter"],
    )  # fmt: skip
    def test_a_question_that_was_changed(
        self, tmp_path: Path, then: Path, questions: Path,
        query: str, contract: str, question: str, answer: str, why: str,
    ) -> None:  # fmt: skip
        with service(tmp_path, then, questions) as client:
            made = make(client)
        changed = make_questions(tmp_path / "changed", query, contract)
        with service(tmp_path, then, changed) as client:
            path = f"/receipts/{made['id']}"
            after = get(client, path).json()["now"]
            assert after["question"]["state"] == question
            assert after["answer"]["state"] == answer
            assert after["answer"].get("why", "") == why
            page = get(client, path, BROWSER)
            assert f'data-question="{question}" data-answer="{answer}"' in page.text
            assert len(get(client, f"{path}/answer").json()["rows"]) == 3

    def test_a_question_that_is_gone(self, tmp_path: Path, then: Path, questions: Path) -> None:
        with service(tmp_path, then, questions) as client:
            made = make(client)
        other = make_questions(tmp_path / "other")
        for suffix in (".rq", ".ttl"):
            (other / "actors" / f"roles{suffix}").rename(other / "actors" / f"others{suffix}")
        with service(tmp_path, then, other) as client:
            path = f"/receipts/{made['id']}"
            assert get(client, path).json()["now"]["question"] == {"state": "gone"}
            assert "De vraag zelf bestaat niet meer." in get(client, path, BROWSER).text
            (first, *_) = get(client, f"{path}/answer").json()["rows"]
            assert first["quote"] == GONE

    def test_rows_that_were_too_many_to_keep(
        self,
        tmp_path: Path,
        then: Path,
        now: Path,
        questions: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(receipts_module, "LARGEST_ROWS", 0)
        with service(tmp_path, then, questions) as client:
            made = make(client)
            assert made["rowsKept"] is False
            path = f"/receipts/{made['id']}"
            assert len(get(client, f"{path}/answer").json()["rows"]) == 3
        with service(tmp_path, now, questions) as client:
            gone = get(client, f"{path}/answer")
            assert gone.status_code == 410
            assert f"The answer of now, of data set {NOW}, is at /queries/roles" in gone.text
            after = get(client, path).json()["now"]["answer"]
            assert after["state"] == "different"
            assert "added" not in after
            assert "rij voor rij kan het niet worden vergeleken" in get(client, path, BROWSER).text


def test_a_receipt_damaged_on_the_disk_is_a_problem_and_no_answer(
    tmp_path: Path, then: Path, questions: Path
) -> None:
    with service(tmp_path, then, questions) as client:
        path = f"/receipts/{make(client)['id']}"
        (file,) = (tmp_path / "receipts").iterdir()
        file.write_bytes(file.read_bytes()[:200])
        for damaged in (path, f"{path}?format=bibtex", f"{path}/answer"):
            response = get(client, damaged)
            assert response.status_code == 500
            assert response.json()["title"] == "Receipt damaged"
            assert "samenhang-receipt" not in response.text


class TestRoom:
    @pytest.mark.parametrize(
        ("bound", "why"),
        [
            ({"max_receipts": 1}, "there are 1 receipts, as many as may be kept"),
            ({"min_free_bytes": 2**60}, "there is no room left on the disk"),
        ],
    )
    def test_without_room_none_is_made_and_all_are_read(
        self, tmp_path: Path, then: Path, questions: Path, bound: dict[str, int], why: str
    ) -> None:
        with service(tmp_path, then, questions) as client:
            first = make(client)
        with service(tmp_path, then, questions, **bound) as client:
            refused = client.post(f"{PATH}?actor=actor/world-bank")
            assert refused.status_code == 507
            assert why in refused.json()["detail"]
            assert get(client, f"/receipts/{first['id']}").json()["rows"] == 3
            assert make(client)["id"] == first["id"]
        assert [path.suffix for path in (tmp_path / "receipts").iterdir()] == [".receipt"]


def a_receipt(**more: Any) -> Receipt:
    said: dict[str, Any] = {
        "question": "roles",
        "iri": f"{DEFAULT_BASE}id/question/roles",
        "title": Bilingual("Rollen", "Roles"),
        "version": "1",
        "fingerprint": "f" * 64,
        "parameters": {"actor": Given("<urn:a>", "urn:a"), "area": Given("", "")},
        "language": "nl",
        "dataset": THEN,
        "digest": "d" * 64,
        "rows": 0,
        "variables": ("a", "b"),
        "time": "2026-11-21T12:00:00Z",
        "kept": True,
    }
    return Receipt(**said | more)


def answer_of(tabs: bytes) -> Answer:
    solutions = parse_query_results(tabs, format=QueryResultsFormat.TSV)
    assert isinstance(solutions, QuerySolutions)
    return Answer.of(solutions)


_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_TERMS: st.SearchStrategy[Term] = st.one_of(
    st.sampled_from([NamedNode("urn:x:é"), BlankNode("b1"), Literal(5), Literal(True)]),
    st.builds(Literal, _WORDS),
    st.builds(lambda word: Literal(word, language="nl"), _WORDS),
)


class TestStore:
    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.dictionaries(st.sampled_from("ab"), _TERMS), max_size=5))
    def test_any_rows_are_read_back_as_they_were(
        self, tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Term]]
    ) -> None:
        answer = Answer(("a", "b"), tuple(rows))
        store = ReceiptStore(tmp_path_factory.mktemp("any") / "receipts", 10, 0)
        kept, new = store.keep(a_receipt(digest=answer.digest), answer)
        assert new
        assert store.get(kept.id) == kept
        read = store.answer(kept.id)
        assert read is not None
        assert (read.variables, read.lines) == (answer.variables, answer.lines)

    def test_many_at_once(self, tmp_path: Path) -> None:
        store = ReceiptStore(tmp_path / "receipts", 1000, 0)
        answer = Answer(("a",), ({"a": Literal("x")},))
        made = [a_receipt(dataset=str(number % 20), rows=number) for number in range(200)]
        with ThreadPoolExecutor(16) as pool:
            kept = list(pool.map(lambda one: store.keep(one, answer), made))
        assert sum(new for _, new in kept) == len(store) == 20
        assert all(store.get(one.id) == one for one, _ in kept)
        assert {path.suffix for path in (tmp_path / "receipts").iterdir()} == {".receipt"}

    def test_many_at_once_over_http(self, tmp_path: Path, then: Path, questions: Path) -> None:
        with service(tmp_path, then, questions) as client, ThreadPoolExecutor(8) as pool:
            made = list(pool.map(lambda _: make(client), range(40)))
        assert len({json.dumps(one) for one in made}) == 1
        assert len(list((tmp_path / "receipts").iterdir())) == 1

    def test_two_services_on_one_folder(self, tmp_path: Path) -> None:
        answer = Answer(("a",), ())
        one, other = (ReceiptStore(tmp_path / "receipts", 10, 0) for _ in range(2))
        first, _ = one.keep(a_receipt(), answer)
        again, new = other.keep(a_receipt(time="2027-01-01T00:00:00Z"), answer)
        assert (again, new) == (first, False)

    def test_a_damaged_file_is_not_shown(self, tmp_path: Path) -> None:
        store = ReceiptStore(tmp_path / "receipts", 10, 0)
        kept, _ = store.keep(a_receipt(), Answer(("a",), ({"a": Literal("x")},)))
        (file,) = (tmp_path / "receipts").iterdir()
        for damaged in (file.read_bytes()[:-3], b"", file.read_bytes() + b" "):
            file.write_bytes(damaged)
            with pytest.raises(DamagedReceiptError):
                store.get(kept.id)

    def test_leftovers_are_removed_but_not_what_is_being_written(self, tmp_path: Path) -> None:
        folder = tmp_path / "receipts"
        folder.mkdir()
        (folder / "0.1.unfinished").write_bytes(b"half")
        assert len(ReceiptStore(folder, 10, 0)) == 0
        assert list(folder.iterdir()) == []

    def test_the_last_room_is_for_one(self, tmp_path: Path) -> None:
        store = ReceiptStore(tmp_path, 1, 0)
        answer = Answer(("a",), ())
        store.keep(a_receipt(), answer)
        with pytest.raises(NoRoomError):
            store.keep(a_receipt(dataset="other"), answer)
        next(tmp_path.iterdir()).unlink()
        assert store.keep(a_receipt(dataset="other"), answer)[1]

    def test_killed_while_writing_nothing_told_is_lost_and_nothing_is_half(
        self, tmp_path: Path
    ) -> None:
        chance = random.Random(1)
        told: list[str] = []
        forked = multiprocessing.get_context("fork")
        for number in range(8):
            receiving, sending = forked.Pipe(duplex=False)
            running = forked.Process(
                target=write_on_and_on, args=(tmp_path / "receipts", number, sending)
            )
            running.start()
            sending.close()
            told.append(receiving.recv())
            time.sleep(chance.uniform(0.02, 0.2))
            running.kill()
            running.join(10)
            assert running.exitcode == -signal.SIGKILL
            with suppress(EOFError):
                while True:
                    told.append(receiving.recv())
        store = ReceiptStore(tmp_path / "receipts", 10_000, 0)
        assert len(told) > 8
        for name in told:
            kept, answer = store.get(name), store.answer(name)
            assert kept is not None
            assert answer is not None
            assert answer.digest == kept.digest
        names = [path.name for path in (tmp_path / "receipts").iterdir()]
        assert all(name.endswith(".receipt") for name in names)
        assert all(store.get(name.removesuffix(".receipt")) for name in names)


def write_on_and_on(folder: Path, seed: int, told: Connection) -> None:
    """Make receipts, each told once it is kept, until killed."""
    store = ReceiptStore(folder, 10_000, 0)
    chance = random.Random(seed)
    for _ in range(10_000):
        rows = tuple({"a": Literal(chance.randbytes(300).hex())} for _ in range(300))
        answer = Answer(("a",), rows)
        kept, _ = store.keep(a_receipt(digest=answer.digest, rows=300), answer)
        told.send(kept.id)
