"""What a request says its body is: the value of a Content-Type header, read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_WORD = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_ESSENCE = re.compile(rf"\s*({_WORD}/{_WORD})\s*(?:;|$)")
_PARAMETER = re.compile(rf';\s*({_WORD})\s*=\s*("(?:[^"\\]|\\.)*"|[^";]*)')
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class ContentType:
    """A media type with its parameters; ``essence`` is empty where the header is no media type."""

    essence: str = ""
    parameters: dict[str, str] = field(default_factory=dict)

    @property
    def is_utf8(self) -> bool:
        """Whether the text of such a body is UTF-8, of which ASCII is a part."""
        return self.parameters.get("charset", "utf-8").lower() in {"utf-8", "utf8", "us-ascii"}


def read(header: str | None) -> ContentType:
    """The media type that a header names, in lower case (RFC 9110, section 8.3.1)."""
    found = _ESSENCE.match(header or "")
    if found is None or header is None:
        return ContentType()
    parameters: dict[str, str] = {}
    for name, value in _PARAMETER.findall(header):
        parameters.setdefault(name.lower(), _unquoted(value))
    return ContentType(found[1].lower(), parameters)


def _unquoted(value: str) -> str:
    value = value.strip()
    return _ESCAPED.sub(r"\1", value[1:-1]) if value.startswith('"') else value
