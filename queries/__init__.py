"""Saved questions: SPARQL with a contract, by family (docs/queries.md).

A question is ``FAMILY/NAME.rq``, a plain SELECT that runs as it is in any SPARQL tool, and
``FAMILY/NAME.ttl``, which says what it asks, takes and gives. A parameter stands in the query once,
as ``VALUES ?name { default }``; binding puts a term between those braces and changes nothing else.

:mod:`queries.catalogue` loads and binds; :mod:`queries.contract` reads what a question says of
itself; :mod:`queries.parameters` makes terms of what a user gives, with the names that
:mod:`queries.entities` knows; :mod:`queries.rows` is an answer, :mod:`queries.readable` an answer
for people, and the formats are made of these.
"""
