"""Asking a saved question: the values of an address become terms, the bound query an answer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from pyoxigraph import NamedNode

from queries.catalogue import Catalogue, SavedQuery
from queries.entities import Entities, names_query
from queries.errors import ParameterError, UnknownQueryError
from queries.parameters import Parameter, ParameterType, Value, shown
from queries.rows import Answer
from queries.text import LANGUAGE
from server.problem import Problem
from server.sparql.problems import problem_for
from server.store.interface import RESULTS_JSON, QueryError, QueryRequest, Store

LARGEST = 32 * 1024 * 1024  # bytes of an answer that is made readable; beyond it only streamed
KEPT_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its values: as terms, in their short form for an address, and bound."""

    query: SavedQuery
    terms: Mapping[str, Value | None]
    text: str

    @property
    def values(self) -> dict[str, str]:
        """Every parameter as an address has it: short, complete, in the order of a form."""
        return {name: shown(term, self.query.base) for name, term in self.terms.items()}

    @property
    def language(self) -> str:
        """The language of the names."""
        term = self.terms.get(LANGUAGE)
        return term.value if term is not None else "nl"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with the version of the data set that gave it."""

    asked: Asked
    answer: Answer
    version: str


class Answering:
    """Asks one store the questions of a catalogue; ``timeout`` in seconds for each query.

    What changes only with the data set is remembered for as long as its version stays the same.
    """

    def __init__(self, store: Store, catalogue: Catalogue, timeout: float) -> None:
        self.store = store
        self.catalogue = catalogue
        self.timeout = timeout
        self._version = ""
        self._entities: dict[str, Entities] = {}
        self._answers: OrderedDict[str, Answer] = OrderedDict()

    @property
    def version(self) -> str:
        """The version of the data set."""
        return self.store.version

    def find(self, name: str) -> SavedQuery:
        """The question of that name; :class:`Problem` 404 that names those like it."""
        try:
            return self.catalogue[name]
        except UnknownQueryError as error:
            raise Problem(
                HTTPStatus.NOT_FOUND,
                "Unknown question",
                f"There is no saved question {name!r}. {_instead(error.nearest)}",
                available=list(error.nearest or self.catalogue),
            ) from error

    async def ask(self, query: SavedQuery, values: Mapping[str, str], language: str) -> Asked:
        """The question with these values, names in ``language`` unless they say otherwise.

        :class:`Problem` 400 names the parameter that is missing, wrong or unknown.
        """
        missing = query.missing(values)
        if missing:
            raise _missing(query, missing[0])
        given = dict(values)
        if LANGUAGE in query.parameter_names:
            given.setdefault(LANGUAGE, language)
        try:
            terms = query.terms(given, await self._known(query, given))
        except ParameterError as error:
            raise bad_parameter(error) from error
        return Asked(query, terms, query.bound(terms))

    async def answer(self, asked: Asked) -> Answered:
        """The whole answer; a :class:`Problem` where there is none, or it is too large to be read
        at once.
        """
        answered = await self._answered(asked)
        if answered.version != self.version:  # a build came into force while it was under way
            answered = await self._answered(asked)
        return answered

    async def rows(self, text: str, seconds: float | None = None) -> Answer:
        """The rows of a SELECT."""
        request = QueryRequest(text, select=(RESULTS_JSON,), timeout=seconds or self.timeout)
        try:
            answer = await self.store.query(request)
            content = bytearray()
            async for chunk in answer.body:
                content += chunk
                if len(content) > LARGEST:
                    await answer.body.aclose()
                    raise Problem(
                        HTTPStatus.UNPROCESSABLE_ENTITY,
                        "Answer too large",
                        "This answer is too large to be read at once: ask for a part of it with "
                        "'limit', or for format=csv, which is streamed.",
                    )
        except QueryError as error:
            raise problem_for(error, text) from error
        return Answer.parse(bytes(content))

    async def entities(self, class_: NamedNode) -> Entities:
        """The entities of a class with their names."""
        version = self._kept_version()
        found = self._entities.get(class_.value)
        if found is None:
            answer = await self.rows(names_query(class_))
            found = Entities.of(answer.rows, self._base)
            if self.version == version:
                self._entities[class_.value] = found
        return found

    async def _answered(self, asked: Asked) -> Answered:
        version = self._kept_version()
        answer = self._answers.get(asked.text)
        if answer is None:
            answer = await self.rows(asked.text)
            if self.version == version:
                self._keep(asked.text, answer)
        return Answered(asked, answer, version)

    @property
    def _base(self) -> str:
        return next(iter(self.catalogue.values())).base

    async def _known(self, query: SavedQuery, given: Iterable[str]) -> dict[str, Entities]:
        return {
            parameter.range.value: await self.entities(parameter.range)
            for parameter in query.parameters
            if parameter.type is ParameterType.ENTITY and parameter.name in given
        }

    def _kept_version(self) -> str:
        """The present version; what was remembered of another is forgotten."""
        if self.version != self._version:
            self._version = self.version
            self._entities.clear()
            self._answers.clear()
        return self._version

    def _keep(self, text: str, answer: Answer) -> None:
        self._answers[text] = answer
        while sum(1 + len(one.rows) for one in self._answers.values()) > KEPT_ROWS:
            self._answers.popitem(last=False)


def bad_parameter(error: ParameterError) -> Problem:
    """The 400 that names a parameter, and what could be given instead."""
    return Problem(
        HTTPStatus.BAD_REQUEST,
        "Bad parameter",
        f"Parameter {error.name!r}: {error.message}. {_instead(error.available)}".rstrip(),
        parameter=error.name,
        available=list(error.available),
    )


def _missing(query: SavedQuery, parameter: Parameter) -> Problem:
    example = f"{parameter.name}={shown(parameter.default, query.base)}"
    return Problem(
        HTTPStatus.BAD_REQUEST,
        "Missing parameter",
        f"Parameter {parameter.name!r}: {query.name} needs a {parameter.kind}, as in {example}.",
        parameter=parameter.name,
        available=[example],
    )


def _instead(available: Iterable[str]) -> str:
    listed = ", ".join(available)
    return f"Nearest or allowed: {listed}." if listed else ""
