"""The command line of Samenhang: add documents, build the data set, serve it, ask it a question."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Any, NoReturn

import click

import queries
from ingest import commands, dataset
from ingest.build import BuildError, validate
from ingest.commands import NotAddedError
from ingest.curating import claims_command
from ingest.dataset import Dataset, DatasetError
from ingest.evaluating import evaluate_command
from ingest.evaluation import AnnotationError
from ingest.extract.claims import ClaimError
from ingest.manifest import ManifestError
from ingest.options import (
    SettingsError,
    base_option,
    built,
    checked,
    data_option,
    host_option,
    port_option,
    report,
    seeds_option,
    sources,
    workers_option,
)
from ingest.readers.extraction import UnreadableError
from ontology.vocabulary import OntologyError
from queries import commands as questions
from queries.catalogue import Catalogue
from queries.commands import BuiltData, Surroundings
from queries.errors import ParameterError, QueryFileError, UnknownQueryError
from server.access import WriteAccess
from server.following import Builds
from server.publish import exporting
from server.publish.exporting import UnknownExportError
from server.publish.feed import FeedError
from server.publish.publishing import Build, opened, publish
from server.publish.release import ReleaseError
from server.run import listen, release, serve
from server.settings import Settings
from server.store.interface import StoreError
from server.store.layout import engine_folder
from server.store.load import WRITTEN, open_or_load, writable_copy

FAILED, BAD_INPUT = 1, 2
QUERIES = Path(queries.__file__).parent
STORES = "stores"
EMPTY = "empty"

# What the user handed us is wrong (exit code 2), or what we tried failed (exit code 1).
_BAD_INPUT = (
    ManifestError,
    OntologyError,
    ClaimError,
    UnreadableError,
    NotAddedError,
    QueryFileError,
    ParameterError,
    UnknownQueryError,
    SettingsError,
    AnnotationError,
    UnknownExportError,
)
_FAILURES = (BuildError, DatasetError, StoreError, ReleaseError, FeedError)


class OneLineErrors(click.Group):
    """Reports whatever went wrong in a line on standard error, with the exit code it deserves."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command, and end the process."""
        try:
            sys.exit(super().main(*args, **{**kwargs, "standalone_mode": False}) or 0)
        except click.ClickException as error:
            _complain(f"{error.format_message()} (samenhang --help explains)", BAD_INPUT)
        except _BAD_INPUT as error:
            _complain(str(error), BAD_INPUT)
        except _FAILURES as error:
            _complain(str(error), FAILED)
        except (click.Abort, KeyboardInterrupt):
            _complain("stopped", FAILED)


def _complain(message: str, code: int) -> NoReturn:
    click.echo(f"samenhang: {' '.join(message.split())}", err=True)
    sys.exit(code)


def _built_data(data: Path, base: str, seeds: Path) -> BuiltData:
    """What a question is asked of, built first if it must be."""
    made = built(sources(data, base, seeds), data)
    return BuiltData(engine_folder(_store(made, data)), made.version, made.folder / dataset.TEXTS)


@click.group(
    cls=OneLineErrors,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "obj": Surroundings(QUERIES, _built_data),
    },
)
@click.version_option(release(), prog_name="samenhang")
def main() -> None:
    """Ask Dutch foreign policy documents a question, and see the sentence behind the answer.

    \b
    samenhang serve              build what is needed and start the service
    samenhang query              list the saved questions
    samenhang query NAME         answer one of them here
    samenhang ask WORDS          find the question that fits
    samenhang queries check      check the saved questions and their answers
    samenhang queries release    write the answers to which others are compared
    samenhang read FILE          show how a document is read
    samenhang ingest FILE...     add documents, and build
    samenhang remove ID          take an added document out, and build
    samenhang build              build the data set only
    samenhang publish            make the dumps, the exports and the feed
    samenhang export PROFILE     write the data as a registry takes it
    samenhang validate           check documents, ontology and questions without building
    samenhang claims check FILE  check claims that were written by hand
    samenhang evaluate FILE...   measure what was extracted against annotations made by hand

    Exit codes: 0 done, 1 failed, 2 wrong input.
    """


for one in (
    commands.read_command,
    commands.ingest_command,
    commands.remove_command,
    commands.build_command,
    claims_command,
    evaluate_command,
    questions.ask_command,
    questions.queries_group,
):
    main.add_command(one)
for asking in questions.OF_THE_DATA:
    data_option(base_option(seeds_option(asking)))
main.add_command(questions.query_command)


