"""The IATI export: codes as the code lists have them, money as the documents say it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from csvw import CSVW

from queries.text import Bilingual
from server.publish.exports import iati
from server.publish.exports.tables import Column
from server.publish.source import Source

Rows = list[dict[str, str]]
BASE = "https://w3id.org/samenhang/id/"


@pytest.fixture(scope="module")
def folder(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    list(iati.write(source, folder))
    return folder / "exports" / "iati"


def rows(folder: Path, name: str) -> Rows:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def one(found: Rows, **values: str) -> dict[str, str]:
    """The only row with these values."""
    [row] = [row for row in found if all(row[key] == value for key, value in values.items())]
    return row


@pytest.mark.parametrize(
    ("thing", "identifier", "channel"),
    [
        ("actor/unhcr", "XM-DAC-41121", "41121"),
        ("actor/ocha", "XM-DAC-41127", "41127"),
        ("instrument/cerf", "XM-OCHA-CERF", "41147"),
        ("instrument/country-based-pooled-funds", "XM-OCHA-CBPF", "41503"),
        ("actor/iom", "", "47066"),
    ],
)
def test_organisations_have_the_identifiers_of_iati_and_the_channels_of_dac(
    folder: Path, thing: str, identifier: str, channel: str
) -> None:
    row = one(rows(folder, "organisations"), thing=BASE + thing)
    assert row["iati_organisation_identifier"] == identifier
    assert row["dac_channel_code"] == channel


def test_a_code_says_where_it_was_seen(folder: Path) -> None:
    cerf = one(rows(folder, "organisations"), thing=f"{BASE}instrument/cerf")
    assert cerf["name_en"] == "CERF" or "Emergency Response Fund" in cerf["name_en"]
    assert cerf["kind"] == "instrument"
    assert cerf["dac_source"].startswith("IATI/IATI-Codelists-NonEmbedded:xml/CRSChannelCode.xml")


def test_countries_have_two_codes_that_are_not_the_same(folder: Path) -> None:
    found = rows(folder, "countries")
    assert one(found, name_en="Ethiopia")["dac_recipient_code"] == "238"
    assert one(found, name_en="Ethiopia")["iati_country"] == "ET"
    kosovo = one(found, iati_country="XK")
    assert kosovo["country"] == "http://publications.europa.eu/resource/authority/country/1A0"
    assert kosovo["dac_recipient_code"] == "57"
    assert one(found, name_en="Netherlands")["dac_recipient_code"] == "", "a donor, no recipient"


def test_sectors_say_how_near_a_code_comes(folder: Path) -> None:
    found = rows(folder, "sectors")
    area = f"{BASE}policy-area/humanitarian-aid"
    assert one(found, thing=area, code="72010")["match"] == "code is narrower"
    assert one(found, thing=area, code="720")["vocabulary"] == "2"
    assert one(found, thing=f"{BASE}policy-area/human-rights", code="15160")["match"] == "close"


def test_money_is_told_with_its_reserve_and_its_sentence(folder: Path) -> None:
    found = [row for row in rows(folder, "money") if row["amount"] == "150000000"]
    extra = [row for row in found if row["kind"] == "Funding"]
    assert [
        (row["currency"], row["qualifier"], row["period_start"], row["from_name"], row["to_name"])
        for row in extra
    ] == [("EUR", "additional | structural", "2023", "cabinet", "humanitarian aid")]
    assert extra[0]["quote"] == (
        "Daarom maakt het kabinet vanaf 2023 structureel 150 miljoen euro extra beschikbaar "
        "voor humanitaire hulp."
    )


def test_the_budget_of_reception_in_the_region_names_eight_countries(folder: Path) -> None:
    row = one(rows(folder, "money"), amount="128000000", kind="Allocation")
    assert row["per"] == "year"
    assert row["purpose_name"] == "reception in the region"
    named = set(row["countries_named"].split(" | "))
    assert named >= {"EG", "ET", "IQ", "JO", "KE", "LB", "UG", "SD"}
    assert row["document"] == f"{BASE}document/kst-35570-XVII-52"
    assert row["page"] == "2"


def test_a_cell_of_a_budget_table_is_money_too(folder: Path) -> None:
    found = [row for row in rows(folder, "money") if row["line"] == "Art. 1.1."]
    assert {row["year"]: row["amount"] for row in found}["2015"] == "55937000"
    assert {row["purpose_name"] for row in found} == {"Foreign Affairs budget article 1.1"}
    assert len(found) == 8, "seven years and a total"


def test_dollars_are_not_euros(folder: Path) -> None:
    found = [row for row in rows(folder, "money") if row["currency"] == "USD"]
    assert {row["amount"] for row in found} == {"100000000000"}


def test_a_reserve_that_is_written_is_in_the_row(folder: Path) -> None:
    words = {"meer dan": "more than", "ruim": "more than", "circa": "about", "zo’n": "about"}
    found = [
        (row["as_written"], row["qualifier"], label)
        for row in rows(folder, "money")
        for word, label in words.items()
        if f"{word} " in row["as_written"]
    ]
    assert len(found) >= 5
    assert [one for one in found if one[2] not in one[1]] == []


def test_no_pretence_of_being_a_reporting_organisation(folder: Path) -> None:
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert "This is no IATI publication." in text
    assert "Dit is geen IATI-publicatie." in text
    assert not list(folder.glob("*.xml"))


@pytest.mark.parametrize("name", ["organisations", "sectors", "countries", "money"])
def test_the_metadata_hold_for_the_table(folder: Path, name: str) -> None:
    read = CSVW(str(folder / f"{name}.csv-metadata.json"), validate=True)
    assert read.is_valid
    assert read.warnings == []
    assert len(read.to_json(minimal=True)) == len(rows(folder, name)) > 0


def test_lines_end_as_rfc_4180_wants(folder: Path) -> None:
    content = (folder / "organisations.csv").read_bytes()
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert content.decode("utf-8").startswith("thing,name_nl,")


@pytest.mark.parametrize("text", ["=1+1", "+ 5.2", "-2", "@SUM(A1)", "\tx"])
def test_no_text_becomes_a_formula(text: str) -> None:
    label = Bilingual(nl="", en="")
    assert Column("a", label).cell({"a": (text,)}) == f"'{text}"
    assert Column("a", label, datatype="decimal").cell({"a": ("-2",)}) == "-2"


def test_the_same_data_give_the_same_files(source: Source, folder: Path, tmp_path: Path) -> None:
    files = {file.name: file.sha256 for file in iati.write(source, tmp_path)}
    again = {file.name: file.sha256 for file in iati.write(source, folder.parent.parent)}
    assert files == again
