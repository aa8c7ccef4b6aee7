"""Which profile for this request? W3C Content Negotiation by Profile, as pure functions.

https://www.w3.org/TR/dx-prof-conneg/: by query string (``_profile``, section 7.2), by headers
(``Accept-Profile``, section 7.1), and by ``Prefer: profile=...`` (RFC 7240), in this order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus

from starlette.requests import Request

from server.linked.kept import VARY
from server.problem import Problem
from server.publish.profiles import Profile

PROFILE_PARAMETER, MEDIA_TYPE_PARAMETER = "_profile", "_mediatype"
FULL, ALTERNATES = "full", "alt"
ALTERNATES_IRI = "http://www.w3.org/ns/dx/connegp/altr"
"""The data model of the list of all representations (section 6.3 and appendix)."""

_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)", re.IGNORECASE)
_MEMBER = re.compile(r"<[^>]*>[^,]*|[^,<]+")
_PREFERENCE = re.compile(r'(?:^|[,;])\s*profile\s*=\s*("[^"]*"|[^,;\s"]+)', re.IGNORECASE)


class How(StrEnum):
    """By what means a client asks."""

    QUERY = "query"
    ACCEPT = "accept"
    PREFER = "prefer"


@dataclass(frozen=True, slots=True)
class Asked:
    """The profiles that a request asks for, by token or IRI, the most wanted first."""

    names: tuple[str, ...] = ()
    how: How | None = None


def asked(request: Request) -> Asked:
    """What a request says of profiles; nothing where it says nothing."""
    named = request.query_params.getlist(PROFILE_PARAMETER)
    if named:
        return Asked(_ranked(",".join(named)), How.QUERY)
    accepted = request.headers.getlist("accept-profile")
    if accepted:
        return Asked(_ranked(",".join(accepted)), How.ACCEPT)
    preferred = _PREFERENCE.findall(",".join(request.headers.getlist("prefer")))
    if preferred:
        return Asked(_ranked(",".join(one.strip('"') for one in preferred)), How.PREFER)
    return Asked()


def chosen(wish: Asked, fitting: Mapping[str, Profile], iri: str) -> str:
    """The token of the best profile; :class:`Problem` 406 where none that is asked for fits.

    ``fitting`` are those of the thing at ``iri``. A preference may go unheeded (RFC 7240).
    """
    for name in wish.names or (FULL,):
        if name in (ALTERNATES, ALTERNATES_IRI):
            return ALTERNATES
        if name == "*":
            return FULL
        for token, profile in fitting.items():
            if name in (token, profile.iri, *profile.standards):
                return token
    if wish.how is How.PREFER:
        return FULL
    listed = ", ".join((*fitting, ALTERNATES))
    raise Problem(
        HTTPStatus.NOT_ACCEPTABLE,
        "No such profile",
        f"<{iri}> is not described in {' or '.join(wish.names)}. Available: {listed}.",
        headers={"Vary": VARY},
        available=[
            *({"token": token, "profile": one.iri} for token, one in fitting.items()),
            {"token": ALTERNATES, "profile": ALTERNATES_IRI},
        ],
    )


def fitting(
    profiles: Mapping[str, Profile], types: Iterable[str], everything: str
) -> dict[str, Profile]:
    """The profiles for a thing of these classes, the full one first; ``everything`` is the class
    of a profile that describes whatever there is.
    """
    classes = {*types, everything}
    found = {token: one for token, one in profiles.items() if one.classes & classes}
    return dict(sorted(found.items(), key=lambda item: item[0] != FULL))


def _ranked(text: str) -> tuple[str, ...]:
    """The members of a list with qualities, best first; those of quality 0 left out."""
    weighed: list[tuple[float, str]] = []
    for member in _MEMBER.findall(text):
        quality = _QUALITY.search(member)
        name = member.partition(">")[0].strip().removeprefix("<").strip()
        if "<" not in member:
            name = member.partition(";")[0].strip()
        if name:
            weighed.append((float(quality[1]) if quality else 1.0, name))
    wanted: Sequence[tuple[float, str]] = [item for item in weighed if item[0] > 0]
    return tuple(name for _, name in sorted(wanted, key=lambda item: -item[0]))
