"""Documents in, one RDF dataset out: a pure, deterministic build."""
