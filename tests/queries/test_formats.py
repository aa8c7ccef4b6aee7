"""An answer as Markdown, as a workbook and as linked data: what an analyst takes away with her."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from html.parser import HTMLParser
from io import BytesIO

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from rdflib import PROV, RDF, RDFS, XSD, Graph, URIRef
from rdflib import Literal as Term
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT

from ontology.shapes import to_rdflib
from queries.catalogue import Catalogue, SavedQuery
from queries.contract import COLUMN, DEF, PARAMETER, SCHEMA
from queries.linked import linked
from queries.markdown import markdown
from queries.rows import Answer, Row
from queries.sheet import EXCEL, Limits, typed
from queries.spreadsheet import spreadsheet
from tests.conftest import ROOT

QUERY = """# What was said first, and what later?
SELECT ?theme ?themeLabel ?amount ?share ?year ?issued ?firm ?remark ?statements ?code
       ?quote ?document ?documentTitle ?page ?start ?end ?evidence ?statement
       ?laterQuote ?laterDocument ?laterDocumentTitle ?laterPage ?laterStart ?laterEnd
       ?laterEvidence
WHERE { VALUES ?language { "nl" } ?theme ?is ?said . }
"""
CONTRACT = """
@prefix column: <https://w3id.org/samenhang/def/column/> .
@prefix def: <https://w3id.org/samenhang/def/> .
@prefix parameter: <https://w3id.org/samenhang/def/parameter/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<> a def:Question , sh:SPARQLExecutable , sh:SPARQLSelectExecutable ;
  rdfs:label "Wat werd eerst gezegd, en wat later?"@nl , "What was said first, and what later?"@en ;
  rdfs:comment "Twee passages over een thema."@nl , "Two passages on a theme."@en ;
  schema:keywords "thema"@nl , "theme"@en ; schema:version "3" ; sh:order 1 ;
  sh:parameter [ sh:path parameter:language ; sh:order 1 ] ;
  def:resultShape [ a sh:NodeShape ; sh:property
    [ sh:path column:amount ; sh:datatype xsd:decimal ; sh:name "Bedrag"@nl , "Amount"@en ] ,
    [ sh:path column:share ; sh:datatype xsd:decimal ; sh:name "Aandeel"@nl , "Share"@en ] ,
    [ sh:path column:year ; sh:datatype xsd:gYear ; sh:name "Jaar"@nl , "Year"@en ] ,
    [ sh:path column:firm ; sh:datatype xsd:boolean ; sh:name "Stellig"@nl , "Firm"@en ] ,
    [ sh:path column:remark ; sh:nodeKind sh:Literal ; sh:name "Toelichting"@nl , "Remark"@en ] ,
    [ sh:path column:statements ; sh:nodeKind sh:IRI ; def:separator " " ;
      sh:name "Beweringen"@nl , "Statements"@en ] ,
    [ sh:path column:code ; sh:nodeKind sh:Literal ; def:hidden true ;
      sh:name "Code"@nl , "Code"@en ] ,
    [ sh:path column:laterEvidence ; sh:name "Later"@nl , "Later"@en ] ] .
