"""The data cubes: well-formed by the Recommendation, and with the figures of the documents."""

from __future__ import annotations

import asyncio
import csv
import gzip
from pathlib import Path

import pytest
import yaml
from csvw import CSVW
from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, RdfFormat, Store, parse
from rdflib import Graph
from starlette.requests import Request

from ontology.names import definition
from server.publish.exports import cube
from server.publish.exports.cube import EDTF, Said, period
from server.publish.exports.cube_structure import Structures
from server.publish.source import Source

CONSTRAINTS = yaml.safe_load(
    Path(__file__).with_name("integrity-constraints.yaml").read_text(encoding="utf-8")
)
PREFIXES = """
PREFIX dataset: <https://w3id.org/samenhang/id/dataset/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX def: <https://w3id.org/samenhang/def/>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sdmx-dimension: <http://purl.org/linked-data/sdmx/2009/dimension#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
# The normalisation algorithm of section 10, both phases, as far as there are no slices.
CLOSURE = """
INSERT { ?o a qb:Observation } WHERE { [] qb:observation ?o } ;
INSERT { ?o a qb:Observation . ?ds a qb:DataSet } WHERE { ?o qb:dataSet ?ds } ;
INSERT { ?p a qb:DimensionProperty } WHERE { [] qb:dimension ?p } ;
INSERT { ?p a qb:MeasureProperty } WHERE { [] qb:measure ?p } ;
INSERT { ?p a qb:AttributeProperty } WHERE { [] qb:attribute ?p } ;
INSERT { ?c qb:componentProperty ?p } WHERE { ?c qb:dimension|qb:measure|qb:attribute ?p }
"""
DATA_SETS = {"budget": 110, "amounts": 25, "targets": 41}


@pytest.fixture(scope="module")
def folder(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    list(cube.write(source, folder))
    return folder / "exports" / "cube"


@pytest.fixture(scope="module")
def store(folder: Path) -> Store:
    store = Store()
    store.bulk_load(path=folder / "cube.ttl", format=RdfFormat.TURTLE)
    store.update(PREFIXES + CLOSURE)
    return store


def select(store: Store, text: str) -> list[tuple[str, ...]]:
    found = store.query(PREFIXES + text)
    assert isinstance(found, QuerySolutions)
    return [
        tuple(term.value for term in row if isinstance(term, NamedNode | Literal)) for row in found
    ]


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_the_cubes_are_well_formed(store: Store, constraint: str) -> None:
    broken = store.query(PREFIXES + CONSTRAINTS[constraint]["ask"])
    assert isinstance(broken, QueryBoolean)
    assert not broken, CONSTRAINTS[constraint]["title"]


def test_there_are_no_hierarchies_to_which_ic_20_and_ic_21_apply(store: Store) -> None:
    assert select(store, "SELECT ?list { ?list a qb:HierarchicalCodeList }") == []


def test_the_constraints_find_what_is_wrong(store: Store) -> None:
    spoilt = Store()
    spoilt.extend(store)
    spoilt.update(
        PREFIXES + "DELETE { ?o def:order ?n } INSERT { ?o def:order 0 } WHERE "
        "{ ?o qb:dataSet dataset:targets ; def:order ?n } ; "
        "DELETE { ?o def:amount ?n } WHERE { ?o qb:dataSet dataset:budget ; def:amount ?n }"
    )
    for constraint in ("IC-12", "IC-14"):
        assert spoilt.query(PREFIXES + CONSTRAINTS[constraint]["ask"]), constraint


@pytest.mark.parametrize(("name", "count"), DATA_SETS.items())
def test_each_figure_keeps_its_iri_and_its_passage(
    source: Source, store: Store, name: str, count: int
) -> None:
    found = select(
        store,
        f"SELECT ?o ?quote {{ ?o qb:dataSet dataset:{name} ; def:evidence/def:quote ?quote }}",
    )
    observations = {one for one, _ in found}
    assert len(observations) == count
    for iri in observations:
        assert any(source.store.quads_for_pattern(NamedNode(iri), None, None, None))


def test_a_budget_line_through_the_years(store: Store) -> None:
    found = select(
        store,
        """
        SELECT ?period ?amount {
          ?o qb:dataSet dataset:budget ; def:lineLabel "Totaal intensiveringen en herverdelingen" ;
            sdmx-dimension:refPeriod ?period ; def:amount ?amount .
        } ORDER BY ?period
        """,
    )
    assert found == [
        ("2022", "232000000"),
        ("2023", "670000000"),
        ("2024", "765000000"),
        ("2025", "985000000"),
        ("2026", "1085000000"),
        ("2027", "1125000000"),
    ]


def test_a_sum_over_years_has_no_year(folder: Path) -> None:
    found = [row for row in rows(folder, "budget") if row["period"] == "XXXX"]
    assert {(row["line_label"], row["amount"], row["period_as_written"]) for row in found} == {
        ("Art. 1.1.", "378989000", "Totaal"),
        ("Art. 1.2.", "373555000", "Totaal"),
    }
    assert {row["quote"][:8] for row in found} == {"Art. 1.1", "Art. 1.2"}


def test_an_amount_has_its_reserve_period_and_purpose(folder: Path) -> None:
    [prospects] = [
        row for row in rows(folder, "amounts") if "Het totale budget voor dit" in row["quote"]
    ]
    assert prospects["amount"] == "500000000"
    assert prospects["period"] == "2018/2023"
    assert prospects["subject"] == "https://w3id.org/samenhang/id/instrument/prospects"
    structural = [row for row in rows(folder, "amounts") if row["period"] == "2025/.."]
    assert any(
        row["amount"] == "500000000" and row["qualifier_name"] == "increase | structural"
        for row in structural
    )
    [fund] = [row for row in rows(folder, "amounts") if row["amount"] == "2000000000"]
    assert fund["qualifier_name"] == "in total | more than"


def test_no_amount_is_exact_where_the_text_is_not(folder: Path) -> None:
    words = ("meer dan", "ruim", "circa", "zo’n", "ten minste", "tenminste", "naar verwachting")
    for name in ("amounts", "targets"):
        for row in rows(folder, name):
            if any(f"{word} " in row["as_written"] for word in words):
                assert row["qualifier"], row["as_written"]


def test_targets_have_their_year_their_unit_and_the_goal_above_them(folder: Path) -> None:
    found = {row["as_written"]: row for row in rows(folder, "targets") if row["as_written"]}
    food = found["tenminste 32 miljoen kwetsbare mensen"]
    assert (food["amount"], food["period"], food["unit_name"]) == ("32000000", "2030", "people")
    assert food["qualifier_name"] == "at least"
    assert food["goal"] == "http://metadata.un.org/sdg/2"
    water = found["30 miljoen mensen"]
    assert water["goal"] == "http://metadata.un.org/sdg/6"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"period": "2023"}, "2023"),
        ({"periodStart": "2022", "periodEnd": "2024"}, "2022/2024"),
        ({"periodStart": "2023", "periodEnd": "2023"}, "2023"),
        ({"periodStart": "2025"}, "2025/.."),
        ({"periodEnd": "2030"}, "../2030"),
        ({"deadline": "2030", "periodStart": "2016"}, "2030"),
        ({}, "XXXX"),
    ],
)
def test_periods_in_edtf(said: dict[str, str], expected: str) -> None:
    values: Said = {definition(name): {Literal(value)} for name, value in said.items()}
    assert period(values) == Literal(expected, datatype=EDTF)


def test_two_parsers_and_both_files_agree(folder: Path) -> None:
    turtle = Graph().parse(folder / "cube.ttl")
    lines = gzip.decompress((folder / "cube.nt.gz").read_bytes())
    assert set(turtle) == set(Graph().parse(data=lines, format="nt"))
    assert len(list(parse(lines, format=RdfFormat.N_TRIPLES))) == len(turtle)


@pytest.mark.parametrize(("name", "count"), DATA_SETS.items())
def test_the_metadata_hold_for_the_table(folder: Path, name: str, count: int) -> None:
    read = CSVW(str(folder / f"{name}.csv-metadata.json"), validate=True)
    assert read.is_valid
    assert read.warnings == []
    assert len(read.to_json(minimal=True)) == count


@pytest.mark.parametrize("name", DATA_SETS)
def test_the_table_says_what_the_cube_says(folder: Path, store: Store, name: str) -> None:
    read = CSVW(str(folder / f"{name}.csv-metadata.json"), validate=True)
    table = {
        (row["@id"], row["https://w3id.org/samenhang/def/order"], row["dc:type"])
        if "dc:type" in row
        else (row["@id"], row["https://w3id.org/samenhang/def/order"], "")
        for row in read.to_json(minimal=True)
    }
    found = select(
        store,
        f"""
        SELECT ?o ?order (COALESCE(?kind, "") AS ?type) {{
          ?o qb:dataSet dataset:{name} ; def:order ?order .
          OPTIONAL {{ ?o dcterms:type ?kind }}
        }}
        """,
    )
    assert table == {(iri, int(order), kind) for iri, order, kind in found}


def test_data_sets_and_structures_are_described_by_their_iris() -> None:
    structures = Structures("https://data.example.org/")
    request = Request({"type": "http"})

    def described(path: str) -> set[str]:
        iri = f"https://data.example.org/id/{path}"
        return {str(triple) for triple in asyncio.run(structures.triples(iri, request))}

    assert any("cube#structure" in one for one in described("dataset/budget"))
    assert any("cube#component" in one for one in described("structure/targets"))
    assert any("cube#measure" in one for one in described("structure/targets/amount"))
    assert described("dataset/samenhang") == set()


def test_the_same_data_give_the_same_files(source: Source, folder: Path, tmp_path: Path) -> None:
    for file in cube.write(source, tmp_path):
        assert (tmp_path / file.name).read_bytes() == (
            folder.parent.parent / file.name
        ).read_bytes()
