"""Numbers as Dutch documents print them: digits, words, magnitudes and fractions.

A dot before three digits groups thousands, any other dot or comma divides: "575.000", "6,7",
"1.7". Numbers are also written out ("acht", "vijfentwintig", "tweehonderd", "anderhalf").
"""

from __future__ import annotations

import re
from decimal import Decimal

MAGNITUDES = {
    "duizend": 3,
    "k": 3,
    "miljoen": 6,
    "mln": 6,
    "mio": 6,
    "miljard": 9,
    "mld": 9,
    "mrd": 9,
    "biljoen": 12,
}
_ONES = ("één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_TEENS = (
    *("tien", "elf", "twaalf", "dertien", "veertien", "vijftien"),
    *("zestien", "zeventien", "achttien", "negentien"),
)
_TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")


def _words() -> dict[str, Decimal]:
    """All numbers that are written as one word, up to the thousands."""
    found: dict[str, int] = {"nul": 0}
    found |= {word: number for number, word in enumerate(_ONES, 1)}
    found |= {word: number for number, word in enumerate(_TEENS, 10)}
    for ten, tens in enumerate(_TENS, 2):
        found[tens] = 10 * ten
        for one, ones in enumerate(_ONES, 1):
            stem = "een" if one == 1 else ones
            joined = stem + ("ën" if stem.endswith("e") else "en") + tens
            found[joined] = 10 * ten + one
    small = {word: number for word, number in found.items() if 1 < number < 20}
    for name, factor in (("honderd", 100), ("duizend", 1000)):
        found[name] = factor
        found |= {word + name: number * factor for word, number in small.items()}
    return {word: Decimal(number) for word, number in found.items()}


WORDS = _words() | {
    "eén": Decimal(1),
    "anderhalf": Decimal("1.5"),
    "anderhalve": Decimal("1.5"),
    "half": Decimal("0.5"),
}
FRACTIONS = {
    "de (?:andere |overige |resterende )?helft": Decimal(50),
    "helft": Decimal(50),
    "(?:een|één|eén) derde": Decimal(100) / 3,
    "twee ?derde": Decimal(200) / 3,
    "(?:een )?kwart": Decimal(25),
    "drie ?kwart": Decimal(75),
    "een vijfde": Decimal(20),
    "een tiende": Decimal(10),
}
FACTORS = {
    "ver(?:dubbel)(?:[dt]e?n?|en|ing(?:en)?)?": Decimal(2),
    "verdrievoudig(?:[dt]e?n?|en|ing)?": Decimal(3),
    "verviervoudig(?:[dt]e?n?|en|ing)?": Decimal(4),
    "vervijfvoudig(?:[dt]e?n?|en|ing)?": Decimal(5),
    "vertienvoudig(?:[dt]e?n?|en|ing)?": Decimal(10),
    "halveer(?:de|den|t)?|gehalveerd|halvering|halveren": Decimal("0.5"),
    **{
        f"{word}voudige?": Decimal(number)
        for word, number in zip((*_ONES[2:], "tien"), range(3, 11), strict=True)
    },
}
# "Tientallen", "honderden miljoenen" give an order of magnitude, "een twintigtal" nearly a number.
_ORDERS = {
    "tientallen": Decimal(10),
    "honderden": Decimal(100),
    "duizenden": Decimal(10**3),
    "tienduizenden": Decimal(10**4),
    "honderdduizenden": Decimal(10**5),
    "miljoenen": Decimal(10**6),
    "miljarden": Decimal(10**9),
}
_LARGE_ORDERS = ("duizenden", "miljoenen", "miljarden")
_TALS = {
    f"{stem}tal": Decimal(number)
    for stem, number in (
        *(("twee", 2), ("drie", 3), ("vier", 4), ("vijf", 5), ("zes", 6), ("zeven", 7)),
        *(("acht", 8), ("negen", 9), ("tien", 10), ("twaalf", 12), ("vijftien", 15)),
        *((tens, 10 * ten) for ten, tens in enumerate(_TENS, 2)),
        *(("honderd", 100), ("duizend", 1000)),
    )
}
ORDER = (
    rf"\b(?:{'|'.join(_ORDERS)})(?:\s+(?:{'|'.join(_LARGE_ORDERS)}))?\b"
    rf"|\b(?:een\s+)?(?:{'|'.join(_TALS)})\b"
)
DIGITS = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_LONGEST_FIRST = sorted(WORDS, key=len, reverse=True)
WRITTEN = "|".join(word for word in _LONGEST_FIRST if word not in ("half", "nul"))


def amount(name: str) -> str:
    """The pattern of a number with its magnitude, in groups ``name`` and ``name`` + "m".

    "Een" and "half" are numbers only before a magnitude: "een half miljoen".
    """
    whole = "|".join(MAGNITUDES)
    return (
        rf"(?P<{name}>{DIGITS}|\b(?:{WRITTEN})\b"
        rf"|\b(?:een\s+)?half(?=\s+(?:{whole})\b)|\been(?=\s+(?:{whole})\b))"
        rf"(?:\s*(?P<{name}m>{whole})(?:\b\.(?=\s+(?-i:[a-z(]))|\b))?"
    )


def value(text: str, magnitude: str | None) -> Decimal:
    """The value of a number as printed."""
    word = text.lower().removeprefix("een ")
    written = Decimal(1) if word == "een" else WORDS.get(word)
    if written is not None:
        number = written
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        number = Decimal(text.replace(".", "").replace(",", "."))
    else:
        number = Decimal(text.replace(",", "."))
    return number.scaleb(MAGNITUDES[magnitude.lower()]) if magnitude else number


def order(words: str) -> tuple[Decimal, str]:
    """The value of an order of magnitude or a rounded number, and the reserve (a slug, or "")
    with which it is given: "tientallen miljoenen" is 10 million as an order of magnitude.
    """
    first, *rest = words.lower().removeprefix("een").split()
    if first in _TALS:
        return _TALS[first], "about" if _TALS[first] >= 10 else ""
    value = _ORDERS[first] * (_ORDERS[rest[0]] if rest else 1)
    return value, "order-of-magnitude"


def fraction(words: str) -> Decimal:
    """The percentage that a fraction in words stands for ("een derde": 33.3)."""
    share = next(v for k, v in FRACTIONS.items() if re.fullmatch(k, words.lower()))
    return share.quantize(Decimal("0.1")) if share % 1 else share


def ratio(some: str, every: str) -> Decimal | None:
    """The percentage that a ratio in words stands for ("een", "vier": 25)."""
    part = Decimal(1) if some.lower() == "een" else value(some, None)
    whole = value(every, None)
    if not 0 < part < whole:
        return None
    return (100 * part / whole).quantize(Decimal("0.1")).normalize() + 0


def factor(words: str) -> Decimal:
    """By how much something is multiplied ("verdubbeling": 2)."""
    return next(v for k, v in FACTORS.items() if re.fullmatch(k, words.lower()))
