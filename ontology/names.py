"""Names: namespaces, and how the IRIs of things are minted.

IRIs are natural and stable (docs/model.md, "Identity"): the same build twice gives the same IRIs.
The vocabulary's namespace is fixed; the base of the data is the publisher's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

from pyoxigraph import NamedNode

VOCABULARY = "https://w3id.org/samenhang/def/"
DEFAULT_BASE = "https://w3id.org/samenhang/"
DATA_PATH = "id/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
QB = "http://purl.org/linked-data/cube#"
DCAT = "http://www.w3.org/ns/dcat#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
ORG = "http://www.w3.org/ns/org#"
PROF = "http://www.w3.org/ns/dx/prof/"
SH = "http://www.w3.org/ns/shacl#"
VOID = "http://rdfs.org/ns/void#"
HYDRA = "http://www.w3.org/ns/hydra/core#"

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "altr": "http://www.w3.org/ns/dx/connegp/altr#",
    "as": "https://www.w3.org/ns/activitystreams#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "def": VOCABULARY,
    "doco": "http://purl.org/spar/doco/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": FOAF,
    "hydra": HYDRA,
    "isothes": "http://purl.org/iso25964/skos-thes#",
    "ldes": "https://w3id.org/ldes#",
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prof": PROF,
    "prov": PROV,
    "qb": QB,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "sh": SH,
    "skos": SKOS,
    "spdx": "http://spdx.org/rdf/terms#",
    "sssom": "https://w3id.org/sssom/",
    "time": "http://www.w3.org/2006/time#",
    "tree": "https://w3id.org/tree#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": VOID,
    "xsd": XSD,
}
"""The prefixes under which namespaces are known in all that is written."""

_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`]+/")


def definition(name: str) -> NamedNode:
    """A term of the Samenhang vocabulary, such as ``def:Recommendation``."""
    return NamedNode(VOCABULARY + name)


def slug(text: str) -> str:
    """A readable path segment made of a text: ASCII, lower case, words joined by hyphens."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")


def fingerprint(parts: Iterable[str]) -> str:
    """Sixteen hexadecimal digits that stand for the parts, in this order."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]


class Minter:
    """Mints the IRIs of one publisher's data.

    ``base`` is an absolute http(s) IRI that ends with a slash; anything else is a ``ValueError``.
    """

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        if not _BASE.fullmatch(base):
            raise ValueError(f"base IRI must be http(s) and end with a slash: {base!r}")
        self.base = base

    def thing(self, kind: str, *names: str) -> NamedNode:
        """The IRI of a thing: ``{base}id/{kind}/{name}/...``."""
        return NamedNode(self.base + DATA_PATH + "/".join((kind, *names)))

    def rebased(self, iri: str) -> str:
        """An IRI of the schemes (written with the default base) under this publisher's base."""
        prefix = DEFAULT_BASE + DATA_PATH
        if self.base != DEFAULT_BASE and iri.startswith(prefix):
            return self.base + DATA_PATH + iri[len(prefix) :]
        return iri

    def local(self, iri: str) -> str:
        """The part of an IRI after ``{base}id/``; a ``ValueError`` for a foreign IRI."""
        prefix = self.base + DATA_PATH
        if not iri.startswith(prefix):
            raise ValueError(f"not an IRI of this data set: {iri}")
        return iri[len(prefix) :]
