"""Documents are read in processes of their own, which may hang, crash or swell."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ingest.extract.claims import ClaimError
from ingest.limits import MEGABYTE, Limits
from ingest.manifest import ManifestError
from ingest.readers.extraction import UnreadableError
from ingest.workers import run, run_each
from tests.conftest import ROOT

QUICK = Limits(seconds=1, memory_bytes=300 * MEGABYTE)


def children() -> list[int]:
    """The processes that this one has, ended ones that nobody waited for included."""
    found = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return [int(one) for one in found]


@pytest.fixture(autouse=True)
def leaves_nothing() -> Iterator[None]:
    """No test leaves a process or an open file behind."""
    before, files = children(), len(list(Path("/proc/self/fd").iterdir()))
    yield
    assert children() == before
    assert len(list(Path("/proc/self/fd").iterdir())) == files


def outcomes(work: Callable[[str], object], *names: str, limits: Limits = QUICK) -> list[str]:
    """What comes of each name, as text: what was made, or the error."""
    with closing(run_each(work, names, lambda name: f"{name}.pdf", limits, 2)) as done:
        return [str(one.error or one.made) for one in done]


def test_results_come_in_the_order_of_the_inputs() -> None:
    def work(name: str) -> str:
        time.sleep(0.3 if name == "slow" else 0)
        return name.upper()

    assert outcomes(work, "slow", "a", "b", "c") == ["SLOW", "A", "B", "C"]


def test_a_hang_names_the_file_and_the_others_go_on() -> None:
    def work(name: str) -> str:
        while name == "hangs":
            time.sleep(60)
        return "read"

    started = time.monotonic()
    assert outcomes(work, "a", "hangs", "b") == [
        "read",
        "hangs.pdf: reading it took more than 1 s",
        "read",
    ]
    assert time.monotonic() - started < 5


def test_a_hang_that_ignores_every_signal_ends_too() -> None:
    def work(_: str) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
        while True:
            time.sleep(60)

    assert outcomes(work, "deaf") == ["deaf.pdf: reading it took more than 1 s"]


def test_a_crash_in_native_code_names_the_file() -> None:
    def work(name: str) -> str:
        return str(ctypes.string_at(0)) if name == "crashes" else "read"

    assert outcomes(work, "crashes", "b") == ["crashes.pdf: the reader crashed (signal 11)", "read"]


def test_a_glutton_names_the_file() -> None:
    def work(_: str) -> int:
        return len(b"x" * (1000 * MEGABYTE))

    assert outcomes(work, "large") == ["large.pdf: needs more than 300 MB"]


def test_what_the_parent_holds_does_not_count_as_memory() -> None:
    held = bytearray(400 * MEGABYTE)
    assert outcomes(lambda _: len(held), "a") == [str(len(held))]


def test_a_reader_that_ends_the_process_names_the_file() -> None:
    def work(_: str) -> None:
        os._exit(3)

    assert outcomes(work, "a") == ["a.pdf: the reader ended without a result (exit code 3)"]


@pytest.mark.parametrize("kind", [UnreadableError, ClaimError, ManifestError, ValueError])
def test_an_error_arrives_as_it_was_raised(kind: type[Exception]) -> None:
    def work(_: str) -> None:
        raise kind("a.pdf: the reason")

    with pytest.raises(kind) as error:
        run(work, "a", "a.pdf", QUICK)
    assert type(error.value) is kind
    assert str(error.value) == "a.pdf: the reason"


def test_an_error_that_can_not_travel_is_told_all_the_same() -> None:
    class LocalError(Exception):
        pass

    def work(_: str) -> None:
        raise LocalError("why")

    with pytest.raises(RuntimeError, match="LocalError: why"):
        run(work, "a", "a.pdf", QUICK)


def test_a_large_result_arrives_whole() -> None:
    assert len(run(lambda size: "x" * size, 20 * MEGABYTE, "a", QUICK)) == 20 * MEGABYTE


def test_inputs_are_taken_when_needed_and_few_results_are_held() -> None:
    taken = 0

    def inputs() -> Iterator[int]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield number

    def work(number: int) -> int:
        time.sleep(0.5 if number == 0 else 0)
        return number

    with closing(run_each(work, inputs(), str, QUICK, 2)) as done:
        assert next(done).made == 0
        assert taken < 50


def test_who_stops_early_stops_every_process() -> None:
    before = children()  # services that other tests have running
    with closing(run_each(time.sleep, [0, 60, 60], str, QUICK, 3)) as done:
        next(done)
        assert len(children()) > len(before)
    assert children() == before


PARENT = """
import sys, time
from pathlib import Path
from ingest.limits import Limits
from ingest.workers import run_each
def work(number):
    Path(sys.argv[1], str(number)).touch()
    time.sleep(60)
try:
    list(run_each(work, [1, 2], str, Limits(), 2))
except KeyboardInterrupt:
    print("stopped")
"""


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_when_the_parent_is_stopped_or_killed_its_processes_end_at_once(
    tmp_path: Path, ending: signal.Signals
) -> None:
    # In a session of its own, so that a signal to its group is a Ctrl-C in its terminal.
    parent = subprocess.Popen(
        ["env", "--default-signal=INT", sys.executable, "-c", PARENT, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    deadline = time.monotonic() + 20
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    if ending is signal.SIGINT:
        os.killpg(parent.pid, ending)
    else:
        parent.send_signal(ending)
    # The pipes close when the last process that holds them has ended.
    output, errors = parent.communicate(timeout=5)
    assert "Traceback" not in errors
    assert output == ("stopped\n" if ending is signal.SIGINT else "")
