"""SPARQL over HTTP: the query operation of the SPARQL 1.1 Protocol and the service description."""
