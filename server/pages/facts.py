"""What pages know of the data set: its size, its documents, the choices of its questions.

These change only with the data set, so each is asked once per version.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.pages.language import LANGUAGES
from server.pages.rendering import FOLDER
from server.pages.select import Row, select
from server.store.interface import Store

QUERIES = FOLDER / "queries"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a drop-down and the label to show."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document in a list; ``issued`` is an ISO date, ``""`` where unknown."""

    iri: str
    title: str
    kind: str
    issued: str
    publisher: str


class Facts:
    """Asks the store and remembers the rows for as long as its version stays the same."""

    def __init__(self, store: Store, timeout: float) -> None:
        self._store = store
        self._timeout = timeout
        self._version = ""
        self._rows: dict[str, list[Row]] = {}

    @property
    def version(self) -> str:
        """The version of the data set."""
        return self._store.version

    async def counts(self) -> dict[str, str]:
        """The numbers of the home page, by name."""
        rows = await self._ask(_query("counts"))
        return {name: term.value for name, term in rows[0].items()} if rows else {}

    async def documents(self, language: str) -> list[DocumentEntry]:
        """All documents, newest first, each once."""
        found: dict[str, DocumentEntry] = {}
        for row in await self._ask(_query("documents")):
            iri = row["document"].value
            if iri not in found:
                found[iri] = DocumentEntry(
                    iri=iri,
                    title=_in_language(row, "title", language) or iri,
                    kind=_in_language(row, "kind", language),
                    issued=row["issued"].value if "issued" in row else "",
                    publisher=_in_language(row, "publisher", language),
                )
        return list(found.values())

    async def choices(self, text: str, language: str) -> list[Choice]:
        """The rows of a SELECT of ``?value`` and ``?label``, one label a value, by label."""
        labels: dict[str, dict[str, str]] = {}
        for row in await self._ask(text):
            if "value" in row:
                label = row.get("label", row["value"])
                labels.setdefault(row["value"].value, {}).setdefault(label.language, label.value)
        chosen = [Choice(value, _best(versions, language)) for value, versions in labels.items()]
        return sorted(chosen, key=lambda choice: choice.label.casefold())

    async def _ask(self, text: str) -> list[Row]:
        version = self._store.version
        if version != self._version:
            self._version, self._rows = version, {}
        if text not in self._rows:
            rows = await select(self._store, text, self._timeout)
            if self._store.version == version == self._version:
                self._rows[text] = rows
            return rows
        return self._rows[text]


def _query(name: str) -> str:
    return (QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def _in_language(row: Row, name: str, language: str) -> str:
    """A column that the query gives once per language, as ``?titleNl`` and ``?titleEn``."""
    versions: Sequence[str] = (language, *LANGUAGES)
    for version in versions:
        term = row.get(name + version.title())
        if term is not None:
            return term.value
    return ""


def _best(versions: dict[str, str], language: str) -> str:
    for version in (language, "", *LANGUAGES):
        if version in versions:
            return versions[version]
    return next(iter(versions.values()))
