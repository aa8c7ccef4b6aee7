"""The entities of a class with their names: for reading what a user calls one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode

from ontology.names import DATA_PATH
from queries.tokens import values_blocks

NEAREST = 5
_SIMILAR = 0.6  # of difflib's ratio, from 0 to 1
_NAMES = Path(__file__).parent / "names.rq"


def names_query(class_: NamedNode) -> str:
    """The SELECT of ``?entity`` and ``?name`` of a class, for :class:`Entities`."""
    text = _NAMES.read_text(encoding="utf-8")
    (block,) = [one for one in values_blocks(text) if one.variables == ("class",)]
    return f"{text[: block.content_start]} {class_} {text[block.content_end :]}"


class Entities:
    """Entities by IRI, each with its names in any language."""

    def __init__(self, names: Iterable[tuple[str, str]], base: str) -> None:
        self._iris: dict[str, None] = {}
        self._called: dict[str, dict[str, None]] = {}
        self._base = base
        for iri, name in names:
            self._iris[iri] = None
            self._called.setdefault(folded(name), {})[iri] = None

    def __contains__(self, iri: str) -> bool:
        return iri in self._iris

    def __len__(self) -> int:
        return len(self._iris)

    def called(self, name: str) -> tuple[str, ...]:
        """The entities that a name belongs to, whatever its capitals and accents."""
        return tuple(self._called.get(folded(name), ()))

    def nearest(self, text: str) -> tuple[str, ...]:
        """The entities whose name or path is most like a text, best first."""
        wanted = folded(text.rpartition("/")[2].replace("-", " "))
        close = get_close_matches(wanted, self._by_word, NEAREST * 2, _SIMILAR)
        found = {iri: None for word in close for iri in self._by_word[word]}
        if not found:
            found = {
                iri: None
                for word, iris in self._by_word.items()
                if len(wanted) > 2 and wanted in word
                for iri in iris
            }
        return tuple(found)[:NEAREST]

    @cached_property
    def _by_word(self) -> Mapping[str, Iterable[str]]:
        """The entities by their names, and by the last part of their paths."""
        words: dict[str, dict[str, None]] = {
            name: dict(iris) for name, iris in self._called.items()
        }
        for iri in self._iris:
            local = iri.removeprefix(self._base + DATA_PATH).rpartition("/")[2]
            words.setdefault(folded(local.replace("-", " ")), {})[iri] = None
        return words


def folded(text: str) -> str:
    """A text without capitals, accents and doubled spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).split())
