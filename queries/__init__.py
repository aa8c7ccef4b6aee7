"""Saved questions: one ``.rq`` file each, with its metadata and parameters.

A file is a plain SELECT that runs as it is in any SPARQL tool. Its leading ``#+`` lines hold YAML:
``title`` and ``description`` (``nl`` and ``en``), ``order``, ``columns`` (variable: heading) and
``parameters`` (name: ``type`` iri, string, integer or date; ``label``; ``required``, true unless
said otherwise; ``choices``, a SELECT of ``?value ?label`` or the name of one in ``choices/``). A
parameter stands in the query once, as ``VALUES ?name { default }``; one that is not required may
have ``UNDEF``. Binding puts a term between those braces and changes nothing else.

:mod:`queries.catalogue` loads, checks and binds; :mod:`queries.front_matter` reads the metadata;
:mod:`queries.parameters` makes terms of what a user gives; :mod:`queries.tokens` finds the places
in a SPARQL text where they go.
"""
