"""Other forms of a Dutch name: its plural or singular, its adjective declined, its compounds.

Spelling rules alone, so some forms that come out are no words; those are found nowhere. A short
noun alone is left as it is: the plural of many is another word (handel, handelen).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SHORTEST_ALONE = 7
_SHORTEST = 4
_VOWELS = "aeiou"
_ADJECTIVE = re.compile(r".*(?:eerd|elijk|[^e]ig|baar|aam|aal|eel|ief|isch|end)$")
_DECLINED = re.compile(r".*(?:eerde|elijke|[^e]ige|bare|ame|ale|ele|ieve|ische|ende)$")
# What a theme or area is the subject of: "klimaat" in "klimaatbeleid". The rest of such a compound
# adds no meaning of its own, so that the whole names the theme.
_HEADS = (
    r"aanpak|activiteit(?:en)?|agenda|ambities?|belang(?:en)?|beleid|beleidsterrein(?:en)?|"
    r"betrekkingen|cris[ei]s|doel(?:en)?|doelstelling(?:en)?|dossiers?|experts?|expertise|gebied(?:en)?|"
    r"initiatie(?:f|ven)|inspanning(?:en)?|inzet|kwesties?|maatregel(?:en)?|"
    r"onderwerp(?:en)?|organisaties?|prioriteit(?:en)?|problematiek|problemen|programma(?:'s)?|programmering|"
    r"project(?:en)?|relaties?|samenwerking|sector(?:en)?|situaties?|stro(?:om|men)|"
    r"terrein(?:en)?|thema(?:'s)?|uitdaging(?:en)?|vraagstuk(?:ken)?"
)
_REST_OF_COMPOUND = re.compile(rf"(?:s|e?n)?-?(?:{_HEADS})(?!\w)", re.IGNORECASE)


def forms(name: str) -> Iterator[str]:
    """The other forms of a name of one or more words, in lower case."""
    *before, noun = name.split(" ")
    firsts = {" ".join(before), " ".join(_toggled(word) for word in before)}
    for first in firsts:
        for last in {noun, *_numbers(noun, _SHORTEST if before else _SHORTEST_ALONE)}:
            form = f"{first} {last}" if first else last
            if form != name:
                yield form


def compound_end(text: str, end: int) -> int | None:
    """Where a compound ends whose first part ends here; None where the word goes on otherwise."""
    match = _REST_OF_COMPOUND.match(text, end)
    return match.end() if match else None


def _toggled(word: str) -> str:
    """An adjective without its -e where it has one, and with it where not."""
    if _DECLINED.fullmatch(word):
        return _closed(word[:-1])
    return _opened(word) + "e" if _ADJECTIVE.fullmatch(word) else word


def _numbers(noun: str, shortest: int) -> Iterator[str]:
    if len(noun) >= shortest:
        found = (*_plurals(noun), *_singulars(noun))
        yield from (form for form in found if len(form) >= shortest)


def _plurals(noun: str) -> Iterator[str]:
    if noun.endswith("heid"):
        yield noun[:-3] + "den"
    elif noun.endswith("ie"):
        yield noun + "s"
        yield noun + "ën"
    elif noun.endswith("e"):
        yield noun + "s"
        yield noun + "n"
    elif noun[-1] in "aouy":
        yield noun + "'s"
    elif noun.endswith(("el", "er", "em", "en", "aar")):
        yield noun + "s"
    elif noun.endswith("is"):
        yield noun[:-2] + "es"
    elif noun.endswith("ds"):
        yield noun + "en"
    elif noun[-1].isalpha() and (not noun.endswith("s") or noun.endswith("es")):
        yield _opened(noun) + "en"


def _singulars(noun: str) -> Iterator[str]:
    if noun.endswith("heden"):
        yield noun[:-4] + "eid"
    elif noun.endswith("ën"):
        yield noun[:-2]
    elif noun.endswith("en"):
        yield _closed(noun[:-2])
        yield noun[:-1]
    elif noun.endswith("crises"):
        yield noun[:-2] + "is"
    elif noun.endswith("'s"):
        yield noun[:-2]
    elif noun.endswith(("els", "ers", "ems", "ens", "aars", "ies", "es")):
        yield noun[:-1]


def _opened(stem: str) -> str:
    """A stem as it is written before -e or -en: recht, akkoord, fonds; taak, tak; brief."""
    if stem.endswith("heid"):
        return stem[:-2] + "d"
    if len(stem) < 3 or stem[-1] in _VOWELS or stem.endswith("ij"):
        return stem
    last = {"f": "v", "s": "z"}.get(stem[-1], stem[-1])
    if stem[-3] == stem[-2] and stem[-2] in "aeou":
        return stem[:-2] + last
    if stem[-2] in _VOWELS and stem[-3] not in _VOWELS and not _unstressed(stem):
        return stem + stem[-1]
    return stem[:-1] + last if stem.endswith("ief") else stem


def _unstressed(stem: str) -> bool:
    return stem.endswith(("ig", "elijk", "el", "er", "em", "en", "or"))


def _closed(stem: str) -> str:
    """A stem as it is written at the end of a word: the inverse of :func:`_opened`."""
    if len(stem) < 3:
        return stem
    if stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        return stem[:-1]
    last = {"v": "f", "z": "s"}.get(stem[-1], stem[-1])
    open_syllable = stem[-2] in "aeou" and stem[-3] not in _VOWELS
    open_syllable = open_syllable or stem.endswith(("ial", "iel", "uel"))
    if open_syllable and last not in _VOWELS and not _unstressed(stem):
        return stem[:-1] + stem[-2] + last
    return stem[:-1] + last
