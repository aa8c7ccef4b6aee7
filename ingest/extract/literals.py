"""Terms for figures and verdicts, in the canonical forms that the store keeps."""

from __future__ import annotations

from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from ontology.names import XSD


def decimal(value: Decimal | int) -> Literal:
    """An xsd:decimal in canonical form: no exponent, no trailing zeros ("84", "1.5")."""
    text = format(Decimal(value), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Literal(text, datatype=NamedNode(XSD + "decimal"))


def flag(value: bool) -> Literal:
    """An xsd:boolean."""
    return Literal("true" if value else "false", datatype=NamedNode(XSD + "boolean"))


def year(value: int) -> Literal:
    """An xsd:gYear."""
    return Literal(f"{value:04d}", datatype=NamedNode(XSD + "gYear"))
