"""What is described: the things of the store and of other rooms, and what became of the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad, Triple
from pyoxigraph import Literal as RdfLiteral
from starlette.requests import Request

from ontology.names import DATA_PATH, RDF, VOCABULARY, XSD
from server.linked import profiling
from server.linked.classes import EVERYTHING, with_wider
from server.linked.described import Described, Gone, Moved, fate, first_description
from server.linked.kept import OPEN
from server.linked.profiling import MEDIA_TYPE_PARAMETER, PROFILE_PARAMETER
from server.linked.questions import Questions
from server.negotiation import FORMAT_PARAMETER
from server.pages.language import LANGUAGE_PARAMETER, language_of
from server.pages.links import AUTHORITIES
from server.pages.rendering import Pages
from server.pages.select import Row, Term
from server.problem import Problem
from server.publish.profiles import Profile

CARRIED = (FORMAT_PARAMETER, PROFILE_PARAMETER, MEDIA_TYPE_PARAMETER, LANGUAGE_PARAMETER)
"""What an address asks for and what one that it leads on to has to ask too."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing as a page needs it: what is said of it, and ``told`` where that is not the store's.

    ``path`` is that of its description on this host; ``lasting`` says whether all of it stays as
    it is while the version of the data does.
    """

    iri: str
    path: str
    rows: Sequence[Row]
    told: Sequence[Triple]
    fitting: Mapping[str, Profile]
    lasting: bool


class Subjects:
    """Finds things: in the store, in other rooms, or among what is there no more."""

    def __init__(
        self,
        questions: Questions,
        pages: Pages,
        profiles: Mapping[str, Profile],
        rooms: Sequence[Described],
        memories: Sequence[Gone],
    ) -> None:
        self._questions = questions
        self._pages = pages
        self._profiles = profiles
        self._rooms = rooms
        self._memories = memories

    async def check(self, request: Request, iri: str) -> None:
        """Nothing for a thing that can be described; else the problem of :meth:`told`."""
        if not await self._questions.rows("there", "thing", [iri]):
            await self.told(request, iri)

    async def find(self, request: Request, iri: str, path: str) -> Subject:
        """A thing whose description is at a path."""
        rows = await self._questions.rows("thing", "thing", [iri])
        told: Sequence[Triple] = ()
        if rows:
            beside = await self.beside(request, iri)
            rows += rows_of(beside, iri)
        else:
            beside = told = await self.told(request, iri)
            rows = rows_of(told, iri)
        types = [row["value"].value for row in rows if row["property"].value == RDF + "type"]
        return Subject(iri, path, rows, told, self.fitting(types), lasting=not beside)

    async def beside(self, request: Request, iri: str) -> Sequence[Triple]:
        """What other rooms say of a thing that the store knows too: of the data set itself."""
        if not iri.startswith(f"{self._pages.base}{DATA_PATH}dataset/"):
            return ()
        return await first_description(self._rooms, iri, request)

    async def told(self, request: Request, iri: str) -> Sequence[Triple]:
        """What other rooms say of a thing; the :class:`Problem` that says what became of it."""
        became = None
        if is_iri(iri):
            if told := await first_description(self._rooms, iri, request):
                return _canonical(told)
            became = await fate(self._memories, iri)
        if isinstance(became, Moved):
            raise self._moved(request, iri, became.iri)
        if became is None:
            raise Problem(
                HTTPStatus.NOT_FOUND,
                "Unknown thing",
                f"The data set says nothing of <{iri}>.",
                headers=OPEN,
            )
        why = became.why.get(language_of(request)) or next(iter(became.why.values()), "")
        raise Problem(
            HTTPStatus.GONE,
            "Removed",
            f"<{iri}> was published and is there no more. {why}".strip(),
            headers=OPEN,
            why=dict(became.why),
        )

    def fitting(self, types: Iterable[str]) -> dict[str, Profile]:
        """The profiles for a thing of these classes."""
        return profiling.fitting(self._profiles, with_wider(types), EVERYTHING)

    def _moved(self, request: Request, old: str, new: str) -> Problem:
        path = path_of(new, self._pages.base)
        return Problem(
            HTTPStatus.MOVED_PERMANENTLY,
            "Moved",
            f"<{old}> is <{new}> now.",
            headers={
                **OPEN,
                "Location": new
                if path is None
                else self._pages.links(request).result(path, carried(request)),
            },
            replacement=new,
        )


def is_iri(text: str) -> bool:
    """Whether a text can be an IRI at all: an address may be anything."""
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def path_of(iri: str, base: str) -> str | None:
    """Where on this host an IRI answers; ``None`` for one that does not."""
    for prefix, authority in AUTHORITIES.items():
        if iri.startswith(authority):
            return f"/doc/{prefix}{iri.removeprefix(authority)}"
    if iri.startswith(base + DATA_PATH):
        return f"/{iri.removeprefix(base)}"
    return f"/def/{iri.removeprefix(VOCABULARY)}" if iri.startswith(VOCABULARY) else None


def carried(request: Request) -> dict[str, str]:
    """The parameters that have to be asked again where a request is led on to."""
    return {name: request.query_params[name] for name in CARRIED if name in request.query_params}


def _canonical(triples: Sequence[Triple]) -> Sequence[Triple]:
    """The same with names for nodes without one that are the same each time."""
    if not any(isinstance(term, BlankNode) for one in triples for term in one):
        return triples
    dataset = Dataset(Quad(*one) for one in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return [quad.triple for quad in dataset]


def rows_of(triples: Iterable[Triple], iri: str) -> list[Row]:
    """What triples say of one thing, as rows of ``?property`` and ``?value``."""
    return [
        {"property": Term("uri", one.predicate.value), "value": _term(one.object)}
        for one in triples
        if one.subject == NamedNode(iri) and isinstance(one.object, NamedNode | RdfLiteral)
    ]


def _term(term: NamedNode | BlankNode | RdfLiteral | Triple) -> Term:
    if isinstance(term, RdfLiteral):
        datatype = term.datatype.value
        plain = datatype == XSD + "string" or term.language
        return Term("literal", term.value, term.language or "", "" if plain else datatype)
    return Term("uri", getattr(term, "value", ""))


def types_of(triples: Iterable[Triple], iri: str) -> list[str]:
    """The classes that triples give a thing."""
    thing, is_a = NamedNode(iri), NamedNode(RDF + "type")
    return [
        one.object.value
        for one in triples
        if one.subject == thing and one.predicate == is_a and isinstance(one.object, NamedNode)
    ]
