"""How a promise was followed up, and how a position developed, from document to document.

Two statements are compared only where they name the same programme, fund, strategy or the like, or
the same two themes that few statements name; a development needs other words in common too. A
follow-up is a thing made that was to be made, says outright that it follows up, or is a result with
the figure that was promised. In each later document the statement that is most like the earlier one
in its words is taken.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import combinations, pairwise

from pyoxigraph import NamedNode

from ingest.across.comparison import Comparison
from ingest.across.linking import Reason, Thread, graded, in_order
from ingest.across.said import Reading, Said
from ingest.statement import Rule
from ingest.text.wording import overlap, telling

RULE = Rule("developments", 1)

_PROMISES = ("Commitment", "Announcement", "Target", "Allocation")
_REPORTS = ("Result", "Event", "Finding", "Position", *_PROMISES)
_POSITIONS = ("Commitment", "Position", "Target", "Funding", "Allocation")
_NAMED = frozenset(
    {
        "facility",
        "financial-instrument",
        "fund",
        "mission",
        "partnership",
        "plan",
        "pooled-fund",
        "programme",
        "strategy",
        "subsidy-framework",
        "trade-instrument",
    }
)
_GOVERNMENT = frozenset({"cabinet", "minister", "ministerial-unit", "ministry"})
_AS_A_WHOLE = frozenset({"dutch-government"})
_RARE = 0.5  # how little a theme is named, from 0 (in every statement) to 1
_NAME = 0.2  # the same for what has a name of its own
_WORDS = 0.12  # of their telling words that two statements share
_BESIDE = 0.05  # and of those beside the names of what they are about
_FEW = 4  # statements of a document on the same things that are compared
_MOST = 6  # things a statement may be about before it is about none of them in particular
_USED_TO_TELL = 50  # statements, so that in a small data set a thing named twice still counts
_LARGE = 1000  # from here on an equal number is hardly equal by chance
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
Key = tuple[NamedNode, ...]


def threads(reading: Reading, comparison: Comparison) -> Iterator[Thread]:
    """The follow-ups and developments."""
    every = reading.said(*dict.fromkeys((*_REPORTS, *_POSITIONS)))
    linking = _Linking(comparison, every)
    taken: set[tuple[str, NamedNode, NamedNode]] = set()
    found = sorted(linking.threads(), key=lambda one: (-one.confidence, one.key))
    for one in found:
        first, last = one.statements
        ends = {
            (one.kind, first.node, last.source.node),
            (one.kind, last.node, first.source.node),
        }
        if not ends & taken:
            taken |= ends
            yield one


class _Linking:
    """All statements by what they are about."""

    def __init__(self, comparison: Comparison, every: list[Said]) -> None:
        self._words = comparison.words
        follow_up = comparison.words.find("thread-kinds", "follow-up")
        self._made = [re.compile(cue, re.IGNORECASE) for cue in follow_up.texts("cue")]
        self._making = [re.compile(cue, re.IGNORECASE) for cue in follow_up.texts("verbCue")]
        named = Counter(thing for one in every for thing in one.things("about", "subject"))
        scale = math.log(len(every) + _USED_TO_TELL)
        self._rare = {one: 1 - math.log(count) / scale for one, count in named.items()}
        self._on: dict[Key, dict[NamedNode, list[Said]]] = {}
        self._figures: dict[tuple[str, str, NamedNode], list[Said]] = {}
        for one in every:
            for figure in _figures(one):
                self._figures.setdefault(figure, []).append(one)
            for key in self._keys(one):
                self._on.setdefault(key, {}).setdefault(one.source.node, []).append(one)

    def threads(self) -> Iterator[Thread]:
        """All that could be linked."""
        for key, by_document in self._on.items():
            if len(by_document) > 1:
                chain = sorted(by_document.values(), key=lambda said: said[0].order[:2])
                yield from self._developments(key, chain)
                yield from self._follow_ups(key, chain)
        for (_, _, thing), said in sorted(self._figures.items(), key=str):
            if thing in self._words and len({one.source.node for one in said}) > 1:
                yield from self._reached(thing, said)

    def _keys(self, said: Said) -> Iterator[Key]:
        things = said.things("about", "subject")
        if len(things) > _MOST:
            return
        named = (one for one in things if self._rare[one] >= _NAME and self._named(one))
        yield from ((one,) for one in sorted(named, key=str))
        themes = (one for one in things if self._rare[one] >= _RARE and self._is(one, "Theme"))
        yield from combinations(sorted(themes, key=str), 2)

    def _is(self, thing: NamedNode, kind: str) -> bool:
        return thing in self._words and kind in self._words[thing].types

    def _named(self, thing: NamedNode) -> bool:
        if not self._is(thing, "Instrument"):
            return False
        kinds = {kind.value.rsplit("/", 1)[-1] for kind in self._words[thing].objects("kind")}
        return bool(kinds & _NAMED)

    def _developments(self, key: Key, chain: list[list[Said]]) -> Iterator[Thread]:
        """The same voice on the same things, in one document after the other."""
        voiced: dict[str, list[list[Said]]] = {}
        for statements in chain:
            own: dict[str, list[Said]] = {}
            for one in statements:
                if one.kinds & {*_POSITIONS} and (voice := self._voice(one)):
                    own.setdefault(voice, []).append(one)
            for voice, said in own.items():
                voiced.setdefault(voice, []).append(said)
        for on_it in voiced.values():
            for earlier, later in pairwise(on_it):
                yield from self._nearest(key, "development", earlier, later)

    def _follow_ups(self, key: Key, chain: list[list[Said]]) -> Iterator[Thread]:
        """A promise about a named thing, and the next document that says what became of it."""
        if len(key) > 1:
            return
        promised: list[Said] = []
        for statements in chain:
            before = [one for one in promised if one.source.before(statements[0].source)]
            reports = [one for one in statements if self._reports(one)]
            if before and reports:
                last = before[-1].source
                promises = [one for one in before if one.source is last]
                since = [one for one in reports if _since(one, last.issued)]
                yield from self._nearest(key, "follow-up", promises, since)
            promised += [one for one in statements if self._promises(one)]

    def _reached(self, thing: NamedNode, said: list[Said]) -> Iterator[Thread]:
        """A figure that was promised on a thing, and the first later result with that figure."""
        promises = [one for one in said if one.kinds & {*_PROMISES}]
        results = [one for one in said if "Result" in one.kinds and not one.kinds & {*_PROMISES}]
        for promise in promises[:_FEW]:
            for result in results:
                if promise.source.before(result.source) and _since(result, promise.source.issued):
                    alike = overlap(promise.text, result.text)
                    reason = _same_figure(self._names((thing,)), promise)
                    both = promise.things("about", "subject") & result.things("about", "subject")
                    sure = graded("0.6", self._rare[thing], alike)
                    yield Thread("follow-up", (promise, result), reason, sure, RULE, both)
                    break

    def _promises(self, said: Said) -> bool:
        if not said.kinds & {*_PROMISES} or any(cue.search(said.text) for cue in self._made):
            return False
        return any(cue.search(said.text) for cue in self._making)

    def _reports(self, said: Said) -> bool:
        return bool(said.kinds & {*_REPORTS}) and any(cue.search(said.text) for cue in self._made)

    def _voice(self, said: Said) -> str:
        """Who speaks; ministers, ministries and the cabinet are one voice."""
        for actor in sorted(said.things("speaker"), key=str):
            if actor in self._words:
                concept = self._words[actor]
                kinds = {kind.value.rsplit("/", 1)[-1] for kind in concept.objects("kind")}
                if kinds & _GOVERNMENT or concept.slug in _AS_A_WHOLE:
                    return "government"
            return actor.value
        return ""

    def _nearest(
        self, key: Key, kind: str, earlier: Iterable[Said], later: Iterable[Said]
    ) -> Iterator[Thread]:
        pairs = [
            (overlap(one.text, other.text), one, other)
            for one in self._central(earlier)
            for other in self._central(later)
        ]
        if kind == "development":
            pairs = [pair for pair in pairs if self._beside(key, *pair)]
        if not pairs:
            return
        alike, one, other = max(pairs, key=lambda pair: (pair[0], *map(_place, pair[1:])))
        both = one.things("about", "subject") & other.things("about", "subject")
        rare = max(self._rare[thing] for thing in key)
        names = self._names(key)
        reason = _followed(names) if kind == "follow-up" else _again(names)
        yield Thread(kind, in_order(one, other), reason, graded("0.5", rare, alike), RULE, both)

    def _beside(self, key: Key, alike: float, one: Said, other: Said) -> bool:
        """Whether two statements have more words in common than the names of the key."""
        labels = [label.text for thing in key for label in self._words[thing].labels]
        names = frozenset(word for label in labels for word in telling(label))
        return alike >= _WORDS and overlap(one.text, other.text, names) >= _BESIDE

    def _central(self, statements: Iterable[Said]) -> list[Said]:
        """The few that are most about the key: about least else."""
        by_focus = sorted(statements, key=lambda one: (len(one.things("about")), one.order))
        return by_focus[:_FEW]

    def _names(self, key: Key) -> Mapping[str, str]:
        listed = {}
        for language, joint in (("nl", " en "), ("en", " and ")):
            listed[language] = joint.join(self._words[one].name(language) for one in key)
        return listed


def _figures(said: Said) -> Iterator[tuple[str, str, NamedNode]]:
    """The large figures of a statement, each with a thing that it is about."""
    units = [one.value for one in said.things("unit")]
    amounts = [one for one in said.words("amount") if Decimal(one) >= _LARGE]
    if len(units) == len(amounts) == 1:
        for thing in said.things("subject") or said.things("about"):
            yield units[0], amounts[0], thing


def _since(said: Said, issued: str) -> bool:
    """Whether a report is not outright of a time before the promise was made."""
    years = _YEAR.findall(said.text)
    return not years or max(years) >= issued[:4]


def _place(said: Said) -> tuple[int, str]:
    return -said.start, said.node.value


def _again(names: Mapping[str, str]) -> Reason:
    return Reason(
        f"Dezelfde spreker komt terug op {names['nl']}.",
        f"The same voice returns to {names['en']}.",
    )


def _same_figure(names: Mapping[str, str], promise: Said) -> Reason:
    written = "; ".join(promise.words("asWritten") or promise.words("amount"))
    return Reason(
        f"Het latere document noemt als resultaat het getal dat voor {names['nl']} was "
        f"voorgenomen: {written}.",
        f"The later document gives as a result the figure that was intended for {names['en']}: "
        f"{written}.",
    )


def _followed(names: Mapping[str, str]) -> Reason:
    return Reason(
        f"Het latere document zegt wat er van het voornemen over {names['nl']} is geworden.",
        f"The later document says what became of the intention on {names['en']}.",
    )
