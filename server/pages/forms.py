"""The form of a question: a field per parameter, filled in with what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from queries.catalogue import SavedQuery
from queries.parameters import Parameter, ParameterType, Value, shown
from queries.text import LANGUAGE
from server.pages.facts import Choice, Facts

_INPUTS = {
    ParameterType.NUMBER: "number",
    ParameterType.YEAR: "number",
    ParameterType.DATE: "date",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: a drop-down where there are ``choices``, else an input of a type."""

    name: str
    label: str
    value: str
    required: bool
    input: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question in one language, ready to be shown."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]

    @property
    def path(self) -> str:
        """Where the question is asked."""
        return f"/queries/{self.name}"


async def question(
    query: SavedQuery, facts: Facts, language: str, given: Mapping[str, Value | None] | None = None
) -> Question:
    """A question with its form, filled in with the terms given or the defaults.

    The language of the names has no field: the page's own switch decides it.
    """
    terms = query.terms({}) if given is None else given
    fields = [
        await _field(parameter, terms[parameter.name], query.base, facts, language)
        for parameter in query.parameters
        if parameter.name != LANGUAGE
    ]
    return Question(
        name=query.name,
        title=query.title.in_language(language),
        description=query.description.in_language(language),
        fields=tuple(fields),
    )


async def _field(
    parameter: Parameter, term: Value | None, base: str, facts: Facts, language: str
) -> Field:
    value = shown(term, base)
    return Field(
        name=parameter.name,
        label=parameter.label.in_language(language),
        value=value,
        required=not parameter.may_be_empty,
        input=_INPUTS.get(parameter.type, "text"),
        choices=await _choices(parameter, value, base, facts, language),
    )


async def _choices(
    parameter: Parameter, value: str, base: str, facts: Facts, language: str
) -> tuple[Choice, ...]:
    if parameter.allowed:
        return tuple(Choice(one, one) for one in parameter.allowed)
    if parameter.choices is None:
        return ()
    listed = [
        Choice(parameter.brief(choice.value, base), choice.label)
        for choice in await facts.choices(parameter.choices, language)
    ]
    if value and all(choice.value != value for choice in listed):
        listed.append(Choice(value, value))
    return tuple(listed)
