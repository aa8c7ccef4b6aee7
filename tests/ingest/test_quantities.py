"""Figures and periods as Dutch documents write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract import periods
from ingest.extract.quantities import Quantities
from ontology import vocabulary
from ontology.names import Minter

FINDER = Quantities(vocabulary.load(Minter()))


def found(text: str) -> list[tuple[Decimal, str, str, str]]:
    return [
        (q.value, q.unit.slug if q.unit else "", q.qualifier.slug if q.qualifier else "", q.per)
        for q in FINDER.find(text)
    ]


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier", "per"),
    [
        ("bijna 80 miljoen mensen ontheemd", 80_000_000, "people", "almost", ""),
        ("meer dan acht miljoen mensen", 8_000_000, "people", "more-than", ""),
        ("ruim 575.000 kinderen en jongeren", 575_000, "people", "more-than", ""),
        ("zo’n 70.000 in de regio geboren kinderen", 70_000, "people", "about", ""),
        ("maandelijks 1.7 miljoen vluchtelingen", 1_700_000, "people", "", "month"),
        ("al 6,7 miljoen kwetsbare mensen bereikt", 6_700_000, "people", "", ""),
        ("enkel 4.5% van de vluchtelingen", Decimal("4.5"), "percent", "only", ""),
        ("128 miljoen euro per jaar", 128_000_000, "eur", "", "year"),
        ("EUR 150 mln. in totaal", 150_000_000, "eur", "", ""),
        ("€ 1,2 mld in de periode", 1_200_000_000, "eur", "", ""),
        ("circa $ 3 miljoen", 3_000_000, "usd", "about", ""),
        ("meer dan de helft van de kinderen", 50, "percent", "more-than", ""),
        ("in acht landen", 8, "countries", "", ""),
    ],
)
def test_a_figure_is_read_with_its_unit_and_reserve(
    text: str, value: Decimal, unit: str, qualifier: str, per: str
) -> None:
    assert found(text) == [(Decimal(value), unit, qualifier, per)]


@pytest.mark.parametrize(
    "text",
    [
        "op 14 oktober 2019",
        "Kamerstuk 19 637, nr. 2634",
        "artikel 1.2 van de begroting",
        "SDG 8 en COP26",
        "in 2019 en in de periode 2018-2023",
        "een van de partners",
    ],
)
def test_a_date_number_or_article_is_no_quantity(text: str) -> None:
    assert found(text) == []


def test_a_range_has_both_ends() -> None:
    (quantity,) = FINDER.find("tussen de 10 en 26 jaar van huis")
    assert (quantity.value, quantity.maximum) == (10, 26)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("in de periode mid-2017 tot mid-2020", "2017", "2020"),
        ("(2018- 2023)", "2018", "2023"),
        ("sinds de start in december 2014", "2014-12", "2014-12"),
        ("Op 8 september 2015 zette", "2015-09-08", "2015-09-08"),
        ("in juni jl. zijn", "2020-06", "2020-06"),
        ("uiterlijk in 2030", "", "2030"),
        ("vanaf maart 2023", "2023-03", ""),
        ("tussen 2015 en 2022", "2015", "2022"),
    ],
)
def test_a_period_is_as_exact_as_its_words(text: str, start: str, end: str) -> None:
    (period,) = periods.find(text, issued="2021-01-25")
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize("text", ["nr. 2034", "https://www.hrw.org/2020/08/26/x", "2.019 mensen"])
def test_digits_that_are_no_year_are_no_period(text: str) -> None:
    assert list(periods.find(text)) == []


@given(st.text(alphabet="0123456789.,-–% €miljoentuse", max_size=60))
def test_any_text_is_searched_without_an_error(text: str) -> None:
    for quantity in FINDER.find(text):
        assert 0 <= quantity.range.start < quantity.range.end <= len(text)
    for period in periods.find(text):
        assert 0 <= period.range.start < period.range.end <= len(text)
