"""The catalogue of saved queries: loads a folder, checks every file, binds parameters.

>>> catalogue = Catalogue.load(Path("queries"))            # doctest: +SKIP
>>> query = catalogue["actor-roles"]                       # doctest: +SKIP
>>> store.query(query.bind({"actor": "actor/unhcr"}))      # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ontology.names import DEFAULT_BASE, Minter
from queries import checks, front_matter
from queries.errors import ParameterError, QueryFileError, UnknownQueryError
from queries.front_matter import Bilingual
from queries.parameters import Parameter, Value
from queries.tokens import replaced_iris, values_blocks

SUFFIX = ".rq"
CHOICES = "choices"
LANGUAGE = "language"  # the parameter, by convention, for the language of the names


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A question with its SPARQL text (without the metadata lines), parameters and columns.

    ``columns`` maps a variable to its heading; ``variables`` are all that the query projects, in
    order. ``base`` is the base IRI of the data set.
    """

    name: str
    title: Bilingual
    description: Bilingual
    order: int
    text: str
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, Bilingual]
    variables: tuple[str, ...]
    base: str

    def terms(self, values: Mapping[str, str]) -> dict[str, Value | None]:
        """The term of each parameter: the value given, or else the file's default.

        An empty value lifts the restriction of a parameter that is not required (``None``). An
        unknown name or a value that does not fit raises :class:`ParameterError`.
        """
        names = [parameter.name for parameter in self.parameters]
        for name in values:
            if name not in names:
                known = ", ".join(names) if names else "none"
                raise ParameterError(name, f"unknown; {self.name} has these parameters: {known}")
        return {
            parameter.name: (
                parameter.term(values[parameter.name], self.base)
                if parameter.name in values
                else parameter.default
            )
            for parameter in self.parameters
        }

    def bind(self, values: Mapping[str, str] | None = None) -> str:
        """The SPARQL text with each parameter's ``VALUES`` block holding the value given."""
        terms = self.terms(values or {})
        pieces: list[str] = []
        done = 0
        for block in values_blocks(self.text):
            name = block.variables[0] if len(block.variables) == 1 else None
            # A block whose parameter was not given stays as the file has it.
            if name in terms and name in (values or {}):
                term = terms[name]
                content = "UNDEF" if term is None else str(term)
                pieces += [self.text[done : block.content_start], f" {content} "]
                done = block.content_end
        return "".join(pieces) + self.text[done:]


class Catalogue(Mapping[str, SavedQuery]):
    """The saved queries of a folder by name, in the order in which questions are shown."""

    def __init__(self, queries: Mapping[str, SavedQuery]) -> None:
        self._queries = dict(
            sorted(queries.items(), key=lambda item: (item[1].order, item[0])),
        )

    @classmethod
    def load(cls, folder: Path, base_iri: str = DEFAULT_BASE) -> Catalogue:
        """The catalogue of ``folder/*.rq``; the first broken file raises ``QueryFileError``.

        Queries are written with the default base. For data built with another ``base_iri``
        their IRIs of things (``.../id/...``) are rewritten; the vocabulary's are not.
        """
        minter = Minter(base_iri)
        paths = sorted(folder.glob(f"*{SUFFIX}"))
        if not paths:
            raise QueryFileError(folder, 1, 1, f"no saved questions (*{SUFFIX}) in {folder}")
        return cls({path.stem: _load(path, minter) for path in paths})

    def __getitem__(self, name: str) -> SavedQuery:
        try:
            return self._queries[name]
        except KeyError:
            raise UnknownQueryError(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._queries)

    def __len__(self) -> int:
        return len(self._queries)


def _load(path: Path, minter: Minter) -> SavedQuery:
    text = _text(path)
    metadata, begin = front_matter.read(path, text)
    variables = checks.projection(path, text)
    checks.rebasable(path, text)
    checks.columns(path, metadata, variables)
    parameters = tuple(
        Parameter(
            name=entry.name,
            type=checks.parameter_type(path, entry),
            label=entry.label,
            required=entry.required,
            choices=_choices(path, entry, minter),
            default=checks.default(path, text, entry, minter),
        )
        for entry in metadata.parameters
    )
    return SavedQuery(
        name=path.stem,
        title=metadata.title,
        description=metadata.description,
        order=metadata.order,
        text=replaced_iris(text[begin:], minter.rebased).strip() + "\n",
        parameters=parameters,
        columns=metadata.columns,
        variables=variables,
        base=minter.base,
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise QueryFileError(path, 1, 1, "not UTF-8") from error


def _choices(path: Path, entry: front_matter.ParameterEntry, minter: Minter) -> str | None:
    """The SELECT of a parameter's choices: written in place, or in ``choices/NAME.rq``."""
    if entry.choices is None:
        return None
    text, where = entry.choices, path
    if not any(character.isspace() for character in text):
        where = path.parent / CHOICES / f"{text}{SUFFIX}"
        if not where.is_file():
            message = f"no such list of choices: {CHOICES}/{where.name}"
            raise QueryFileError(path, entry.line, entry.column, message)
        text = _text(where)
    if not {"value", "label"} <= set(checks.projection(where, text)):
        raise QueryFileError(where, 1, 1, "choices must SELECT ?value and ?label")
    checks.rebasable(where, text)
    return replaced_iris(text, minter.rebased)
