"""The store: what answers SPARQL. ``interface`` is all that the rooms above need to know."""
