"""Which language a page speaks: Dutch unless the reader asks for English."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from starlette.requests import Request

LANGUAGES = ("nl", "en")
LANGUAGE_PARAMETER = "lang"

_PREFERENCE = re.compile(
    r"\s*([A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q\s*=\s*([01](?:\.\d*)?))?"
)
_NUMBER = re.compile(r"\+?(-?)(\d+)(?:\.(\d+))?")
_DATE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?")


def chosen_language(request: Request) -> str | None:
    """The language that the address names (``?lang=en``); ``None`` where it names none of ours."""
    named = request.query_params.get(LANGUAGE_PARAMETER, "").lower()
    return named if named in LANGUAGES else None


def language_of(request: Request) -> str:
    """The language for a request: the one in the address, else the reader's, else Dutch."""
    return chosen_language(request) or preferred(request.headers.get("accept-language", ""))


def preferred(header: str) -> str:
    """The best of our languages for an Accept-Language header (RFC 9110, section 12.5.4)."""
    best, weight = LANGUAGES[0], 0.0
    for member in header.split(","):
        match = _PREFERENCE.fullmatch(member)
        if match is None:
            continue
        language, quality = match[1].lower(), float(match[2] or 1)
        if language in LANGUAGES and quality > weight:
            best, weight = language, quality
    return best


class Texts:
    """The words of the pages, read from a YAML file of keys with a text per language."""

    def __init__(self, path: Path) -> None:
        self._texts: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        for key, versions in self._texts.items():
            if not isinstance(versions, dict) or set(versions) != set(LANGUAGES):
                raise ValueError(f"{path.name}: {key!r} needs exactly {' and '.join(LANGUAGES)}")

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def text(self, key: str, language: str, **values: object) -> str:
        """A text in a language, with ``{name}`` filled in; a ``KeyError`` for an unknown key."""
        return self._texts[key][language].format(**values)

    def counted(self, key: str, count: int, language: str) -> str:
        """A text for a number of things: ``key-one`` for 1, else ``key-many``."""
        form = "one" if count == 1 else "many"
        return self.text(f"{key}-{form}", language, count=self.number(str(count), language))

    def number(self, value: str, language: str) -> str:
        """A decimal number as people write it, grouped by thousands; anything else as it is."""
        match = _NUMBER.fullmatch(value)
        if match is None:
            return value
        sign, whole, fraction = match.groups(default="")
        thousands, point = (".", ",") if language == "nl" else (",", ".")
        grouped = f"{int(whole):,}".replace(",", thousands)
        return sign + grouped + (point + fraction if fraction else "")

    def date(self, value: str, language: str) -> str:
        """A date (``2023-02-14``) or month (``2023-02``) as people write it; else as it is."""
        match = _DATE.fullmatch(value)
        if match is None:
            return value
        year, month, day = match.groups()
        named = f"{self.text('months', language).split()[int(month) - 1]} {year}"
        return f"{int(day)} {named}" if day else named
