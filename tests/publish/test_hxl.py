"""The HXL export: countries with tags that humanitarian tools know."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from server.publish.exports import hxl
from server.publish.source import Source

TAG = re.compile(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*")
"""A hashtag and its attributes (HXL 1.1, 'Tagging conventions')."""


@pytest.fixture(scope="module")
def folder(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    list(hxl.write(source, folder))
    return folder / "exports" / "hxl"


def lines(folder: Path, name: str) -> list[list[str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def tagged(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows by tag, as a tool reads them."""
    _, tags, *found = lines(folder, name)
    return [dict(zip(tags, row, strict=True)) for row in found]


@pytest.mark.parametrize("name", ["countries", "passages"])
def test_the_second_row_has_a_tag_for_each_column(folder: Path, name: str) -> None:
    headings, tags, *found = lines(folder, name)
    assert all(TAG.fullmatch(tag) for tag in tags), tags
    assert len(set(tags)) == len(tags) == len(headings)
    assert all(len(row) == len(tags) for row in found)
    assert len(found) > 50


def test_lebanon_has_its_codes_lists_and_policy_areas(folder: Path) -> None:
    [row] = [row for row in tagged(folder, "countries") if row["#country+code+v_iso3"] == "LBN"]
    assert row["#country+name+i_en"] == "Lebanon"
    assert row["#country+name+i_nl"] == "Libanon"
    assert row["#country+code+v_iso2"] == "LB"
    assert row["#country+code+num+v_m49"] == "422"
    assert "reception in the region countries" in row["#meta+list+name+i_en"].split(" | ")
    assert "reception in the region" in row["#meta+policy_area+name+i_en"].split(" | ")
    assert int(row["#indicator+mentions+num"]) > 0


def test_leading_zeros_of_m49_stay(folder: Path) -> None:
    codes = {
        row["#country+code+v_iso3"]: row["#country+code+num+v_m49"]
        for row in tagged(folder, "countries")
    }
    assert codes["AFG"] == "004"
    assert codes[""] == "", "Kosovo has no code of ISO or the UN"


def test_what_stands_in_the_summary_has_a_passage(folder: Path) -> None:
    passages = tagged(folder, "passages")
    lists = {
        (row["#country+name+i_en"], row["#meta+list+name+i_en"])
        for row in passages
        if row["#meta+list+name+i_en"]
    }
    for row in tagged(folder, "countries"):
        for name in filter(None, row["#meta+list+name+i_en"].split(" | ")):
            assert (row["#country+name+i_en"], name) in lists


def test_the_eight_countries_of_reception_in_the_region(folder: Path) -> None:
    named = {
        row["#country+code+v_iso3"]
        for row in tagged(folder, "passages")
        if row["#meta+list+name+i_en"] == "reception in the region countries"
        and "acht landen" in row["#description+quote+i_nl"]
    }
    assert named >= {"EGY", "ETH", "IRQ", "JOR", "KEN", "LBN", "UGA", "SDN"}


def test_the_same_data_give_the_same_files(source: Source, tmp_path: Path) -> None:
    first = [file.sha256 for file in hxl.write(source, tmp_path / "a")]
    assert first == [file.sha256 for file in hxl.write(source, tmp_path / "b")]
