"""Threads: what a later document says to an earlier one, and what only looks like it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest import dataset
from ingest.across.threads_file import ThreadsError
from ingest.manifest import SEEDS
from ingest.sources import Sources
from ontology.names import RDFS, definition
from ontology.vocabulary import FOLDER, parse_turtle
from tests.ingest.laid_beside import Linked, Paper, breaches, folder_of, linked

HEAD = """Brief van de minister voor Buitenlandse Handel en Ontwikkelingssamenwerking

Aan de Voorzitter van de Tweede Kamer der Staten-Generaal
Den Haag, {day}

1. Inleiding

"""
REPEATED = (
    "Kwetsbare gezinnen in afgelegen dorpen hebben in tijden van droogte te weinig schoon water."
)
EARLY = Paper(
    "vroeg",
    "2021-02-10",
    HEAD.format(day="10 februari 2021")
    + f"""Nederland zal een Afrikastrategie ontwikkelen voor de komende jaren. {REPEATED}
Het kabinet wil 50.000 jongeren aan onderwijs helpen. Nederland zal lokalisering en meerjarige
financiering voor partners bevorderen. Motie Jansen over meer schoon water (Kamerstuk II 2020/21,
35 570, nr. 91).
""",
    title="Samen sterker voor waterzekerheid: brief over water",
    identifier="kst-35570-XVII-99",
)
REPORT = Paper(
    "evaluatie",
    "2022-03-01",
    """Evaluatie van het waterbeleid

1. Aanbevelingen

IOB raadt aan dat Nederland:

i. lokale partners eerder betrekt bij het opstellen van plannen voor droogte en waterbeheer.

ii. minder kleine projecten financiert en vaker kiest voor langdurige samenwerking met gemeenten.
""",
    speaker="iob",
    kind="evaluation-report",
)
LATE = Paper(
    "laat",
    "2023-05-02",
    HEAD.format(day="2 mei 2023")
    + f"""In mei 2023 heeft Nederland de Afrikastrategie gepubliceerd. {REPEATED}
In 2022 zijn 50.000 jongeren aan onderwijs geholpen. Nederland zal lokalisering verder bevorderen
en de meerjarige financiering voor partners uitbreiden. Zie Kamerstuk 35 570 XVII, nr. 99, de nota
‘Samen sterker voor waterzekerheid’ en de motie Jansen over meer schoon water (Kamerstuk II
2020/21, 35 570, nr. 91).

2. Aanbevelingen

IOB raadt aan dat Nederland:

i. lokale partners eerder betrekt bij het opstellen van plannen voor droogte en waterbeheer.

Kabinetsreactie

Het kabinet neemt deze aanbeveling over.
""",
)
UNDATED = Paper("ongedateerd", "", f"Notitie over water\n\n1. Water\n\n{REPEATED}\n", kind="guide")

# What looks like a thread and is none.
PROMISE = Paper(
    "belofte",
    "2022-02-10",
    HEAD.format(day="10 februari 2022")
    + """Nederland zal een Afrikastrategie ontwikkelen voor de komende jaren. Het kabinet wil 50.000
jongeren aan onderwijs helpen. Nederland zal lokalisering bevorderen. Nederland zet in op
stabiliteit in de Sahel. De beleidsdoorlichting artikel 1 (Kamerstuk 34 124, nr. 25) is afgerond.
""",
    identifier="kst-36045-V-7",
)
NO_ANSWER = Paper(
    "geen-antwoord",
    "2024-05-02",
    HEAD.format(day="2 mei 2024")
    + """In 2018 heeft Nederland de Afrikastrategie gepubliceerd. In 2019 zijn 50.000 vrouwen aan
