"""One query on its way through one reader: the answer's head, its bytes, its deadline."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable

from server.store.frames import Head, Kind, decode_error, decode_head
from server.store.interface import Answer, AnswerInterruptedError, QueryError, QueryTimeoutError

HIGH_WATER = 1024 * 1024  # bytes held for a slow client before its reader is paused
LOW_WATER = 256 * 1024
STALL_S = 30.0  # how long a client may take nothing while a reader waits for it


class Exchange:
    """Gathers what a reader sends and hands it out as an :class:`Answer`'s body.

    ``pause`` and ``resume`` hold back the reader; ``give_up`` stops it. The deadline runs while
    the reader works, not while it waits for the client.
    """

    def __init__(
        self,
        timeout: float,
        deadline: float,
        pause: Callable[[], None],
        resume: Callable[[], None],
        give_up: Callable[[], None],
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self.timeout = timeout
        self._pause = pause
        self._resume = resume
        self._give_up = give_up
        self._head: Head | None = None
        self._started: asyncio.Future[Head] = self._loop.create_future()
        self._chunks: deque[bytes] = deque()
        self._held = 0
        self._paused = False
        self._remaining = 0.0
        self._over = False
        self._error: QueryError | None = None
        self._arrival: asyncio.Future[None] | None = None
        self._timer = self._loop.call_at(deadline, self._expire)

    async def answer(self) -> Answer:
        """Wait for the answer's beginning (a small answer: all of it)."""
        try:
            head = await self._started
        except asyncio.CancelledError:
            await self.aclose()
            raise
        return Answer(head.form, head.media_type, head.length, self, head.coding)

    @property
    def over(self) -> bool:
        """Whether nothing is expected of the reader any more."""
        return self._over

    def receive(self, kind: Kind, payload: bytes) -> None:
        """Take a frame from the reader; what comes after it was given up is let go."""
        if self._over:
            return
        match kind:
            case Kind.HEAD:
                self._head = decode_head(payload)
            case Kind.DATA:
                self._take(payload)
            case Kind.END:
                self._finish(None)
            case _:
                self._finish(decode_error(payload))
        if self._head is not None and (self._over or self._head.length is None):
            self._start(self._head)

    def fail(self, error: QueryError) -> None:
        """The reader is gone."""
        if not self._over:
            self._finish(error)

    def interrupt(self, error: QueryError) -> None:
        """Stop the reader and leave the caller with this error."""
        if not self._over:
            self._finish(error)
            self._give_up()

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        while not self._chunks:
            if self._error is not None:
                raise self._error
            if self._over:
                raise StopAsyncIteration
            self._arrival = self._loop.create_future()
            await self._arrival
        chunk = self._chunks.popleft()
        self._held -= len(chunk)
        if self._paused and self._held <= LOW_WATER:
            self._continue()
        return chunk

    async def aclose(self) -> None:
        """Give up what has not come yet; the reader is stopped if it is still at work."""
        self._chunks.clear()
        self._held = 0
        self.interrupt(AnswerInterruptedError("the answer was given up"))

    def _start(self, head: Head) -> None:
        if not self._started.done():
            self._started.set_result(head)

    def _take(self, chunk: bytes) -> None:
        if chunk:
            self._chunks.append(chunk)
            self._held += len(chunk)
            self._wake()
        if self._held > HIGH_WATER and not self._paused:
            self._paused = True
            self._remaining = self._timer.when() - self._loop.time()
            self._set_timer(STALL_S, self._stall)
            self._pause()

    def _continue(self) -> None:
        self._paused = False
        if not self._over:
            self._set_timer(self._remaining, self._expire)
            self._resume()

    def _finish(self, error: QueryError | None) -> None:
        self._over = True
        self._timer.cancel()
        if error is not None:
            self._break(error)
        elif self._paused:
            self._resume()  # the reader is free for the next query
        self._wake()

    def _break(self, error: QueryError) -> None:
        if not self._started.done():
            self._started.set_exception(error)
            self._started.exception()  # a caller that is gone need not hear of it
        self._error = (
            error
            if isinstance(error, AnswerInterruptedError)
            else AnswerInterruptedError(str(error))
        )

    def _wake(self) -> None:
        if self._arrival is not None and not self._arrival.done():
            self._arrival.set_result(None)

    def _set_timer(self, seconds: float, call: Callable[[], None]) -> None:
        self._timer.cancel()
        self._timer = self._loop.call_later(max(seconds, 0.0), call)

    def _expire(self) -> None:
        self.interrupt(QueryTimeoutError(self.timeout))

    def _stall(self) -> None:
        self.interrupt(AnswerInterruptedError(f"the client took nothing for {STALL_S:g} s"))
