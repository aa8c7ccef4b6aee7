"""Which part of a page is the document, and what in it is not: navigation, cookies, sharing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.html.tags import HEADINGS, brief_words, names_of, size_of, tag_of

_OUT_TAGS = """
    applet area audio canvas datalist embed frame head iframe input map nav noframes noscript
    object progress script select style svg template textarea title video
"""
_OUT = frozenset(_OUT_TAGS.split())
_OUT_ROLES = re.compile(
    r"alertdialog|banner|contentinfo|dialog|menu|menubar|navigation|search|toolbar"
)
_NOT_SEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_OUT_NAME = re.compile(
    r"(?:[\w-]+[-_])?(?:bread-?crumbs?|broodkruimels?|kruimelpad)(?:[-_][\w-]+)?"
    r"|skip-?(?:links?|nav|to)[\w-]*"
    r"|cookies?|cookie-?(?:bar|banner|melding|consent|notice|policy|wall|block)[\w-]*"
    r"|(?:[a-z]+[-_])?(?:nav|navbar|navigatie|navigation|menu)"
    r"|(?:hoofd|service|paginat?|resultaat)navigatie"
    r"|share-?(?:this|page|block|buttons?|links?|bar)[\w-]*|deel-deze-pagina|deelknoppen"
    r"|social-?(?:media|share|links?|buttons?|icons?)[\w-]*|addthis[\w-]*"
)
_OUT_CLASS = re.compile(
    r"share|sharing|social|delen|feedback|page-?rating"
    r"|sr-only|visually-?hidden|screen-?reader[\w-]*|element-(?:invisible|hidden)|tekstueel"
    r"|verberg|verborgen|hidden|is-hidden|d-none|invisible|offscreen"
    r"|hidden-print|no-?print|print-hide|d-print-none"
    r"|related|related-?(?:content|documents?|links?|items?)|gerelateerd[\w-]*|zie-ook"
    r"|pagination|paginering|pager|toc|table-of-contents|[a-z-]*inhouds-?opgave"
    r"|popup[\w-]+|note-close|newsletter|nieuwsbrief"
)
_SHARING = ("deel deze pagina", "deel dit artikel", "deel dit bericht", "deel deze publicatie")
_SHARING_SIZE = 200  # characters; a text this long is no row of buttons
_CONTROLS = ("input", "select", "textarea", "button")
_OWN_PARTS = frozenset(["main", "article", "section", "aside", "blockquote", "figure", "li", "td"])
_MOST = 0.5  # of the text of the page; what holds more is not taken for navigation
_LARGE_PARTS = 20  # that may be measured: each costs as much as half the page
_CONTENT_NAMES = ("content", "main-content", "maincontent", "main", "inhoud")


class Content:
    """The part of a page that is its document; :meth:`is_out` says what is not, within it."""

    def __init__(self, page: etree._Element) -> None:
        self._sharing = frozenset(_sharing_blocks(page))
        self.root = self._content_root(page)
        self._size = size_of(self.root)
        self._measured = 0

    def is_out(self, element: etree._Element, tag: str) -> bool:
        """Whether an element and all in it are no part of the document."""
        if tag in _OUT or element in self._sharing:
            return True
        if tag == "button":
            return not _in_heading(element)
        if tag == "dialog" and element.get("open") is None:
            return True
        if tag in ("header", "footer") and _of_page(element):
            return self._is_minor(element) and not (tag == "header" and _holds_title(element))
        if tag == "form":
            return _has_controls(element) and self._is_minor(element)
        return bool(element.attrib) and self._marked_out(element, tag)

    def _marked_out(self, element: etree._Element, tag: str) -> bool:
        """Whether the element's attributes say that it is not shown or not content."""
        if element.get("hidden") is not None or _NOT_SEEN.search(element.get("style", "")):
            return True
        marked = bool(_OUT_ROLES.fullmatch(element.get("role", "").lower()))
        marked = marked or element.get("aria-hidden", "").lower() == "true"
        marked = marked or any(
            _OUT_NAME.fullmatch(name) or _OUT_CLASS.fullmatch(name) for name in names_of(element)
        )
        if tag not in HEADINGS:  # whose identifiers are their words
            marked = marked or bool(_OUT_NAME.fullmatch(element.get("id", "").lower()))
        return marked and self._is_minor(element)

    def _is_minor(self, element: etree._Element) -> bool:
        """Whether an element holds less than half of the text; only a few may hold more."""
        if self._measured >= _LARGE_PARTS:
            return False
        minor = size_of(element) <= _MOST * self._size
        self._measured += not minor
        return minor

    def _content_root(self, page: etree._Element) -> etree._Element:
        """The element that holds the document: what says so, or else the whole body.

        The densest part of a page is not guessed: what seems a side text may be the document.
        """
        bodies = [element for element in page if tag_of(element) == "body"]
        body = bodies[0] if len(bodies) == 1 else page
        whole = size_of(body)
        published = [e for e in body.iter() if e.get("id") == "broodtekst"]
        main = [e for e in body.iter() if tag_of(e) == "main" or e.get("role") == "main"]
        shown = [e for e in (*published, *main) if e.get("hidden") is None]
        for element in shown:
            if size_of(element):
                return element
        for element in body.iter():
            if element.get("id", "").lower() in _CONTENT_NAMES and tag_of(element) != "a":
                return element if size_of(element) > _MOST * whole else body
        return body


def _sharing_blocks(page: etree._Element) -> Iterator[etree._Element]:
    """The rows of buttons to share the page, which often have no class that says so."""
    for element in page.iter():
        if not (element.text and element.text.strip().lower().startswith(_SHARING)):
            continue
        block, parent = element, element.getparent()
        while (
            parent is not None
            and tag_of(parent) in ("div", "section", "aside", "ul", "li", "p", "span")
            and brief_words(parent, _SHARING_SIZE).lower().startswith(_SHARING)
        ):
            block, parent = parent, parent.getparent()
        if block is not element or brief_words(block, _SHARING_SIZE).lower() in _SHARING:
            yield block


def _in_heading(element: etree._Element) -> bool:
    """Whether a button folds out a text under a heading: it then holds the heading's words."""
    return any(tag_of(ancestor) in HEADINGS for ancestor in element.iterancestors())


def _of_page(element: etree._Element) -> bool:
    """Whether a header or footer is the page's own, not that of an article in it."""
    return all(tag_of(ancestor) not in _OWN_PARTS for ancestor in element.iterancestors())


def _holds_title(element: etree._Element) -> bool:
    return next(element.iterdescendants("h1"), None) is not None


def _has_controls(form: etree._Element) -> bool:
    return next(form.iterdescendants(*_CONTROLS), None) is not None
