"""The graph store: each graph can be fetched, and replaced, extended or deleted with the token."""

from __future__ import annotations

from http import HTTPStatus

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.graphs.target import Target, target
from server.graphs.uploads import uploads
from server.problem import Problem, Renderer
from server.resource import address, body
from server.settings import Settings
from server.sparql.answers import respond
from server.sparql.problems import problem_for
from server.sparql.updating import writable
from server.store.interface import (
    GraphAction,
    GraphRequest,
    QueryError,
    QueryRequest,
    Store,
    Upload,
    WritableStore,
)
from server.writable import WritableResource

PATH = "/graphs"
_ACTIONS = {
    "PUT": GraphAction.REPLACE,
    "POST": GraphAction.MERGE,
    "DELETE": GraphAction.DELETE,
}
_CONTENT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def routes(
    store: Store | WritableStore, settings: Settings, render: Renderer | None = None
) -> list[Route]:
    """The routes of the graph store: graphs named in the query string, or by their own path."""
    endpoint = GraphStore(store, settings, render)
    paths = (PATH, f"{PATH}/", f"{PATH}/{{name:path}}")
    return [Route(path, endpoint) for path in paths]


class GraphStore(WritableResource):
    """The Graph Store HTTP Protocol's operations on one graph."""

    allowed = "GET, HEAD, PUT, POST, DELETE, OPTIONS"

    async def respond(self, request: Request) -> Response:
        """Fetch or change the graph that the request names."""
        if request.method in _ACTIONS:
            self._access.check(request)  # before its body is read
            return await self._change(request, target(request))
        return await self._fetch(request, target(request))

    async def _fetch(self, request: Request, wanted: Target) -> Response:
        graph = wanted.graph
        if graph is not None and not await self._exists(graph):
            raise Problem(
                HTTPStatus.NOT_FOUND, "No such graph", f"There is no graph {graph.value}."
            )
        query = QueryRequest(
            _CONTENT,
            default_graphs=() if graph is None else (graph,),
            timeout=self._settings.query_timeout_s,
            union=self._settings.union_default_graph,
        )
        return await respond(request, self._store, query)

    async def _exists(self, graph: NamedNode) -> bool:
        timeout = self._settings.query_timeout_s
        asked = QueryRequest(f"ASK {{ GRAPH {graph} {{}} }}", timeout=timeout)
        try:
            answer = await self._store.query(asked)
            return b"true" in await answer.read()
        except QueryError as error:
            raise problem_for(error, asked.text) from error

    async def _change(self, request: Request, wanted: Target) -> Response:
        store = writable(self._store, self._access, request)
        action = _ACTIONS[request.method]
        content = await body(request, self._settings.max_upload_bytes, "document")
        base = wanted.graph.value if wanted.graph is not None else address(request)
        sent: tuple[Upload, ...] = ()
        if action is not GraphAction.DELETE:
            sent = uploads(request.headers.get("content-type"), content, base)
        change = GraphRequest(action, wanted.graph, sent, self._settings.update_timeout_s)
        try:
            done = await store.change_graph(change)
        except QueryError as error:
            raise problem_for(error, "") from error
        if wanted.new and wanted.graph is not None:
            return Response(
                status_code=HTTPStatus.CREATED, headers={"Location": wanted.graph.value}
            )
        return Response(status_code=HTTPStatus.NO_CONTENT if done.existed else HTTPStatus.CREATED)
