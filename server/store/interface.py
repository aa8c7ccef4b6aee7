"""The store as the rooms above see it: a question in, a stream of bytes or a named error out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from pyoxigraph import NamedNode

RESULTS_JSON = "application/sparql-results+json"
RESULTS_XML = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"
TURTLE = "text/turtle"
N_TRIPLES = "application/n-triples"
RDF_XML = "application/rdf+xml"
N_QUADS = "application/n-quads"
TRIG = "application/trig"
JSON_LD = "application/ld+json"


class QueryForm(StrEnum):
    """What a query asks for: rows, a truth value, or triples (CONSTRUCT and DESCRIBE)."""

    SELECT = "SELECT"
    ASK = "ASK"
    GRAPH = "GRAPH"


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A SPARQL 1.1 query with its protocol dataset (SPARQL 1.1 Protocol, section 2.1).

    ``select``, ``ask`` and ``graph`` are the media types acceptable per query form, best first;
    the query's form decides which list counts. Without graphs and without FROM in the text the
    default graph is the union of all graphs, or the store's own where not ``union``. ``timeout`` is
    in seconds, from the call to the last byte, time spent waiting for the client not counted.
    ``coding`` is the content coding in which an answer that is worth it is packed.
    """

    text: str
    select: tuple[str, ...] = (RESULTS_JSON,)
    ask: tuple[str, ...] = (RESULTS_JSON,)
    graph: tuple[str, ...] = (N_TRIPLES,)
    default_graphs: tuple[NamedNode, ...] = ()
    named_graphs: tuple[NamedNode, ...] = ()
    base_iri: str | None = None
    timeout: float = 10.0
    union: bool = True
    coding: str = ""


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """A SPARQL 1.1 update with its protocol dataset (SPARQL 1.1 Protocol, section 2.2).

    ``using`` and ``using_named`` are the graphs that its WHERE clauses read; ``timeout`` is in
    seconds, waiting for the writer included.
    """

    text: str
    using: tuple[NamedNode, ...] = ()
    using_named: tuple[NamedNode, ...] = ()
    base_iri: str | None = None
    timeout: float = 10.0


class GraphAction(StrEnum):
    """What happens to a graph (SPARQL 1.1 Graph Store HTTP Protocol, section 5)."""

    REPLACE = "REPLACE"
    MERGE = "MERGE"
    DELETE = "DELETE"


@dataclass(frozen=True, slots=True)
class Upload:
    """A document that holds triples; ``base_iri`` is what its relative IRIs are relative to."""

    media_type: str
    content: bytes
    base_iri: str


@dataclass(frozen=True, slots=True)
class GraphRequest:
    """A change of one whole graph; ``graph`` is ``None`` for the default graph."""

    action: GraphAction
    graph: NamedNode | None
    uploads: tuple[Upload, ...] = ()
    timeout: float = 10.0


@dataclass(frozen=True, slots=True)
class Written:
    """What a change did: whether the graph was there before, and the version it led to."""

    existed: bool
    version: str


class Body(Protocol):
    """The bytes of an answer, in order. ``aclose`` gives up the rest and stops the work on it."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    async def __anext__(self) -> bytes:
        """The next bytes; :class:`AnswerInterruptedError` where they will never come."""
        ...

    async def aclose(self) -> None:
        """Give up the rest; harmless after the end."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """A query's result in one format. ``length`` in bytes is known when the answer is complete.

    Read ``body`` to its end or close it: a reader process works until then. ``coding`` is the
    content coding of its bytes, if any.
    """

    form: QueryForm
    media_type: str
    length: int | None
    body: Body
    coding: str = ""

    async def read(self) -> bytes:
        """The whole answer; for results that are known to be small."""
        try:
            return b"".join([chunk async for chunk in self.body])
        finally:
            await self.body.aclose()


@dataclass(frozen=True, slots=True)
class Health:
    """The state of a store: ``ready`` when a query would be answered now."""

    ready: bool
    version: str
    idle: int
    busy: int
    slow: int
    waiting: int


class Store(Protocol):
    """Something that answers SPARQL queries. Start it before use, close it after."""

    @property
    def version(self) -> str:
        """The version of the dataset being served: a hash of its content."""
        ...

    async def start(self) -> None:
        """Make ready to answer; :class:`StoreError` where that is impossible."""
        ...

    async def query(self, request: QueryRequest) -> Answer:
        """Answer a query; a :class:`QueryError` says why there is no answer."""
        ...

    async def health(self) -> Health:
        """The present state, without waiting."""
        ...

    async def close(self) -> None:
        """Stop everything that was started; queries under way are cut off."""
        ...


@runtime_checkable
class WritableStore(Store, Protocol):
    """A store that also takes changes. A change is durable and seen by every later query when the
    call returns; one that raises changed nothing."""

    async def update(self, request: UpdateRequest) -> Written:
        """Carry out an update; a :class:`QueryError` says why it was not."""
        ...

    async def change_graph(self, request: GraphRequest) -> Written:
        """Replace, merge into or delete a graph; a :class:`QueryError` says why it was not."""
        ...


class StoreError(Exception):
    """The store can not be used; the message is one line that names the folder and the reason."""


class QueryError(StoreError):
    """There is no answer to this query; the store itself is well."""


class QuerySyntaxError(QueryError):
    """The text is not a legal query. ``line`` and ``column`` count from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class QueryRefusedError(QueryError):
    """The query asks for what this store does not do (SERVICE)."""


class QueryFailedError(QueryError):
    """A legal query whose evaluation failed, for instance on an unknown function."""


class AnswerTooLargeError(QueryError):
    """The answer has more rows or bytes than one may have."""


class StorageFailedError(QueryError):
    """The store on the disk could not be read or written; the message is for the log."""


class UploadError(QueryError):
    """A document that was sent is not what its media type says. ``line`` and ``column`` from 1."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class UnknownMediaTypeError(QueryError):
    """A document was sent in a media type that is not read here."""


class GraphMissingError(QueryError):
    """The graph is not there."""


class UpdateFailedError(QueryError):
    """A legal update that can not be carried out on these data; nothing was changed."""


class StorageFullError(QueryError):
    """There is no room to write; nothing was changed."""


class NoSuitableFormatError(QueryError):
    """None of the formats accepted suits the query's form."""

    def __init__(self, form: QueryForm) -> None:
        super().__init__(f"no acceptable format for {form}")
        self.form = form


class QueryTimeoutError(QueryError):
    """The query reached its deadline."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"query took longer than {seconds:g} s")
        self.seconds = seconds


class StoreBusyError(QueryError):
    """Too many queries at once; ``retry_after`` in seconds."""

    def __init__(self, message: str, retry_after: int = 1) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ReaderLostError(QueryError):
    """The process that worked on the query is gone, most likely for want of memory."""


class OvertakenError(QueryError):
    """The query waited behind another that takes long, or broke its reader: ask it elsewhere."""


class AnswerInterruptedError(QueryError):
    """The answer broke off after its first bytes; the connection must be cut, not ended."""
