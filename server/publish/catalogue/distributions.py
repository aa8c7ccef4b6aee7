"""The files of a release as distributions of the data sets, with sizes and checksums."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from rdflib import DCTERMS, OWL, RDF, XSD, Graph, Literal, Namespace, URIRef

from ontology.names import VOCABULARY
from server.pages.language import LANGUAGES, Texts
from server.publish.catalogue.description import DCAT, FOLDER, Names, complete_distribution
from server.publish.files import MEDIA_TYPES
from server.publish.profiles import Profile
from server.publish.release import Release
from server.publish.source import File
from server.settings import Settings

IANA = "https://www.iana.org/assignments/media-types/"
SPDX = Namespace("http://spdx.org/rdf/terms#")
# The validator of DCAT-AP asks for https, the specification of SPDX has http: both, by sameness.
_SHA256 = URIRef("https://spdx.org/rdf/terms#checksumAlgorithm_sha256")
# Of exports: what explains the other files. The page of the export lists them.
_ABOUT_OTHERS = {"text/markdown", "application/csvm+json"}
_TEXTS = Texts(FOLDER / "texts.yaml")


class Distributions:
    """Adds the files of releases to a catalogue."""

    def __init__(
        self, graph: Graph, settings: Settings, names: Names, profiles: Iterable[Profile]
    ) -> None:
        self._graph = graph
        self._settings = settings
        self._names = names
        self._profiles = {profile.token: profile for profile in profiles}

    def add(self, dataset: URIRef, under: str, release: Release, forms: Iterable[str]) -> None:
        """Make the files of these forms distributions of a data set.

        ``under`` is the path of their IRIs: the name of the data set, or a version.
        """
        wanted = set(forms)
        for file in release.files:
            if file.of in wanted and file.media_type not in _ABOUT_OTHERS:
                self._add(dataset, under, release, file)

    def _add(self, dataset: URIRef, under: str, release: Release, file: File) -> None:
        graph, names = self._graph, self._names
        one = names.thing(f"distribution/{under}/{file.name.replace('.', '-')}")
        graph.add((dataset, DCAT.distribution, one))
        graph.add((one, RDF.type, DCAT.Distribution))
        self._call(one, file)
        graph.add((one, DCAT.accessURL, self._access(release, file)))
        address = names.page(f"/dumps/{release.version}/{file.name}")
        graph.add((one, DCAT.downloadURL, address))
        graph.add((one, DCAT.byteSize, Literal(str(file.size), datatype=XSD.nonNegativeInteger)))
        modified = Literal(release.issued.isoformat(), datatype=XSD.dateTime)
        graph.add((one, DCTERMS.issued, modified))
        graph.add((one, DCTERMS.modified, modified))
        self._form(one, file)
        self._checksum(one, file)
        for standard in self._standards(file):
            graph.add((one, DCTERMS.conformsTo, URIRef(standard)))
            graph.add((URIRef(standard), RDF.type, DCTERMS.Standard))
        complete_distribution(graph, one, self._settings, names)

    def _call(self, one: URIRef, file: File) -> None:
        """A title and a description in both languages."""
        profile = self._profiles.get(file.of)
        form = _format_name(file.media_type) + (f", {file.packing}" if file.packing else "")
        _, _, name = file.of.partition("/")
        for language in LANGUAGES:
            if profile is not None:
                title = f"{profile.title.in_language(language)}: {file.name.rpartition('/')[2]}"
                about = profile.purpose.in_language(language)
            else:
                kind = "named-graph" if name else "whole"
                title = f"{_TEXTS.text(kind, language, name=name)} ({form})"
                about = _TEXTS.text("dump", language)
            self._graph.add((one, DCTERMS.title, Literal(title, language)))
            self._graph.add((one, DCTERMS.description, Literal(about, language)))

    def _access(self, release: Release, file: File) -> URIRef:
        """The page about the file: that of its export, or of its release."""
        exported = file.of in self._profiles
        path = f"/exports/{file.of}" if exported else f"/dumps/{release.version}/"
        return self._names.page(path)

    def _form(self, one: URIRef, file: File) -> None:
        graph, media_type = self._graph, URIRef(IANA + file.media_type)
        graph.add((one, DCAT.mediaType, media_type))
        code = formats().value(media_type, DCTERMS.format)
        if code is not None:
            graph.add((one, DCTERMS.format, code))
        if file.packing:
            graph.add((one, DCAT.compressFormat, URIRef(IANA + MEDIA_TYPES[file.packing])))

    def _checksum(self, one: URIRef, file: File) -> None:
        graph, checksum = self._graph, URIRef(f"{one}#checksum")
        graph.add((one, SPDX.checksum, checksum))
        graph.add((checksum, RDF.type, SPDX.Checksum))
        graph.add((checksum, SPDX.algorithm, _SHA256))
        graph.add((checksum, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)))
        graph.add((_SHA256, RDF.type, SPDX.ChecksumAlgorithm))
        graph.add((_SHA256, OWL.sameAs, SPDX.checksumAlgorithm_sha256))

    def _standards(self, file: File) -> tuple[str, ...]:
        profile = self._profiles.get(file.of)
        return profile.standards if profile and profile.standards else (VOCABULARY,)


@cache
def formats() -> Graph:
    """What formats are called, and their codes."""
    return Graph().parse(FOLDER / "formats.ttl")


def _format_name(media_type: str) -> str:
    name = formats().value(URIRef(IANA + media_type), DCTERMS.title)
    return str(name) if name is not None else media_type