"""
THING = "https://w3id.org/samenhang/id/"
HOST = "https://kennis.example.nl/doc/"
# XML 1.0 has no other control characters, and a reader makes one line end of all.
PRINTABLE = st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("\n\t")


def address(iri: str) -> str | None:
    """Things of ours are on this host; others nowhere."""
    return iri.replace(THING, HOST) if iri.startswith(THING) else None


def thing(path: str) -> NamedNode:
    return NamedNode(THING + path)


def of_type(text: str, name: str) -> Literal:
    return Literal(text, datatype=NamedNode(str(XSD[name])))


def passage(prefix: str, document: str, start: int, quote: str) -> dict[str, NamedNode | Literal]:
    found: dict[str, NamedNode | Literal] = {
        "quote": Literal(quote),
        "document": thing(f"document/{document}"),
        "documentTitle": Literal(f"Nota {document}", language="nl"),
        "page": Literal(12),
        "start": Literal(start),
        "end": Literal(start + 10),
        "evidence": thing(f"evidence/{document}/{start}-{start + 10}"),
    }
    return {f"{prefix}{n[0].upper()}{n[1:]}" if prefix else n: t for n, t in found.items()}


ROWS: tuple[Row, ...] = (
    {
        "theme": thing("theme/water"),
        "themeLabel": Literal("Water | sanitatie", language="nl"),
        "amount": of_type("1500000.00", "decimal"),
        "share": of_type("0.70", "decimal"),
        "year": of_type("2023", "gYear"),
        "issued": of_type("2022-06-24", "date"),
        "firm": of_type("true", "boolean"),
        "remark": Literal("=HYPERLINK(A1)"),
        "statements": Literal(f"{THING}statement/a {THING}statement/b"),
        "code": Literal("x"),
        **passage("", "a", 10, "Water is *alles*\nvoor [wie](x) | <b>dorst</b> heeft."),
        "statement": thing("statement/a"),
        **passage("later", "b", 30, "Water is later."),
    },
    {
        "theme": thing("theme/zorg"),
        "themeLabel": Literal("Zorg", language="nl"),
        "amount": of_type("12345678901234567890", "integer"),
        "firm": of_type("false", "boolean"),
        **passage("", "a", 10, "Water is *alles*\nvoor [wie](x) | <b>dorst</b> heeft."),
    },
)


@pytest.fixture(scope="module")
def query(tmp_path_factory: pytest.TempPathFactory) -> SavedQuery:
    """A question with every kind of column."""
    folder = tmp_path_factory.mktemp("queries")
    for name in ("shared.ttl", "families.ttl"):
        shutil.copy(ROOT / "queries" / name, folder)
    shutil.copytree(ROOT / "queries" / "choices", folder / "choices")
    (folder / "themes").mkdir()
    (folder / "themes" / "first-and-later.rq").write_text(QUERY, "utf-8")
    (folder / "themes" / "first-and-later.ttl").write_text(CONTRACT, "utf-8")
    return Catalogue.load(folder)["first-and-later"]


def answered(query: SavedQuery, *rows: Row) -> Answer:
    return Answer(query.variables, rows or ROWS)


class Page(HTMLParser):
    """What a reader sees of rendered Markdown: cells, footnotes, and where links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.notes: list[str] = []
        self.links: dict[str, str] = {}
        self.tags: set[str] = set()
        self._into: list[str] | None = None
        self._link = ""
        self.feed(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_FOOTNOTES))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag in ("td", "th"):
            self._into = self.cells
        elif tag == "li":
            self._into = self.notes
        elif tag == "a":
            self._link = dict(attrs).get("href") or ""
        if tag in ("td", "th", "li"):
            assert self._into is not None
            self._into.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "li"):
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into[-1] += data
        if self._link:
            self.links[data] = self._link
            self._link = ""


