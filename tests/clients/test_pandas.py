"""A researcher who reads an answer into a table of pandas."""

from __future__ import annotations

from urllib.parse import urlencode

import pandas as pd

from tests.clients.conftest import PREFIXES

QUOTES = f"""{PREFIXES}
SELECT ?document ?date ?start ?quote WHERE {{
  ?statement def:evidence ?evidence .
  ?evidence def:quote ?quote ; def:start ?start ; def:inDocument ?document .
  ?document dcterms:issued ?date
}}"""
VALUES = """
SELECT * {
  VALUES (?place ?count ?share ?amount ?firm ?at) {
    ("Jordanië"@nl 1 0.25 1e6 true "2024-03-03T10:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>)
    ("a, \\"b\\"\\nc" 2 UNDEF 2.5e0 false UNDEF)
  }
}"""


def address_of(service: str, query: str) -> str:
    return f"{service}/sparql?{urlencode({'query': query, 'format': 'csv'})}"


def test_quotes_become_a_table_with_dates_and_numbers(letters: str) -> None:
    table = pd.read_csv(address_of(letters, QUOTES), parse_dates=["date"])
    assert list(table.columns) == ["document", "date", "start", "quote"]
    assert str(table["start"].dtype) == "int64"
    assert pd.api.types.is_datetime64_any_dtype(table["date"])
    assert pd.api.types.is_string_dtype(table["quote"])
    assert not table.isna().to_numpy().any()
    assert table.groupby("document").size().nunique() == 1
    assert table["quote"].str.contains("Jordanië met humanitaire hulp").any()


def test_each_type_of_value_has_its_type_of_column(letters: str) -> None:
    table = pd.read_csv(address_of(letters, VALUES), parse_dates=["at"])
    types = {name: str(kind) for name, kind in table.dtypes.items()}
    assert types.pop("at").startswith("datetime64[")
    assert types == {
        "place": "str",
        "count": "int64",
        "share": "float64",
        "amount": "float64",
        "firm": "bool",
    }
    assert list(table["place"]) == ["Jordanië", 'a, "b"\nc']
    assert list(table["amount"]) == [1e6, 2.5]
    assert list(table["share"].isna()) == [False, True]


def test_an_answer_without_rows_is_a_table_with_columns(letters: str) -> None:
    table = pd.read_csv(address_of(letters, "SELECT ?a ?b { ?a <urn:nothing> ?b }"))
    assert list(table.columns) == ["a", "b"]
    assert table.empty


def test_a_saved_question_by_its_address_alone(letters: str) -> None:
    table = pd.read_csv(
        f"{letters}/queries/what-a-document-says-of-an-actor?actor=actor/unhcr&document=",
        storage_options={"Accept": "text/csv"},
    )
    assert len(table) > 0
    assert table["quote"].str.contains("UNHCR").all()
