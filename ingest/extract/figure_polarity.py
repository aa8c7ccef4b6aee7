"""Whether a figure is of those of whom something is not so: "de helft had geen toegang"."""

from __future__ import annotations

import re

from pyoxigraph import Literal

from ingest.document import Range
from ingest.extract import clauses
from ingest.extract.prose import Content, Sentence
from ingest.extract.quantities import Quantity

# Where what is said of others begins: "kregen meer vrouwen ... en konden kinderen niet".
_FINITE = (
    r"(?:heeft|hebben|had|hadden|is|zijn|was|waren|wordt|worden|werd|werden|krijgt|krijgen|kreeg"
    r"|kregen|kan|kunnen|kon|konden|moet|moeten|moest|moesten|gaat|gaan|ging|gingen|komt|komen"
    r"|kwam|kwamen|blijft|blijven|bleef|bleven|leeft|leven|steeg|stegen|daalde|daalden)"
)
_OF_OTHERS = re.compile(
    rf",?\s+maar\b|(?:,|,?\s+en)\s+{_FINITE}\s+(?!(?:niet|geen|nog|nooit|ook|al)\b)"
)
# That something is not there, without a word of denial.
_LACKS = re.compile(
    r"\b(?:ontbr(?:ak|aken|eekt|eken)|verstoken\s+(?:van|blijf\w*)|zonder\s+toegang)\b"
)
_NOT_SO = re.compile(r"\b(?:niet|nooit|geen|evenmin)\b", re.IGNORECASE)


def polarity(sentence: Sentence, quantity: Quantity, kind: str) -> Content:
    """That a part or number is of those to whom something does not apply ("had geen toegang")."""
    if kind not in ("Share", "Count"):
        return []
    text, place = sentence.block.text.text, quantity.range
    clause = clauses.around(sentence, place)
    start, end = clause.start, clause.end
    for other in _OF_OTHERS.finditer(text, clause.start, clause.end):
        if other.end() <= place.start:
            start = other.end()
        elif other.start() >= place.end:
            end = other.start()
            break
    # Of two figures before the denial the last one is denied: "Van de zeven miljoen gaat de helft".
    later = [q.range.start for q in sentence.quantities if place.end <= q.range.start < end]
    if later and not _NOT_SO.search(text, place.end, later[0]):
        end = later[0]
    here = Range(start, end)
    if clauses.negated(sentence, here) or _LACKS.search(text, start, end):
        return [("polarity", Literal("negative"))]
    return []
