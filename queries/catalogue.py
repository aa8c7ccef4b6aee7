"""The catalogue of saved questions: loads the families, checks every file, binds parameters.

>>> catalogue = Catalogue.load(Path("queries"))            # doctest: +SKIP
>>> query = catalogue["roles-of-an-actor"]                 # doctest: +SKIP
>>> store.query(query.bind({"actor": "actor/unhcr"}))      # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path

from ontology.names import DATA_PATH, DEFAULT_BASE, XSD, Minter
from queries import checks, contract
from queries.contract import CONTRACT_SUFFIX, Column, Contract, ParameterEntry, Shared
from queries.entities import Entities
from queries.errors import ParameterError, QueryFileError, UnknownQueryError
from queries.families import Family, families
from queries.parameters import Parameter, ParameterType, Value
from queries.text import Bilingual
from queries.tokens import replaced_iris, values_blocks

SUFFIX = ".rq"
CHOICES = "choices"

QUESTION_PATH = DATA_PATH + "question/"


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A question with its SPARQL text, parameters and columns.

    ``columns`` are in the order of the projection, without those that only hold the label of
    another; ``variables`` are all that the query projects. ``base`` is the base IRI of the data
    set. ``examples`` are query strings of sample calls. ``fingerprint`` changes with its files.
    """

    name: str
    family: Family
    title: Bilingual
    description: Bilingual
    keywords: Mapping[str, tuple[str, ...]]
    version: str
    order: int
    text: str
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, Column]
    variables: tuple[str, ...]
    examples: tuple[str, ...]
    base: str
    fingerprint: str

    @property
    def iri(self) -> str:
        """The IRI of the question."""
        return f"{self.base}{QUESTION_PATH}{self.name}"

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """The names of its parameters, in the order of a form."""
        return tuple(parameter.name for parameter in self.parameters)

    def missing(self, values: Mapping[str, str]) -> tuple[Parameter, ...]:
        """The required parameters that have no value."""
        return tuple(
            parameter
            for parameter in self.parameters
            if parameter.required and parameter.name not in values
        )

    def terms(
        self, values: Mapping[str, str], entities: Mapping[str, Entities] | None = None
    ) -> dict[str, Value | None]:
        """The term of each parameter: the value given, or else the file's default.

        An empty value lifts a restriction (``None``). ``entities`` by class make it possible to
        give a name and to tell what is unknown. An unknown parameter, a value that does not fit or
        values that contradict each other raise :class:`ParameterError`.
        """
        for name in values:
            if name not in self.parameter_names:
                known = ", ".join(self.parameter_names)
                raise ParameterError(name, f"unknown; {self.name} has these parameters: {known}")
        known_of = entities or {}
        terms = {
            parameter.name: (
                parameter.term(
                    values[parameter.name], self.base, known_of.get(parameter.range.value)
                )
                if parameter.name in values
                else parameter.default
            )
            for parameter in self.parameters
        }
        self._contradiction(terms)
        return terms

    def _contradiction(self, terms: Mapping[str, Value | None]) -> None:
        for parameter in self.parameters:
            own = terms[parameter.name]
            other = terms.get(parameter.differs_from or "")
            if own is not None and own == other:
                raise parameter.error(f"the same as {parameter.differs_from!r}; give another")
            limit = terms.get(parameter.at_most or "")
            if own is not None and limit is not None and own.value > limit.value:
                raise parameter.error(f"beyond {parameter.at_most!r}: {own.value} > {limit.value}")

    def bind(self, values: Mapping[str, str] | None = None) -> str:
        """The SPARQL text with each parameter's ``VALUES`` block holding the value given."""
        return self.bound(self.terms(values or {}))

    def bound(self, terms: Mapping[str, Value | None]) -> str:
        """The SPARQL text with these terms in the ``VALUES`` blocks, and else unchanged."""
        pieces: list[str] = []
        done = 0
        for block in values_blocks(self.text):
            name = block.variables[0] if len(block.variables) == 1 else None
            if name in terms and name in self.parameter_names:
                term = terms[name]
                content = "UNDEF" if term is None else str(term)
                pieces += [self.text[done : block.content_start], f" {content} "]
                done = block.content_end
        return "".join(pieces) + self.text[done:]


