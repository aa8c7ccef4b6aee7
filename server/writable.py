"""What the resources that change data have in common: the store, its limits and who may write."""

from __future__ import annotations

from server.access import WriteAccess
from server.problem import Renderer
from server.resource import Resource
from server.settings import Settings
from server.store.interface import Store, WritableStore


class WritableResource(Resource):
    """A resource of a store that may take changes."""

    def __init__(
        self, store: Store | WritableStore, settings: Settings, render: Renderer | None = None
    ) -> None:
        super().__init__(render)
        self._store = store
        self._settings = settings
        self._access = WriteAccess(settings)
