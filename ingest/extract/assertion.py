"""Whether what a frame finds is said to be so: not denied, hedged, ended or conditional."""

from __future__ import annotations

import re

_HEDGED = re.compile(
    r"\b(?:niet|geen|nooit|nauwelijks|noch|onvoldoende|zou|zouden|moet|moeten|kan|kunnen|kon|konden"
    r"|dient te|dienen te|eventuele?|mogelijke|overweegt|mits|tenzij|indien)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:als|indien|wanneer|mits|tenzij|of|eventuele?|verkenning van|vanwege het ontbreken van)"
    r"\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_WITHOUT = re.compile(
    r"\b(?:geen|niet|nooit|noch|zonder|stopt met|stoppen met|beëindigt|beëindiging van|einde van)\b"
    r"(?! (?:alleen|slechts|enkel)\b)[^,.;:‹]*$",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"[^.;:‹]{0,30}\b(?:wordt|worden|is|zijn|werd|werden)\b[^.;:‹]{0,30}"
    r"\b(?:beëindigd|stopgezet|gestaakt|opgeschort|geschrapt|bevroren|afgewezen|ingetrokken)\b"
    r"|^[^.;:‹]{0,20}\b(?:stopt|eindigt|vervalt|vervallen|stoppen)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\s(?:\w+\s)?(?:niet|nooit)\b(?! (?:alleen|slechts|langer dan)\b)")
_BEFORE = 30  # how far before a match its circumstances are looked for


def asserted(match: re.Match[str]) -> bool:
    """Whether a match says that something is so: not denied, hedged or a condition."""
    before = match.string[max(0, match.start() - _BEFORE) : match.start()]
    hedged = _HEDGED.search(match.group()) or _CONDITION.search(before) or _WITHOUT.search(before)
    after = match.string[match.end() :]
    return not (hedged or _DENIED.match(after) or _ENDED.match(after))
