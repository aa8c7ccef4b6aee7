"""Addresses on this host: for things of the data set, for pages, for the same page elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.requests import Request

from ontology.names import DATA_PATH, VOCABULARY
from server.pages.language import LANGUAGE_PARAMETER, chosen_language

SAVED_PARAMETER = "saved"


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

    def thing(self, iri: str) -> str | None:
        """Where an IRI leads: things and terms of ours on this host; ``None`` if nowhere safe."""
        if iri.startswith(self._base + DATA_PATH):
            return self._root + "/" + iri[len(self._base) :]
        if iri.startswith(VOCABULARY):
            return f"{self._root}/def/{iri[len(VOCABULARY) :]}"
        return iri if iri.startswith(("https://", "http://")) else None

    def _address(self, path: str, parameters: Mapping[str, str]) -> str:
        query = urlencode(parameters, safe="/")
        return f"{self._root}{path}?{query}" if query else self._root + path