class TestMarkdown:
    def test_the_table_reads_as_the_answer(self, query: SavedQuery) -> None:
        page = Page(markdown(query, answered(query), "nl", address))
        assert page.cells[:10] == [
            "Thema", "Bedrag", "Aandeel", "Jaar", "Datum", "Stellig", "Toelichting",
            "Beweringen", "Vindplaats", "Later",
        ]  # fmt: skip
        assert page.cells[10:20] == [
            "Water | sanitatie", "1500000", "0.70", "2023", "2022-06-24", "ja", "=HYPERLINK(A1)",
            "a, b", "1", "2",
        ]  # fmt: skip
        assert page.cells[20:] == [
            "Zorg", "12345678901234567890", "", "", "", "nee", "", "", "1", "",
        ]  # fmt: skip
        assert page.links["Water | sanitatie"] == f"{HOST}theme/water"
        assert page.tags.isdisjoint({"b", "em", "br"})

    def test_a_passage_is_a_footnote_once_with_its_place(self, query: SavedQuery) -> None:
        text = markdown(query, answered(query), "nl", address)
        notes = [line for line in text.splitlines() if line.startswith("[^")]
        assert notes[1] == (
            f"[^2]: “Water is later.”, [Nota b]({HOST}document/b), blz. 12, "
            f"[passage]({HOST}evidence/b/30-40)."
        )
        assert len(notes) == 2
        page = Page(text)
        assert page.notes[0].startswith(
            "\n“Water is *alles* voor [wie](x) | <b>dorst</b> heeft.”, Nota a, blz. 12, passage."
        )
        assert page.links["Nota a"] == f"{HOST}document/a"

    def test_headings_and_pages_are_in_the_language_asked_for(self, query: SavedQuery) -> None:
        text = markdown(query, answered(query), "en", address)
        assert Page(text).cells[:2] == ["Theme", "Amount"]
        assert ", p. 12, " in text
        assert "| yes |" in text

    def test_no_rows_are_a_table_without_any(self, query: SavedQuery) -> None:
        page = Page(markdown(query, Answer(query.variables, ()), "nl", address))
        assert len(page.cells) == 10
        assert page.notes == []

    def test_an_address_can_not_break_out_of_its_link(self, query: SavedQuery) -> None:
        page = Page(markdown(query, answered(query), "nl", lambda iri: "https://e.nl/a|b) c(<d>"))
        assert page.links["Zorg"] == "https://e.nl/a%7Cb%29%20c%28%3Cd%3E"

    @settings(deadline=None)
    @given(text=st.text(PRINTABLE | st.sampled_from("\\|`*_[]<>&")))
    def test_any_text_reads_as_it_is(self, query: SavedQuery, text: str) -> None:
        row: Row = {"remark": Literal(text), **passage("", "a", 1, text)}
        page = Page(markdown(query, answered(query, row), "nl", address))
        expected = " ".join(text.split())
        assert page.cells[16] == expected
        assert page.notes[0].strip().startswith(f"“{expected}”, Nota a")


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def column(sheet: Worksheet, heading: str, row: int = 2) -> Cell:
    headings = [cell.value for cell in sheet[1]]
    found = sheet.cell(row, headings.index(heading) + 1)
    assert isinstance(found, Cell)
    return found


@pytest.fixture(scope="module")
def book(query: SavedQuery) -> Workbook:
    about = [("Vraag", query.title.nl), ("Adres", "https://kennis.example.nl/q?a=1&b=2")]
    return opened(spreadsheet(query, answered(query), "nl", address, about))


@pytest.fixture(scope="module")
def sheet(book: Workbook) -> Worksheet:
    sheet = book["Antwoord"]
    assert isinstance(sheet, Worksheet)
    return sheet


