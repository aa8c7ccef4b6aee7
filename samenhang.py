"""The command line of Samenhang: build the data set, serve it, ask it a saved question."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

import queries
from ingest import build as building
from ingest import dataset
from ingest.build import BuildError, Sources
from ingest.dataset import Dataset, DatasetError
from ingest.extract.claims import ClaimError
from ingest.manifest import SEEDS, ManifestError
from ingest.readers.plain_text import UnreadableTextError
from ontology.names import DEFAULT_BASE
from ontology.vocabulary import OntologyError
from queries.answer import answer, listing
from queries.catalogue import Catalogue
from queries.errors import ParameterError, QueryFileError, UnknownQueryError
from server.run import listen, release, serve
from server.settings import Settings
from server.store.interface import StoreError
from server.store.layout import engine_folder
from server.store.load import open_or_load

P = ParamSpec("P")
R = TypeVar("R")
FAILED, BAD_INPUT = 1, 2
QUERIES = Path(queries.__file__).parent
STORES = "stores"

# What the user handed us is wrong (exit code 2), or what we tried failed (exit code 1).
_BAD_INPUT = (
    ManifestError,
    OntologyError,
    ClaimError,
    UnreadableTextError,
    QueryFileError,
    ParameterError,
    UnknownQueryError,
)
_FAILURES = (BuildError, DatasetError, StoreError)

data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("data"),
    envvar="SAMENHANG_DATA",
    show_default=True,
    help="Folder for the built data set and the store.",
)
base_option = click.option(
    "--base",
    default=DEFAULT_BASE,
    envvar="SAMENHANG_BASE_IRI",
    show_default=True,
    help="Base of the IRIs of things; ends with a slash.",
)
seeds_option = click.option(
    "--seeds",
    type=click.Path(file_okay=False, path_type=Path),
    default=SEEDS,
    show_default="the five documents that come with Samenhang",
    help="Folder with manifest.yaml, the documents and their claims.",
)


def one_line_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Report what can go wrong in a line on standard error, with the exit code it deserves."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (*_BAD_INPUT, *_FAILURES) as error:
            click.echo(f"samenhang: {' '.join(str(error).split())}", err=True)
            sys.exit(BAD_INPUT if isinstance(error, _BAD_INPUT) else FAILED)

    return run


def _report(message: str) -> None:
    click.echo(f"  {message}", err=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(release(), prog_name="samenhang")
def main() -> None:
    """Ask Dutch foreign policy documents a question, and see the sentence behind the answer.

    \b
    samenhang serve              build what is needed and start the service
    samenhang query              list the saved questions
    samenhang query NAME         answer one of them here
    samenhang build              build the data set only
    samenhang validate           check documents, ontology and questions without building

    Exit codes: 0 done, 1 failed, 2 wrong input.
    """


@main.command("build")
@data_option
@base_option
@seeds_option
@click.option("--force", is_flag=True, help="Build even if nothing changed.")
@one_line_errors
def build_command(data: Path, base: str, seeds: Path, force: bool) -> None:
    """Build the data set from the documents and the ontology.

    The build is pure: the same documents give the same bytes. It is written beside the one in
    force and takes its place in one step; a build that fails changes nothing.
    """
    made = _built(data, base, seeds, force)
    click.echo(f"{made.manifest['quads']:,} quads, version {made.version}, in {made.folder}")


@main.command("serve")
@data_option
@base_option
@seeds_option
@click.option("--host", envvar="SAMENHANG_HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="SAMENHANG_PORT", default=8000, show_default=True, type=int)
@one_line_errors
def serve_command(data: Path, base: str, seeds: Path, host: str, port: int) -> None:
    """Start the service; build first if documents, ontology or code changed.

    Other settings are read from SAMENHANG_* variables and samenhang.toml.
    """
    settings = Settings(data=data, base_iri=base, host=host, port=port)
    listening = listen(host, port)
    catalogue = Catalogue.load(QUERIES, base)
    made = _built(data, base, seeds, force=False)
    store = _store(made, data)
    serve(settings, catalogue, store, listening)


@main.command("query")
@click.argument("name", required=False)
@click.option(
    "-p",
    "--parameter",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the question; may be repeated.",
)
@click.option(
    "--format",
    "output",
    type=click.Choice(["table", "csv", "tsv", "json", "xml"]),
    default="table",
    show_default=True,
)
@data_option
@base_option
@seeds_option
@one_line_errors
def query_command(
    name: str | None, given: tuple[str, ...], output: str, data: Path, base: str, seeds: Path
) -> None:
    """Answer a saved question; without a name, list them.

    \b
    samenhang query what-a-document-says-of-an-actor -p actor=actor/unhcr
    """
    catalogue = Catalogue.load(QUERIES, base)
    if name is None:
        click.echo(listing(catalogue))
        return
    values = dict(_pair(one) for one in given)
    query = catalogue[name]
    text = query.bind(values)
    store = _store(_built(data, base, seeds, force=False), data)
    click.echo(answer(engine_folder(store), query, text, output), nl=False)


@main.command("validate")
@base_option
@seeds_option
@one_line_errors
def validate_command(base: str, seeds: Path) -> None:
    """Check documents, claims, ontology, shapes and questions; write nothing."""
    catalogue = Catalogue.load(QUERIES, base)
    built = building.assemble(Sources(seeds=seeds, base=base), _report)
    _report(f"validating {len(built.quads):,} quads against the shapes")
    building.check(built.quads)
    statements = sum(sum(kinds.values()) for kinds in built.counts.values())
    click.echo(
        f"valid: {len(built.texts)} documents, {statements:,} statements, "
        f"{len(catalogue)} questions"
    )


def _pair(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator:
        raise click.BadParameter(f"{text!r} is not NAME=VALUE", param_hint="-p")
    return name, value


def _built(data: Path, base: str, seeds: Path, force: bool) -> Dataset:
    try:
        sources = Sources(seeds=seeds, base=base)
        existing = None if force else building.up_to_date(sources, data)
        if existing is not None:
            return existing
        _report("building the data set")
        return building.build(sources, data, _report)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--base") from error


def _store(made: Dataset, data: Path) -> Path:
    """The store of a data set, loaded if it is not there; stores of removed builds go."""
    stores = data / STORES
    folder = stores / made.version
    open_or_load(made.folder / dataset.DATASET, folder)
    for other in stores.iterdir():
        if other.is_dir() and not (made.folder.parent / other.name).exists():
            shutil.rmtree(other, ignore_errors=True)
    return folder


if __name__ == "__main__":
    main()
