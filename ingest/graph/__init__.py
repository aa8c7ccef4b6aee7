"""Statements in, RDF out: a named graph per document, and one for the catalogue."""
