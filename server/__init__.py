"""The service: a store of RDF behind reader processes, and everything HTTP above it."""
