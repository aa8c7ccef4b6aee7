"""The terms of the vocabularies that a change feed is written in.

ActivityStreams (https://www.w3.org/TR/activitystreams-vocabulary/), the TREE hypermedia
specification (https://w3id.org/tree/specification) and Linked Data Event Streams
(https://w3id.org/ldes/specification).
"""

from __future__ import annotations

from enum import StrEnum

from pyoxigraph import NamedNode

from ontology.names import RDF, XSD

AS = "https://www.w3.org/ns/activitystreams#"
LDES = "https://w3id.org/ldes#"
TREE = "https://w3id.org/tree#"
SH = "http://www.w3.org/ns/shacl#"
PREFIXES = {"as": AS, "ldes": LDES, "tree": TREE, "sh": SH}

TYPE = NamedNode(RDF + "type")
OBJECT = NamedNode(AS + "object")
TARGET = NamedNode(AS + "target")
PUBLISHED = NamedNode(AS + "published")
MEMBER = NamedNode(TREE + "member")
VIEW = NamedNode(TREE + "view")
NODE = NamedNode(TREE + "Node")
RELATION = NamedNode(TREE + "relation")
RELATION_NODE = NamedNode(TREE + "node")
PATH = NamedNode(TREE + "path")
VALUE = NamedNode(TREE + "value")
ANY_RELATION = NamedNode(TREE + "Relation")
FROM_RELATION = NamedNode(TREE + "GreaterThanOrEqualToRelation")
UNTIL_RELATION = NamedNode(TREE + "LessThanOrEqualToRelation")
EVENT_STREAM = NamedNode(LDES + "EventStream")
IMMUTABLE = NamedNode(LDES + "immutable")
RETENTION = NamedNode(LDES + "retentionPolicy")
RETENTION_POLICY = NamedNode(LDES + "RetentionPolicy")
STARTING_FROM = NamedNode(LDES + "startingFrom")
DATE_TIME = NamedNode(XSD + "dateTime")
BOOLEAN = NamedNode(XSD + "boolean")


class Kind(StrEnum):
    """What became of a thing: the name of the activity in ActivityStreams."""

    CREATE = "Create"
    UPDATE = "Update"
    DELETE = "Delete"

    @property
    def activity(self) -> NamedNode:
        """The class of the activity."""
        return NamedNode(AS + self.value)
