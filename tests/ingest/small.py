"""Small folders of documents, for tests of building and adding that need no more."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import yaml

LETTER = """Brief van de minister van Buitenlandse Zaken

Aan de Voorzitter van de Tweede Kamer der Staten-Generaal
Den Haag, 3 maart 2024

1. Humanitaire hulp

Nederland steunt UNHCR en het Rode Kruis in Jordanië met humanitaire hulp. Het kabinet
hecht aan mensenrechten in {place}.

2. Handel

De minister onderzoekt de handel met {place}.
"""


def letter(place: str = "Oeganda") -> str:
    """A short letter that names a few actors and places."""
    return LETTER.format(place=place)


def folder_of(folder: Path, **texts: str) -> Path:
    """A folder with a manifest and a text file for each id."""
    folder.mkdir(exist_ok=True)
    entries = {}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
        entries[name] = {
            "file": f"{name}.txt",
            "title": {"nl": f"Brief over {name}", "en": f"Letter on {name}"},
            "kind": "parliamentary-letter",
            "date": {"value": "2024-03-03", "certainty": "stated"},
            "publisher": "ministry-of-foreign-affairs",
            "speakers": ["cabinet"],
            "language": "nl",
            "sha256": sha256(text.encode()).hexdigest(),
            "policy_areas": ["humanitarian-aid"],
        }
    (folder / "manifest.yaml").write_text(yaml.safe_dump(entries), "utf-8")
    return folder


def claim(folder: Path, document: str, quote: str, **said: str) -> None:
    """A claims file with one claim."""
    one = {
        "kind": "coherence",
        "from": "humanitarian-aid",
        "to": "human-rights",
        "relation": "supports",
        "polarity": "positive",
        "voice": "cabinet",
        "quote": quote,
        **said,
    }
    content = {"document": document, "curator": "test", "date": "2024-04-01", "claims": [one]}
    (folder / f"{document}.claims.yaml").write_text(yaml.safe_dump(content), "utf-8")
