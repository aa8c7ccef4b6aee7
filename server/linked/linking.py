"""The Link header of a description (RFC 8288), and the addresses of its other representations.

Other forms of the same address are given by their query string alone, so that the header stays
small and right behind any proxy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from ontology.names import PROF
from server.linked.full import Page
from server.linked.profiling import (
    ALTERNATES,
    ALTERNATES_IRI,
    FULL,
    MEDIA_TYPE_PARAMETER,
    PROFILE_PARAMETER,
)
from server.negotiation import FORMAT_PARAMETER, MediaType
from server.publish.profiles import Profile

PAGE_PARAMETER = "page"
_IN_IRI = ":/?#[]@!$&'()*+,;=%~"  # what quote leaves alone


@dataclass(frozen=True, slots=True)
class Linked:
    """What a response is: a description of ``iri`` at ``address``, in a profile and a format.

    ``forms`` are the formats on offer, the default first; ``given`` the parameters of the request
    that another page of it needs too.
    """

    iri: str
    address: str
    token: str
    form: MediaType
    forms: Sequence[MediaType]
    fitting: Mapping[str, Profile]
    licence: str
    given: Mapping[str, str]
    page: Page | None = None

    @property
    def profile(self) -> str:
        """The IRI of the profile."""
        return ALTERNATES_IRI if self.token == ALTERNATES else self.fitting[self.token].iri

    def headers(self) -> dict[str, str]:
        """Link and Content-Profile."""
        links = (*self._about(), *self._forms(), *self._profiles(), *self._pages())
        return {"Link": ", ".join(links), "Content-Profile": f"<{_ascii(self.profile)}>"}

    def _about(self) -> Iterator[str]:
        yield _link(self.iri, rel="about")
        yield _link(self.address, rel="describedby", anchor=self.iri)
        yield _link(self.profile, rel="profile")
        yield _link(self.licence, rel="license")

    def _forms(self) -> Iterator[str]:
        """This profile in each format; the one that comes unasked is the canonical one."""
        own = {} if self.token == FULL else {PROFILE_PARAMETER: self.token}
        for form in self.forms:
            default = form is self.forms[0]
            if default and self.token == FULL:
                yield _link(self.address, rel="canonical", type=form.essence, profile=self.profile)
            else:
                query = {**own, FORMAT_PARAMETER: form.name}
                yield _link(_query(query), rel="alternate", type=form.essence, profile=self.profile)

    def _profiles(self) -> Iterator[str]:
        """The other profiles, and the token of each (section 7.1, "Token mappings")."""
        for token, profile in self.fitting.items():
            if token != self.token:
                query = {} if token == FULL else {PROFILE_PARAMETER: token}
                rel = "canonical" if token == FULL else "alternate"
                target = _query(query) if query else self.address
                yield _link(target, rel=rel, type=self.forms[0].essence, profile=profile.iri)
        if self.token != ALTERNATES:
            query = {PROFILE_PARAMETER: ALTERNATES}
            yield _link(_query(query), rel="alternate", type="text/html", profile=ALTERNATES_IRI)
        for token, profile in self.fitting.items():
            yield _link(PROF + "Profile", rel="type", token=token, anchor=profile.iri)

    def _pages(self) -> Iterator[str]:
        if self.page is not None:
            for rel, number in turns(self.page):
                query = {**self.given, PAGE_PARAMETER: str(number)}
                yield _link(_query(query), rel="prev" if rel == "previous" else rel)


def turns(page: Page) -> Iterator[tuple[str, int]]:
    """Where to go from a page: what it is called and its number; nothing where it is the only."""
    if page.last == 1:
        return
    yield "first", 1
    if page.number > 1:
        yield "previous", page.number - 1
    if page.number < page.last:
        yield "next", page.number + 1
    yield "last", page.last


def representation(address: str, token: str, form: MediaType) -> str:
    """The address of one representation (section 7.2)."""
    query = {PROFILE_PARAMETER: token, MEDIA_TYPE_PARAMETER: form.essence}
    return address + _query(query)


def described_by(address: str) -> str:
    """The Link header of a thing whose description is at an address."""
    return _link(address, rel="describedby")


def _query(parameters: Mapping[str, str]) -> str:
    return "?" + urlencode(parameters, safe="/:")


def _link(target: str, **attributes: str) -> str:
    said: Iterable[str] = (f'{name}="{_ascii(text)}"' for name, text in attributes.items())
    return "; ".join((f"<{_ascii(target)}>", *said))


def _ascii(iri: str) -> str:
    """An IRI, or a word, as a header can have it."""
    return quote(iri, safe=_IN_IRI)
