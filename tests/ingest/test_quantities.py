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
        ("EUR 150 mln. in totaal", 150_000_000, "eur", "in-total", ""),
        ("structureel met 500 miljoen euro per jaar", 500_000_000, "eur", "structural", "year"),
        ("150 miljoen euro extra", 150_000_000, "eur", "additional", ""),
        ("EUR 100 mln. per jaar", 100_000_000, "eur", "", "year"),
        ("2,5 miljoen directe en indirecte voltijdbanen", 2_500_000, "jobs", "", ""),
        (
            "meer dan 80 internationale, nationale en lokale organisaties",
            80,
            "organisations",
            "more-than",
            "",
        ),
        ("nog geen kwart van de steun", 25, "percent", "less-than", ""),
        ("minimaal eens in de zeven jaar", 7, "years", "at-most", ""),
        ("één persoon op negen", Decimal("11.1"), "percent", "", ""),
        ("een half miljoen euro", 500_000, "eur", "", ""),
        ("10% tot 20% van de steun", 10, "percent", "", ""),
        ("een verdubbeling van de steun", 2, "times", "", ""),
        ("€ 1,2 mld in de periode", 1_200_000_000, "eur", "", ""),
        ("circa $ 3 miljoen", 3_000_000, "usd", "about", ""),
        ("meer dan de helft van de kinderen", 50, "percent", "more-than", ""),
        ("in acht landen", 8, "countries", "", ""),
        ("tientallen miljoenen mensen", 10_000_000, "people", "order-of-magnitude", ""),
        ("een twintigtal landen", 20, "countries", "about", ""),
        ("€ 50k voor ieder", 50_000, "eur", "", ""),
        ("Jaarlijks sterven 300 kinderen", 300, "people", "", "year"),
        (
            "opwarming tot anderhalve graad beperken",
            Decimal("1.5"),
            "degrees-celsius",
            "at-most",
            "",
        ),
        ("oploopt naar EUR 60 mln. per jaar", 60_000_000, "eur", "up-to", "year"),
        ("één derde van het voedsel", Decimal("33.3"), "percent", "", ""),
        ("met een derde gedaald", Decimal("33.3"), "percent", "decrease", ""),
        ("zes van de tien vrouwen", 60, "percent", "", ""),
        ("3 miljoen meer mensen op de vlucht", 3_000_000, "people", "increase", ""),
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
        "hervestiging naar een derde land",
        "één digitaal loket om ondernemers te bedienen",
        "Kamerstuk II 2021/22, 35 925, nr. 27",
        "(zie 3.4 middelen)",
        "die crises 11 ook tonen",
        "in de tweede helft van 2023",
    ],
)
def test_a_date_number_or_article_is_no_quantity(text: str) -> None:
    assert found(text) == []


def test_what_is_counted_is_kept_as_printed() -> None:
    (quantity,) = FINDER.find("meer dan 575.000 kinderen en jongeren kregen les")
    assert quantity.noun == "kinderen en jongeren"
    (earlier, later) = FINDER.find("75 interviews voor het ene en ruim 400 voor het andere stuk")
    assert (earlier.noun, later.noun) == ("interviews", "interviews")
    (target,) = FINDER.find("het aantal prioritaire markten terug te brengen naar 25")
    assert (target.value, target.noun) == (Decimal(25), "prioritaire markten")


def test_two_numbers_are_a_range_only_between() -> None:
    assert [q.value for q in FINDER.find("in 14 landen en 22 landen")] == [14, 22]
    assert [q.maximum for q in FINDER.find("143–163 miljoen mensen")] == [163_000_000]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("€ 5 tot 10 mln.", [(5_000_000, 10_000_000)]),
        ("tussen de € 3 en € 5 miljoen", [(3_000_000, 5_000_000)]),
        ("5 à 10% van de kosten", [(5, 10)]),
        ("verlaagd van € 60 mln. tot € 45 mln.", [(60_000_000, None), (45_000_000, None)]),
        ("stijgt van 10% tot 20%", [(10, None), (20, None)]),
    ],
)
def test_a_change_is_no_range(text: str, values: list[tuple[int, int | None]]) -> None:
    found = [
        (int(q.value), None if q.maximum is None else int(q.maximum)) for q in FINDER.find(text)
    ]
    assert found == values


def test_a_range_has_both_ends() -> None:
    (quantity,) = FINDER.find("tussen de 10 en 26 jaar van huis")
    assert (quantity.value, quantity.maximum) == (Decimal(10), Decimal(26))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("in de periode mid-2017 tot mid-2020", "2017", "2020"),
        ("(2018- 2023)", "2018", "2023"),
        ("sinds de start in december 2014", "2014-12", ""),
        ("In de periode 2021/22 heeft", "2021", "2022"),
        ("sinds januari dit jaar", "2021-01", ""),
        ("in vergelijking tot 2015", "2015", ""),
        ("Op 8 september 2015 zette", "2015-09-08", "2015-09-08"),
        ("in juni jl. zijn", "2020-06", "2020-06"),
        ("uiterlijk in 2030", "", "2030"),
        ("vanaf maart 2023", "2023-03", ""),
        ("tussen 2015 en 2022", "2015", "2022"),
        ("Voor 2024 is er budget", "2024", "2024"),
        ("Dit moet voor 2024 klaar zijn", "", "2024"),
    ],
)
def test_a_period_is_as_exact_as_its_words(text: str, start: str, end: str) -> None:
    (period,) = periods.find(text, issued="2021-01-25")
    assert (period.start, period.end) == (start, end)


def test_the_words_of_a_period_are_kept() -> None:
    labels = [
        p.label for p in periods.find("In 2021/22, van 2022 t/m 2024, in vergelijking tot 2015.")
    ]
    assert labels == ["2021/22", "van 2022 t/m 2024", "in vergelijking tot 2015"]


@pytest.mark.parametrize(
    "text",
    [
        "nr. 2034",
        "Agenda 2030",
        "Kamerstuk II 2020/21",
        "https://www.hrw.org/2020/08/26/x",
        "2.019 mensen",
    ],
)
def test_digits_that_are_no_year_are_no_period(text: str) -> None:
    assert list(periods.find(text)) == []


@given(st.text(alphabet="0123456789.,-–% €miljoentuse", max_size=60))
def test_any_text_is_searched_without_an_error(text: str) -> None:
    for quantity in FINDER.find(text):
        assert 0 <= quantity.range.start < quantity.range.end <= len(text)
    for period in periods.find(text):
        assert 0 <= period.range.start < period.range.end <= len(text)