werk geholpen. Nederland zal digitalisering bevorderen. Nederland zet zich in voor stabiliteit van
lonen. De beleidsdoorlichting artikel 1 (Kamerstuk 31 271, nr. 22) is afgerond. Zie ook Kamerstuk
36 045, nr. 7.
""",
)


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Linked:
    """Documents that follow each other up."""
    folder = tmp_path_factory.mktemp("right") / "papers"
    return linked(folder_of(folder, EARLY, REPORT, LATE, UNDATED))


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Linked:
    """Documents that only seem to."""
    return linked(folder_of(tmp_path_factory.mktemp("wrong") / "papers", PROMISE, NO_ANSWER))


def test_a_strategy_that_was_to_come_is_followed_up_when_it_is_there(right: Linked) -> None:
    assert (
        "follow-up",
        "Nederland zal een Afrikastrategie ontwikkelen voor de komende jaren.",
        "In mei 2023 heeft Nederland de Afrikastrategie gepubliceerd.",
    ) in right.threads()


def test_a_figure_that_was_promised_is_followed_up_by_the_result(right: Linked) -> None:
    assert (
        "follow-up",
        "Het kabinet wil 50.000 jongeren aan onderwijs helpen.",
        "In 2022 zijn 50.000 jongeren aan onderwijs geholpen.",
    ) in right.threads()


def test_what_was_made_before_it_was_promised_is_no_follow_up(wrong: Linked) -> None:
    """Nor is the same figure of something else."""
    assert wrong.threads("follow-up") == []


def test_a_voice_that_returns_to_two_themes_develops_its_position(right: Linked) -> None:
    ((_, earlier, later),) = right.threads("development")
    assert earlier.startswith("Nederland zal lokalisering en meerjarige financiering")
    assert later.startswith("Nederland zal lokalisering verder bevorderen")


def test_one_general_theme_makes_no_development(wrong: Linked) -> None:
    assert wrong.threads("development") == []


def test_a_recommendation_that_is_repeated_is_answered_too(right: Linked) -> None:
    advice = (
        "lokale partners eerder betrekt bij het opstellen van plannen voor droogte en waterbeheer."
    )
    assert ("repetition", advice, advice) in right.threads()
    assert right.threads("answer") == [
        ("answer", advice, "Het kabinet neemt deze aanbeveling over.")
    ]


def test_a_sentence_of_an_undated_paper_is_linked_without_direction(right: Linked) -> None:
    assert ("repetition", REPEATED, REPEATED) in right.threads()
    undirected = right.ask(
        "SELECT DISTINCT ?quote WHERE { ?t a def:Thread ; def:links/def:inDocument ?d ; "
        "def:evidence/def:quote ?quote . FILTER(STRENDS(STR(?d), '/ongedateerd')) "
        "FILTER NOT EXISTS { ?t def:earlier ?a } }"
    )
    assert undirected == [(REPEATED,)]


def test_a_citation_is_resolved_by_number_and_by_title(right: Linked) -> None:
    said = right.ask(
        "SELECT ?document ?reason WHERE { ?t def:threadKind ?k ; def:resolvesTo ?document ; "
        "def:reason ?reason . FILTER(LANG(?reason) = 'nl') }"
    )
    assert said == [
        (
            "vroeg",
            "De verwijzing noemt de titel van het stuk: ‘Samen sterker voor waterzekerheid’.",
        ),
        ("vroeg", "De verwijzing noemt het officiële nummer van het stuk: kst-35570-XVII-99."),
    ]
    assert right.ask(
        "SELECT DISTINCT ?document WHERE { ?c a def:Citation ; def:resolvesTo ?document }"
    ) == [("vroeg",)]


def test_a_number_without_its_chapter_is_a_candidate_with_the_reason(wrong: Linked) -> None:
    assert wrong.ask("SELECT ?d WHERE { ?t def:resolvesTo ?d }") == []
    ((document, confidence, reason),) = wrong.ask(
        "SELECT ?d ?c ?r WHERE { ?t def:mayReferTo ?d ; def:confidence ?c ; def:reason ?r "
        "FILTER(LANG(?r) = 'en') }"
    )
    assert (document, confidence) == ("belofte", "0.7")
    assert reason == (
        "The citation gives kst-36045-7, without the budget chapter that is in this paper's number."
    )


def test_two_papers_that_cite_one_motion_have_a_source_in_common(
    right: Linked, wrong: Linked
) -> None:
    ((_, earlier, later),) = right.threads("same-source")
    assert "35 570, nr. 91" in earlier and "35 570, nr. 91" in later
    assert wrong.threads("same-source") == []  # two reviews of two articles with one number


def test_a_thread_has_evidence_on_both_sides_a_reason_and_a_rule(right: Linked) -> None:
    count = right.ask("SELECT (COUNT(*) AS ?n) WHERE { ?t a def:Thread }")
    sides = right.ask(
        "SELECT (COUNT(*) AS ?n) WHERE { ?t a def:Thread ; def:confidence ?c ; def:reason ?why ; "
        "def:madeBy/def:version ?v ; def:links ?a . FILTER(LANG(?why) = 'nl') "
        "?t def:inDocument ?d1, ?d2 . FILTER(STR(?d1) < STR(?d2)) "
        "?a def:evidence ?e . ?t def:evidence ?e }"
    )
    assert int(sides[0][0]) >= 2 * int(count[0][0]) - 2  # a reference has the citation's side only


def test_the_threads_satisfy_the_shapes(tmp_path: Path) -> None:
    assert breaches(folder_of(tmp_path / "papers", EARLY, REPORT, LATE, UNDATED)) == []


def test_the_same_papers_give_the_same_threads(right: Linked, tmp_path: Path) -> None:
    again = linked(folder_of(tmp_path / "papers", UNDATED, LATE, REPORT, EARLY))
    assert dataset.canonical(again.quads) == dataset.canonical(right.quads)


def test_many_letters_on_one_subject_are_a_chain_and_no_web(tmp_path: Path) -> None:
    text = (
        "Brief\n\n1. Water\n\nNederland zal een Afrikastrategie ontwikkelen met partners.\n\n"
        "Nederland zal digitalisering bevorderen.\n\nNederland zal handel bevorderen.\n"
    )
    many = [Paper(f"brief-{n}", f"{2000 + n}-01-01", text) for n in range(12)]
    found = linked(folder_of(tmp_path / "papers", *many))
    assert 0 < len(found.threads("development")) <= len(many)
    assert found.threads("repetition") == []  # what so many say is a usual phrase


# Curated threads


def curated(folder: Path, **changed: Any) -> Path:
    """A file with one thread, parts of it changed."""
    one: dict[str, Any] = {
        "kind": "development",
        "from": {"document": "vroeg", "quote": "Nederland zal een Afrikastrategie ontwikkelen"},
        "to": {"document": "laat", "quote": "Het kabinet neemt deze\naanbeveling over."},
        "why": {"nl": "Omdat het zo is.", "en": "Because it is so."},
        **changed,
    }
    content = {"curator": "Tester", "date": "2024-01-02", "threads": [one]}
    (folder / "threads.yaml").write_text(yaml.safe_dump(content), "utf-8")
    return folder


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder of two papers."""
    return folder_of(tmp_path / "papers", EARLY, LATE)