@main.command("serve")
@data_option
@base_option
@seeds_option
@workers_option
@host_option
@port_option
@click.option(
    "--empty", is_flag=True, help="Serve an empty store of its own: a plain SPARQL server."
)
def serve_command(
    data: Path, base: str, seeds: Path, workers: int, host: str, port: int, empty: bool
) -> None:
    """Start the service; build first if documents, ontology or code changed.

    It takes changes from who shows SAMENHANG_UPDATE_TOKEN, and none where that is not set. Other
    settings are read from SAMENHANG_* variables and samenhang.toml.
    """
    settings = _settings(data=data, base_iri=base, host=host, port=port)
    listening = listen(host, port)
    catalogue = Catalogue.load(QUERIES, base)
    if empty and not WriteAccess(settings).possible:
        raise SettingsError("--empty: nobody could write; set SAMENHANG_UPDATE_TOKEN")
    if empty:
        serve(_plain(settings), catalogue, data / STORES / EMPTY, listening)
        return
    made = built(sources(data, base, seeds), data, workers)
    store = _store(made, data)
    if WriteAccess(settings).possible:
        store = writable_copy(store)
    builds = Builds(_build(made, store), lambda: _newest(data), lambda: _newest_build(data, base))
    serve(settings, catalogue, store, listening, builds)


@main.command("publish")
@data_option
@base_option
@seeds_option
@workers_option
def publish_command(data: Path, base: str, seeds: Path, workers: int) -> None:
    """Make the dumps and exports of the data, and extend the feed; build first if needed.

    A running service does so by itself. What it made before is left as it is.
    """
    made = built(sources(data, base, seeds), data, workers)
    settings = _settings(data=data, base_iri=base)
    done = publish(_build(made, _store(made, data)), settings, report)
    click.echo(f"{done.folder}: {len(done.files)} files, {done.quads:,} quads")


@main.command("export")
@click.argument("profile", required=False)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    show_default="a folder with the name of the profile",
    help="Folder to write the files into.",
)
@data_option
@base_option
@seeds_option
@workers_option
def export_command(
    profile: str | None, output: Path | None, data: Path, base: str, seeds: Path, workers: int
) -> None:
    """Write the data in the form in which a registry takes it; without PROFILE, list the forms.

    \b
    samenhang export nl-sbb
    samenhang export iati --output /tmp/iati
    """
    if profile is None:
        click.echo(exporting.listing(base))
        return
    found = exporting.find(profile, base)
    made = built(sources(data, base, seeds), data, workers)
    source = opened(_build(made, _store(made, data)), _settings(data=data, base_iri=base))
    for path in exporting.export(found, source, output or Path(found.token)):
        click.echo(path)


@main.command("validate")
@data_option
@base_option
@seeds_option
@workers_option
def validate_command(data: Path, base: str, seeds: Path, workers: int) -> None:
    """Check documents, claims, ontology, shapes and questions; write nothing."""
    catalogue = Catalogue.load(QUERIES, base)
    counts = validate(sources(data, base, seeds), report, workers)
    statements = sum(sum(kinds.values()) for kinds in counts.values())
    click.echo(
        f"valid: {len(counts)} documents, {statements:,} statements, {len(catalogue)} questions"
    )


def _settings(**given: Any) -> Settings:
    try:
        return checked(lambda: Settings(**given))
    except TOMLDecodeError as error:
        raise SettingsError(f"samenhang.toml: {error}") from error


def _plain(settings: Settings) -> Settings:
    """The settings of a plain SPARQL server: its default graph is a graph of its own."""
    named = "union_default_graph" in settings.model_fields_set
    return settings if named else settings.model_copy(update={"union_default_graph": False})


def _store(made: Dataset, data: Path) -> Path:
    """The store of a data set, loaded if it is not there; stores of removed builds go."""
    stores = data / STORES
    folder = stores / made.version
    open_or_load(made.folder / dataset.DATASET, folder)
    for other in stores.iterdir():
        kept = other.name == EMPTY or other.name.endswith(WRITTEN)  # what was written is not ours
        if other.is_dir() and not kept and not (made.folder.parent / other.name).exists():
            shutil.rmtree(other, ignore_errors=True)
    return folder


def _newest(data: Path) -> str | None:
    """The version of the build in force; none while it can not be read."""
    try:
        made = dataset.current(data)
    except DatasetError:
        return None
    return made.version if made else None


def _newest_build(data: Path, base: str) -> Build:
    made = dataset.current(data)
    if made is None:
        raise StoreError(f"{data}: no build there")
    if made.manifest["base"] != base:
        raise StoreError(f"its IRIs have the base {made.manifest['base']}, not {base}")
    return _build(made, _store(made, data))


def _build(made: Dataset, store: Path) -> Build:
    return Build(made.version, made.folder / dataset.DATASET, store)


if __name__ == "__main__":
    main()
