"""The saved questions over HTTP: ``/queries`` lists them, ``/queries/{name}`` answers one.

For software a result in any SPARQL results format, or the query itself; for a person a page.
"""

from server.saved.resources import router

__all__ = ["router"]
