"""Checks on the file of a saved query, each with the place of what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import parse_qsl

from pyoxigraph import QuerySolutions, Store

from ontology.names import DATA_PATH, DEFAULT_BASE, Minter
from queries.contract import ParameterEntry
from queries.errors import QueryFileError
from queries.parameters import Parameter, Value
from queries.text import LANGUAGE
from queries.tokens import TokenKind, ValuesBlock, position, replaced_iris, tokens, values_blocks

_SYNTAX_ERROR = re.compile(r"error at (\d+):(\d+):?\s*(.*)", re.DOTALL)
_PROLOGUE = re.compile(r"(?:PREFIX|BASE)", re.IGNORECASE)
# What every address of a saved question, or the command for one, understands already.
RESERVED = (
    *("format", "lang", "saved", "limit", "cursor", "dataset", "digest"),
    *("data", "base", "seeds", "help", "parameter"),
)
_NAME = re.compile(r"[a-z][a-z0-9]*(?:[A-Z][a-z0-9]*)*")
_ROWS = 2  # a default is one row; a second one is a mistake


def projection(path: Path, text: str) -> tuple[str, ...]:
    """The variables that a SELECT projects, in order; found by running it on an empty store."""
    try:
        answer = Store().query(text)
    except SyntaxError as error:
        raise _syntax_error(path, error) from error
    except (RuntimeError, OSError, ValueError) as error:
        raise QueryFileError(path, 1, 1, f"not executable: {error}") from error
    if not isinstance(answer, QuerySolutions):
        raise QueryFileError(path, 1, 1, "a saved query must be a SELECT")
    return tuple(variable.value for variable in answer.variables)


def rebasable(path: Path, text: str) -> None:
    """IRIs of things must be recognisable, so that data with another base can be asked.

    A prefix shorter than the data path, or the path inside a string, would silently keep the
    default base.
    """
    things = DEFAULT_BASE + DATA_PATH
    for token in tokens(text):
        value = token.text[1:-1]
        if token.kind is TokenKind.IRI and value != things and things.startswith(value) and value:
            message = f"use a prefix for {things}, not for {value}"
            raise QueryFileError(path, *position(text, token.start), message)
        if token.kind is TokenKind.STRING and things in token.text:
            message = "write an IRI of the data as <IRI> (STR(<IRI>) for its text), not as a string"
            raise QueryFileError(path, *position(text, token.start), message)


def parameter_name(path: Path, entry: ParameterEntry) -> None:
    """A parameter's name must be free to use, and in lower camel case as in an address."""
    if entry.name in RESERVED or not _NAME.fullmatch(entry.name):
        message = f"{entry.name!r} can not be the name of a parameter"
        raise QueryFileError(path, 1, 1, message)


def pairs(path: Path, entries: Sequence[ParameterEntry]) -> None:
    """A parameter can only be compared with another of the same question."""
    names = {entry.name for entry in entries}
    for entry in entries:
        for other in (entry.differs_from, entry.at_most):
            if other is not None and other not in names:
                raise QueryFileError(path, 1, 1, f"{entry.name!r} is compared with {other!r}")


def language_declared(path: Path, text: str, entries: Sequence[ParameterEntry]) -> None:
    """A query that can choose the language of its names must say so."""
    chosen = any(LANGUAGE in block.variables for block in values_blocks(text))
    if chosen and LANGUAGE not in {entry.name for entry in entries}:
        raise QueryFileError(path, 1, 1, f"the parameter {LANGUAGE!r} is not in the contract")


def examples(
    path: Path, calls: Sequence[str], check: Callable[[Mapping[str, str]], object]
) -> None:
    """Every example must be a query string that the question takes."""
    for call in calls:
        try:
            check(dict(parse_qsl(call, keep_blank_values=True, strict_parsing=True)))
        except ValueError as error:
            raise QueryFileError(path, 1, 1, f"example {call!r}: {error}") from error


def default(path: Path, text: str, name: str, minter: Minter) -> Value | None:
    """The default that a parameter's one ``VALUES`` block holds; ``None`` for ``UNDEF``."""
    block = _block(path, text, name)
    found = _terms(path, text, block, minter)
    if len(found) != 1:
        where = position(text, block.content_start)
        raise QueryFileError(path, *where, f"?{name} needs exactly one default value")
    return found[0]


def fitting(path: Path, parameter: Parameter) -> None:
    """A default must be of the parameter's type; one that is required has an example."""
    if parameter.default is None:
        if parameter.required:
            raise QueryFileError(path, 1, 1, f"?{parameter.name} is required: give an example")
        return
    if not parameter.fits(parameter.default):
        message = f"the default of ?{parameter.name} is no {parameter.kind}: {parameter.default}"
        raise QueryFileError(path, 1, 1, message)


def _block(path: Path, text: str, name: str) -> ValuesBlock:
    blocks = [block for block in values_blocks(text) if name in block.variables]
    if len(blocks) != 1:
        found = "no" if not blocks else str(len(blocks))
        line, column = position(text, blocks[1].start) if blocks else (1, 1)
        message = f"?{name} must stand in exactly one VALUES block, found {found}"
        raise QueryFileError(path, line, column, message)
    if blocks[0].variables != (name,):
        where = position(text, blocks[0].start)
        raise QueryFileError(path, *where, f"the VALUES block of ?{name} must be its own")
    return blocks[0]


def _terms(path: Path, text: str, block: ValuesBlock, minter: Minter) -> list[Value | None]:
    """The terms of a block, read by the engine itself under the query's own prefixes."""
    name = block.variables[0]
    content = text[block.content_start : block.content_end]
    probe = f"{_prologue(text)}\nSELECT ?{name} {{ VALUES ?{name} {{ {content} }} }} LIMIT {_ROWS}"
    try:
        answer = Store().query(replaced_iris(probe, minter.rebased))
    except SyntaxError as error:
        raise QueryFileError(
            path, *position(text, block.content_start), f"not values: {content.strip()}"
        ) from error
    assert isinstance(answer, QuerySolutions)  # the probe is a SELECT
    return [_value(solution[name]) for solution in answer]


def _value(term: object) -> Value | None:
    return term if isinstance(term, Value) else None


def _prologue(text: str) -> str:
    """The PREFIX and BASE lines of a query."""
    lines: list[str] = []
    word = ""
    stream = [token for token in tokens(text) if token.kind is not TokenKind.COMMENT]
    for index, token in enumerate(stream):
        if token.kind is TokenKind.WORD:
            if not _PROLOGUE.fullmatch(token.text):
                break
            word = token.text
        elif token.kind is TokenKind.IRI and word:
            before = stream[index - 1].text if word.upper() == "PREFIX" else ""
            lines.append(f"{word} {before} {token.text}")
            word = ""
    return "\n".join(lines)


def _syntax_error(path: Path, error: SyntaxError) -> QueryFileError:
    match = _SYNTAX_ERROR.search(str(error))
    if match is None:
        return QueryFileError(path, 1, 1, f"SPARQL: {error}")
    line, column, message = match.groups()
    # The engine lists every token that would be legal, which helps nobody.
    reason = message if not message.startswith("expected one of") else "not legal here"
    return QueryFileError(path, int(line), int(column), f"SPARQL: {' '.join(reason.split())}")
