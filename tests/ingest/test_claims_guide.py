"""The guide for curators: every example in it is a claim that is accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.extract import claim_kinds, claims, mentions
from ingest.extract.context import Context
from ingest.manifest import load
from ingest.read import read
from tests.ingest import saying

GUIDE = Path(__file__).parents[2] / "docs" / "claims.md"
HEAD = {"document": saying.LETTER, "curator": "A reader", "date": "2026-11-21"}


def examples() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for block in re.findall(r"```yaml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL):
        raw = yaml.safe_load(block)
        found.append(raw if isinstance(raw, dict) else {**HEAD, "claims": raw})
    return found


def quotes(claim: dict[str, Any]) -> Iterator[str]:
    for quote in claim.get("quotes", [claim.get("quote")]):
        yield quote["quote"] if isinstance(quote, dict) else str(quote)


def letter(given: list[dict[str, Any]]) -> str:
    """A letter in which every quote stands once, or as often as its occurrence asks."""
    said: dict[str, int] = {}
    for claim in given:
        for quote in quotes(claim):
            said[quote] = 2 if "occurrence" in claim else 1
    whole = [q for q in said if not any(q != other and q in other for other in said)]
    return "\n\n".join(quote for quote in whole for _ in range(said[quote]))


@pytest.mark.parametrize("example", examples(), ids=lambda one: str(one["claims"][0]["kind"]))
def test_every_example_of_the_guide_is_accepted(example: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "letter.claims.yaml"
    path.write_text(yaml.safe_dump(example, allow_unicode=True), "utf-8")
    minter, words, labels, _ = saying._vocabulary()
    document = read(letter(example["claims"]).encode(), "brief")
    found = list(mentions.extract(document, labels))
    context = Context(load()[saying.LETTER], document, words, minter, found, labels)
    loaded = claims.load(path)
    assert list(claims.problems(context, loaded, [])) == []
    assert len(list(claims.extract(context, loaded, []))) == len(example["claims"])


def test_the_guide_has_an_example_of_every_kind() -> None:
    shown = {claim["kind"] for example in examples() for claim in example["claims"]}
    assert sorted(shown) == claim_kinds.kinds()
