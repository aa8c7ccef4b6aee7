"""Results: what was achieved or done, with or without a figure, by whom, where and when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from ingest.document import Range
from ingest.extract import attainment, clauses
from ingest.extract.context import Context
from ingest.extract.figure_arguments import arguments
from ingest.extract.figures import figure, kind_of
from ingest.extract.prose import (
    ENTITIES,
    Content,
    Sentence,
    nearest_period,
    period_content,
    sentences,
)
from ingest.extract.quantities import Quantity
from ingest.statement import Rule, Statement

RULE = Rule("results", 3)
_PLACES = frozenset({"Country", "Region"})
_IN = re.compile(r"\bin\s+(?:(?:onder meer|o\.a\.|met name|bijvoorbeeld)\s+)?(?:de\s+|het\s+)?$")
_JOINED = re.compile(r"\s*(?:,|en)\s+(?:in\s+)?(?:de\s+|het\s+)?")
_STUDIED = re.compile(r"\b(?:onderzoek|studie|evaluatie)s?\s+naar\s[^,.;]{0,60}$")
_DEPENDS = re.compile(
    r"\b(?:met|van|voor|in|aan|door|binnen|onder|via|tussen|naar|uit|bij|op|over)\s+"
    r"(?:(?:de|het|een|onze|ons|dit|deze|alle)\s+)?$"
)
# What someone did that has an outcome: a perfect or past tense with the doer named.
_DONE = re.compile(
    r"\b(?:geïntensiveerd|geïnvesteerd|versterkt|uitgebreid|verbreed|verbeterd|opgericht"
    r"|gerealiseerd|bereikt"
    r"|bijgedragen|geholpen|ondersteund|opgeleid|getraind|gelanceerd|aangebracht|geagendeerd"
    r"|geboden|gefaciliteerd"
    r"|georganiseerd|ontwikkeld|opgezet|meegeschreven|afgerond|behaald|geboekt|ingezet op"
    r"|gewerkt aan|gespeeld"
    r"|(?:stappen|resultaten|voortgang|vooruitgang)\b[^.;]*\b(?:gezet|geboekt)"
    r"|op de agenda (?:geplaatst|gezet)"
    r"|gemaakt van|tot stand gebracht|centraal gesteld|geleid tot|ertoe geleid|gemobiliseerd"
    r"|gecoördineerd"
    r"|vergroot|verhoogd|aangescherpt)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:intensiveerden?|droeg(?:en)?(?=[^.;]*\bbij\b)|leidden?\s+(?:ertoe|tot)|realiseerden?"
    r"|bereikten?|ondersteunden?|hielp(?:en)?|boekten?|organiseerden?)\b"
)
_APPOSITION = re.compile(r",\s+een\s+$")
_LED_TO = re.compile(
    r"\b(?:heeft|hebben)\b[^.;]{0,60}?\bgeleid\b(?:\s+tot|\s+dat)?"
    r"|\bdroeg(?:en)?\b[^.;]{0,70}?\bbij aan\b"
)
_PASSIVE = re.compile(
    r"\b(?:geïntensiveerd|uitgebreid|versterkt|gecoördineerd|verbeterd|gerealiseerd"
    r"|op de agenda geplaatst|verbonden"
    r"|bereikt|geholpen|opgericht|gelanceerd)\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(r"\b(?:heeft|hebben)\b", re.IGNORECASE)
_BECAME = re.compile(r"\b(?:is|zijn|werd|werden)\b", re.IGNORECASE)
_SUBORDINATE = re.compile(r"\b(?:als|om|die|dat|indien|wanneer)\b")
_FALLS_SHORT = re.compile(
    r"\b(?:te weinig|onvoldoende|nauwelijks|beperkt|minder|zou|zouden|kan|kunnen|kon|konden|had"
    r"|hadden|moet|moeten"
    r"|wil|zal|zullen|indien|als gevolg van de oorlog|lastig|moeilijk|belemmerd)\b",
    re.IGNORECASE,
)


def extract(context: Context) -> Iterator[Statement]:
    """The results of a document: each figure achieved, or else the deed that a sentence states."""
    for sentence in sentences(context):
        found = [q for q in sentence.quantities if kind_of(sentence, q) == "Result"]
        for quantity in found:
            yield _statement(sentence, _of_figure(sentence, quantity))
        if not found and (done := _done(sentence)) is not None:
            yield _statement(sentence, done)


def _statement(sentence: Sentence, content: Content) -> Statement:
    context = sentence.context
    for place in _places(sentence):
        if ("place", place) not in content:
            content.append(("place", place))
    # "Werkt met Nederlandse steun aan": that goes on.
    going_on = "amount" not in dict(content) and sentence.has(attainment.SUPPORTED_WORK)
    modality = Literal("is" if going_on else "did")
    content += [("modality", modality), ("speaker", sentence.speaker), *sentence.about()]
    document, rule = context.document.id, context.rule(RULE)
    return Statement("Result", document, sentence.evidence, rule, tuple(content))


def _of_figure(sentence: Sentence, quantity: Quantity) -> Content:
    content = [*figure(sentence, quantity)]
    given = [pair for pair in arguments(sentence, quantity) if pair[0] != "actor"]
    clause = clauses.around(sentence, quantity.range)
    whose = _thanks_to(sentence) or _by(sentence, attainment.HAS, clause)
    whose = _by(sentence, attainment.DID, clause) or whose
    if whose is None:
        return content + given
    return [
        *content,
        whose,
        *(pair for pair in given if pair[0] != whose[0] and pair[1] != whose[1]),
    ]


def _done(sentence: Sentence) -> Content | None:
    """By whom something was achieved or done without a figure; ``None`` where nothing was."""
    content = _deed(sentence)
    if content is None:
        return None
    start = sentence.range.start
    period = nearest_period(sentence, Range(start, start))
    return content + (period_content(period) if period else [])


def _deed(sentence: Sentence) -> Content | None:
    text, here = sentence.block.text.text, sentence.range
    for pattern, verb in ((_PERFECT, _DONE), (_BECAME, _PASSIVE)):
        for auxiliary in pattern.finditer(text, here.start, here.end):
            clause = clauses.around(sentence, Range(auxiliary.start(), auxiliary.end()))
            participle = verb.search(text, auxiliary.end(), clause.end)
            if participle is None or _unsaid(sentence, clause):
                continue
            if _SUBORDINATE.search(text, auxiliary.end(), participle.start()):
                continue
            given = _thanks_to(sentence) or _agent(sentence, auxiliary, passive=pattern is _BECAME)
            if given is None and pattern is _BECAME:
                return _undergone(sentence, clause)
            if given is not None:
                return [given]
    for past in _PAST.finditer(text, here.start, here.end):
        clause = clauses.around(sentence, Range(past.start(), past.end()))
        doer = clauses.doer(sentence, past)
        if doer is not None and not _unsaid(sentence, clause):
            return [(_role(sentence, doer), doer)]
    outcome = _outcome(sentence)
    return None if outcome is None else [outcome]


def _undergone(sentence: Sentence, clause: Range) -> Content | None:
    """What was strengthened, by no one named; nothing where all that is named depends on what was
    ("de kennis van noodhulp werd uitgebreid").
    """
    text = sentence.block.text.text
    named = [
        one for one in clauses.entities(sentence, clause) if not clauses.in_compound(sentence, one)
    ]
    free = [m for m in named if not _DEPENDS.search(text[clause.start : m.found.start])]
    return ([("subject", free[0].entity)] if free else []) if named else None


def _outcome(sentence: Sentence) -> tuple[str, NamedNode] | None:
    """What something has led to or helped about, or what people have access to now."""
    text, here = sentence.block.text.text, sentence.range
    for pattern in (_LED_TO, attainment.HAVE_NOW, attainment.SUPPORTED_WORK):
        found = pattern.search(text, here.start, here.end)
        if found is None or _unsaid(
            sentence, clauses.around(sentence, Range(found.start(), found.end()))
        ):
            continue
        after = list(clauses.entities(sentence, Range(found.end(), here.end)))
        if pattern is attainment.SUPPORTED_WORK and (who := _worker(sentence, found)) is not None:
            return "actor", who
        helped = found.group().lower().startswith("droeg")
        named = after if pattern is _LED_TO else []
        if not named and (helped or pattern is not _LED_TO):
            named = list(clauses.entities(sentence))
        for mention in named:
            if clauses.in_compound(sentence, mention):
                continue
            if mention.found.concept.types & {"Instrument", "Actor", "Theme", "Region"}:
                return _thanks_to(sentence) or ("subject", mention.entity)
    return None


def _worker(sentence: Sentence, found: re.Match[str]) -> NamedNode | None:
    """Who works with the support of others: the last one named before."""
    before = Range(sentence.range.start, found.start())
    named = [
        one.entity
        for one in clauses.entities(sentence, before)
        if "Actor" in one.found.concept.types
        and not _APPOSITION.search(sentence.block.text.text[before.start : one.found.start])
    ]
    return named[-1] if named else None


def _unsaid(sentence: Sentence, clause: Range) -> bool:
    """Whether a clause denies the deed, wishes it or says that it fell short."""
    text = sentence.block.text.text
    return clauses.denied(sentence, clause) or bool(
        _FALLS_SHORT.search(text, clause.start, clause.end)
    )


def _agent(
    sentence: Sentence, auxiliary: re.Match[str], *, passive: bool
) -> tuple[str, NamedNode] | None:
    doer = clauses.doer(sentence, auxiliary, ENTITIES if passive else clauses.DOERS)
    if doer is None:
        return None
    return ("subject" if passive else _role(sentence, doer)), doer


def _by(sentence: Sentence, verbs: re.Pattern[str], here: Range) -> tuple[str, NamedNode] | None:
    """The one who opens or follows a verb of the clause."""
    text = sentence.block.text.text
    for verb in verbs.finditer(text, here.start, here.end):
        if (doer := clauses.doer(sentence, verb)) is not None:
            return _role(sentence, doer), doer
    return None


def _thanks_to(sentence: Sentence) -> tuple[str, NamedNode] | None:
    """Whose support made it happen: "Met Nederlandse steun", "Via het fonds"."""
    text, here = sentence.block.text.text, sentence.range
    for thanks in attainment.THANKS_TO.finditer(text, here.start, here.end):
        for mention in clauses.entities(sentence, Range(thanks.start(), thanks.end())):
            if mention.found.concept.types & clauses.DOERS:
                return _role(sentence, mention.entity), mention.entity
    return None


def _role(sentence: Sentence, entity: NamedNode) -> str:
    """An instrument or theme is what a result is about, anyone else has brought it about."""
    types = next(one.found.concept.types for one in sentence.mentions if one.entity == entity)
    return "actor" if types & {"Actor", "Country", "Region"} else "subject"


def _places(sentence: Sentence) -> Iterator[NamedNode]:
    """The countries and regions that the sentence places itself in: "in Libanon en Jordanië"."""
    text, last = sentence.block.text.text, -1
    for mention in clauses.entities(sentence):
        if not mention.found.concept.types & _PLACES or mention.found.form == "adjective":
            continue
        before = text[sentence.range.start : mention.found.start].lower()
        if _STUDIED.search(before):
            continue
        joined = last >= 0 and _JOINED.fullmatch(text[last : mention.found.start])
        if _IN.search(before) or joined:
            last = mention.found.end
            yield mention.entity