def test_an_analyst_links_two_quotes(papers: Path) -> None:
    found = linked(curated(papers))
    assert found.ask(
        "SELECT ?reason ?who WHERE { ?t def:threadKind ?k ; def:reason ?reason ; "
        "def:madeBy/def:curator ?who }"
    ) == [("Because it is so.", "Tester"), ("Omdat het zo is.", "Tester")]
    assert Sources(seeds=papers).inventory().derived != _derived_with(papers, kind="follow-up")


def _derived_with(papers: Path, **changed: Any) -> object:
    return Sources(seeds=curated(papers, **changed)).inventory().derived


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"kind": "gossip"}, "thread 1: scheme thread-kinds: no concept named 'gossip'"),
    (
        {"from": {"document": "nergens", "quote": "Nederland"}},
        "thread 1: from: no document 'nergens'",
    ),
    (
        {"to": {"document": "laat", "quote": "In mei 2023 is niets gebeurd."}},
        "thread 1: to: quote 'In mei 2023 is niets gebeurd.'...: laat says no such thing; nearest "
        "is 'In mei 2023",
    ),
    (
        {"to": {"document": "vroeg", "quote": "Het kabinet wil 50.000 jongeren"}},
        "thread 1: both quotes are from vroeg",
    ),
    (
        {
            "from": {"document": "laat", "quote": "Het kabinet neemt deze aanbeveling over."},
            "to": {"document": "vroeg", "quote": "Nederland zal een Afrikastrategie ontwikkelen"},
        },
        "thread 1: vroeg is earlier than laat",
    ),
    ({"why": {"nl": "Daarom."}}, "thread 1: why: en: Field required"),
]


@pytest.mark.parametrize(("changed", "message"), WRONG)
def test_a_curated_thread_that_can_not_be_is_told_in_a_line(
    papers: Path, changed: dict[str, Any], message: str
) -> None:
    with pytest.raises(ThreadsError) as told:
        linked(curated(papers, **changed))
    assert message in str(told.value)
    assert str(told.value).startswith(str(papers / "threads.yaml"))
    assert "\n" not in str(told.value)


def test_the_curated_threads_of_the_seeds_hold(built: Any) -> None:
    recorded = yaml.safe_load((SEEDS / "threads.yaml").read_text("utf-8"))["threads"]
    graph = "https://w3id.org/samenhang/id/graph/threads"
    said = [q for q in built.quads if q.graph_name.value == graph]
    made = {q.object.value for q in said if q.predicate.value.endswith("/madeBy")}
    assert len([one for one in made if "/claim/threads/seeds/" in one]) == len(recorded)


def test_every_other_kind_of_statement_stands_in_one_document() -> None:
    """The shapes list the kinds: a new kind of statement must be added there."""
    above: dict[object, list[object]] = {}
    for quad in parse_turtle(FOLDER / "model.ttl"):
        if quad.predicate.value == RDFS + "subClassOf":
            above.setdefault(quad.subject, []).append(quad.object)
    listed: set[object] = {
        quad.object
        for quad in parse_turtle(FOLDER / "shapes.ttl")
        if quad.subject == definition("shape/InOneDocument")
        and quad.predicate.value.endswith("#targetClass")
    }
    spanning = {definition("Thread"), definition("Check")}
    kinds = [kind for kind, broader in above.items() if definition("Statement") in broader]
    assert len(kinds) > len(spanning)
    assert set(kinds) - spanning <= listed
    assert not spanning & listed
