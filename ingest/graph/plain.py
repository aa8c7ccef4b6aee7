"""Plain triples between things, drawn from what statements assert: simple questions stay simple.

Only what a statement says is so, or was so, becomes a triple; what is intended, recommended,
expected, denied or subject to a condition stays with the statement alone. docs/model.md tells how
to get from a triple to the statements that it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from pyoxigraph import NamedNode

from ingest.statement import Statement
from ontology.names import Minter, definition
from ontology.vocabulary import Vocabulary

Triple = tuple[NamedNode, NamedNode, NamedNode]

ASSERTED = frozenset({"is", "did"})
"""The modalities of what is so or was so; a statement without one asserts."""
_RESERVES = frozenset({"modality", "polarity", "condition"})
DOCUMENT = "inDocument"
"""In place of an argument: the document itself."""
ROLE = "RoleStatement"


@dataclass(frozen=True, slots=True)
class Plain:
    """How a kind of statement is said in a triple: the property, and which arguments it links.

    ``subject`` and ``object`` name arguments of the statement, any of which will do; of
    ``subject_types`` and ``object_types``, classes of the schemes, the thing must have one.
    """

    kind: str
    subject: tuple[str, ...]
    property: str
    object: tuple[str, ...]
    subject_types: frozenset[str] = frozenset()
    object_types: frozenset[str] = frozenset()


_ACTOR, _INSTRUMENT = frozenset({"Actor"}), frozenset({"Instrument"})
_ACTIVE = _ACTOR | _INSTRUMENT
_PLACE = frozenset({"Place", "Country", "Region"})
_MEMBER = ("actor", "member")

PLAIN = (
    Plain("Listing", ("member",), "listedOn", ("list",)),
    Plain("Handling", ("handles",), "handledIn", ("policyArea",)),
    Plain("Citation", (DOCUMENT,), "cites", ("resolvesTo",)),
    Plain("Funding", ("actor",), "funds", ("recipient",), _ACTOR),
    Plain("Membership", _MEMBER, "memberOf", ("organisation",), _ACTOR, _ACTOR),
    Plain("Membership", _MEMBER, "partnerIn", ("organisation",), _ACTOR, _INSTRUMENT),
    Plain("Partnership", _MEMBER, "partnerIn", ("subject",), _ACTOR, _INSTRUMENT),
    Plain("Involvement", ("actor",), "partnerIn", ("instrument",), _ACTOR, _INSTRUMENT),
    Plain("Involvement", ("actor", "organisation"), "activeIn", ("place",), _ACTOR, _PLACE),
    Plain("Involvement", ("instrument", "subject"), "activeIn", ("place",), _ACTIVE, _PLACE),
)

_AREA = frozenset({"PolicyArea"})
_OF = ("instrument", "organisation", "subject")  # what someone has a role in
_DOES = {
    "board-member": "onBoardOf",
    "chair": "chairs",
    "coordinator": "coordinates",
    "implementer": "implements",
    "member": "memberOf",
    "partner": "partnerIn",
    "responsible": "responsibleFor",
}
# Who evaluates or funds in a policy area evaluates or funds that; who coordinates something in it
# is involved in it, but need not coordinate the area.
_REGARDS = {"adviser": "advises", "evaluator": "evaluates", "funder": "funds"}
_OBJECTS = {"memberOf": _ACTOR, "partnerIn": _INSTRUMENT}


def _role(name: str, objects: tuple[str, ...], types: frozenset[str]) -> Plain:
    return Plain(ROLE, ("actor",), name, objects, _ACTOR, types)


_INVOLVED = _role("involvedIn", ("policyArea",), _AREA)
ANY_ROLE = _role("hasRoleIn", ("policyArea",), _AREA)
"""Of every role: that the actor has one in the policy area."""
ROLES: dict[str, tuple[Plain, ...]] = {
    **{
        role: (_role(name, _OF, _OBJECTS.get(name, _ACTIVE | _AREA)), _INVOLVED)
        for role, name in _DOES.items()
    },
    **{
        role: (_role(name, (*_OF, "policyArea"), _ACTIVE | _AREA),)
        for role, name in _REGARDS.items()
    },
}
"""What the roles of the scheme, by slug, are in a triple."""


def triples(statement: Statement, words: Vocabulary, minter: Minter) -> Iterator[Triple]:
    """The plain triples of one statement."""
    if not asserted(statement):
        return
    values = _Values(statement, words, minter)
    for plain in _plain(statement, values):
        for subject in values.of(plain.subject, plain.subject_types):
            for value in values.of(plain.object, plain.object_types):
                if subject != value:
                    yield subject, definition(plain.property), value
    if statement.kind == "Partnership":
        members = sorted(values.of(_MEMBER, _ACTOR), key=lambda one: one.value)
        for one, other in combinations(members, 2):
            yield one, definition("worksWith"), other


def asserted(statement: Statement) -> bool:
    """Whether a statement says that something is or was so: not planned, denied or conditional."""
    said = {name: value.value for name, value in statement.content if name in _RESERVES}
    modality, polarity = said.get("modality", "is"), said.get("polarity")
    return modality in ASSERTED and polarity != "negative" and "condition" not in said


def _plain(statement: Statement, values: _Values) -> Iterator[Plain]:
    yield from (plain for plain in PLAIN if plain.kind == statement.kind)
    if statement.kind == ROLE:
        for role in values.of(("role",)):
            yield from ROLES.get(role.value.rsplit("/", 1)[-1], ())
        yield ANY_ROLE


class _Values:
    """The arguments of a statement that are things."""

    def __init__(self, statement: Statement, words: Vocabulary, minter: Minter) -> None:
        document = minter.thing("document", statement.document)
        self._words = words
        self._content = [(DOCUMENT, document), *statement.content]

    def of(self, names: tuple[str, ...], types: frozenset[str] = frozenset()) -> list[NamedNode]:
        """The things that are these arguments and of one of these classes, each once."""
        found = dict.fromkeys(
            value
            for name, value in self._content
            if name in names
            and isinstance(value, NamedNode)
            and (not types or (value in self._words and self._words[value].types & types))
        )
        return list(found)
