"""``/robots.txt`` (RFC 9309): what crawlers may read, and where the sitemap is."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

_TEXT = Path(__file__).with_name("robots.txt")


def robots(address: str) -> str:
    """The file for a service at this address, a path prefix of which stands before every path."""
    root = urlsplit(address).path.rstrip("/")
    return _TEXT.read_text(encoding="utf-8").format(address=address, root=root)
