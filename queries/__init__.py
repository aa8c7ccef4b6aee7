"""Saved questions: one ``.rq`` file each, with its metadata and parameters.

:mod:`queries.catalogue` loads, checks and binds them; :mod:`queries.front_matter` reads what a
file says about itself; :mod:`queries.parameters` turns what a user gives into RDF terms;
:mod:`queries.tokens` finds the places in a SPARQL text where those terms go. The format is
described in docs/queries.md.
"""
