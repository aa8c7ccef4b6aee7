"""How well documents are read, scored against labels made by hand.

``python -m tests.ingest.reading_score`` prints the figures of each document and what missed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ingest.document import Block, BlockKind, Document
from ingest.manifest import SEEDS, load
from ingest.read import read

LABELS = Path(__file__).parent.parent / "fixtures" / "reading"


@dataclass
class Score:
    """Labels that the reading has, of how many, and what it missed or made up."""

    right: int = 0
    total: int = 0
    misses: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the labels that the reading has."""
        return self.right / self.total if self.total else 1.0

    def count(self, right: bool, what: str) -> None:
        self.total += 1
        self.right += right
        if not right:
            self.misses.append(what)

    def __str__(self) -> str:
        return f"{self.right}/{self.total}" + (f" (+{len(self.false)} false)" if self.false else "")


@cache
def labels(name: str) -> dict[str, Any]:
    """The labels of a file, by document."""
    found: dict[str, Any] = yaml.safe_load((LABELS / f"{name}.yaml").read_text("utf-8"))
    return found


@cache
def document(identifier: str) -> Document:
    return read(SEEDS / load()[identifier].file, identifier)


def _first(block: Block) -> int:
    return next(
        (o for c, o in zip(block.text.text, block.text.offsets, strict=True) if c.isalnum()),
        block.text.offsets[0],
    )


def headings(identifier: str) -> tuple[Score, Score]:
    """The headings by where they stand, and the levels of those that are certain."""
    found, labelled = document(identifier), labels("structure")[identifier]
    text = found.source.text
    ours = {_first(b): b for b in found.of_kind(BlockKind.HEADING)}
    score, levels = Score(), Score()
    allowed = {_alnum(text, one["offset"]) for one in labelled.get("group_labels", [])}
    for one in labelled["headings"]:
        at = _alnum(text, one["offset"])
        allowed.add(at)
        if not one.get("unsure"):
            score.count(at in ours, one["title"])
        if at in ours and one["level"] and not any(k.startswith("level_") for k in one):
            mine = ours[at].level
            levels.count(mine == one["level"], f"{one['title']}: {mine}, not {one['level']}")
    score.false = [b.text.text for at, b in ours.items() if at not in allowed]
    return score, levels


def _alnum(text: str, offset: int) -> int:
    while not text[offset].isalnum():
        offset += 1
    return offset


def boxes(identifier: str) -> tuple[Score, Score]:
    """The starts and the ends of the boxes that are no country lists."""
    found, labelled = document(identifier), labels("structure")[identifier]
    starts, ends = Score(), Score()
    spans = []
    for box in found.boxes:
        inside = [found.blocks[i] for i in box.blocks]
        titled = inside[0].kind is BlockKind.HEADING
        body = [b for b in inside[titled:] if b.kind is not BlockKind.FOOTNOTE]
        offsets = [o for b in body for o in b.text.offsets]
        offsets += [line.start for b in body for line in b.lines if line.text.strip()]
        if offsets:
            spans.append((min(offsets), max(offsets) + 1, box.title))
    wanted = [one for one in labelled["boxes"] if not one.get("list")]
    for one in wanted:
        hit = next((s for s in spans if abs(s[0] - one["start"]) <= 4), None)
        starts.count(hit is not None, one["title"])
        ends.count(hit is not None and abs(hit[1] - one["end"]) <= 4, one["title"])
    every = [one["start"] for one in labelled["boxes"]]
    starts.false = [s[2] for s in spans if all(abs(s[0] - at) > 4 for at in every)]
    return starts, ends


def quotes(identifier: str) -> Score:
    """The pull quotes with who is quoted."""
    found, labelled = document(identifier), labels("structure")[identifier]
    ours = {b.text.offsets[0]: b.attribution for b in found.of_kind(BlockKind.PULL_QUOTE)}
    score = Score()
    for one in labelled["quotes"]:
        if one.get("kind") is None:
            named = ours.get(one["start"], ours.get(one["start"] + 1, ""))
            score.count(bool(named) and one["organisation"] in named, one["organisation"])
    return score


def captions(identifier: str) -> Score:
    """The captions of figures and photos."""
    found, labelled = document(identifier), labels("structure")[identifier]
    ours = {o for b in found.of_kind(BlockKind.CAPTION) for o in b.text.offsets}
    score = Score()
    for one in labelled["captions"]:
        at = one.get("start", one.get("credit_start"))
        if one["kind"] != "table":
            score.count(_alnum(found.source.text, at) in ours, one.get("text", one.get("credit")))
    return score


def notes(identifier: str) -> tuple[Score, Score]:
    """Footnote references and definitions, by label and place."""
    found, labelled = document(identifier), labels("structure")[identifier]["footnotes"]
    text = found.source.text
    ours = {(n.label, n.source.start) for b in found.blocks for n in b.notes}
    references, definitions = Score(), Score()
    for one in labelled["references"]:
        near = {(one["label"], one["offset"] + d) for d in range(-14, 15)}
        exact = {(label, at) for label, at in near & ours if _bracket(text, at, one["offset"])}
        references.count(bool(exact), f"{one['label']} at {one['offset']}")
    starts = {line.start: b for b in found.of_kind(BlockKind.FOOTNOTE) for line in b.lines[:1]}
    for one in labelled["definitions"]:
        hit = next((b for at, b in starts.items() if abs(at - one["offset"]) <= 8), None)
        known = hit is not None and (one.get("number_lost") or hit.marker == one["label"])
        definitions.count(bool(known), f"{one['label']} at {one['offset']}")
    return references, definitions


def _bracket(text: str, at: int, offset: int) -> bool:
    """Whether two places are the same mark: the digit itself, or the bracket around it."""
    return at == offset or "[" in text[min(at, offset) : max(at, offset) + 1]


def sentences(identifier: str) -> Score:
    """The labelled sentences that are read with exactly the same words."""
    found = document(identifier)
    text = found.source.text
    score = Score()
    owner = {o: (b, i) for b in found.blocks for i, o in enumerate(b.text.offsets)}
    for one in labels("sentences")[identifier]:
        if one.get("unsure"):
            continue
        parts = one.get("parts") or [[one["start"], one["end"]]]
        wanted = {i for start, end in parts for i in range(start, end) if text[i].isalpha()}
        where = owner.get(one["position"])
        mine: set[int] = set()
        if where is not None:
            block, at = where
            sentence = next((s for s in block.sentences if s.start <= at < s.end), None)
            if sentence is not None:
                offsets = block.text.offsets[sentence.start : sentence.end]
                mine = {o for o in offsets if text[o].isalpha()}
        elif one["kind"] == "noise":
            mine = wanted
        score.count(mine == wanted, f"{one['position']} {one['kind']}: {one['text'][0]!r}")
    return score


def main() -> None:
    for identifier in labels("structure"):
        heads, levels = headings(identifier)
        starts, ends = boxes(identifier)
        references, definitions = notes(identifier)
        figures = {
            "headings": heads,
            "levels": levels,
            "box starts": starts,
            "box ends": ends,
            "quotes": quotes(identifier),
            "captions": captions(identifier),
            "references": references,
            "definitions": definitions,
            "sentences": sentences(identifier),
        }
        print(f"\n{identifier}")
        for name, score in figures.items():
            print(f"  {name}: {score}")
            for miss in score.misses:
                print(f"      - {miss}")
            for made_up in score.false:
                print(f"      + {made_up[:100]}")


if __name__ == "__main__":
    main()
