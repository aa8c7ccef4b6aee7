"""The country lists of the note of 2022 and the letter of 2021, checked against the documents."""

from __future__ import annotations

import pytest

from tests.conftest import Graph

BROAD = (
    "Mali, Niger, Burkina Faso, Jemen, Palestijnse gebieden, Oeganda, Ethiopië, Zuid-Soedan, "
    "Soedan, Burundi, Mozambique, Benin"
)
SPECIFIC = (
    "Bangladesh, Egypte, Kenia, Jordanië, Libanon, Irak, Afghanistan, Somalië, Tsjaad, Tunesië"
)
# Read from the documents by hand.
LISTS = {
    "trade-priority-markets": (
        "Duitsland, België, Frankrijk, Verenigd Koninkrijk, Ierland, Italië, Spanje, Polen, "
        "Zweden, Zwitserland, Turkije, Verenigde Staten, Canada, Mexico, Brazilië, Saoedi-Arabië, "
        "Verenigde Arabische Emiraten, China, India, Japan, Indonesië, Zuid-Korea, Taiwan, "
        "Vietnam, Singapore"
    ),
    "development-cooperation-countries": f"{BROAD}, {SPECIFIC}",
    "combination-countries": (
        "Egypte, Ghana, Marokko, Nigeria, Senegal, Ivoorkust, Kenia, Zuid-Afrika, Bangladesh, "
        "India, Indonesië, Vietnam, Colombia, Oekraïne"
    ),
    "psd-countries": (
        "Algerije, Angola, Bangladesh, Benin, Burkina Faso, Burundi, Colombia, "
        "Democratische Republiek Congo, Egypte, Ethiopië, Ghana, India, Indonesië, Irak, "
        "Ivoorkust, Jordanië, Kenia, Libanon, Libië, Mali, Marokko, Moldavië, Mozambique, Niger, "
        "Nigeria, Oeganda, Oekraïne, Palestijnse gebieden, Rwanda, Senegal, Soedan, Somalië, "
        "Suriname, Tanzania, Tsjaad, Tunesië, Vietnam, Zimbabwe, Zuid-Afrika, Zuid-Soedan"
    ),
    "emerging-markets-asean-5": "Indonesië, Vietnam, Singapore, Maleisië, Thailand",
    "emerging-markets-gulf-region": (
        "Saoedi-Arabië, Verenigde Arabische Emiraten, Koeweit, Qatar, Bahrein, Oman"
    ),
    "development-relation-phased-out": "Mauritanië, Algerije, Libië",
    "development-relation-narrowed": "Afghanistan",
    "trade-and-development-emphasis": "Senegal, Nigeria, Ghana, Marokko",
    "reception-in-the-region-countries": (
        "Egypte, Ethiopië, Irak, Jordanië, Kenia, Libanon, Oeganda, Soedan"
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_exactly_the_countries_that_the_document_lists(graph: Graph, name: str) -> None:
    rows = graph.ask("countries-on-a-list", list=f"country-list/{name}")
    assert {row["countryLabel"] for row in rows} == set(LISTS[name].split(", "))


def test_groups_are_those_of_the_printed_headings(graph: Graph) -> None:
    rows = graph.ask("countries-on-a-list", list="country-list/development-cooperation-countries")
    groups: dict[str, set[str]] = {}
    for row in rows:
        groups.setdefault(row["groupLabel"], set()).add(row["countryLabel"])
    assert groups == {
        "landen met een brede OS-relatie": set(BROAD.split(", ")),
        "landen met een OS-inzet op specifieke doelen": set(SPECIFIC.split(", ")),
    }


def test_a_membership_is_stated_once_with_all_its_evidence(graph: Graph) -> None:
    rows = list(
        graph.select("""
            PREFIX def: <https://w3id.org/samenhang/def/>
            PREFIX list: <https://w3id.org/samenhang/id/country-list/>
            PREFIX country: <http://publications.europa.eu/resource/authority/country/>
            SELECT ?listing (COUNT(?evidence) AS ?times) WHERE {
              ?listing def:list list:combination-countries ; def:member country:KEN ;
                def:evidence ?evidence
            } GROUP BY ?listing""")
    )
    # Three printed lists and one sentence.
    assert [row["times"].value for row in rows] == ["4"]


def test_the_sizes_that_headings_state_are_the_sizes_of_the_lists(graph: Graph) -> None:
    rows = graph.select("""
        PREFIX def: <https://w3id.org/samenhang/def/>
        PREFIX check: <https://w3id.org/samenhang/id/check-kind/>
        SELECT ?stated ?computed ?holds WHERE {
          ?check def:checkKind check:list-size ; def:stated ?stated ; def:computed ?computed ;
            def:holds ?holds ; def:about ?list .
          ?list a def:CountryList
        }""")
    found = sorted((r["stated"].value, r["computed"].value, r["holds"].value) for r in rows)
    assert found == [("14", "14", "true"), ("22", "22", "true"), ("25", "25", "true")]


def test_a_country_on_a_list_is_handled_in_the_areas_of_the_list(graph: Graph) -> None:
    rows = graph.select("""
        PREFIX def: <https://w3id.org/samenhang/def/>
        PREFIX basis: <https://w3id.org/samenhang/id/basis/>
        PREFIX country: <http://publications.europa.eu/resource/authority/country/>
        SELECT DISTINCT ?area WHERE {
          ?handling def:handles country:COL ; def:basis basis:list ; def:policyArea ?area .
          country:COL def:handledIn ?area
        }""")
    areas = {row["area"].value.rsplit("/", 1)[-1] for row in rows}
    # Colombia is a combination country and stands on the list for private sector development.
    assert areas == {"trade", "development-cooperation"}


def test_a_printed_list_and_each_of_its_groups_is_a_whole_too(graph: Graph) -> None:
    rows = graph.select("""
        PREFIX def: <https://w3id.org/samenhang/def/>
        PREFIX unit: <https://w3id.org/samenhang/id/unit/>
        SELECT ?subject (COUNT(DISTINCT ?member) AS ?members) (SAMPLE(?amount) AS ?told) WHERE {
          ?list a def:Enumeration ; def:subject ?subject ; def:member ?member ;
            def:amount ?amount ; def:unit unit:countries ; def:madeBy [ a def:Rule ] .
          ?subject a ?kind FILTER(?kind IN (def:CountryList, def:CountryGroup))
        } GROUP BY ?subject""")
    found = {row["subject"].value.rsplit("/", 1)[-1]: row for row in rows}
    for name, size in (
        ("trade-priority-markets", 25),
        ("trade-priority-markets-nearby", 11),
        ("combination-countries", 14),
        ("combination-countries-africa", 8),
        ("development-cooperation-countries-broad", 12),
    ):
        assert int(found[name]["members"].value) == int(found[name]["told"].value) == size
