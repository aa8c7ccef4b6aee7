"""Pages for people: the home page, the documents, the SPARQL editor, errors; and static files.

:class:`Pages` renders; :func:`router` has the pages of its own; :func:`editor` makes the page that
``/sparql`` shows to a browser; ``Pages.problem`` shows an error to one.
"""

from server.pages.editing import editor
from server.pages.rendering import Pages
from server.pages.routes import router

__all__ = ["Pages", "editor", "router"]
