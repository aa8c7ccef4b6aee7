"""The commands on documents: read one, add some and take them out, build the data set."""

from __future__ import annotations

from pathlib import Path

import click

from ingest import adding
from ingest.adding import documents_in
from ingest.build import accounts
from ingest.dataset import Dataset
from ingest.describing import Given
from ingest.options import (
    base_option,
    built,
    data_option,
    limits,
    report,
    seeds_option,
    sources,
    workers_option,
)
from ingest.outline_json import outline_json
from ingest.outline_text import outline_text
from ingest.proposing import read_file
from ingest.read import read
from ingest.reporting import report_json, report_text
from ingest.workers import run

REPORTS = {"text": report_text, "json": report_json}
OUTLINES = {"outline": outline_text, "json": outline_json}
_SHOWN_FAILURES = 3


class NotAddedError(Exception):
    """Some files could not be added; the message says how many, and why the first could not."""


@click.command("build")
@data_option
@base_option
@seeds_option
@workers_option
@click.option("--force", is_flag=True, help="Build even if nothing changed.")
@click.option(
    "--report",
    "reported",
    type=click.Choice(list(REPORTS)),
    is_flag=False,
    flag_value="text",
    help="Say of each document what was read and found, and what was not (text or json).",
)
def build_command(
    data: Path, base: str, seeds: Path, workers: int, force: bool, reported: str | None
) -> None:
    """Build the data set from the documents and the ontology.

    The build is pure: the same documents give the same bytes. Only what changed is read again. It
    is written beside the one in force and takes its place in one step; a build that fails changes
    nothing.
    """
    made_of = sources(data, base, seeds)
    made = built(made_of, data, workers, force=force)
    if reported is not None:
        click.echo(REPORTS[reported](accounts(made_of, data)))
    if reported != "json":
        _tell(made)


@click.command("read")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--format",
    "output",
    type=click.Choice(list(OUTLINES)),
    default="outline",
    show_default=True,
    help="For a person (outline) or for a program (json, described in ingest/outline_json.py).",
)
def read_command(file: Path, output: str) -> None:
    """Show how a document is read: sections, blocks, notes, tables, and what it says of itself.

    Nothing is added or built.
    """
    bounds = limits()

    def outline(path: Path) -> str:
        content = read_file(path, bounds.file_bytes)
        document = read(content, "document", str(path), bounds)
        return OUTLINES[output](document, path.name)

    click.echo(run(outline, file, str(file), bounds))


@click.command("ingest")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="FILE...",
)
@click.option("--title", default="", help="Title, instead of the one found (for a single file).")
@click.option("--date", default="", help="Date as YYYY-MM-DD, YYYY-MM or YYYY (single file).")
@click.option("--kind", default="", help="Slug of the scheme of document kinds (single file).")
@click.option("--publisher", default="", help="Slug or name of an actor (single file).")
@click.option("--id", default="", help="The id that the document gets (single file).")
@click.option("--replace", "replacing", is_flag=True, help="Replace documents of the same id.")
@click.option("--dry-run", is_flag=True, help="Print the manifest entries and write nothing.")
@data_option
@base_option
@seeds_option
@workers_option
def ingest_command(
    files: tuple[Path, ...],
    replacing: bool,
    dry_run: bool,
    data: Path,
    base: str,
    seeds: Path,
    workers: int,
    **said: str,
) -> None:
    """Add documents to the data folder, and build.

    FILE is a PDF, DOCX, ODT, HTML, XML, Markdown or text file, or a folder with such files. What
    a document says about itself (title, date, kind, sender ...) becomes its entry in
    DATA/documents/manifest.yaml, which may be corrected by hand afterwards. A file that can not be
    read is reported and leaves nothing; the others are added.
    """
    given = Given(**said)
    paths = documents_in(files)
    if given != Given() and len(paths) != 1:
        raise click.UsageError("--title, --date, --kind, --publisher and --id are for one file")
    made_of = sources(data, base, seeds)
    if dry_run:
        click.echo(adding.proposed(made_of, data, paths, given), nl=False)
        return
    done = adding.add(
        made_of, data, paths, given, replacing=replacing, report=report, at_once=workers
    )
    if done.new or done.replaced:
        _tell(built(made_of, data, workers))
    click.echo(str(done))
    if done.failed:
        shown = "; ".join(done.failed[:_SHOWN_FAILURES])
        more = len(done.failed) - _SHOWN_FAILURES
        rest = f"; and {more} more" if more > 0 else ""
        raise NotAddedError(f"{len(done.failed)} of {len(paths)} not added: {shown}{rest}")


@click.command("remove")
@click.argument("name", metavar="ID")
@data_option
@base_option
@seeds_option
@workers_option
def remove_command(name: str, data: Path, base: str, seeds: Path, workers: int) -> None:
    """Take an added document out of the data folder, and build."""
    made_of = sources(data, base, seeds)
    adding.remove(made_of, data, name, report)
    _tell(built(made_of, data, workers))


def _tell(made: Dataset) -> None:
    click.echo(f"{made.manifest['quads']:,} quads, version {made.version}, in {made.folder}")
