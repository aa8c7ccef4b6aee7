"""Answers with a description: finds the thing, chooses profile and format, writes, and links."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus

from pyoxigraph import NamedNode, Quad, QueryTriples, Store, Triple
from starlette.requests import Request
from starlette.responses import Response

from server.linked import alternates, profiling
from server.linked.full import Full, FullDescriptions
from server.linked.kept import OPEN, Kept, Representation
from server.linked.linking import PAGE_PARAMETER, Linked
from server.linked.metadata import of_description
from server.linked.profiling import ALTERNATES, FULL, How, asked
from server.linked.questions import Questions
from server.linked.subjects import CARRIED, Subject, Subjects, types_of
from server.linked.written import FORMS, OF_GRAPHS, written, written_in_graphs
from server.negotiation import MediaType, Wanted, not_acceptable, wanted
from server.pages.rendering import Pages
from server.problem import Problem
from server.publish.profiles import Profile
from server.sparql.formats import HTML, JSON_LD, PLAIN_JSON, TURTLE

DESCRIPTIONS = (*FORMS, HTML)
_ALTERNATES = (*FORMS, HTML, PLAIN_JSON)
_AT_ONCE = 300  # triples that are framed in a few milliseconds


MakePage = Callable[[Request, Subject], Awaitable[Response]]
Whole = Callable[[], Awaitable[Iterable[Triple]]]


class Descriptions:
    """The descriptions of what the store and other rooms know; ``licence`` is that of the data."""

    def __init__(
        self,
        questions: Questions,
        pages: Pages,
        subjects: Subjects,
        kept: Kept,
        licence: str,
    ) -> None:
        self.questions = questions
        self._pages = pages
        self.subjects = subjects
        self._kept = kept
        self._licence = licence
        self._full = FullDescriptions(questions)

    async def answer(
        self, request: Request, iri: str, path: str, page: MakePage, whole: Whole | None = None
    ) -> Response:
        """The description at ``path`` in the profile and format that a request prefers.

        ``page`` makes it for a person; ``whole`` gives its triples where these are not those of
        one thing alone.
        """

        async def make() -> Representation:
            return await self._make(request, _Asked(iri, path, page, whole))

        return await self._kept.answer(request, lambda: self.questions.store.version, make)

    async def _make(self, request: Request, given: _Asked) -> Representation:
        wish = asked(request)
        number = _page_number(request)
        if not wish.names and form_of(request, DESCRIPTIONS) is not HTML:
            return await self._data(request, given, wish, None, number)
        subject = await self.subjects.find(request, given.iri, given.path)
        token = profiling.chosen(wish, subject.fitting, given.iri)
        if token == ALTERNATES:
            return await self._alternates(request, subject)
        form = form_of(request, DESCRIPTIONS)
        if token != FULL:
            return await self._profiled(request, subject, wish, token, form)
        if form is not HTML:
            return await self._data(request, given, wish, subject, number)
        linked = self._linked(request, given.iri, given.path, FULL, HTML, subject.fitting)
        response = await given.page(request, subject)
        return _of_page(response, linked.headers() | _applied(wish, FULL), subject.lasting)

    async def _data(
        self,
        request: Request,
        given: _Asked,
        wish: profiling.Asked,
        subject: Subject | None,
        number: int,
    ) -> Representation:
        """The full description as data."""
        form = form_of(request, DESCRIPTIONS)
        told: Sequence[Triple] = () if subject is None else subject.told
        lasting = not told
        full: Full | None = None
        triples: set[Triple]
        if given.whole is not None:
            triples = set(await given.whole())
        else:
            full = None if told else await self._full.describe(given.iri, number)
            if full is None and not told:
                told = await self.subjects.told(request, given.iri)
            beside = await self.subjects.beside(request, given.iri)
            triples = set(told) if full is None else {*full.triples, *beside}
            lasting = not (told or beside)
        fitting = self.subjects.fitting(types_of(triples, given.iri))
        linked = self._linked(request, given.iri, given.path, FULL, form, fitting)
        if full is not None:
            linked = replace(linked, page=full.page)
        return await self._written(triples, linked, wish, lasting=lasting)

    async def _profiled(
        self,
        request: Request,
        subject: Subject,
        wish: profiling.Asked,
        token: str,
        form: MediaType,
    ) -> Representation:
        """A description in another profile than the full one."""
        texts = subject.fitting[token].texts([subject.iri])
        triples: set[Triple] = set()
        if subject.told:
            store = Store()
            store.extend(Quad(*one) for one in subject.told)
            for text in texts:
                made = store.query(text)
                assert isinstance(made, QueryTriples)
                triples.update(made)
        else:
            for found in await asyncio.gather(*map(self.questions.triples, texts)):
                triples |= found
        if not any(one.subject == NamedNode(subject.iri) for one in triples):
            fewer = {name: one for name, one in subject.fitting.items() if name != token}
            refused = profiling.Asked((token,), How.QUERY)
            profiling.chosen(refused, fewer, subject.iri)
        linked = self._linked(request, subject.iri, subject.path, token, form, subject.fitting)
        if form is HTML:
            text = written(triples, subject.iri, TURTLE).decode()
            response = self._pages.render(
                request,
                "profile.html",
                iri=subject.iri,
                profile=subject.fitting[token],
                turtle=text,
                full=self._pages.links(request).page(subject.path),
                representations=self._representations(request, subject),
                version=self.questions.store.version,
            )
            return _of_page(response, linked.headers() | _applied(wish, token), subject.lasting)
        return await self._written(triples, linked, wish, lasting=subject.lasting)

    async def _alternates(self, request: Request, subject: Subject) -> Representation:
        form = form_of(request, _ALTERNATES)
        linked = replace(
            self._linked(request, subject.iri, subject.path, ALTERNATES, form, subject.fitting),
            forms=_ALTERNATES,
        )
        listed = self._representations(request, subject)
        if form is PLAIN_JSON:
            content = alternates.in_json(subject.iri, listed)
            return Representation(content, form.content_type, linked.headers(), subject.lasting)
        if form is HTML:
            response = self._pages.render(
                request,
                "alternates.html",
                iri=subject.iri,
                full=self._pages.links(request).page(subject.path),
                representations=listed,
                version=self.questions.store.version,
            )
            return _of_page(response, linked.headers(), subject.lasting)
        triples = set(alternates.triples(subject.iri, listed))
        return await self._written(triples, linked, profiling.Asked(), lasting=subject.lasting)

    async def _written(
        self, triples: set[Triple], linked: Linked, wish: profiling.Asked, *, lasting: bool
    ) -> Representation:
        about = set(of_description(linked, self._pages.base, self.questions.store.version))
        try:
            content = await self._content(triples, about, linked, lasting=lasting)
        except OSError as error:  # the serialiser's, of triple terms in JSON-LD
            raise Problem(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "No form in this format",
                f"What is said of <{linked.iri}> can not be written so: {error}.",
                headers=OPEN,
            ) from error
        headers = linked.headers() | _applied(wish, linked.token)
        return Representation(content, linked.form.content_type, headers, lasting)

    async def _content(
        self, triples: set[Triple], about: set[Triple], linked: Linked, *, lasting: bool
    ) -> bytes:
        form, iri = linked.form, linked.iri
        if form in OF_GRAPHS:
            quads = await self._in_graphs(triples, lasting=lasting) | _unnamed(about)
            return written_in_graphs(quads, iri, form)
        if form is JSON_LD and len(triples) > _AT_ONCE:
            return await asyncio.to_thread(written, triples | about, iri, form)
        return written(triples | about, iri, form)

    async def _in_graphs(self, triples: set[Triple], *, lasting: bool) -> set[Quad]:
        """The triples in the graphs that hold them; what a profile makes is in none."""
        found: set[Quad] = set()
        if lasting:
            subjects = {one.subject.value for one in triples if isinstance(one.subject, NamedNode)}
            text = self.questions.text("graphs", "subject", sorted(subjects))
            for row in await self.questions.solutions(text):
                quad = Quad(row["subject"], row["property"], row["value"], row["graph"])
                if quad.triple in triples:
                    found.add(quad)
        held = {quad.triple for quad in found}
        return found | _unnamed(triples - held)

    def _linked(
        self,
        request: Request,
        iri: str,
        path: str,
        token: str,
        form: MediaType,
        fitting: Mapping[str, Profile],
    ) -> Linked:
        address = self._pages.links(request).absolute(path)
        if token != FULL:
            address += f"?{profiling.PROFILE_PARAMETER}={token}"
        given = {
            name: request.query_params[name] for name in CARRIED if name in request.query_params
        }
        return Linked(iri, address, token, form, DESCRIPTIONS, fitting, self._licence, given)

    def _representations(self, request: Request, subject: Subject) -> list[alternates.Alternate]:
        address = self._pages.links(request).absolute(subject.path)
        return alternates.alternates(address, subject.fitting, DESCRIPTIONS)


@dataclass(frozen=True, slots=True)
class _Asked:
    iri: str
    path: str
    page: MakePage
    whole: Whole | None


def _unnamed(triples: Iterable[Triple]) -> set[Quad]:
    """The triples in the graph without a name."""
    return {Quad(one.subject, one.predicate, one.object) for one in triples}


def form_of(request: Request, offers: Sequence[MediaType]) -> MediaType:
    """The best offer, by ``_mediatype`` too; :class:`Problem` 406 where none is acceptable."""
    named = request.query_params.getlist(profiling.MEDIA_TYPE_PARAMETER)
    # A plus that was not escaped arrives as a space.
    names = frozenset(",".join(named).lower().replace(" ", "+").split(","))
    found = (Wanted(None, names) if named else wanted(request)).among(offers)
    if not found:
        raise not_acceptable(offers)
    return found[0]


def _of_page(response: Response, headers: Mapping[str, str], lasting: bool) -> Representation:
    own = {
        name: value
        for name, value in response.headers.items()
        if name not in ("content-length", "content-type", "vary")
    }
    content_type = response.headers["content-type"]
    return Representation(bytes(response.body), content_type, {**own, **headers}, lasting)


def _applied(wish: profiling.Asked, token: str) -> dict[str, str]:
    """That a preference was heeded (RFC 7240, section 3)."""
    if wish.how is How.PREFER and token in wish.names:
        return {"Preference-Applied": f"profile={token}"}
    return {}


def _page_number(request: Request) -> int:
    text = request.query_params.get(PAGE_PARAMETER, "1")
    if not (text.isdecimal() and text.isascii() and 0 < len(text) < 8 and int(text)):
        raise Problem(
            HTTPStatus.BAD_REQUEST, "Bad page", "page is a whole number from 1.", headers=OPEN
        )
    return int(text)
