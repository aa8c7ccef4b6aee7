"""What kind of document it is: by its title, its layout, or the name it gives itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import Block, BlockKind, Document, Found, Span
from ingest.metadata.findings import inferred, stated

_BY_TITLE = tuple(
    (slug, re.compile(words, re.IGNORECASE))
    for slug, words in (
        (
            "annex-to-letter",
            r"bijlagen? (?:\d+ )?(?:bij|aan) (?:de )?(?:kamerbrief|brief|kamerstuk)",
        ),
        ("motion", r"(?:nader )?(?:gewijzigde )?motie van"),
        ("amendment", r"(?:nader )?(?:gewijzigd )?amendement van"),
        (
            "answers-to-questions",
            r"(?:lijst van vragen en antwoorden|(?:beantwoording|antwoord(?:en)?)\b.{0,80}\bvragen"
            r"|antwoord van (?:de )?(?:minister|staatssecretaris)|vragen van (?:het lid|de leden))",
        ),
        (
            "woo-decision",
            r"(?:(?:deel)?besluit|beslissing)\b.{0,60}\b(?:woo|wob)\b|(?:woo|wob)-besluit",
        ),
        ("explanatory-memorandum", r"(?:nadere )?memorie van toelichting"),
        ("bill", r"(?:gewijzigd )?voorstel van wet"),
        ("law", r"wet van \d{1,2} \w+ \d{4}"),
        ("committee-report", r"(?:voorlopig )?verslag van (?:een|de)\b"),
        (
            "parliamentary-letter",
            r"brief van (?:de|het) (?:minister|staatssecretaris|kabinet)|kamerbrief\b",
        ),
        ("periodic-report", r"(?:syntheserapport |eindrapport )?periodieke rapportage"),
        ("evaluation-report", r"(?:\w+[ -])?(?:beleidsdoorlichting|evaluatierapport|evaluatie)\b"),
        ("guide", r"(?:leidraad|handreiking|handleiding|gids)\b"),
        ("policy-note", r"(?:beleidsnota|nota)\b"),
    )
)
_ITSELF = re.compile(
    r"\b(?:deze|dit|voorliggende|onderhavige) "
    r"(?P<kind>periodieke rapportage|leidraad|handreiking|beleidsnota|nota|beleidsdoorlichting"
    r"|evaluatierapport|kamerbrief|woo-besluit)\b",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?: [A-ZÀ-Þ][\w’-]+)*")
_SLUGS = {
    "periodieke rapportage": "periodic-report",
    "leidraad": "guide",
    "handreiking": "guide",
    "beleidsnota": "policy-note",
    "nota": "policy-note",
    "beleidsdoorlichting": "evaluation-report",
    "evaluatierapport": "evaluation-report",
    "kamerbrief": "parliamentary-letter",
    "woo-besluit": "woo-decision",
}
_FROM_TYPE = {
    "webpagina": "web-page",
    "website": "web-page",
    "webpage": "web-page",
    "kamerbrief": "parliamentary-letter",
    "kamervragen": "answers-to-questions",
    "aanhangsel van de handelingen": "answers-to-questions",
    "wet": "law",
}
KINDS = frozenset((*(slug for slug, _ in _BY_TITLE), *_SLUGS.values(), *_FROM_TYPE.values()))
"""Every kind that can be found: slugs of the scheme document-kinds."""

_OPENING_BLOCKS = 30


def kind_of_title(title: str) -> str:
    """The kind that a title names at its beginning; "" for none."""
    words = title.strip(" «‘'“\"")
    return next((slug for slug, pattern in _BY_TITLE if pattern.match(words)), "")


def kind_of_type(value: str) -> str:
    """The kind for what a file's metadata call its type; "" for none."""
    return _FROM_TYPE.get(value.strip().casefold(), "") or kind_of_title(value)


def title_kind(title: str, span: Span) -> list[Found]:
    """The kind that a title at this place states."""
    slug = kind_of_title(title)
    return [stated("kind", slug, span)] if slug else []


def named_itself(document: Document) -> list[Found]:
    """The kind, and perhaps the title, by which the opening of the text speaks of itself."""
    for block in _opening(document):
        match = _ITSELF.search(block.text.text)
        if match is None:
            continue
        slug = _SLUGS[match["kind"].casefold()]
        span = block.spans(match.start("kind"), match.end("kind"))[0]
        found = [inferred("kind", slug, span, f'the text speaks of itself as "{match["kind"]}"')]
        capitals = _CAPITALS.match(block.text.text, match.end("kind"))
        if match["kind"][0].isupper() and capitals and capitals[0]:
            end = capitals.end()
            title = block.text.text[match.start("kind") : end]
            where = block.spans(match.start("kind"), end)[0]
            found.append(inferred("title", title, where, "the text calls itself by this name"))
        return found
    return []


def _opening(document: Document) -> Sequence[Block]:
    kept = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
    return [b for b in document.blocks[:_OPENING_BLOCKS] if b.kind in kept]
