"""References to acts, articles of law, regulations, treaties and resolutions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.document import Range
from ingest.extract.cited import Cited, Stretch, closed, words
from ontology.names import slug

_CAPITAL = r"[A-ZÀ-Þ][\wÀ-ÿ-]*"
_OF_TREATY = r"(?:[Vv]erdrag|[Hh]andvest|[Pp]rotocol|[Ss]tatuut|[Cc]onventie)"
_TREATY_NAME = re.compile(
    # "Verdrag van Istanbul", "VN-Verdrag inzake de rechten van het kind"
    r"\b(?:(?:VN|EU|ILO|NAVO)-)?(?:Verdrag|Handvest|Protocol|Statuut|Conventie|Akkoord|Convenant"
    rf"|[Kk]limaatakkoord)\s+(?:van\s+(?:de\s+)?{_CAPITAL}(?:\s+Naties)?"
    r"|(?:inzake|tegen|betreffende)\s+(?:(?:de|het)\s+)?[\w-]+(?:\s+van\s+(?:de|het)\s+[\w-]+)?)"
    # "VN-vluchtelingenverdrag", "Noord-Atlantisch Verdrag", "Vluchtelingenverdrag (1951)"
    r"(?:\s+\((?:19|20)\d\d\))?"
    r"|\b(?!(?:[Hh]andels|[Bb]elasting|[Ii]nvesterings|Vrijhandels|Grond))"
    rf"(?:[A-Z]{{2,5}}-[\w-]*|{_CAPITAL}\s(?=V)|[A-Z][a-z]{{4,}})"
    r"(?<!\bHet )(?<!\bDit )(?<!\bEen )(?<!\bDat )"
    rf"(?:(?<=[\s-])V|v)erdrag\b(?:\s(?:en\s)?{_CAPITAL})*(?:\s+\((?:19|20)\d\d\))?"
)
_ARTICLE = re.compile(
    r"\b[Aa]rtikel(?:en)?\s+(?P<number>\d+[a-z]?(?:[.:]\d+)?)"
    r"(?:,?\s+(?:(?:eerste|tweede|derde|vierde|vijfde)\s+lid|lid\s+\d+),?)?"
    r"(?:(?:\s*,\s*|\s+(?:en|t/m|tot en met)\s+)(?P<more>\d+[a-z]?))*"
    r"\s+(?:van\s+)?(?:de\s+|het\s+)?(?:Nederlandse\s+)?"
    rf"(?P<law>[Gg]rondwet|{_CAPITAL}wet(?:\s+\d{{4}})?|[Ww]et\s+{_CAPITAL}"
    rf"|(?:{_CAPITAL}[- ])?{_OF_TREATY}"
    rf"(?:\s+(?:van|inzake)\s+(?:de\s+|het\s+)?{_CAPITAL}(?:\s+Naties)?)?"
    rf"|{_CAPITAL}(?:verdrag|handvest)|V[EW]{{1,3}}U|EVRM|Awb|Woo|BW)\b"
)
_ACT = re.compile(
    rf"\b(?P<law>(?:Nederlandse\s+)?[Gg]rondwet\b|(?:{_CAPITAL})?(?<=[a-z])wet\s+\d{{4}}"
    r"|(?:Vreemdelingen|Comptabiliteits|Klimaat|Rijks|Kader)wet(?:\s+[a-z]+\s[A-Z]\w+)?"
    rf"|Wet\s+(?:{_CAPITAL}(?:\s+{_CAPITAL})*|[^(),.;:]{{4,70}}?(?=\s\([A-Z][\w-]+\))"
    r"|(?:op|inzake|ter|tot)\s+(?:(?:de|het|een)\s+)?[\w-]+(?:\s+(?:en|van|der)\s+[\w-]+)?"
    r"|open overheid)|wet\s+[A-Z]{2,}\b)"
)
_EUROPEAN = re.compile(
    r"\b(?P<what>[Vv]erordening|[Rr]ichtlijn|[Bb]esluit)\s+(?:\((?:EU|EG|GBVB|EU, Euratom)\)\s*)?"
    r"(?:nr\.\s*)?(?P<number>\d{2,4}/\d{1,4})(?:/(?:EU|EG|GBVB|JBZ))?"
    r"|\b(?P<proposal>(?:COM|SWD|JOIN))\s?\((?P<year>\d{4})\)\s?(?P<paper>\d+)"
)
_RESOLUTION = re.compile(
    r"\b(?:(?:VN|VNVR|AVVN)-?\s?)?(?:[Vv]eiligheidsraads?-?)?(?:[Rr]esoluties?|UNSCR)\s+(?:nr\.\s*)?"
    r"(?P<numbers>\d{3,4}(?:(?:\s*,\s*|\s+en\s+)\d{3,4}(?!\d))*)(?!\d)(?:\s*\((?:19|20)\d\d\))?"
    r"|\b[AS]/RES/(?P<code>\d+(?:/\d+)?)"
)
_KINDS = (("treaty-or-compact", "treaty"), ("legislation", "law"))


def laws(stretch: Stretch) -> Iterator[Cited]:
    """Articles of law, acts, and regulations of the European Union."""
    for match in stretch.matches(_ARTICLE):
        law = re.sub(r"^Nederlandse\s+", "", match["law"])
        numbers = [one for one in (match["number"], match["more"]) if one]
        keys = tuple(f"{slug(law)}-artikel-{slug(number)}" for number in numbers)
        kind = "treaty" if re.search(r"(?i)verdrag|handvest|statuut|EVRM|U$", law) else "law"
        yield Cited(kind, Range(match.start(), match.end()), keys)
    for match in stretch.matches(_EUROPEAN):
        if match["proposal"]:
            key = f"{match['proposal'].lower()}-{match['year']}-{match['paper']}"
        else:
            key = f"{match['what'].lower()}-{slug(match['number'])}"
        yield Cited("law", Range(match.start(), match.end()), (key,))
    for match in stretch.matches(_ACT):
        law = re.sub(r"^Nederlandse\s+", "", match["law"])
        yield Cited("law", Range(match.start(), match.end()), (slug(law),))


def treaties(stretch: Stretch) -> Iterator[Cited]:
    """Treaties by name, and treaties and acts of the schemes that a sentence invokes or signs."""
    for match in stretch.matches(_TREATY_NAME):
        key = slug(re.sub(r"\(.*", "", match.group()))
        yield Cited("treaty", closed(stretch.text, Range(match.start(), match.end())), (key,))
    context = stretch.context
    for mention in context.mentions_in(stretch.block, stretch.range):
        here = mention.found.range
        kinds = mention.found.concept.objects("kind")
        kind = next((to for name, to in _KINDS if context.thing("kind", name) in kinds), None)
        before = stretch.text[stretch.range.start : here.start]
        after = stretch.text[here.end : stretch.range.end]
        invoked = kind and words(context.vocabulary, kind)
        if not kind or not invoked or not stretch.text[here.start].isupper():
            continue
        if invoked.search(before[-60:]) or invoked.match(after):
            yield Cited(kind, here, (mention.found.concept.slug,))


def resolutions(stretch: Stretch) -> Iterator[Cited]:
    """Resolutions of the United Nations, by number."""
    for match in stretch.matches(_RESOLUTION):
        numbers = re.findall(r"\d+", match["numbers"] or "") or [slug(match["code"])]
        keys = tuple(f"resolution-{one}" for one in numbers)
        yield Cited("resolution", Range(match.start(), match.end()), keys)
