"""A few small documents, read for real and laid beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from pyoxigraph import Literal, NamedNode, Quad, Store

from ingest.build import assemble
from ingest.interpret import Interpreter
from ingest.sources import Sources

PREFIXES = "PREFIX def: <https://w3id.org/samenhang/def/> "


@dataclass(frozen=True)
class Paper:
    """A document to make: its id, its date ("" if it has none) and what it says."""

    id: str
    issued: str
    text: str
    speaker: str = "cabinet"
    kind: str = "parliamentary-letter"
    title: str = ""
    identifier: str = ""


@dataclass(frozen=True)
class Linked:
    """What documents say and what links them."""

    quads: list[Quad]
    store: Store

    def ask(self, query: str) -> list[tuple[str, ...]]:
        """The rows of a query over all graphs, things by their last name, in order."""
        found: Any = self.store.query(PREFIXES + query, use_default_graph_as_union=True)
        return sorted(tuple(_shown(value) for value in row) for row in found)

    def threads(self, kind: str = "") -> list[tuple[str, ...]]:
        """The threads of a kind: kind, and the words of the earlier and the later statement."""
        rows = self.ask(
            "SELECT ?kind ?one ?other WHERE { ?t def:threadKind ?kind ; def:earlier ?a ; "
            "def:later ?b . ?a def:evidence/def:quote ?one . ?b def:evidence/def:quote ?other }"
        )
        return [row for row in rows if kind in ("", row[0])]

    def checks(self, kind: str) -> list[tuple[str, ...]]:
        """The checks of a kind: whether it holds, and what it says in Dutch."""
        return self.ask(
            "SELECT ?holds ?nl WHERE { ?c a def:Check ; def:holds ?holds ; def:summary ?nl ; "
            "def:checkKind ?kind . FILTER(LANG(?nl) = 'nl') "
            f"FILTER(STRENDS(STR(?kind), '/{kind}')) }}"
        )


def _shown(value: object) -> str:
    if isinstance(value, NamedNode):
        return value.value.rsplit("/", 1)[-1]
    return value.value if isinstance(value, Literal) else ""


def folder_of(folder: Path, *papers: Paper) -> Path:
    """A folder with these documents and their manifest."""
    folder.mkdir(exist_ok=True)
    entries = {}
    for one in papers:
        (folder / f"{one.id}.txt").write_text(one.text, "utf-8")
        certainty = "stated" if one.issued else "unknown"
        entries[one.id] = {
            "file": f"{one.id}.txt",
            "title": {"nl": one.title or f"Stuk {one.id}", "en": one.title or f"Paper {one.id}"},
            "kind": one.kind,
            "date": {"value": one.issued, "certainty": certainty},
            "publisher": "ministry-of-foreign-affairs",
            "speakers": [one.speaker],
            "language": "nl",
            "sha256": sha256(one.text.encode()).hexdigest(),
            "policy_areas": ["humanitarian-aid"],
            "identifiers": [
                {"scheme": "kst", "value": one.identifier, "certainty": "verified"},
            ]
            * bool(one.identifier),
        }
    (folder / "manifest.yaml").write_text(yaml.safe_dump(entries), "utf-8")
    return folder


def linked(folder: Path) -> Linked:
    """What the documents of a folder say together; the links are held against the shapes."""
    sources = Sources(seeds=folder)
    quads = assemble(sources).quads
    store = Store()
    store.bulk_extend(quads)
    return Linked(quads, store)


def breaches(folder: Path) -> list[str]:
    """What in the graph of threads breaks the shapes."""
    sources = Sources(seeds=folder)
    interpreter, inventory = Interpreter(sources), sources.inventory()
    parts = [interpreter.document(one) for one in inventory.documents.values()]
    part = interpreter.derived("threads", [one.shared() for one in parts])
    return [str(one) for one in interpreter.breaches(part.quads, part.around) if one.grave]
