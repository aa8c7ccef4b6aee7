"""Addresses on this host: for things of the data set, for pages, for the same page elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request

from ontology.names import DATA_PATH, VOCABULARY
from server.pages.language import LANGUAGE_PARAMETER, chosen_language

SAVED_PARAMETER = "saved"
START_PARAMETER, END_PARAMETER = "start", "end"
API_VERSION_PATH = "samenhang.api"  # in a request's scope: the path of the API's version
PASSAGE = "passage"  # the fragment at which a reading view shows the passage asked for

# Things of ours under a path of their own, whose IRIs are those of an authority table.
AUTHORITIES = {"country/": "http://publications.europa.eu/resource/authority/country/"}

_DOCUMENT = re.compile(r"document/([^/]+)")
_EVIDENCE = re.compile(r"evidence/([^/]+)/([0-9]+)-([0-9]+)")
_PART = re.compile(r"(section|block)/([^/]+)/([^/]+)")


@dataclass(frozen=True, slots=True)
class ReadingPlace:
    """A place in a document's reading view: a passage from ``start`` to ``end``, or a fragment."""

    document: str
    start: str = ""
    end: str = ""
    fragment: str = ""


def reading_place(path: str) -> ReadingPlace | None:
    """Where a thing, by the path of its IRI below the data's, can be read; ``None`` if nowhere."""
    if match := _DOCUMENT.fullmatch(path):
        return ReadingPlace(match[1])
    if match := _EVIDENCE.fullmatch(path):
        return ReadingPlace(match[1], start=match[2], end=match[3], fragment=PASSAGE)
    if match := _PART.fullmatch(path):
        return ReadingPlace(match[2], fragment=f"{match[1]}-{match[3]}")
    return None


class Links:
    """Makes the addresses of one request's page.

    ``base`` is the base IRI of the data. A language that the reader chose in the address is
    carried along; so is the path under which the service is mounted.
    """

    def __init__(self, request: Request, base: str) -> None:
        self._request = request
        self._root = str(request.scope.get("root_path", "")).rstrip("/")
        self._base = base
        self.language = chosen_language(request)

    def page(self, path: str, parameters: Mapping[str, str] | None = None) -> str:
        """The address of a page, in the language of this one."""
        carried = {LANGUAGE_PARAMETER: self.language} if self.language else {}
        return self._address(path, {**(parameters or {}), **carried})

    def result(self, path: str, parameters: Mapping[str, str]) -> str:
        """The address of a result for software, which has no language."""
        return self._address(path, parameters)

    def asset(self, name: str) -> str:
        """The address of a static file."""
        return self._address(f"/static/{name}", {})

    def here_in(self, language: str) -> str:
        """The address of this very page in another language."""
        kept = [
            (key, value)
            for key, value in self._request.query_params.multi_items()
            if key != LANGUAGE_PARAMETER
        ]
        path = self._request.url.path
        return f"{path}?{urlencode([*kept, (LANGUAGE_PARAMETER, language)])}"

    def absolute(self, path: str) -> str:
        """A full address on the host that was asked, to be shown or used elsewhere."""
        return str(self._request.url.replace(path=self._root + path, query="", fragment=""))

    def api(self, path: str, parameters: Mapping[str, str] | None = None) -> str:
        """A full address of the REST service, under the version by which this request came."""
        base = self._request.scope.get(API_VERSION_PATH, "")
        query = urlencode(parameters or {}, safe="/")
        return self.absolute(f"{base}{path}") + (f"?{query}" if query else "")

    def turned(self, cursor: str) -> str:
        """The address of this answer from another row on."""
        kept = [pair for pair in self._request.query_params.multi_items() if pair[0] != "cursor"]
        path = self._request.url.path
        return self.api(path.removeprefix(self._root), dict([*kept, ("cursor", cursor)]))

    def full(self, address: str) -> str:
        """A full address on the host that was asked, for one on this host."""
        return (
            str(self._request.url.replace(path="/", query="", fragment="")).rstrip("/") + address
            if address.startswith("/")
            else address
        )

    def thing(self, iri: str) -> str | None:
        """Where an IRI leads; ``None`` if nowhere safe.

        Documents and evidence lead to the text; other things, and terms of ours, to their
        description on this host.
        """
        for prefix, authority in AUTHORITIES.items():
            if iri.startswith(authority):
                return self.page(f"/doc/{prefix}{iri.removeprefix(authority)}")
        if iri.startswith(self._base + DATA_PATH):
            path = iri.removeprefix(self._base + DATA_PATH)
            place = reading_place(path)
            if place is not None and (place.start or not place.fragment):
                return self.reading(place)
            return self.page(f"/{DATA_PATH}{path}")
        if iri.startswith(VOCABULARY):
            return self.page(f"/def/{iri.removeprefix(VOCABULARY)}")
        return iri if iri.startswith(("https://", "http://")) else None

    def reading(self, place: ReadingPlace) -> str:
        """The address of a place in a document's text."""
        span = {START_PARAMETER: place.start, END_PARAMETER: place.end} if place.start else {}
        fragment = f"#{place.fragment}" if place.fragment else ""
        return self.page(f"/documents/{place.document}", span) + fragment

    def _address(self, path: str, parameters: Mapping[str, str]) -> str:
        query = urlencode(parameters, safe="/")
        return f"{self._root}{path}?{query}" if query else self._root + path
