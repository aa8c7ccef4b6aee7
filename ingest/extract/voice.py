"""Who speaks: the document's own voice, an evaluator as paraphrased, or someone quoted.

A cabinet response first says what the evaluator holds ("IOB concludeert ..."): those words are
the evaluator's, even inside the response, and so are the sentences that go on with that report.
See docs/model.md, "Voice".
"""

from __future__ import annotations

import re
from functools import lru_cache

from pyoxigraph import NamedNode

from ingest.document import Block, BlockKind, BlockRole, Range
from ingest.extract.context import Context
from ingest.extract.mentions import Mention
from ontology.vocabulary import Concept, Vocabulary

EVALUATOR = "inspectorate-evaluator"
_ADVISERS = ("advisory-body", "research-institute")
_ABROAD = (
    "un-body",
    "eu-body",
    "international-organisation",
    "international-financial-institution",
)
_SAYS = (
    r"(?:stelt(?![^.;]*\b(?:beschikbaar|in staat|op)\b(?=[.,;]| om| en|$))|stelde|concludeert"
    r"|concludeerde|constateert|constateerde|oordeelt|oordeelde|bevindt|beaamt|beoordeelt|moedigt"
    r"|(?:geeft|gaf)(?=[^.;]*\baan (?:dat|hoe|wat|of|waar))|raadt|adviseert|adviseerde|beveelt"
    r"|bepleit|pleit|waarschuwt|signaleert|signaleerde|identificeert|identificeerde|typeert"
    r"|waardeert|onderstreept|benadrukt|onderzocht|onderschrijft|bevestigt|wijst erop|wees erop"
    r"|merkt op|toont aan|toonde aan|laat zien|liet zien|observes|concludes|finds|notes|recommends)"
)
_HOLDS = r"(?:ziet|vindt|noemt|acht|meent|mist|prijst)"  # only right beside who holds it
_OWN = r"\b(?:kabinet|ministerie|minister|staatssecretaris|regering|ik|wij|we|mijn|ons|onze)\b"
_REPORTS = re.compile(
    r"(?:\s*\([^()]{1,60}\))?" + rf"(?:(?!{_OWN})[^.;:(),])" + r"{0,60}?" + rf"\b{_SAYS}\b",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"(?:(?! van | door |kabinet)[^.;,]){0,30}"
    r"\b(?:is|zijn|was|waren|oordeelt|oordelen|oordeelde)\b[^.;,]{0,30}"
    r"\b(?:positief|kritisch|kritischer|negatief|optimistisch)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    rf"\b(?:{_SAYS}|{_HOLDS})\s+"
    r"(?:(?:ook|daarbij|tevens|verder|wel|echter|daarnaast|in beide evaluaties)\s+)?"
    r"(?:de\s+|het\s+)?$",
    re.IGNORECASE,
)
_HELD = re.compile(rf"(?:\s*\([^()]{{1,60}}\))?\s+(?:ook\s+|tevens\s+)?{_HOLDS}\b")
# What any other organisation is said to have found itself ("constateerde de ... dat").
_FOUND_BY = re.compile(
    r"\b(?:constateert|constateerde|concludeert|concludeerde|signaleerde|waarschuwde)\s+"
    r"(?:de\s+|het\s+)?$",
    re.IGNORECASE,
)
_THAT = re.compile(r"^[^,;.:]{0,60}?\bdat\b", re.IGNORECASE)
_ACCORDING = re.compile(r"\b(?:volgens|aldus)\s+(?:de\s+|het\s+)?$", re.IGNORECASE)
_NAMED_BY = re.compile(r"^\W*zoals\b", re.IGNORECASE)
_NAMED = re.compile(
    r"[^.;:(),]{0,40}\b(?:benoemd|beschreven|opgemerkt|geconstateerd|geconcludeerd)\s*,",
    re.IGNORECASE,
)
# "In lijn met wat IOB concludeert, zal het kabinet ...": what comes is the answerer's own.
_ANSWER = re.compile(
    rf"^\W*(?:in lijn met|conform|naar aanleiding van|in reactie op|zoals)\b[^;]*,[^;]*{_OWN}",
    re.IGNORECASE,
)
_STUDY = re.compile(
    rf"\b(?:het rapport|de evaluatie|de doorlichting|de beleidsdoorlichting|de onderzoekers"
    rf"|het onderzoek|de studie|het evaluatierapport)\b(?:(?!{_OWN})[^.;:,])"
    + r"{0,40}?"
    + rf"\b(?:{_SAYS}|concluderen|constateren|stellen|wijzen erop|bevelen|raden)\b"
    r"|\buit (?:het rapport|de evaluatie|de doorlichting|het onderzoek|de studie) (?:blijkt|bleek)"
    r"|\bvolgens (?:het rapport|de evaluatie|de doorlichting|de onderzoekers|de studie)\b",
    re.IGNORECASE,
)
# What ends a report: the answerer or its country acts, or it speaks of what has been done since.
_TURN = re.compile(
    rf"{_OWN}|^(?!.*\b(?:moet|moeten|dient|dienen|zou|zouden)\b).*\b(?:nederland (?:heeft|had|zal"
    r"|zet|blijft|gaat|wil|draagt|werkt|onderschrijft)"
    r"|(?:heeft|had|zal|zet|blijft|gaat|wil|draagt|werkt|is) nederland)\b"
    r"|^(?:sinds|inmiddels|momenteel|op dit moment|in 20\d\d|de afgelopen|de komende|dit|dat"
    r"|hieraan|hierop|hiermee|daarop)\b"
    r"|\b(?:deze|dit|die) (?:aanbeveling|advies|conclusie|bevinding|oordeel|constatering)(?:en)?\b"
    r"|\b(?:overgenomen|neemt\b[^.;]*\bover|onderschreven|kabinetsreactie|beleidsreactie)\b",
    re.IGNORECASE,
)
_ONWARD = re.compile(
    r"^(?:ook|daarnaast|verder|voorts|bovendien|tevens|tot slot|ten slotte|tenslotte|met name|zo"
    r"|wel|echter|daarbij|hierdoor|daardoor|daarmee|tegelijkertijd|daarentegen)\b"
    r"|\b(?:zou|zouden|konden|kon)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"^\W{0,3}[“\"«][^”\"»]*[”\"»](?P<source>[^“\"«]{0,160})$")


def speaker(context: Context, block: Block, sentence: Range) -> NamedNode:
    """The actor whose words a sentence gives."""
    if sentence in block.sentences:
        return _speakers(context, block)[block.sentences.index(sentence)]
    return _reporter(context, block, sentence) or _author(context, block)


def recommender(context: Context, block: Block) -> NamedNode:
    """The evaluator that the lead-in before a recommendation names, or the one that we know."""
    before = context.document.blocks[: block.order]
    lead_in = next((b for b in reversed(before) if b.role is None and b.kind in _TEXT), block)
    return evaluator_in(context, lead_in)


def evaluator_in(context: Context, block: Block) -> NamedNode:
    """The evaluator that a block names, or else the one evaluator that we know."""
    for mention in context.mentions_in(block):
        if (found := evaluator(context, mention)) is not None:
            return found
    return _evaluators(context)[0].iri


def evaluator(context: Context, mention: Mention) -> NamedNode | None:
    """The evaluator that is named, also in the name of a study of its own ("IOB-evaluatie ...")."""
    if context.thing("kind", EVALUATOR) in mention.found.concept.objects("kind"):
        return mention.entity
    words = mention.block.text.text[mention.found.start : mention.found.end]
    for names, concept in _studies(context.vocabulary, context.thing("kind", EVALUATOR)):
        if names.match(words):
            return concept.iri
    return None


def _evaluators(context: Context) -> list[Concept]:
    kind = context.thing("kind", EVALUATOR)
    return [concept for _, concept in _studies(context.vocabulary, kind)]


@lru_cache(maxsize=4)
def _studies(
    vocabulary: Vocabulary, evaluator: NamedNode
) -> tuple[tuple[re.Pattern[str], Concept], ...]:
    """The evaluators, each with what the names of its own studies begin with."""
    found = [c for c in vocabulary.of_type("Actor") if evaluator in c.objects("kind")]
    return tuple(
        (re.compile(rf"(?:{'|'.join(re.escape(one.text) for one in c.labels)})[-\s]"), c)
        for c in found
    )


_TEXT = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


@lru_cache(maxsize=16)
def _speakers(context: Context, block: Block) -> tuple[NamedNode, ...]:
    """The speaker of every sentence of a block, so that a report can go on from one to the next.

    A paragraph that opens with a report is one until the answerer takes the word; after another
    sentence a report only goes on where the words say so.
    """
    author = _author(context, block)
    found: list[NamedNode] = []
    reporter, opened = None, False
    for number, sentence in enumerate(block.sentences):
        text = block.text.text[sentence.start : sentence.end]
        direct = _reporter(context, block, sentence)
        if direct is None and (reporter or _named_before(context, block, sentence)):
            direct = (reporter or evaluator_in(context, block)) if _STUDY.search(text) else None
        goes_on = (opened or _ONWARD.search(text)) and not _TURN.search(text)
        before = reporter
        reporter = direct or (reporter if goes_on else None)
        if reporter is not None and not _evaluates(context, reporter):
            found.append(reporter)
            reporter = None
            continue
        opened = reporter is not None and (opened or number == 0) and (number == 0 or bool(before))
        found.append(reporter or author)
    return tuple(found)


def _author(context: Context, block: Block) -> NamedNode:
    """Whose words a block gives where no sentence of it says otherwise."""
    if block.kind is BlockKind.PULL_QUOTE:
        for one in context.attributed(block):
            return one.iri
    if block.role is BlockRole.RECOMMENDATION:
        return recommender(context, block)
    quoted = QUOTED.match(block.text.text)
    if quoted is not None:
        source = Range(quoted.start("source"), quoted.end("source"))
        for mention in context.mentions_in(block, source):
            if (found := evaluator(context, mention)) is not None:
                return found
    return context.own_voice(block)


def _reporter(context: Context, block: Block, sentence: Range) -> NamedNode | None:
    """The evaluator or adviser whose view a sentence says that it renders."""
    text = block.text.text
    whole = text[sentence.start : sentence.end]
    for mention in context.mentions_in(block, sentence):
        judge = evaluator(context, mention)
        before = text[sentence.start : mention.found.start]
        after = text[mention.found.end : sentence.end]
        advises = _advises(context, mention) or (
            _is(context, mention, *_ABROAD) and _FOUND_BY.search(before) and _THAT.match(after)
        )
        who = judge or (mention.entity if advises else None)
        if who is None:
            continue
        if before.count("(") > before.count(")") or _ANSWER.search(whole):
            continue
        named = _NAMED_BY.match(before) and _NAMED.match(after)
        reports = (
            _REPORTS.match(after)
            or _HELD.match(after)
            or _REPORTED.search(before)
            or _ACCORDING.search(before)
        )
        if reports or (judge and (named or _VERDICT.match(after))):
            return who
    return None


def _named_before(context: Context, block: Block, sentence: Range) -> bool:
    before = Range(0, sentence.start)
    return any(evaluator(context, mention) for mention in context.mentions_in(block, before))


def _advises(context: Context, mention: Mention) -> bool:
    return _is(context, mention, *_ADVISERS)


def _is(context: Context, mention: Mention, *kinds: str) -> bool:
    """Whether what is named is of one of these kinds."""
    own = mention.found.concept.objects("kind")
    return any(context.thing("kind", one) in own for one in kinds)


def _evaluates(context: Context, actor: NamedNode) -> bool:
    kind = context.thing("kind", EVALUATOR)
    return actor in context.vocabulary and kind in context.vocabulary[actor].objects("kind")
