"""A text in both languages of the service."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("nl", "en")
LANGUAGE = "language"  # the parameter, by convention, for the language of the names


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in Dutch and in English."""

    nl: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in a language; the Dutch one for any language but English."""
        return self.en if language == "en" else self.nl
