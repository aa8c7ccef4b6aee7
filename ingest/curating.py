"""The commands for curators: is a file of claims right, and what in a document has none yet?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import yaml

from ingest.extract import claims, withdrawals
from ingest.extract.claims import ClaimError, ClaimsFile
from ingest.extract.context import Context
from ingest.extract.pipeline import statements
from ingest.extract.suggest import Suggestion, suggestions
from ingest.interpret import Interpreter
from ingest.manifest import ManifestError
from ingest.options import base_option, data_option, limits, seeds_option, sources
from ingest.sources import SourceDocument, Sources
from ingest.workers import run


@click.group("claims")
def claims_command() -> None:
    """Write down by hand what no rule finds (docs/claims.md)."""


@claims_command.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@data_option
@base_option
@seeds_option
def check_command(file: Path, data: Path, base: str, seeds: Path) -> None:
    """Check every claim of FILE against its document and the schemes; write nothing.

    Each quote must be in the text and each name in a scheme. All that is wrong is listed, a line
    each, with the nearest text where a quote is not found.
    """
    claimed = claims.load(file)
    made_of = sources(data, base, seeds)
    source = _document(made_of, claimed.document)

    def check(given: ClaimsFile) -> list[str]:
        context = _context(made_of, source)
        said, wrong = withdrawals.without(context, given, statements(context))
        return [*wrong, *claims.problems(context, given, said)]

    found: list[str] = run(check, claimed, str(file), limits())
    for problem in found:
        click.echo(problem)
    if found:
        count = len(found)
        total = len(claimed.claims) + len(claimed.withdrawn)
        raise ClaimError(f"{file}: {count} of {total} claims can not be used")
    click.echo(f"{file}: {len(claimed.claims)} claims, all found in {source.id}")


@claims_command.command("suggest")
@click.argument("name", metavar="DOCUMENT")
@click.option("--count", type=click.IntRange(min=1), default=20, show_default=True)
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "yaml"]),
    default="text",
    show_default=True,
    help="For reading (text), or as claims to be filled in (yaml).",
)
@data_option
@base_option
@seeds_option
def suggest_command(name: str, count: int, output: str, data: Path, base: str, seeds: Path) -> None:
    """Show the sentences of DOCUMENT that name or count much and that no statement covers yet."""
    made_of = sources(data, base, seeds)
    source = _document(made_of, name)

    def suggest(given: SourceDocument) -> list[Suggestion]:
        context = _context(made_of, given)
        return suggestions(context, statements(context, given.claims))[:count]

    found = run(suggest, source, str(source.path), limits())
    click.echo(_FORMATS[output](name, found))


def _document(made_of: Sources, name: str) -> SourceDocument:
    documents = made_of.inventory().documents
    if name not in documents:
        known = ", ".join(sorted(documents))
        raise ManifestError(f"no document {name!r}; there are {known}")
    return documents[name]


def _context(made_of: Sources, source: SourceDocument) -> Context:
    interpreter = Interpreter(made_of)
    return interpreter.context(source, interpreter.read(source))


def _text(name: str, found: Sequence[Suggestion]) -> str:
    if not found:
        return f"{name}: nothing that names or counts much is left"
    lines = []
    for one in found:
        place = f"page {one.page}" + (f", {one.section}" if one.section else "")
        lines.append(f"{place}\n  {one.text}\n  {'; '.join([*one.names, *one.figures])}")
    return "\n\n".join(lines)


def _yaml(name: str, found: Sequence[Suggestion]) -> str:
    """Claims to be filled in: what kind each is and what of the names plays which part."""
    drafts: list[Mapping[str, Any]] = [
        {"kind": "", "about": list(one.names), "voice": "", "quote": one.text} for one in found
    ]
    head = {"document": name, "curator": "", "date": ""}
    return str(yaml.safe_dump({**head, "claims": drafts}, allow_unicode=True, sort_keys=False))


_FORMATS: Mapping[str, Callable[[str, Sequence[Suggestion]], str]] = {
    "text": _text,
    "yaml": _yaml,
}
