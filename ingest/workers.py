"""A process for each document: one that hangs, crashes or swells costs that document only.

Libraries that read PDF are native code, which Python can neither interrupt nor keep within
bounds; the kernel can. A process is forked for each input, so that what the parent has loaded is
there at once, and its result comes back through a pipe.
"""

from __future__ import annotations

import ctypes
import faulthandler
import gc
import math
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from ingest.limits import MEGABYTE, Limits
from ingest.readers.extraction import UnreadableError

Given = TypeVar("Given")
Made = TypeVar("Made")

AHEAD = 8
"""How many results per process may wait for an earlier one, since they come out in order."""
_NO_MEMORY, _ORPHAN = 75, 76  # exit codes of a worker
_SELDOM = 50_000  # new objects before they are looked through for garbage: a worker lives briefly
_FORK = multiprocessing.get_context("fork")
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)
_LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Given, Made]):
    """What became of one input: what was made of it, or why nothing was."""

    given: Given
    made: Made | None = None
    error: Exception | None = None

    def result(self) -> Made:
        """What was made; raises the error where there is one."""
        if self.error is not None:
            raise self.error
        return cast("Made", self.made)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))


def run_each(
    work: Callable[[Given], Made],
    inputs: Iterable[Given],
    name: Callable[[Given], str],
    limits: Limits,
    at_once: int,
) -> Generator[Outcome[Given, Made], None, None]:
    """Do the work for each input in a process of its own; the outcomes in the inputs' order.

    ``name`` says what an input is called in errors. An exception of the work arrives as it was
    raised; no result at all (too slow, too large, crashed) is an ``UnreadableError``. Inputs are
    taken when they are needed, and few results are held. When the caller stops early (close the
    iterator), so does every process.
    """
    waiting = enumerate(inputs)
    running: dict[int, _Worker[Given, Made]] = {}
    finished: dict[int, Outcome[Given, Made]] = {}
    exhausted, due = False, 0
    try:
        while True:
            while not exhausted and len(running) < at_once and len(finished) < at_once * AHEAD:
                number, given = next(waiting, (-1, None))
                if given is None:
                    exhausted = True
                else:
                    running[number] = _Worker(work, given, name(given), limits)
            while due in finished:
                yield finished.pop(due)
                due += 1
            if running:
                _wait(running.values())
                for number in [one for one, worker in running.items() if worker.due()]:
                    finished[number] = running.pop(number).outcome()
            elif exhausted and not finished:
                return
    finally:
        for worker in running.values():
            worker.stop()


def run(work: Callable[[Given], Made], given: Given, name: str, limits: Limits) -> Made:
    """Do one piece of work in a process of its own."""
    (outcome,) = run_each(work, [given], lambda _: name, limits, 1)
    return outcome.result()


class _Worker(Generic[Given, Made]):
    """A process at work on one input."""

    def __init__(
        self, work: Callable[[Given], Made], given: Given, name: str, limits: Limits
    ) -> None:
        self._given, self._name, self._limits = given, name, limits
        self.deadline = time.monotonic() + limits.seconds
        self.answer, sink = _FORK.Pipe(duplex=False)
        self._process = _FORK.Process(
            target=_serve, args=(work, given, sink, limits, os.getpid()), daemon=True
        )
        # The worker must not see a Ctrl-C before it ignores it: stopping is the parent's task.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self._process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            sink.close()  # the worker's is the only one, so that its end is the pipe's

    def due(self) -> bool:
        """Whether there is an answer, an end without one, or no time left."""
        return self.answer.poll() or time.monotonic() >= self.deadline

    def stop(self) -> None:
        """End the process, whatever it is doing, and leave nothing of it."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self.answer.close()

    def outcome(self) -> Outcome[Given, Made]:
        """What came of the input; the process ends."""
        try:
            if not self.answer.poll():
                return self._failed(f"reading it took more than {self._limits.seconds:g} s")
            made, error = self.answer.recv()
            return Outcome(self._given, made, error)
        except EOFError:
            self._process.join()
            return self._failed(self._why(self._process.exitcode or 0))
        finally:
            self.stop()

    def _failed(self, reason: str) -> Outcome[Given, Made]:
        return Outcome(self._given, error=UnreadableError(f"{self._name}: {reason}"))

    def _why(self, code: int) -> str:
        if code == -signal.SIGXCPU:
            return f"reading it took more than {self._limits.seconds:g} s of processor time"
        if code == _NO_MEMORY:
            return f"needs more than {self._limits.memory_bytes / MEGABYTE:,.0f} MB"
        if code < 0:
            return f"the reader crashed (signal {-code})"
        return f"the reader ended without a result (exit code {code})"


def _wait(workers: Iterable[_Worker[Any, Any]]) -> None:
    """Until a process ends or the first deadline passes."""
    some = list(workers)
    first = min(worker.deadline for worker in some)
    connection.wait([one.answer for one in some], max(0.0, first - time.monotonic()))


def _serve(
    work: Callable[[Given], Made], given: Given, sink: Connection, limits: Limits, parent: int
) -> None:
    """In the child: do the work within the limits and hand over what came of it."""
    try:
        _confine(limits, parent)
        sink.send_bytes(_done(work, given))
    except MemoryError:
        os._exit(_NO_MEMORY)
    os._exit(0)


def _done(work: Callable[[Given], Made], given: Given) -> memoryview:
    error: Exception | None = None
    made: Made | None = None
    try:
        made = work(given)
    except MemoryError:
        raise
    except Exception as raised:  # whatever it is, the parent hears of it
        error = raised
    try:
        answer = ForkingPickler.dumps((made, error))
        ForkingPickler.loads(answer)  # an exception may not survive the way
    except MemoryError:
        raise
    except Exception as lost:
        reason = f"{type(error or lost).__name__}: {error or lost}"
        return ForkingPickler.dumps((None, RuntimeError(reason)))
    return answer


def _confine(limits: Limits, parent: int) -> None:
    """Bind this process to the limits, and its life to the parent's."""
    faulthandler.disable()  # the parent tells of a crash, in a line
    _LIBC.prctl(_DIES_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(_ORPHAN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    gc.freeze()  # what the parent loaded stays: looking through it would copy all its pages
    gc.set_threshold(_SELDOM)
    seconds = math.ceil(limits.seconds)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_AS, _mapped() + limits.memory_bytes)


def _limit(kind: int, value: int) -> None:
    _, most = resource.getrlimit(kind)
    resource.setrlimit(kind, (value if most == resource.RLIM_INFINITY else min(value, most), most))


def _mapped() -> int:
    """Bytes of address space that are mapped already: what the parent had loaded."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()
