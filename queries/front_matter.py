"""What a saved query says about itself: the YAML in its leading ``#+`` lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from queries.errors import QueryFileError

MARK = "#+"
LANGUAGES = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in Dutch and in English."""

    nl: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in a language; the Dutch one for any language but English."""
        return self.en if language == "en" else self.nl


@dataclass(frozen=True, slots=True)
class ParameterEntry:
    """A parameter as the file declares it, before its ``VALUES`` block has been looked at."""

    name: str
    type: str
    label: Bilingual
    required: bool
    choices: str | None
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The metadata of a saved query; ``order`` is its place in a list of questions."""

    title: Bilingual
    description: Bilingual
    order: int
    parameters: tuple[ParameterEntry, ...]
    columns: dict[str, Bilingual]
    column_positions: dict[str, tuple[int, int]]


def split(text: str) -> tuple[str, int]:
    """The YAML of the leading ``#+`` lines, and the offset where the query itself begins."""
    taken: list[str] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        if not line.startswith(MARK):
            break
        taken.append(line.removeprefix(MARK).removeprefix(" "))
        offset += len(line)
    return "".join(taken), offset


def read(path: Path, text: str) -> tuple[FrontMatter, int]:
    """The metadata of a file's text and the offset where its query begins.

    Anything missing, unknown or of a wrong shape raises :class:`QueryFileError` at its place.
    """
    source, offset = split(text)
    if not source.strip():
        raise QueryFileError(path, 1, 1, f"no metadata: the file must begin with '{MARK}' lines")
    try:
        root = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 4) if mark else (1, 1)
        raise QueryFileError(path, line, column, f"YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise QueryFileError(path, 1, 1, f"YAML: {error}") from error
    return _Reader(path).front_matter(root), offset


class _Reader:
    """Reads YAML nodes rather than values, so that each error knows its line and column."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def front_matter(self, root: yaml.Node | None) -> FrontMatter:
        fields = self._fields(
            root,
            required=("title", "description"),
            optional=("parameters", "columns", "order"),
        )
        columns = dict(self._entries(fields.get("columns")))
        return FrontMatter(
            title=self._bilingual(fields["title"]),
            description=self._bilingual(fields["description"]),
            order=self._integer(fields["order"]) if "order" in fields else 0,
            parameters=tuple(
                self._parameter(name, node)
                for name, node in self._entries(fields.get("parameters"))
            ),
            columns={name: self._bilingual(node) for name, node in columns.items()},
            column_positions={name: self._position(node) for name, node in columns.items()},
        )

    def _parameter(self, name: str, node: yaml.Node) -> ParameterEntry:
        fields = self._fields(node, required=("type", "label"), optional=("choices", "required"))
        line, column = self._position(node)
        return ParameterEntry(
            name=name,
            type=self._text(fields["type"]),
            label=self._bilingual(fields["label"]),
            required=self._boolean(fields["required"]) if "required" in fields else True,
            choices=self._text(fields["choices"]) if "choices" in fields else None,
            line=line,
            column=column,
        )

    def _bilingual(self, node: yaml.Node) -> Bilingual:
        fields = self._fields(node, required=LANGUAGES, optional=())
        return Bilingual(nl=self._text(fields["nl"]), en=self._text(fields["en"]))

    def _fields(
        self, node: yaml.Node | None, *, required: tuple[str, ...], optional: tuple[str, ...]
    ) -> dict[str, yaml.Node]:
        known = required + optional
        fields: dict[str, yaml.Node] = {}
        for name, key, value in self._pairs(node):
            if name not in known:
                raise self._error(key, f"unknown key {name!r}; known here: {', '.join(known)}")
            fields[name] = value
        for name in required:
            if name not in fields:
                raise self._error(node, f"missing {name!r}")
        return fields

    def _entries(self, node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
        for name, _, value in self._pairs(node):
            yield name, value

    def _pairs(self, node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        """Name, key and value of each pair of a mapping."""
        if node is None:
            return
        if not isinstance(node, yaml.MappingNode):
            raise self._error(node, "a mapping was expected")
        seen: set[str] = set()
        for key, value in node.value:
            name = self._text(key)
            if name in seen:
                raise self._error(key, f"{name!r} is given twice")
            seen.add(name)
            yield name, key, value

    def _text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or not str(node.value).strip():
            raise self._error(node, "a text was expected")
        return " ".join(str(node.value).split()) if node.style != "|" else str(node.value).strip()

    def _boolean(self, node: yaml.Node) -> bool:
        if self._text(node) not in ("true", "false"):
            raise self._error(node, "true or false was expected")
        return self._text(node) == "true"

    def _integer(self, node: yaml.Node) -> int:
        try:
            return int(self._text(node))
        except ValueError as error:
            raise self._error(node, "a whole number was expected") from error

    def _error(self, node: yaml.Node | None, message: str) -> QueryFileError:
        return QueryFileError(self._path, *self._position(node), message)

    @staticmethod
    def _position(node: yaml.Node | None) -> tuple[int, int]:
        if node is None:
            return 1, 1
        return node.start_mark.line + 1, node.start_mark.column + len(MARK) + 2
