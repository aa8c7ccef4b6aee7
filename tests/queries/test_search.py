"""Questions are found by the words that a user has for them, in Dutch or in English."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.catalogue import Catalogue, SavedQuery
from queries.search import Index, search
from queries.text import Bilingual
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load(ROOT / "queries")


@pytest.fixture(scope="module")
def ours(catalogue: Catalogue) -> Index:
    return Index(catalogue)


@pytest.fixture(scope="module")
def few(catalogue: Catalogue) -> Catalogue:
    """A handful of questions, so that each test shows one rule."""
    model = catalogue["themes-spanning-two-policy-areas"]

    def question(name: str, nl: str, en: str, words: str, description: str) -> SavedQuery:
        return replace(
            model,
            name=name,
            title=Bilingual(nl, en),
            keywords={"nl": tuple(words.split()), "en": ()},
            description=Bilingual(description, description),
        )

    made = (
        question("lists", "Welke landen staan op meer dan één lijst?",
                 "Which countries are on more than one list?", "landenlijst focusland", "Namen."),
        question("on-a-list", "Welke landen staan op een lijst?",
                 "Which countries are on a list?", "landenlijst", "Namen."),
        question("funding", "Wie financiert wie?", "Who funds whom?", "geld subsidie", "Namen."),
        question("advice", "Welke aanbevelingen zijn niet overgenomen?",
                 "Which recommendations were not adopted?", "evaluatie", "Namen."),
        question("advices", "Welke aanbevelingen zijn er?",
                 "Which recommendations are there?", "evaluatie", "Namen."),
        question("water", "Wat wordt er van een thema gezegd?",
                 "What is said of a theme?", "onderwerp", "Zoals subsidie voor water."),
    )  # fmt: skip
    return Catalogue({query.name: query for query in made})


def names(catalogue: Catalogue, words: str, language: str | None = None) -> list[str]:
    return [found.query.name for found in search(catalogue, words, language)]


class TestSearch:
    @pytest.mark.parametrize(
        ("words", "name"),
        [
            ("welke landen staan op meer dan één lijst", "lists"),
            ("welke landen staan op een lijst?", "on-a-list"),
            ("who funds whom", "funding"),
            ("Wie financiert wie", "funding"),
            ("aanbevelingen niet overgenomen", "advice"),
            ("recommendations NOT adopted", "advice"),
            ("recommendation", "advices"),
            ("countries on more than one list", "lists"),
            ("thema’s", "water"),
            ("financiering", "funding"),
        ],
    )
    def test_in_a_users_own_words(self, few: Catalogue, words: str, name: str) -> None:
        assert names(few, words)[0] == name

    @pytest.mark.parametrize(
        ("words", "name"),
        [("aanbevelngen niet overgenomen", "advice"), ("recomendations adopted", "advice"),
         ("financieet", "funding"), ("countires on more lists", "lists")],
    )  # fmt: skip
    def test_a_slip_is_forgiven(self, few: Catalogue, words: str, name: str) -> None:
        assert names(few, words)[0] == name

    @pytest.mark.parametrize(
        "words", ["", "  ", "??!", "xyzzy qwrtp", "wie wat waar", "the of and", "12 \0 §", "’s"]
    )
    def test_nothing_for_nonsense(self, few: Catalogue, words: str) -> None:
        assert search(few, words) == []

    def test_a_title_goes_before_a_keyword_and_that_before_a_description(
        self, few: Catalogue
    ) -> None:
        assert names(few, "subsidie") == ["funding", "water"]
        assert names(few, "water evaluatie")[-1] == "water"

    def test_a_part_of_a_compound_counts(self, few: Catalogue) -> None:
        assert set(names(few, "focuslanden")) >= {"lists"}
        assert names(few, "lijsten")[:2] == ["on-a-list", "lists"]

    def test_only_in_the_language_asked_for(self, few: Catalogue) -> None:
        assert names(few, "aanbevelingen", "en") == []
        assert names(few, "aanbevelingen", "nl") == ["advices", "advice"]

    def test_best_first(self, few: Catalogue) -> None:
        scores = [found.score for found in search(few, "welke landen op meer lijsten")]
        assert scores == sorted(scores, reverse=True)
        assert all(score > 0 for score in scores)

    def test_no_text_stops_it(self, few: Catalogue) -> None:
        index = Index(few)

        @settings(deadline=None)
        @given(words=st.text())
        def any_text(words: str) -> None:
            assert len(index.search(words)) <= len(few)

        any_text()


class TestOurQuestions:
    @pytest.mark.parametrize(
        ("words", "name"),
        [
            ("welke landen staan op meer dan één lijst", "countries-on-several-lists"),
            ("who funds whom", "who-funds-whom"),
            ("wie financiert wie", "who-funds-whom"),
            ("aanbevelingen niet overgenomen", "recommendations-not-fully-adopted"),
            ("recommendations not adopted", "recommendations-not-fully-adopted"),
            ("aanbevelingen zonder reactie", "recommendations-without-a-response"),
            ("bedragen die niet kloppen", "numbers-that-do-not-add-up"),
            ("moties per indiener", "motions-by-mover"),
            ("thema's die handel en hulp omspannen", "themes-spanning-two-policy-areas"),
            ("themes that span trade and aid", "themes-spanning-two-policy-areas"),
        ],
    )
    def test_in_a_users_own_words(self, ours: Index, words: str, name: str) -> None:
        assert ours.search(words)[0].query.name == name

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_each_is_found_by_its_own_title(
        self, ours: Index, catalogue: Catalogue, language: str
    ) -> None:
        for query in catalogue.values():
            found = ours.search(query.title.in_language(language), language)
            assert found[0].query.name == query.name
