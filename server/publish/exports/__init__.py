"""Exports: the data as registries take them over, one profile each, below ``exports/{token}/``.

A profile with queries is exported as a graph; one without them by the module here that has its
token as its name and a function ``write``. So an export is a folder with a ``profile.ttl`` and,
where it is a table or something else again, a module.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType

from server.publish.exports import graphs
from server.publish.profiles import Profile, load
from server.publish.release import Producer


def producers(base: str) -> Mapping[str, Producer]:
    """What writes the export of each profile, by its token."""
    found = {token: _producer(profile) for token, profile in load(base).items()}
    return MappingProxyType({token: write for token, write in found.items() if write})


def exported(base: str) -> Mapping[str, Profile]:
    """The profiles that are exported, by token."""
    written = producers(base)
    return {token: profile for token, profile in load(base).items() if token in written}


def local_name(token: str, name: str) -> str:
    """The name of a file within its export, for its path in a release."""
    return name.removeprefix(f"exports/{token}/")


def _producer(profile: Profile) -> Producer | None:
    """None for a profile that only describes: it has no queries here, and no module."""
    if profile.queries:
        return partial(graphs.write, profile)
    module = f"{__name__}.{profile.token.replace('-', '_')}"
    if find_spec(module) is None:
        return None
    write: Producer = import_module(module).write
    return write
