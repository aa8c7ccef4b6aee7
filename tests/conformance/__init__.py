"""The W3C test suites of SPARQL, run against the service over HTTP."""
