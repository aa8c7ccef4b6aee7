"""IRIs that answer: things (``/id``, ``/doc``), the vocabulary (``/def``) and the texts.

RDF for software by negotiation, a page for a person.
"""

from server.linked.routes import router

__all__ = ["router"]
