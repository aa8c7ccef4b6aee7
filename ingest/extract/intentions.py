"""Who says what it will do: a verb of intention with its subject, or a promise in the passive.

In a Dutch main clause the verb stands next to its subject ("Nederland zal ...", "Daarom verhoogt
het kabinet ..."). In a subordinate clause it stands at the end, and says nothing of the kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode

from ingest.extract.circumstances import condition
from ingest.extract.mentions import Mention
from ingest.extract.offices import heads_ministry, office
from ingest.extract.prose import Sentence
from ingest.extract.statement_cues import cue, found, has

_GOVERNING = frozenset({"cabinet", "minister", "ministry", "ministerial-unit"})
_SILENT = frozenset({"parliament", "parliamentary-group", "inspectorate-evaluator", "person"})
_PRONOUN = re.compile(r"\b(?:wij|we|ik)\b", re.IGNORECASE)
_OFFICE = re.compile(r"\b(?:de )?(?P<office>minister|staatssecretaris)\b", re.IGNORECASE)
_SERIES = re.compile(r"\s*,?\s*(?:en\b|of\b)?\s*(?:de\b|het\b)?\s*", re.IGNORECASE)
_FUTURE = re.compile(r"^(?:zal|zullen|gaat|gaan|ga|is|zijn)\b", re.IGNORECASE)
# What is done already is no promise, unless it is said to go on.
_PRACTICE = re.compile(
    r"^(?!(?:blijft|blijven|blijf)\b)\S+ (?:\S+ ){0,3}?(?:reeds|inmiddels|altijd al"
    r"|al (?:geruime tijd|jaren|lang|langer|enige tijd|sinds|vele jaren))\b",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"\b(?:dat|die|wat|waar\w*|omdat|of|hoe|als|wanneer|zoals|indien|terwijl|hoewel|doordat|zodat|"
    r"dan|welke|voordat|nadat|totdat|naarmate)\s+(?:ook\s+|dan\s+)?$",
    re.IGNORECASE,
)
# A subject before the verb ("Dat instrument zal donoren helpen"); a time there is none.
_SUBJECT = re.compile(
    r"\s*(?:De|Het|Een|Deze|Dit|Onze|Die|Zij|Hij|Dat)\s+(?!(?:afgelopen|komende?|vorige|laatste"
    r"|volgende|voorbije|jaar|voorjaar|najaar|zomer|winter|maand|week|periode|kabinetsperiode)\b)"
    r"[^,\s][^,]*\s$"
)
_OBLIQUE = re.compile(
    r"\b(?:volgens|van|door|met|voor|aan|bij|in|tussen|via|onder|over|uit|naar|op|namens|zonder|"
    r"binnen|richting|tegen|rond)\s+(?:de\s+|het\s+)?$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:die|dat|welke|waar\w*(?! (?:no|mo|rel))|of|hoe|omdat|als|wanneer|zoals|om|"
    r"doordat|zodat)\b[^,;:]*$",
    re.IGNORECASE,
)
_FOCUS = re.compile(
    r"\b(?:zal|zullen)\b[^.;]*\b(?:prioriteit (?:zijn|krijgen|hebben)|aandacht (?:vragen|krijgen)|"
    r"(?:centraal|voorop) (?:staan|blijven staan))\b",
    re.IGNORECASE,
)
_DECIDED = re.compile(
    r"\bis (?:(?!(?:dat|niet|nog)\b)\w+ ){0,3}?besloten\b(?= (?:om|dat|tot)\b)", re.IGNORECASE
)
_AS_SAID = re.compile(r"^\W*zoals\b", re.IGNORECASE)
_TO_VERB = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:(?!(?:dat|die|en)\b)\w+\s+){0,3}")
_FROM_VERB = re.compile(
    r"\w+\s+(?:(?:ook|daarom|dan|daartoe|hiertoe|hiervoor|tevens|de|het)\s+){0,3}", re.IGNORECASE
)
_COURTESY = re.compile(r"\b(?:be)?danken\b", re.IGNORECASE)
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Intention:
    """Who will act (nobody named in the passive), and the clause that says so."""

    actors: tuple[NamedNode, ...]
    clause: str


@lru_cache(maxsize=4096)
def intention(sentence: Sentence) -> Intention | None:
    """The first intention that a sentence states with its subject, or promises in the passive."""
    if has(sentence, "norm", "procedure") or _COURTESY.search(sentence.text):
        return None
    for one in _stated(sentence):
        if not cue(sentence.context.vocabulary, "habit").search(_around(sentence, one)):
            return one
    decided = _DECIDED.search(sentence.text)
    if decided and not _RELATIVE.search(_AS_SAID.sub("", sentence.text[: decided.start()])):
        return Intention((), sentence.text[decided.start() :])
    return Intention((), sentence.text) if _promised(sentence) else None


def pledge(sentence: Sentence) -> Intention | None:
    """What the sentence reports an actor to have pledged."""
    match = found(sentence, "pledge")
    if match is None or has(sentence, "norm"):
        return None
    text = sentence.text
    for start, end, actors, _ in _subjects(sentence):
        before = end <= match.start() and _TO_VERB.fullmatch(text[end : match.start()])
        after = match.start() < start and _FROM_VERB.fullmatch(text[match.start() : start])
        if before or after:
            return Intention(actors, match.group() + text[match.end() :])
    return None


def _around(sentence: Sentence, one: Intention) -> str:
    """What stands before the verb and shortly after it, where a habit would be named."""
    at = max(sentence.text.find(one.clause[:12]), 0)
    return sentence.text[: at + _NEAR]


def _stated(sentence: Sentence) -> Iterator[Intention]:
    text = sentence.text
    for start, end, actors, governing in _subjects(sentence):
        for clause in _clauses(sentence, text[:start], text[end:]):
            own = governing or sentence.speaker in actors
            future = _FUTURE.match(clause) is not None
            # What another will do if something happens is a forecast.
            forecast = not own and condition(text) is not None
            if (future and not forecast) or (governing and not _PRACTICE.match(clause)):
                yield Intention(actors, clause)


def _clauses(sentence: Sentence, before: str, after: str) -> Iterator[str]:
    """The clauses whose verb stands beside the subject, from the verb on."""
    words = sentence.context.vocabulary
    verb = cue(words, "intention").pattern
    undertaking = cue(words, "undertaking")
    follows = re.match(rf"\s+(?P<verb>{verb})\b", after, re.IGNORECASE)
    if follows and not _SUBORDINATE.search(before) and not _OBLIQUE.search(before):
        clause = after.lstrip()
        if undertaking.search(clause):
            yield clause
    precedes = re.search(rf"(?<!\w)(?P<verb>{verb})\s+(?:de\s+|het\s+)?$", before, re.IGNORECASE)
    if precedes and not _SUBJECT.match(before[: precedes.start()]):
        clause = f"{precedes['verb']} {after.lstrip()}"
        if undertaking.search(clause):
            yield clause
    joined = re.search(r",?\s+en\s+(?P<verb>zal|zullen|gaat|gaan|blijft|blijven)\b", after)
    if joined and re.fullmatch(r"(?:de|het)?\s*", before, re.IGNORECASE):
        clause = after[joined.start("verb") :]
        if undertaking.search(clause):
            yield clause


def _subjects(sentence: Sentence) -> Iterator[tuple[int, int, tuple[NamedNode, ...], bool]]:
    """Who can be a subject: where, who, and whether it is (part of) the government."""
    text, offset = sentence.text, sentence.range.start
    series: list[tuple[int, int, NamedNode | None, bool]] = []
    for mention in sentence.mentions:
        acting = _acting(sentence, mention)
        if acting is None:
            continue
        who, kinds = acting
        head = heads_ministry(sentence, mention)
        start, end = mention.found.start - offset, mention.found.end - offset
        if head is not None and not (series and head < series[-1][1]):
            start = head
        if series and not _SERIES.fullmatch(text[series[-1][1] : start]):
            yield _series(series)
            series = []
        series.append((start, end, who, bool(kinds & _GOVERNING)))
    if series:
        yield _series(series)
    named = {mention.found.start - offset for mention in sentence.mentions}
    for match in _OFFICE.finditer(text):
        if match.start("office") not in named:
            yield match.start(), match.end(), (), True
    for match in _PRONOUN.finditer(text):
        yield match.start(), match.end(), (sentence.speaker,), True


def _series(
    names: list[tuple[int, int, NamedNode | None, bool]],
) -> tuple[int, int, tuple[NamedNode, ...], bool]:
    """Names that are one subject together: "Nederland, ICRC en InterAction"."""
    actors = dict.fromkeys(who for _, _, who, _ in names if who is not None)
    return names[0][0], names[-1][1], tuple(actors), any(one[3] for one in names)


def _acting(sentence: Sentence, mention: Mention) -> tuple[NamedNode | None, frozenset[str]] | None:
    """The actor that a mention names, with its kinds; a country acts by its government, and of
    "de ministers van Defensie en ..." the ministers act.
    """
    concept = mention.found.concept
    if heads_ministry(sentence, mention) is not None:
        return office(sentence.context, mention), _GOVERNING
    if mention.found.form == "adjective":
        return None
    if "Actor" not in concept.types:
        governments = [one for one in concept.objects("government") if isinstance(one, NamedNode)]
        return (governments[0], _GOVERNING) if governments else None
    kinds = frozenset(one.value.rsplit("/", 1)[-1] for one in concept.objects("kind"))
    return None if kinds & _SILENT else (concept.iri, kinds)


def _promised(sentence: Sentence) -> bool:
    """Whether a passive sentence promises an action of policy for the time to come."""
    text = sentence.text
    if has(sentence, "habit"):
        return False
    if _FOCUS.search(text):
        return True
    if not has(sentence, "policy-action"):
        return False
    if re.search(r"\b(?:zal|zullen)\b", text):
        return any(
            not _RELATIVE.search(text[: one.start()])
            for one in re.finditer(r"\b(?:zal|zullen)\b(?=[^.;]*\bworden\b)", text)
        )
    issued = sentence.context.entry.date.value[:4]
    soon = any(one.start[:4] >= issued for one in sentence.periods if one.start and issued)
    if not (soon or has(sentence, "ahead")):
        return False
    action = cue(sentence.context.vocabulary, "policy-action")
    return any(
        action.search(text, one.end()) is not None and not _RELATIVE.search(text[: one.start()])
        for one in re.finditer(r"\b(?:wordt|worden)\b", text, re.IGNORECASE)
    )
