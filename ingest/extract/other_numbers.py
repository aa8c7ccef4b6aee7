"""Numbers that count nothing: years, dates, times, numbers of papers and articles, titles."""

from __future__ import annotations

import re

MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|jan|feb"
    "|mrt|apr|jun|jul|aug|sep|sept|okt|nov|dec"
)
_NO_QUANTITY_BEFORE = re.compile(
    r"(?:\b(?:nr|nrs|artikel|artikelen|artikelonderdeel|sub-artikel|art|hoofdstuk|paragraaf|par|§"
    r"|bijlage|pagina|p|pp|blz|figuur|tabel|grafiek|box|kader|voetnoot|noot|SDG|SDG[’']s|fase|stap"
    r"|lid|begin|eind|medio|mid|sinds|jaren|kamerstuk|kamerstukken|kamerbrief|agenda|VNVR"
    r"|VNVR-resolutie|resolutie|UNSCR|COP|covid|G|RD|versie|doel|spoor|pijler|deel|aanbeveling"
    r"|actieplan|rutte|x)\b\.?|[-/#§])\s*$",
    re.IGNORECASE,
)
_PER_SO_MANY = re.compile(r"\b(?:op\s+(?:elke|iedere)|per)\s+$", re.IGNORECASE)
_AFTER_NUMBER = re.compile(r"(?<![\w.,/-])(?!(?:19|20)\d\d\s)\d+\s+$")
_DATE_AFTER = re.compile(
    rf"\s*(?:{MONTHS})\b|\s*[-/]\s*\d{{1,2}}\s*[-/]|[-–]\s?(?:19|20)\d\d\b|\.\d\d\s*uur\b"
)
_CLOCK = re.compile(r"\d{1,2}\.\d\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
# The number of a paper with its dossier, what stands in the brackets of a reference, a title.
REFERENCE = re.compile(
    r"\b\d{2}[ .]?\d{3}(?:[ -](?:[IVX]+[A-Z]?|\d{2}))?(?:,\s*|\s+)\(?(?:nrs?\b|nummer)\.?\s*\d+"
    r"|\b[Kk]amerstuk(?:ken)?\b(?:\s+(?:I{1,2},?|\d{4}/(?:\d{4}|\d\d),?|\d{2}[ .]?\d{3},?"
    r"|[IVX]+,?|-))*"
    r"|\b[Mm]otie\b(?:[^();.]|\bc\.s\.|(?<=\d)\.(?=\d))*\((?=Kamerstuk)"
    r"|(?<!\d)\d{2}\s\d{3}\s[IVX]+\b"
    r"|(?<!\w)‘(?=[A-Z])[^‘’]{3,160}(?:’\w[^‘’]*)*’(?!\w)"
    r"|\b(?:[Zz]ie(?:\s+ook)?|getiteld|rapport|nota|brief|notitie|boek|studie|publicatie)\s+"
    r"“[^“”]{3,200}”"
    r"|(?:https?://|www\.)\S+"
)


def is_other_number(match: re.Match[str], before: str, after: str) -> bool:
    """Whether a number (groups low and high, with magnitudes) counts nothing, by the text before
    and after it.
    """
    if _NO_QUANTITY_BEFORE.search(before) or _AFTER_NUMBER.search(before):
        return True
    if _PER_SO_MANY.search(before) and match["low"][0].isdecimal() and match["low"] != "1":
        return True
    low, high = match["low"], match["high"]
    if _DATE_AFTER.match(after) or (_CLOCK.fullmatch(low) and after.startswith(" uur")):
        return True
    is_year = bool(_YEAR.fullmatch(low)) and (high is None or bool(_YEAR.fullmatch(high)))
    return is_year and not (match["lowm"] or match["highm"])
