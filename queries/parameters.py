"""Parameters of saved queries: what a user may give, and the RDF term that it becomes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import Literal, NamedNode

from ontology.names import DATA_PATH, XSD
from queries.errors import ParameterError
from queries.front_matter import Bilingual

Value = NamedNode | Literal

XSD_INTEGER = NamedNode(XSD + "integer")
XSD_DATE = NamedNode(XSD + "date")
XSD_STRING = NamedNode(XSD + "string")

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_THING = re.compile(r"[a-z][a-z0-9-]*(?:/[A-Za-z0-9._~-]+)+")


class ParameterType(StrEnum):
    """What kind of value a parameter takes."""

    IRI = "iri"
    STRING = "string"
    INTEGER = "integer"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: its name is the variable of its ``VALUES`` block, without the question mark.

    ``default`` is what the file itself says, ``None`` for ``UNDEF`` (only when not required).
    ``choices`` is a SELECT of ``?value`` and ``?label``; ``None`` for a free field.
    """

    name: str
    type: ParameterType
    label: Bilingual
    required: bool
    choices: str | None
    default: Value | None

    def term(self, text: str, base: str) -> Value | None:
        """The term that a given text stands for; ``None`` (no restriction) when it is empty.

        A thing of the data set may be named by its path, ``actor/unhcr``. A text that does not
        fit raises :class:`ParameterError`.
        """
        text = text.strip()
        if not text:
            if self.required:
                raise ParameterError(self.name, "a value is required")
            return None
        return _READERS[self.type](self.name, text, base)

    def brief(self, value: str, base: str) -> str:
        """A value as :meth:`term` reads it, in its shortest form."""
        return _brief(value, base) if self.type is ParameterType.IRI else value

    def fits(self, term: object) -> bool:
        """Whether a term is of this parameter's type."""
        if self.type is ParameterType.IRI:
            return isinstance(term, NamedNode)
        return isinstance(term, Literal) and term.datatype == _DATATYPES[self.type]


def shown(term: Value | None, base: str) -> str:
    """How a term is given back in a form or a link; :meth:`Parameter.term` reads it again."""
    if isinstance(term, NamedNode):
        return _brief(term.value, base)
    return "" if term is None else term.value


def _brief(iri: str, base: str) -> str:
    path = iri.removeprefix(base + DATA_PATH)
    return path if path != iri and _THING.fullmatch(path) else iri


def _iri(name: str, text: str, base: str) -> NamedNode:
    if _THING.fullmatch(text):
        return NamedNode(base + DATA_PATH + text)
    if not _ABSOLUTE.fullmatch(text):
        raise ParameterError(name, f"not an absolute IRI: {text!r}")
    try:
        return NamedNode(text)
    except ValueError as error:
        raise ParameterError(name, f"not an IRI: {text!r}") from error


def _string(name: str, text: str, _base: str) -> Literal:
    if "\x00" in text:
        raise ParameterError(name, "not a text")
    return Literal(text)


def _integer(name: str, text: str, _base: str) -> Literal:
    if not _INTEGER.fullmatch(text):
        raise ParameterError(name, f"not a whole number: {text!r}")
    return Literal(str(int(text)), datatype=XSD_INTEGER)


def _date(name: str, text: str, _base: str) -> Literal:
    try:
        if not _DATE.fullmatch(text):
            raise ValueError(text)
        day = datetime.date.fromisoformat(text)
    except ValueError as error:
        raise ParameterError(name, f"not a date (YYYY-MM-DD): {text!r}") from error
    return Literal(day.isoformat(), datatype=XSD_DATE)


_READERS: dict[ParameterType, Callable[[str, str, str], Value]] = {
    ParameterType.IRI: _iri,
    ParameterType.STRING: _string,
    ParameterType.INTEGER: _integer,
    ParameterType.DATE: _date,
}

_DATATYPES = {
    ParameterType.STRING: XSD_STRING,
    ParameterType.INTEGER: XSD_INTEGER,
    ParameterType.DATE: XSD_DATE,
}
