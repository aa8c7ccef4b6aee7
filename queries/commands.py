"""The commands on saved questions: ask one, find one, check and release all.

The options ``--data``, ``--base`` and ``--seeds``, and how a data set is made, are not known here:
the program adds the options and gives a :class:`Surroundings`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from pyoxigraph import Store

from queries import described, released
from queries.answer import FORMATS, Answering, formatted
from queries.catalogue import Catalogue, SavedQuery
from queries.checking import Checked, Checker
from queries.errors import ParameterError
from queries.parameters import shown
from queries.released import Released
from queries.reported import reported
from queries.search import search
from queries.text import LANGUAGE, LANGUAGES
from queries.tracing import folder_texts

FAILED = 1
_OPTION = "--"
_OURS = "en"  # the language of the commands


@dataclass(frozen=True, slots=True)
class BuiltData:
    """A data set that can be asked: the engine's folder, its version, the folder of its texts."""

    engine: Path
    version: str
    texts: Path


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where the questions are; what makes a data set of ``--data``, ``--base`` and ``--seeds``."""

    folder: Path
    data: Callable[[Path, str, Path], BuiltData]


@click.command(
    "query",
    add_help_option=False,
    context_settings={"ignore_unknown_options": True},
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[NAME [--PARAMETER VALUE]...]")
@click.option(
    "-p",
    "--parameter",
    "pairs",
    multiple=True,
    metavar="PARAMETER=VALUE",
    help="Another way to write --PARAMETER VALUE.",
)
@click.option(
    "--format",
    "output",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="For a person (table, md), for a program (json), or SPARQL results (the others).",
)
@click.option("-h", "--help", "helped", is_flag=True, help="Explain this command, or a question.")
@click.pass_context
def query_command(
    context: click.Context,
    words: tuple[str, ...],
    *,
    pairs: tuple[str, ...],
    output: str,
    helped: bool,
    data: Path,
    base: str,
    seeds: Path,
) -> None:
    """Answer a saved question; without a name, list them.

    Every parameter of a question is an option. A thing is given by its name in any language, or by
    its path; an empty value lifts a restriction.

    \b
    samenhang query what-a-document-says-of-an-actor --actor UNHCR
    samenhang query what-a-document-says-of-an-actor --help
    """
    name, values = _given(words, pairs)
    if name is None and helped:
        click.echo(context.get_help())
        return
    surroundings = _surroundings(context)
    catalogue = Catalogue.load(surroundings.folder, base)
    language = values[LANGUAGE] if values.get(LANGUAGE) in LANGUAGES else _OURS
    if name is None:
        if values.keys() - {LANGUAGE}:
            raise click.UsageError("which question? Give its name first")
        click.echo(described.listing(catalogue, language))
        return
    query = catalogue[name]
    if helped:
        click.echo(described.explained(query, language))
        return
    _complete(query, values)
    built = surroundings.data(data, base, seeds)
    answering = _answering(built, base)
    asked = answering.asked(query, values)
    click.echo(formatted(answering, asked, output, built.version), nl=False)


@click.command("ask")
@click.argument("words", nargs=-1, required=True)
@click.option("--language", type=click.Choice(LANGUAGES), help="The language of the words.")
@click.pass_context
def ask_command(context: click.Context, words: tuple[str, ...], language: str | None) -> None:
    """Find the saved questions on WORDS, and say how they are asked.

    \b
    samenhang ask recommendations of evaluators
    """
    catalogue = Catalogue.load(_surroundings(context).folder)
    answers = search(catalogue, " ".join(words), language)
    if not answers:
        click.echo(
            f"samenhang: no question on {' '.join(words)!r}: try fewer or other words, or "
            "'samenhang query' for the list",
            err=True,
        )
        context.exit(FAILED)
    click.echo(described.found(answers, language or _OURS))


@click.group("queries")
def queries_group() -> None:
    """Check the saved questions, and release their answers."""


@queries_group.command("check")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.pass_context
def check_command(
    context: click.Context, names: tuple[str, ...], data: Path, base: str, seeds: Path
) -> None:
    """Ask every question, by default and in its examples, in Dutch and English; check the answers.

    Each promised column has a value of its type, each row a passage that is really in the text, no
    row is there twice, and the answers are those last released. Exit code 1 where they are not.
    """
    done = _checked(_surroundings(context), names, data, base, seeds)
    click.echo(reported(done))
    if any(one.failed or one.changes for one in done):
        context.exit(FAILED)


@queries_group.command("release")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.pass_context
def release_command(
    context: click.Context, names: tuple[str, ...], data: Path, base: str, seeds: Path
) -> None:
    """Write the present answers to queries/expected, as those to which others are compared.

    That of a question of which a check fails is left as it was. What was noted under "checked"
    stays only if the rows are the same.
    """
    surroundings = _surroundings(context)
    done = _checked(surroundings, names, data, base, seeds)
    click.echo(reported(done))
    good = [one for one in done if not one.failed]
    for one in good:
        path = released.path_of(surroundings.folder, one.query)
        Released.of(one.query, one.answers).after(one.released).write(path)
    gone = [] if names else released.left_over(surroundings.folder, [one.query for one in done])
    for path in gone:
        path.unlink()
    click.echo(f"released: {len(good)} of {len(done)} questions; {len(gone)} files removed")
    if len(good) < len(done):
        context.exit(FAILED)


OF_THE_DATA = (query_command, check_command, release_command)
"""The commands that need the options of the data set."""


def _surroundings(context: click.Context) -> Surroundings:
    found = context.find_object(Surroundings)
    if found is None:
        raise RuntimeError("the program gives no Surroundings")
    return found


def _answering(built: BuiltData, base: str) -> Answering:
    return Answering(Store.read_only(str(built.engine)), base)


def _given(words: Iterable[str], pairs: Iterable[str]) -> tuple[str | None, dict[str, str]]:
    """The question's name and the values, of ``NAME --a x --b=y`` and of ``a=x``."""
    names: list[str] = []
    values: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        if not word.startswith(_OPTION):
            names.append(word)
            continue
        name, separator, value = word.removeprefix(_OPTION).partition("=")
        if not separator:
            value = next(rest, _OPTION)
            if value.startswith(_OPTION):
                raise click.UsageError(f"--{name} needs a value: --{name} VALUE, or --{name}=VALUE")
        _put(values, name, value)
    for pair in pairs:
        name, separator, value = pair.partition("=")
        if not separator:
            raise click.BadParameter(f"{pair!r} is not PARAMETER=VALUE", param_hint="-p")
        _put(values, name, value)
    if len(names) > 1:
        raise click.UsageError(
            f"one question at a time, not {', '.join(names)}; quote a value of several words"
        )
    return (names[0] if names else None), values


def _put(values: dict[str, str], name: str, value: str) -> None:
    if name in values:
        raise click.UsageError(f"--{name} is given twice")
    values[name] = value


def _complete(query: SavedQuery, values: Mapping[str, str]) -> None:
    """Find what needs no data set: parameters that are unknown or missing."""
    query.terms({name: "" for name in values if name not in query.parameter_names})
    for parameter in query.missing(values):
        example = f"--{parameter.name} {shown(parameter.default, query.base)}"
        raise ParameterError(parameter.name, f"a {parameter.kind} is needed", (example,))


def _checked(
    surroundings: Surroundings, names: tuple[str, ...], data: Path, base: str, seeds: Path
) -> list[Checked]:
    """The questions of these names, or all, checked; progress on standard error."""
    catalogue = Catalogue.load(surroundings.folder, base)
    chosen = [catalogue[name] for name in dict.fromkeys(names)] or list(catalogue.values())
    built = surroundings.data(data, base, seeds)
    checker = Checker(_answering(built, base), folder_texts(built.texts), surroundings.folder)
    with click.progressbar(
        chosen,
        label="  checking",
        file=sys.stderr,
        item_show_func=lambda query: query.name if query else None,
    ) as queue:
        return [checker.check(query) for query in queue]
