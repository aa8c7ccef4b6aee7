"""The saved questions over HTTP: ``/queries`` lists them, ``/queries/{name}`` answers one.

:mod:`~server.saved.asking` makes terms of an address and asks; :mod:`~server.saved.representations`
writes the answer for software, :mod:`~server.saved.page` for a person.
"""

from server.saved.api import DESCRIPTION_PATH, description, parts
from server.saved.asking import Answering
from server.saved.given import filled
from server.saved.resources import router
from server.saved.version import ApiVersion

__all__ = [
    "DESCRIPTION_PATH",
    "Answering",
    "ApiVersion",
    "description",
    "filled",
    "parts",
    "router",
]
