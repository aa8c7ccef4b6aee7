"""Whether each name in the text is linked to the right entity, and none is missed.

``python -m tests.judging.linking draw DATA --seed 1`` draws mentions at random and prints each with
its sentence, one JSON object a line, for a reader who adds ``right`` and ``why``. ``python -m
tests.judging.linking score DATA`` compares a build with the stretches of text in which a reader
marked every name (tests/fixtures/linking/pages.jsonl) and lists the differences.

In those stretches a mark has its place in the document's text, its form, and the entities that it
may rightly be linked to. Where a reader might as well have left a name unmarked the mark is
``optional``: a link to such an entity there counts neither for nor against.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from ingest import dataset
from ontology.names import OA, RDF, SKOS, VOCABULARY

LINKING = Path(__file__).parents[1] / "fixtures" / "linking"
PAGES = LINKING / "pages.jsonl"
MENTIONS = LINKING / "mentions.jsonl"


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A stretch of a document's text that is linked to an entity (the end of its IRI)."""

    document: str
    start: int
    end: int
    entity: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What a reader marked: where, in what words, and which entities are right."""

    document: str
    start: int
    end: int
    form: str
    entities: frozenset[str]
    optional: bool

    def means(self, link: Link) -> bool:
        """Whether the link stands here and leads to a right entity."""
        return (
            link.document == self.document
            and link.start < self.end
            and self.start < link.end
            and link.entity in self.entities
        )


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a document and all that a reader marked in it."""

    document: str
    spans: tuple[tuple[int, int], ...]
    marks: tuple[Mark, ...]

    def holds(self, link: Link) -> bool:
        """Whether the link starts in this stretch."""
        return link.document == self.document and any(
            start <= link.start < end for start, end in self.spans
        )


@dataclass(frozen=True, slots=True)
class Score:
    """Links that are right, links that are not, and marks without a link."""

    right: tuple[Link, ...]
    wrong: tuple[Link, ...]
    missed: tuple[Mark, ...]

    @property
    def precision(self) -> float:
        """The share of the links that are right."""
        return len(self.right) / max(1, len(self.right) + len(self.wrong))

    @property
    def recall(self) -> float:
        """The share of the marks that have a right link."""
        return len(self.right) / max(1, len(self.right) + len(self.missed))

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def stretches(path: Path = PAGES) -> list[Stretch]:
    """The stretches that a reader marked."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        marks = tuple(
            Mark(
                one["document"],
                mark["start"],
                mark["end"],
                mark["form"],
                frozenset(mark["entity"]),
                mark.get("optional", False),
            )
            for mark in one["mentions"]
        )
        spans = tuple((start, end) for start, end in one["spans"])
        found.append(Stretch(one["document"], spans, marks))
    return found


def score(marked: Iterable[Stretch], links: Iterable[Link]) -> Score:
    """The links within the marked stretches against the marks; each mark answers for one link."""
    right: list[Link] = []
    wrong: list[Link] = []
    missed: list[Mark] = []
    links = sorted(links)
    for stretch in marked:
        open_marks = list(stretch.marks)
        for link in filter(stretch.holds, links):
            mark = next((one for one in open_marks if one.means(link)), None)
            if mark is None:
                wrong.append(link)
                continue
            if not mark.optional:
                open_marks.remove(mark)
                right.append(link)
        missed.extend(mark for mark in open_marks if not mark.optional)
    return Score(tuple(right), tuple(wrong), tuple(missed))


def judged(path: Path = MENTIONS) -> list[dict[str, Any]]:
    """The random mentions that a reader judged."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@click.group()
def main() -> None:
    """Judge the entity linking of a build."""


@main.command("draw")
@click.argument("data", type=click.Path(path_type=Path, exists=True))
@click.option("--seed", type=int, required=True)
@click.option("--count", type=int, default=300, show_default=True)
def draw_command(data: Path, seed: int, count: int) -> None:
    """Print COUNT mentions of the build in DATA, drawn at random."""
    _, every = _mentions(data)
    drawn = random.Random(seed).sample(every, min(count, len(every)))
    for number, one in enumerate(drawn, start=1):
        click.echo(json.dumps({"number": number, **one}, ensure_ascii=False))


