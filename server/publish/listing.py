"""What there is to take, for software and for pages: releases, files and exports with addresses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from server.pages.links import Links
from server.publish.dumps import GRAPH
from server.publish.exports import local_name
from server.publish.profiles import Profile
from server.publish.release import Release
from server.publish.source import File

DUMPS, EXPORTS = "/dumps", "/exports"


@dataclass(frozen=True, slots=True)
class Group:
    """Files of one sort: those of the whole graph, of named graphs, of one export, or others."""

    name: str
    files: tuple[File, ...]

    def rows(self, release: Release, links: Links) -> list[tuple[str, str, File]]:
        """Each file with its name and its path on this host."""
        return [
            (file.name, links.result(release_path(release, file.name), {}), file)
            for file in self.files
        ]


def release_path(release: Release, name: str = "") -> str:
    """The path of a file of a release, which never changes; that of the release without one."""
    return f"{DUMPS}/{release.version}/{name}"


def export_path(profile: Profile, file: File) -> str:
    """The path of a file of an export, as the latest release has it."""
    return f"{EXPORTS}/{profile.token}/{in_export(profile, file)}"


def in_export(profile: Profile, file: File) -> str:
    """The name of a file within its export."""
    return local_name(profile.token, file.name)


def export_rows(profile: Profile, release: Release, links: Links) -> list[tuple[str, str, File]]:
    """Each file of an export with its name and its path on this host."""
    return [
        (in_export(profile, file), links.result(export_path(profile, file), {}), file)
        for file in release.of(profile.token)
    ]


def groups(release: Release, tokens: Iterable[str]) -> list[Group]:
    """The files of a release by what they are of; only sorts that there are."""
    exports = set(tokens)
    sorts: dict[str, list[File]] = {"whole": [], "graphs": [], "exports": [], "about": []}
    for file in release.files:
        if file.of == GRAPH:
            sorts["whole"].append(file)
        elif file.of.startswith(f"{GRAPH}/"):
            sorts["graphs"].append(file)
        else:
            sorts["exports" if file.of in exports else "about"].append(file)
    return [Group(name, tuple(files)) for name, files in sorts.items() if files]


def release_document(release: Release, at: str, *, with_files: bool = True) -> dict[str, Any]:
    """A release in JSON; ``at`` is the address of the service, without a slash at the end."""
    document: dict[str, Any] = {
        "version": release.version,
        "issued": release.issued.isoformat(),
        "quads": release.quads,
        "canonicalHash": release.canonical_hash,
        "canonicalisation": "RDFC-1.0, SHA-256",
        "address": at + release_path(release),
    }
    if with_files:
        document["files"] = [
            file_document(file, at + release_path(release, file.name)) for file in release.files
        ]
    return document


def file_document(file: File, address: str) -> dict[str, Any]:
    """A file in JSON."""
    return {
        "name": file.name,
        "of": file.of,
        "address": address,
        "mediaType": file.media_type,
        "packing": file.packing or None,
        "size": file.size,
        "sha256": file.sha256,
    }


def export_document(
    profile: Profile, release: Release | None, at: str, language: str
) -> dict[str, Any]:
    """An export in JSON; with its files, as far as there is a release."""
    document: dict[str, Any] = {
        "token": profile.token,
        "profile": profile.iri,
        "title": profile.title.in_language(language),
        "purpose": profile.purpose.in_language(language),
        "leavesOut": profile.leaves_out.in_language(language),
        "standards": list(profile.standards),
        "address": f"{at}{EXPORTS}/{profile.token}",
    }
    if release is not None:
        document["version"] = release.version
        document["files"] = [
            file_document(file, at + export_path(profile, file))
            for file in release.of(profile.token)
        ]
    return document
