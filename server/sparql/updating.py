"""The update endpoint: SPARQL 1.1 Protocol's update operation, for who shows the token."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from server.access import WriteAccess
from server.resource import address, body
from server.sparql.operation import update_from_post
from server.sparql.problems import problem_for
from server.store.interface import QueryError, Store, UpdateRequest, WritableStore
from server.writable import WritableResource


class UpdateEndpoint(WritableResource):
    """Carries out updates, each whole or not at all; durable when it is answered."""

    allowed = "POST, OPTIONS"

    @property
    def possible(self) -> bool:
        """Whether anyone may write."""
        return self._access.possible

    async def respond(self, request: Request) -> Response:
        """Carry out the update of a POST."""
        self._access.check(request)  # before its body is read
        return await self.carry_out(
            request, await body(request, self._settings.max_upload_bytes, "update")
        )

    async def carry_out(self, request: Request, content: bytes) -> Response:
        """Carry out the update of a POST whose body has been read."""
        store = writable(self._store, self._access, request)
        operation = update_from_post(
            request.scope["query_string"], request.headers.get("content-type"), content
        )
        update = UpdateRequest(
            operation.text,
            using=operation.using,
            using_named=operation.using_named,
            base_iri=address(request),
            timeout=self._settings.update_timeout_s,
        )
        try:
            await store.update(update)
        except QueryError as error:
            raise problem_for(error, operation.text) from error
        return Response(status_code=HTTPStatus.NO_CONTENT)


def writable(store: Store | WritableStore, access: WriteAccess, request: Request) -> WritableStore:
    """The store as one that takes changes; :class:`Problem` 401 or 403 where it does not."""
    access.check(request)
    assert isinstance(store, WritableStore), "a token is set: the store was opened for writing"
    return store