class TestSpreadsheet:
    def test_headings_stay_in_sight_and_filter(self, sheet: Worksheet) -> None:
        assert [cell.value for cell in sheet[1]] == [
            "Thema", "Bedrag", "Aandeel", "Jaar", "Datum", "Stellig", "Toelichting", "Beweringen",
            "Citaat", "Document", "Bladzijde", "Adres van de passage",
            "Later: Citaat", "Later: Document", "Later: Bladzijde", "Later: Adres van de passage",
        ]  # fmt: skip
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == "A1:P3"
        assert sheet.column_dimensions["I"].width > 60

    @pytest.mark.parametrize(
        ("heading", "value", "kind"),
        [
            ("Bedrag", 1500000, "n"),
            ("Aandeel", 0.7, "n"),
            ("Jaar", 2023, "n"),
            ("Datum", datetime.datetime(2022, 6, 24), "d"),
            ("Stellig", True, "b"),
            ("Bladzijde", 12, "n"),
            ("Toelichting", "=HYPERLINK(A1)", "s"),
            ("Thema", "Water | sanitatie", "s"),
            ("Citaat", "Water is *alles*\nvoor [wie](x) | <b>dorst</b> heeft.", "s"),
            ("Beweringen", f"{HOST}statement/a\n{HOST}statement/b", "s"),
        ],
    )
    def test_a_value_is_of_its_own_kind(
        self, sheet: Worksheet, heading: str, value: object, kind: str
    ) -> None:
        cell = column(sheet, heading)
        assert (cell.value, cell.data_type) == (value, kind)

    def test_what_a_number_would_round_stays_text(self, sheet: Worksheet) -> None:
        assert column(sheet, "Bedrag", 3).value == "12345678901234567890"

    def test_things_and_passages_lead_to_their_pages(self, sheet: Worksheet) -> None:
        for heading, path in (
            ("Thema", "theme/water"),
            ("Document", "document/a"),
            ("Later: Adres van de passage", "evidence/b/30-40"),
        ):
            link = column(sheet, heading).hyperlink
            assert link is not None
            assert link.target == HOST + path
        assert column(sheet, "Later: Citaat", 3).value is None

    def test_editing_a_text_makes_no_formula_of_it(self, sheet: Worksheet) -> None:
        assert column(sheet, "Toelichting").quotePrefix
        assert not column(sheet, "Thema").quotePrefix

    def test_the_other_sheet_says_what_was_asked(self, book: Workbook) -> None:
        about = book["Over"]
        assert isinstance(about, Worksheet)
        assert [[cell.value for cell in row] for row in about.iter_rows()] == [
            ["Vraag", "Wat werd eerst gezegd, en wat later?"],
            ["Adres", "https://kennis.example.nl/q?a=1&b=2"],
        ]
        link = about["B2"].hyperlink
        assert link is not None
        assert link.target == "https://kennis.example.nl/q?a=1&b=2"

    def test_what_does_not_fit_is_said(self, query: SavedQuery) -> None:
        long = {**ROWS[0], "remark": Literal("𝄞" * 80)}
        limits = Limits(rows=3, characters=100, links=2)
        content = spreadsheet(query, answered(query, long, *ROWS), "en", address, [], limits)
        book = opened(content)
        assert book["Answer"].max_row == 3
        assert column(book["Answer"], "Remark").value == "𝄞" * 49 + "…"
        links = [c for row in book["Answer"].iter_rows() for c in row if c.hyperlink]
        assert len(links) == 2
        notes = [(row[0].value, row[1].value) for row in book["About"].iter_rows()]
        assert [label for label, _ in notes] == ["Note"] * 3
        assert notes[0][1] == "A sheet has at most 3 rows; left out: 1."
        assert re.fullmatch(r"A cell has at most 100 characters; cut, .*: \d+\.", str(notes[1][1]))
        assert re.fullmatch(
            r"A sheet has at most 2 links; text without a link: \d+\.", str(notes[2][1])
        )

    def test_a_cell_as_long_as_a_book_opens(self, query: SavedQuery) -> None:
        row: Row = {"remark": Literal("a" * 40_000)}
        book = opened(spreadsheet(query, answered(query, row), "nl", address, []))
        value = column(book["Antwoord"], "Toelichting").value
        assert isinstance(value, str)
        assert len(value) == EXCEL.characters
        assert "32767" in book["Over"]["B1"].value

    def test_only_web_addresses_become_links(self, query: SavedQuery) -> None:
        content = spreadsheet(query, answered(query), "nl", lambda iri: "external:c:\\x.exe", [])
        sheet = opened(content)["Antwoord"]
        assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)

    def test_the_same_answer_is_the_same_bytes(self, query: SavedQuery) -> None:
        made = [spreadsheet(query, answered(query), "nl", address, []) for _ in range(2)]
        assert made[0] == made[1]

    @settings(max_examples=15, deadline=None)
    @given(texts=st.lists(st.text(PRINTABLE, min_size=1), min_size=20, max_size=60))
    def test_any_text_comes_back_as_text(self, query: SavedQuery, texts: list[str]) -> None:
        rows: list[Row] = [{"remark": Literal(text)} for text in texts]
        book = opened(spreadsheet(query, answered(query, *rows), "nl", address, []))
        cells = [column(book["Antwoord"], "Toelichting", row + 2) for row in range(len(rows))]
        assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in texts]

    @settings(deadline=None)
    @given(text=st.text(), name=st.sampled_from(["date", "dateTime", "gYear"]))
    def test_what_is_no_date_is_text(self, text: str, name: str) -> None:
        value = typed(of_type(text.replace("\0", ""), name)).value
        assert isinstance(value, datetime.date | int) or value == text.replace("\0", "")

    @pytest.mark.parametrize(
        ("text", "name", "value"),
        [
            ("1648-05-15", "date", "1648-05-15"),
            ("2022-06-24T10:00:00", "dateTime", datetime.datetime(2022, 6, 24, 10)),
            ("2022-06-24T10:00:00+02:00", "dateTime", "2022-06-24T10:00:00+02:00"),
            ("NaN", "double", "NaN"),
            ("-INF", "double", "-INF"),
            ("1.5E3", "double", 1500),
            ("123456789012345", "integer", 123456789012345),
            ("1234567890123456", "integer", "1234567890123456"),
        ],
    )
    def test_only_what_a_sheet_can_hold_is_no_text(
        self, text: str, name: str, value: object
    ) -> None:
        assert typed(of_type(text, name)).value == value


