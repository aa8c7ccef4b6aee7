"""Parameters of saved questions: what a user may give, and the RDF term that it becomes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import Literal, NamedNode

from ontology.names import DATA_PATH, VOCABULARY, XSD
from queries.entities import Entities
from queries.errors import ParameterError
from queries.text import LANGUAGES, Bilingual

Value = NamedNode | Literal
LONGEST = 500  # characters of a text that is given

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,9})?")
_YEAR = re.compile(r"[12][0-9]{3}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
THING = re.compile(r"[a-z][a-z0-9-]*(?:/[A-Za-z0-9._~-]+)+")
"""The path of a thing under ``/id/``."""


class ParameterType(StrEnum):
    """What kind of value a parameter takes; an ``ENTITY`` is of the parameter's class."""

    ENTITY = "entity"
    TEXT = "text"
    NUMBER = "number"
    DECIMAL = "decimal"
    YEAR = "year"
    DATE = "date"
    LANGUAGE = "language"


_DATATYPES = {
    ParameterType.TEXT: NamedNode(XSD + "string"),
    ParameterType.NUMBER: NamedNode(XSD + "integer"),
    ParameterType.DECIMAL: NamedNode(XSD + "decimal"),
    ParameterType.YEAR: NamedNode(XSD + "gYear"),
    ParameterType.DATE: NamedNode(XSD + "date"),
    ParameterType.LANGUAGE: NamedNode(XSD + "language"),
}
# A language is a plain string in a query: LANG() gives one.
_WRITTEN = {**_DATATYPES, ParameterType.LANGUAGE: NamedNode(XSD + "string")}
TYPES = {datatype.value: type_ for type_, datatype in _DATATYPES.items()}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: its name is the variable of its ``VALUES`` block, without the question mark.

    ``range`` is a class (the type is then ``ENTITY``) or a datatype. ``default`` is what the file
    itself says, ``None`` for ``UNDEF``: no restriction. A ``required`` one must be given, and its
    ``default`` is an example. ``choices`` is a SELECT of ``?value`` and ``?label``; ``None`` for a
    free field. ``allowed`` are the only values, if any.
    """

    name: str
    range: NamedNode
    label: Bilingual
    description: Bilingual | None
    required: bool
    choices: str | None
    allowed: tuple[str, ...]
    default: Value | None
    differs_from: str | None = None
    at_most: str | None = None

    @property
    def type(self) -> ParameterType:
        """What kind of value it takes."""
        return TYPES.get(self.range.value, ParameterType.ENTITY)

    @property
    def kind(self) -> str:
        """What a person calls a value of it: ``policy area``, ``year``."""
        if self.type is not ParameterType.ENTITY:
            return self.type.value
        name = self.range.value.removeprefix(VOCABULARY)
        words = re.findall(r"[A-Z][a-z]+", name) if name != self.range.value else []
        return " ".join(words).lower() or "entity"

    @property
    def may_be_empty(self) -> bool:
        """Whether an empty value lifts the restriction."""
        return self.default is None and not self.required

    def term(self, text: str, base: str, entities: Entities | None = None) -> Value | None:
        """The term that a given text stands for; ``None`` (no restriction) when it is empty.

        A thing of the data set may be named by its path, ``actor/unhcr``, or where ``entities`` are
        given by any of its labels or its identifier elsewhere, ``XM-DAC-41121``. A text that does
        not fit raises :class:`ParameterError`.
        """
        text = text.strip()
        if not text:
            if not self.may_be_empty:
                raise self.error("a value is needed", self.allowed)
            return None
        if len(text) > LONGEST:
            raise self.error(f"at most {LONGEST} characters")
        if self.allowed and text not in self.allowed:
            raise self.error(f"{text!r} is not one of the values allowed", self.allowed)
        if self.type is ParameterType.ENTITY:
            return self._entity(text, base, entities)
        try:
            return Literal(_READERS[self.type](text), datatype=_WRITTEN[self.type])
        except ValueError as error:
            message, *available = error.args
            raise self.error(message, available[0] if available else ()) from error

    def brief(self, value: str, base: str) -> str:
        """A value as :meth:`term` reads it, in its shortest form."""
        return _brief(value, base) if self.type is ParameterType.ENTITY else value

    def fits(self, term: object) -> bool:
        """Whether a term is of this parameter's type."""
        if self.type is ParameterType.ENTITY:
            return isinstance(term, NamedNode)
        return isinstance(term, Literal) and term.datatype == _WRITTEN[self.type]

    def error(self, message: str, available: tuple[str, ...] = ()) -> ParameterError:
        """What is wrong with a value given for this parameter."""
        return ParameterError(self.name, message, available)

    def _entity(self, text: str, base: str, entities: Entities | None) -> NamedNode:
        iri = iri_of(text, base)
        if entities is None:
            if iri is None:
                raise self.error(f"{text!r} is not the IRI or path of a {self.kind}")
            return iri
        if iri is not None and iri.value in entities:
            return iri
        named = (entities.called(text) if iri is None else ()) or entities.identified(text)
        if not named and iri is not None and not iri.value.startswith(base + DATA_PATH):
            return iri  # a name from elsewhere may be right, and just be unknown here
        if len(named) == 1:
            return NamedNode(named[0])
        if named:
            several = tuple(_brief(one, base) for one in named)
            raise self.error(f"{text!r} is the name or code of more than one {self.kind}", several)
        near = tuple(_brief(one, base) for one in entities.nearest(text))
        raise self.error(f"no {self.kind} is known as {text!r}", near)


def shown(term: Value | None, base: str) -> str:
    """How a term is given back in a form or a link; :meth:`Parameter.term` reads it again."""
    if isinstance(term, NamedNode):
        return _brief(term.value, base)
    return "" if term is None else term.value


def iri_of(text: str, base: str) -> NamedNode | None:
    """The IRI that a text is or, as a path such as ``actor/unhcr``, stands for; else None."""
    if THING.fullmatch(text):
        return NamedNode(base + DATA_PATH + text)
    if not _ABSOLUTE.fullmatch(text):
        return None
    try:
        return NamedNode(text)
    except ValueError:
        return None


def _brief(iri: str, base: str) -> str:
    path = iri.removeprefix(base + DATA_PATH)
    return path if path != iri and THING.fullmatch(path) else iri


def _text(text: str) -> str:
    if any(ord(character) < 32 or 0xD800 <= ord(character) <= 0xDFFF for character in text):
        raise ValueError("not a text: it has control characters")
    return text


def _integer(text: str) -> str:
    if not _INTEGER.fullmatch(text):
        raise ValueError(f"not a whole number: {text!r}")
    return str(int(text))


def _decimal(text: str) -> str:
    if not _DECIMAL.fullmatch(text):
        raise ValueError(f"not a number (such as 0.8): {text!r}")
    return text


def _year(text: str) -> str:
    if not _YEAR.fullmatch(text):
        raise ValueError(f"not a year (such as 2023): {text!r}")
    return text


def _date(text: str) -> str:
    try:
        if not _DATE.fullmatch(text):
            raise ValueError(text)
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ValueError(f"not a date (YYYY-MM-DD): {text!r}") from error


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise ValueError(f"not a language of the labels: {text!r}", LANGUAGES)
    return text


_READERS: dict[ParameterType, Callable[[str], str]] = {
    ParameterType.TEXT: _text,
    ParameterType.NUMBER: _integer,
    ParameterType.DECIMAL: _decimal,
    ParameterType.YEAR: _year,
    ParameterType.DATE: _date,
    ParameterType.LANGUAGE: _language,
}
