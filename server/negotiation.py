"""Which format for this request? Decided here for every resource (RFC 9110, section 12.5.1).

A resource offers media types in its own order; the client ranks them by ``Accept`` or names one
by ``?format=``. Quality decides, then how specific the matching range is, then the offer's order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus

from starlette.requests import Request

from server.problem import Problem

FORMAT_PARAMETER = "format"
_USUAL = 500  # characters of a header that is worth remembering


@dataclass(frozen=True, slots=True)
class MediaType:
    """A media type on offer. ``name`` is its short name for ``?format=``, ``essence`` type/subtype.

    ``charset`` is added to the Content-Type of text formats, whose default is not UTF-8;
    ``aliases`` are the short names that clients have for it beside ours.
    """

    essence: str
    name: str
    charset: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The value for a Content-Type header."""
        return f"{self.essence}; charset=utf-8" if self.charset else self.essence

    def is_called(self, names: Set[str]) -> bool:
        """Whether one of the names, in lower case, is a name of this."""
        return not names.isdisjoint((self.essence, self.name, *self.aliases))


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One member of an Accept header: what it covers and how much it is wanted (0 to 1)."""

    type: str
    subtype: str
    quality: float = 1.0
    parameters: Mapping[str, str] = field(default_factory=dict)

    def specificity(self, essence: str) -> int:
        """How specifically this range covers a media type: 0 not at all, 3 by its full name."""
        kind, _, subtype = essence.partition("/")
        if self.type == "*":
            return 1
        if self.type != kind:
            return 0
        if self.subtype == "*":
            return 2
        return 3 if self.subtype == subtype else 0


_WORD = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_RANGE = re.compile(rf"\s*({_WORD})/({_WORD})\s*(.*)", re.DOTALL)
_CODING = re.compile(rf"(?:^|,)\s*({_WORD})\s*(?:;\s*[qQ]\s*=\s*([\d.]+)\s*)?(?=,|$)")
_PARAMETER = re.compile(rf';\s*({_WORD})\s*=\s*("(?:[^"\\]|\\.)*"|{_WORD})')
# A quoted string that does not end takes the rest, so that no text is read twice.
_MEMBER = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*(?:"|\\?$))+')


def parse_accept(header: str) -> tuple[MediaRange, ...]:
    """The media ranges of an Accept header; members that are not media ranges are passed over."""
    ranges = (_parse_range(member) for member in _MEMBER.findall(header))
    return tuple(item for item in ranges if item is not None)


def rank(accept: str | None, offers: Sequence[MediaType]) -> tuple[MediaType, ...]:
    """The acceptable offers, best first; all of them, in their order, where nothing is asked."""
    ranges = parse_accept(accept or "")
    if not ranges:
        return tuple(offers)
    weighed = [(_weigh(ranges, offer), offer) for offer in offers]
    wanted = [item for item in weighed if item[0][0] > 0]
    return tuple(offer for _, offer in sorted(wanted, key=lambda item: item[0], reverse=True))


def choose(accept: str | None, offers: Sequence[MediaType]) -> MediaType:
    """The best offer for an Accept header; :class:`Problem` 406 where none is acceptable."""
    found = rank(accept, offers)
    if not found:
        raise not_acceptable(offers)
    return found[0]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request says of formats: the ``names`` in ``?format=``, else its ``accept`` header."""

    accept: str | None
    names: frozenset[str] = frozenset()

    def among(self, offers: Sequence[MediaType]) -> tuple[MediaType, ...]:
        """The acceptable offers, best first; none where nothing fits."""
        if self.names:
            return tuple(offer for offer in offers if offer.is_called(self.names))
        return rank(self.accept, offers)


def wanted(request: Request) -> Wanted:
    """The formats a request asks for; ``format`` takes a short name or a media type."""
    # Most have none, and the query string of a query is long to read.
    asks = FORMAT_PARAMETER.encode() in request.scope["query_string"]
    named = request.query_params.getlist(FORMAT_PARAMETER) if asks else []
    if named:
        # SPARQLWrapper gives a short name and, beside it, two media types with a comma.
        return Wanted(None, frozenset(",".join(named).lower().split(",")))
    return Wanted(accept_header(request))


def acceptable(request: Request, offers: Sequence[MediaType]) -> tuple[MediaType, ...]:
    """The offers a request accepts, best first; none where nothing fits."""
    return wanted(request).among(offers)


def negotiate(request: Request, offers: Sequence[MediaType]) -> MediaType:
    """The best offer for a request; :class:`Problem` 406 where none is acceptable."""
    found = acceptable(request, offers)
    if not found:
        raise not_acceptable(offers)
    return found[0]


def coding(request: Request, offers: Sequence[str]) -> str:
    """The best content coding for a request, or none (RFC 9110, section 12.5.3)."""
    header = ",".join(request.headers.getlist("accept-encoding"))
    chosen = _coding if len(header) <= _USUAL else _coding.__wrapped__
    return chosen(header, tuple(offers))


@lru_cache(maxsize=1024)
def _coding(header: str, offers: tuple[str, ...]) -> str:
    qualities = {
        match[1].lower(): _parse_quality(match[2] or "1") for match in _CODING.finditer(header)
    }
    plain = qualities.get("identity", 0.0)
    other = qualities.get("*", 0.0)
    best, chosen = plain, ""
    for offer in offers:
        quality = qualities.get(offer, other)
        if quality > best or (quality == best > 0 and not chosen):
            best, chosen = quality, offer
    return chosen


def accept_header(request: Request) -> str | None:
    """The request's Accept header, several joined to one; ``None`` where there is none."""
    values = request.headers.getlist("accept")
    return ",".join(values) if values else None


def not_acceptable(offers: Sequence[MediaType]) -> Problem:
    """406, listing what there is (RFC 9110, section 15.5.7)."""
    listed = ", ".join(f"{offer.essence} (format={offer.name})" for offer in offers)
    return Problem(
        HTTPStatus.NOT_ACCEPTABLE,
        HTTPStatus.NOT_ACCEPTABLE.phrase,
        f"Available: {listed}.",
        headers={"Vary": "Accept"},
        available=[offer.essence for offer in offers],
    )


def _parse_range(member: str) -> MediaRange | None:
    match = _RANGE.fullmatch(member)
    if match is None:
        return None
    kind, subtype, rest = match.groups()
    parameters = {key.lower(): value.strip('"') for key, value in _PARAMETER.findall(rest)}
    quality = _parse_quality(parameters.pop("q", "1"))
    return MediaRange(kind.lower(), subtype.lower(), quality, parameters)


def _parse_quality(text: str) -> float:
    # An unreadable quality must not exclude what the client names.
    return float(text) if re.fullmatch(r"[01](\.\d{0,3})?", text) and float(text) <= 1 else 1.0


def _weigh(ranges: Sequence[MediaRange], offer: MediaType) -> tuple[float, int]:
    """Quality and specificity of the most specific range that covers the offer."""
    covering = [(item.specificity(offer.essence), item.quality) for item in ranges]
    specificity, quality = max(covering, default=(0, 0.0))
    return (quality, specificity) if specificity else (0.0, 0)
