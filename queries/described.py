"""What the command line says of saved questions: the list of them, and the help of one."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap
from urllib.parse import parse_qsl

from queries.catalogue import Catalogue, SavedQuery
from queries.parameters import Parameter, ParameterType, shown
from queries.search import Found
from queries.text import LANGUAGES

_WIDTH = 96
_COMMAND = "samenhang query"


def listing(catalogue: Catalogue, language: str) -> str:
    """The questions by family, each with its name and how it is asked."""
    lines: list[str] = []
    for family in catalogue.families:
        lines += [family.title.in_language(language).upper(), ""]
        for query in catalogue.values():
            if query.family == family:
                lines += _entry(query, language)
        lines.append("")
    return "\n".join([*lines, f"{_COMMAND} NAME --help says more of one."])


def found(answers: Iterable[Found], language: str) -> str:
    """The questions that a search found, best first."""
    return "\n".join(line for one in answers for line in _entry(one.query, language))


def explained(query: SavedQuery, language: str) -> str:
    """The help of a question: what it shows, what it takes, and examples."""
    lines = [query.title.in_language(language), ""]
    lines += _wrapped(query.description.in_language(language))
    lines += ["", f"Usage: {call(query)}", ""]
    if query.parameters:
        lines += ["Parameters:", *_parameters(query, language), ""]
    if query.examples:
        lines.append("Examples:")
        lines += [f"  {call(query, dict(parse_qsl(one)))}" for one in query.examples]
        lines.append("")
    return "\n".join([*lines, f"Version {query.version}; all formats: {_COMMAND} --help."])


def call(query: SavedQuery, values: Mapping[str, str] | None = None) -> str:
    """The command that asks a question, as one types it in a shell."""
    given = query.parameters if values is None else ()
    options = [_placeholder(parameter) for parameter in given]
    options += [f"--{name} {shlex.quote(value)}" for name, value in (values or {}).items()]
    return " ".join([_COMMAND, query.name, *options])


def _placeholder(parameter: Parameter) -> str:
    option = f"--{parameter.name} {parameter.kind.replace(' ', '-').upper()}"
    return option if parameter.required else f"[{option}]"


def _entry(query: SavedQuery, language: str) -> list[str]:
    return [
        f"  {query.name}",
        f"      {query.title.in_language(language)}",
        f"      {call(query)}",
    ]


def _parameters(query: SavedQuery, language: str) -> Iterator[str]:
    for parameter in query.parameters:
        yield f"  --{parameter.name}  {parameter.label.in_language(language)}"
        notes = [_taken(parameter), _default(parameter, query.base)]
        if parameter.description is not None:
            notes.insert(0, parameter.description.in_language(language))
        text = "; ".join(note.rstrip(".") for note in notes)
        yield from _wrapped(text, " " * 6)


def _wrapped(text: str, indent: str = "") -> list[str]:
    return wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )


def _taken(parameter: Parameter) -> str:
    allowed = LANGUAGES if parameter.type is ParameterType.LANGUAGE else parameter.allowed
    if allowed:
        return f"one of {', '.join(allowed)}"
    if parameter.type is ParameterType.ENTITY:
        return f"{parameter.kind}: a name in any language, or a path"
    return parameter.kind


def _default(parameter: Parameter, base: str) -> str:
    if parameter.default is None:
        return "optional"
    value = shown(parameter.default, base)
    return f"required, for example {value}" if parameter.required else f"default {value}"