class Catalogue(Mapping[str, SavedQuery]):
    """The saved questions of a folder by name, in the order in which they are shown."""

    def __init__(self, queries: Mapping[str, SavedQuery]) -> None:
        self._queries = dict(
            sorted(
                queries.items(),
                key=lambda item: (item[1].family.order, item[1].order, item[0]),
            ),
        )

    @classmethod
    def load(cls, folder: Path, base_iri: str = DEFAULT_BASE) -> Catalogue:
        """The catalogue of ``folder/FAMILY/*.rq``; the first broken file raises.

        Questions are written with the default base. For data built with another ``base_iri``
        their IRIs of things (``.../id/...``) are rewritten; the vocabulary's are not. A file that
        is broken, or a name used twice, is a :class:`QueryFileError`.
        """
        minter = Minter(base_iri)
        shared = Shared(folder)
        found: dict[str, SavedQuery] = {}
        for family in families(folder, minter):
            for path in sorted((folder / family.name).glob(f"*{SUFFIX}")):
                if path.stem in found:
                    raise QueryFileError(path, 1, 1, "another family has a question of that name")
                found[path.stem] = _load(path, family, shared, minter)
        if not found:
            raise QueryFileError(folder, 1, 1, f"no saved questions (FAMILY/*{SUFFIX}) in {folder}")
        return cls(found)

    @property
    def families(self) -> tuple[Family, ...]:
        """The families that have questions, in order."""
        return tuple(dict.fromkeys(query.family for query in self._queries.values()))

    def __getitem__(self, name: str) -> SavedQuery:
        try:
            return self._queries[name]
        except KeyError:
            near = tuple(get_close_matches(name, self._queries))
            raise UnknownQueryError(name, near) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._queries)

    def __len__(self) -> int:
        return len(self._queries)


def _load(path: Path, family: Family, shared: Shared, minter: Minter) -> SavedQuery:
    text = _text(path)
    variables = checks.projection(path, text)
    checks.rebasable(path, text)
    beside = path.with_suffix(CONTRACT_SUFFIX)
    read = contract.read(beside, shared, variables, f"{DEFAULT_BASE}{QUESTION_PATH}{path.stem}")
    parameters = tuple(_parameter(path, text, entry, minter) for entry in read.parameters)
    checks.pairs(beside, read.parameters)
    checks.language_declared(path, text, read.parameters)
    query = _query(path, family, text, variables, read, parameters, minter)
    checks.examples(beside, query.examples, query.terms)
    return query


def _query(
    path: Path,
    family: Family,
    text: str,
    variables: tuple[str, ...],
    read: Contract,
    parameters: tuple[Parameter, ...],
    minter: Minter,
) -> SavedQuery:
    files = (path.read_bytes(), path.with_suffix(CONTRACT_SUFFIX).read_bytes())
    return SavedQuery(
        name=path.stem,
        family=family,
        title=read.title,
        description=read.description,
        keywords=read.keywords,
        version=read.version,
        order=read.order,
        text=replaced_iris(text, minter.rebased).strip() + "\n",
        parameters=parameters,
        columns=read.columns,
        variables=variables,
        examples=read.examples,
        base=minter.base,
        fingerprint=sha256(b"\0".join(files)).hexdigest(),
    )


def _parameter(path: Path, text: str, entry: ParameterEntry, minter: Minter) -> Parameter:
    checks.parameter_name(path, entry)
    parameter = Parameter(
        name=entry.name,
        range=entry.range,
        label=entry.label,
        description=entry.description,
        required=entry.required,
        choices=_choices(path, entry, minter),
        allowed=entry.allowed,
        default=checks.default(path, text, entry.name, minter),
        differs_from=entry.differs_from,
        at_most=entry.at_most,
    )
    if parameter.type is ParameterType.ENTITY and entry.range.value.startswith(XSD):
        raise QueryFileError(path, 1, 1, f"?{entry.name}: unknown datatype {entry.range}")
    checks.fitting(path, parameter)
    return parameter


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise QueryFileError(path, 1, 1, "not UTF-8") from error


def _choices(path: Path, entry: ParameterEntry, minter: Minter) -> str | None:
    """The SELECT of a parameter's choices, from ``choices/NAME.rq``."""
    if entry.choices is None:
        return None
    where = path.parent.parent / CHOICES / f"{entry.choices}{SUFFIX}"
    if not where.is_file():
        raise QueryFileError(path, 1, 1, f"no such list of choices: {CHOICES}/{where.name}")
    text = _text(where)
    if not {"value", "label"} <= set(checks.projection(where, text)):
        raise QueryFileError(where, 1, 1, "choices must SELECT ?value and ?label")
    checks.rebasable(where, text)
    return replaced_iris(text, minter.rebased)