ANSWER = URIRef("https://kennis.example.nl/queries/first-and-later?language=nl")
DATA_SET = URIRef("https://kennis.example.nl/id/dataset/5f0c")


@pytest.fixture(scope="module")
def document(query: SavedQuery) -> str:
    terms = query.terms({"language": "en"})
    answer = answered(query)
    return json.dumps(linked(query, terms, answer, "5f0c", str(ANSWER), str(DATA_SET)))


@pytest.fixture(scope="module")
def triples(document: str) -> Graph:
    return Graph().parse(data=document, format="json-ld")


class TestLinked:
    def test_two_parsers_read_the_same(self, document: str, triples: Graph) -> None:
        other = to_rdflib(parse(document.encode(), format=RdfFormat.JSON_LD))
        assert len(other) > 60
        assert isomorphic(triples, other)

    def test_an_answer_says_what_it_was_made_from(self, query: SavedQuery, triples: Graph) -> None:
        question = URIRef(query.iri)
        assert set(triples.objects(ANSWER, PROV.wasDerivedFrom)) == {question, DATA_SET}
        assert (ANSWER, RDF.type, PROV.Entity) in triples
        assert (question, SCHEMA.version, Term("3")) in triples
        assert (question, RDFS.label, Term("What was said first, and what later?", "en")) in triples
        assert (DATA_SET, SCHEMA.version, Term("5f0c")) in triples
        assert (DATA_SET, RDF.type, DCAT.Dataset) in triples
        assert (ANSWER, PARAMETER.language, Term("en")) in triples
        assert (ANSWER, SCHEMA.sha256, Term(answered(query).digest)) in triples

    def test_a_row_has_its_values_as_they_are(self, triples: Graph) -> None:
        row = URIRef(f"{ANSWER}#row-1")
        assert (ANSWER, DEF.row, row) in triples
        assert triples.value(row, SCHEMA.position) == Term(1)
        assert triples.value(row, COLUMN.theme) == URIRef(THING + "theme/water")
        assert triples.value(row, COLUMN.themeLabel) == Term("Water | sanitatie", "nl")
        assert str(triples.value(row, COLUMN.amount)) == "1500000.00"
        assert triples.value(row, COLUMN.issued) == Term("2022-06-24", datatype=XSD.date)
        assert triples.value(row, COLUMN.firm) == Term(True)
        assert set(triples.objects(row, COLUMN.statements)) == {
            URIRef(f"{THING}statement/{name}") for name in "ab"
        }

    def test_a_passage_is_that_of_the_data_set(self, triples: Graph) -> None:
        evidence = URIRef(THING + "evidence/b/30-40")
        row = URIRef(f"{ANSWER}#row-1")
        assert (row, PROV.wasDerivedFrom, evidence) in triples
        assert (ANSWER, DEF.evidence, evidence) in triples
        assert (evidence, RDF.type, DEF.Evidence) in triples
        assert triples.value(evidence, DEF.quote) == Term("Water is later.")
        assert triples.value(evidence, DEF.inDocument) == URIRef(THING + "document/b")
        assert triples.value(evidence, DEF.page) == Term(12)
        assert triples.value(evidence, DEF.start) == Term(30)
        assert triples.value(evidence, DEF.end) == Term(40)

    def test_a_statement_rests_on_its_passage(self, triples: Graph) -> None:
        statement, first = URIRef(THING + "statement/a"), URIRef(THING + "evidence/a/10-20")
        assert (statement, PROV.wasDerivedFrom, first) in triples
        assert (URIRef(f"{ANSWER}#row-1"), PROV.wasDerivedFrom, statement) in triples

    @settings(deadline=None)
    @given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
    def test_any_text_stays_as_it_is(self, query: SavedQuery, text: str) -> None:
        made = linked(query, {}, answered(query, {"remark": Literal(text)}), "1", "a:b", "a:c")
        graph = Graph().parse(data=json.dumps(made), format="json-ld")
        assert list(graph.objects(None, COLUMN.remark)) == [Term(text)]
