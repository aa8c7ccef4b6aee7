"""What the commands on documents share: their options, and the data set that they work on."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic import ValidationError

from ingest import build as building
from ingest.dataset import Dataset
from ingest.limits import Limits
from ingest.manifest import SEEDS
from ingest.sources import DOCUMENTS, Sources
from ontology.names import DEFAULT_BASE, Minter

Made = TypeVar("Made")
SETTINGS_FILE = Path("samenhang.toml")


class SettingsError(Exception):
    """A setting does not fit; the message names it and its value."""


def from_file(name: str, otherwise: object) -> Callable[[], Any]:
    """The default of an option: what ``samenhang.toml`` in the working folder says, if it does.

    So all commands agree with the service, which reads its settings there.
    """

    def default() -> Any:
        try:
            return tomllib.loads(SETTINGS_FILE.read_text("utf-8")).get(name, otherwise)
        except FileNotFoundError:
            return otherwise
        except (OSError, ValueError) as error:
            raise SettingsError(f"{SETTINGS_FILE}: {error}") from error

    return default


data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=from_file("data", "data"),
    envvar="SAMENHANG_DATA",
    show_default="data",
    help="Folder for the added documents, the built data set and the store.",
)
base_option = click.option(
    "--base",
    default=from_file("base_iri", DEFAULT_BASE),
    envvar="SAMENHANG_BASE_IRI",
    show_default=DEFAULT_BASE,
    help="Base of the IRIs of things; ends with a slash.",
)
seeds_option = click.option(
    "--seeds",
    type=click.Path(file_okay=False, path_type=Path),
    default=SEEDS,
    show_default="the five documents that come with Samenhang",
    help="Folder with manifest.yaml, the documents and their claims.",
)
host_option = click.option(
    "--host",
    default=from_file("host", "127.0.0.1"),
    envvar="SAMENHANG_HOST",
    show_default="127.0.0.1",
    help="Address that the service listens on.",
)
port_option = click.option(
    "--port",
    type=int,
    default=from_file("port", 8000),
    envvar="SAMENHANG_PORT",
    show_default="8000",
    help="Port that the service listens on.",
)
workers_option = click.option(
    "--workers",
    type=click.IntRange(min=0),
    default=0,
    envvar="SAMENHANG_WORKERS",
    show_default="one for each processor",
    help="How many documents are read at once, each in a process of its own.",
)


def report(message: str) -> None:
    """Tell what is going on, on standard error."""
    click.echo(f"  {message}", err=True)


def checked(make: Callable[[], Made]) -> Made:
    """Settings, or a :class:`SettingsError` that names the one that does not fit."""
    try:
        return make()
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"setting {name}: {first['msg']} (it is {first['input']!r})") from error


def limits() -> Limits:
    """What reading a document may cost, by the ``SAMENHANG_READING_*`` variables."""
    return checked(Limits)


def sources(data: Path, base: str, seeds: Path) -> Sources:
    """The documents, those added to the data folder too."""
    try:
        Minter(base)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--base") from error
    return Sources(seeds=seeds, base=base, documents=data / DOCUMENTS, limits=limits())


def built(made_of: Sources, data: Path, workers: int = 0, *, force: bool = False) -> Dataset:
    """The data set in force, built first if documents, ontology or code changed."""
    existing = None if force else building.up_to_date(made_of, data)
    if existing is not None:
        return existing
    report("building the data set")
    return building.build(made_of, data, report, workers)