@main.command("score")
@click.argument("data", type=click.Path(path_type=Path, exists=True))
@click.option("--all", "everything", is_flag=True, help="Say where each difference stands.")
def score_command(data: Path, everything: bool) -> None:
    """Compare the build in DATA with the marked stretches."""
    texts, every = _mentions(data)
    result = score(stretches(), [_link(one) for one in every])
    if everything:
        for link in result.wrong:
            _say("wrong", link, texts(link.document), link.entity)
        for mark in result.missed:
            _say("missed", mark, texts(mark.document), " or ".join(sorted(mark.entities)))
    click.echo(
        f"{len(result.right)} right, {len(result.wrong)} wrong, {len(result.missed)} missed: "
        f"precision {result.precision:.3f}, recall {result.recall:.3f}, F1 {result.f1:.3f}"
    )


def _say(what: str, where: Link | Mark, text: str, entity: str) -> None:
    around = text[where.start - 60 : where.end + 40].replace("\n", " ")
    form = text[where.start : where.end].replace("\n", " ")
    click.echo(f"{what}: {form!r} {entity} ({where.document} {where.start}: ...{around}...)")


def _link(one: dict[str, Any]) -> Link:
    return Link(one["document"], one["start"], one["end"], one["entity"])


def _mentions(data: Path) -> tuple[Callable[[str], str], list[dict[str, Any]]]:
    made = dataset.current(data)
    if made is None:
        raise click.UsageError(f"{data}: no build there")
    folder = made.folder
    store = Store()
    store.bulk_load(path=folder / dataset.DATASET, format=RdfFormat.N_QUADS)

    def text_of(document: str) -> str:
        path = folder / "texts" / f"{document}.txt"
        return path.read_bytes().decode("utf-8")

    return text_of, sorted(_told(store), key=lambda one: (one["document"], one["start"]))


def _told(store: Store) -> Iterator[dict[str, Any]]:
    mention = NamedNode(VOCABULARY + "Mention")
    for quad in store.quads_for_pattern(None, NamedNode(RDF + "type"), mention):
        assert isinstance(quad.graph_name, NamedNode)
        said: dict[str, list[Any]] = {}
        for one in store.quads_for_pattern(quad.subject, None, None):
            said.setdefault(one.predicate.value.removeprefix(VOCABULARY), []).append(one.object)
        places = [_place(store, place) for place in said["evidence"]]
        entity = said["mentions"][0]
        yield {
            "document": quad.graph_name.value.rsplit("/", 1)[-1],
            "start": min(place["start"] for place in places),
            "end": max(place["end"] for place in places),
            "form": " ".join(p["quote"] for p in sorted(places, key=lambda one: int(one["start"]))),
            "entity": entity.value.rsplit("/", 1)[-1],
            "label": _label(store, entity),
            "sentence": _place(store, said["sentence"][0])["quote"],
        }


def _place(store: Store, place: Any) -> dict[str, Any]:
    said = {
        quad.predicate.value: quad.object.value
        for quad in store.quads_for_pattern(place, None, None)
        if isinstance(quad.object, Literal)
    }
    return {
        "start": int(said[VOCABULARY + "start"]),
        "end": int(said[VOCABULARY + "end"]),
        "quote": next(said[k] for k in (VOCABULARY + "quote", OA + "exact") if k in said),
    }


def _label(store: Store, entity: Any) -> str:
    labels = store.quads_for_pattern(entity, NamedNode(SKOS + "prefLabel"), None)
    terms = [quad.object for quad in labels if isinstance(quad.object, Literal)]
    return next((term.value for term in terms if term.language == "nl"), "")


if __name__ == "__main__":
    main()
