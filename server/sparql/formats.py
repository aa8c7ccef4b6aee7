"""The formats in which this service answers, in the order it prefers."""

from __future__ import annotations

from server.negotiation import MediaType
from server.store import interface as store
from server.store.interface import QueryForm

JSON = MediaType(store.RESULTS_JSON, "json")
XML = MediaType(store.RESULTS_XML, "xml")
CSV = MediaType(store.CSV, "csv", charset=True)
TSV = MediaType(store.TSV, "tsv", charset=True)

# The aliases are what SPARQLWrapper calls them; Turtle is a part of N3.
TURTLE = MediaType(store.TURTLE, "turtle", charset=True, aliases=("ttl", "n3"))
N_TRIPLES = MediaType(store.N_TRIPLES, "nt")
RDF_XML = MediaType(store.RDF_XML, "rdfxml", aliases=("xml", "rdf", "rdf+xml"))
JSON_LD = MediaType(store.JSON_LD, "jsonld", aliases=("json-ld",))
N_QUADS = MediaType(store.N_QUADS, "nq")
TRIG = MediaType(store.TRIG, "trig")

HTML = MediaType("text/html", "html", charset=True)

# Many clients ask for plain JSON; the results are that too.
PLAIN_JSON = MediaType("application/json", "json")

SOLUTIONS = (JSON, XML, CSV, TSV, PLAIN_JSON)
TRUTH = (JSON, XML, PLAIN_JSON)
GRAPHS = (TURTLE, N_TRIPLES, RDF_XML, JSON_LD, N_QUADS, TRIG)

OFFERS = {QueryForm.SELECT: SOLUTIONS, QueryForm.ASK: TRUTH, QueryForm.GRAPH: GRAPHS}
"""What is on offer per query form; the media types are those the store writes."""
