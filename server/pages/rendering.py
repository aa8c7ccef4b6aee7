"""Pages made of templates: the one place that knows Jinja, the words and the safety headers."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ontology.names import DEFAULT_BASE
from server.negotiation import FORMAT_PARAMETER, MediaType, accept_header, rank
from server.pages.language import LANGUAGES, Texts, language_of
from server.pages.links import Links
from server.problem import PROBLEM_JSON, Problem
from server.sparql.formats import HTML

FOLDER = Path(__file__).parent

_POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
# The editor measures its text by styles that it writes into its elements.
_EDITOR_POLICY = _POLICY | {"style-src": "'self' 'unsafe-inline'", "font-src": "'self' data:"}
_ERROR_OFFERS = (MediaType(PROBLEM_JSON, "problem"), MediaType("application/json", "json"), HTML)


class Pages:
    """Renders the templates for a data set with a base IRI."""

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        self.base = base
        self.texts = Texts(FOLDER / "texts.yaml")
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def links(self, request: Request) -> Links:
        """The addresses for a request's page."""
        return Links(request, self.base)

    def render(
        self,
        request: Request,
        template: str,
        *,
        status: int = HTTPStatus.OK,
        for_editor: bool = False,
        **values: Any,
    ) -> Response:
        """A page. ``for_editor`` relaxes the policy on styles for the SPARQL editor."""
        language = language_of(request)
        html = self._templates.get_template(template).render(
            language=language,
            languages=LANGUAGES,
            links=self.links(request),
            t=lambda key, **fields: self.texts.text(key, language, **fields),
            counted=lambda key, count: self.texts.counted(key, count, language),
            number=lambda value: self.texts.number(str(value), language),
            date=lambda value: self.texts.date(value, language),
            **values,
        )
        return HTMLResponse(html, status, headers=_headers(language, for_editor))

    def problem(self, request: Request, problem: Problem) -> Response | None:
        """An error as a page for a browser; ``None`` where problem+json is wanted."""
        if not prefers_html(request):
            return None
        key = f"error-{problem.status}"
        response = self.render(
            request,
            "problem.html",
            status=problem.status,
            problem=problem,
            heading=key if key in self.texts else "error",
        )
        response.headers.update(
            {name: value for name, value in problem.headers.items() if name.lower() != "vary"}
        )
        return response


def prefers_html(request: Request) -> bool:
    """Whether a request would rather have a page than data: a browser's, without ``?format=``."""
    if FORMAT_PARAMETER in request.query_params:
        return False
    found = rank(accept_header(request), _ERROR_OFFERS)
    return bool(found) and found[0] is HTML


def _headers(language: str, for_editor: bool) -> dict[str, str]:
    policy = _EDITOR_POLICY if for_editor else _POLICY
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Content-Language": language,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Vary": "Accept, Accept-Language",
    }
