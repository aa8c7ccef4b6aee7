"""``python -m tests.conformance RUNNER``: the suites against a service of its own.

RUNNER is the program that drives the suites (it writes ``totals`` and ``failures`` as JSON). What
fails must stand in ``known-failures.tsv``; what stands there and passes is told, to be taken out.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KNOWN = Path(__file__).with_name("known-failures.tsv")
LEAST = 1278  # what a front over this engine reaches that adds nothing to it
TOKEN = "conformance"
_START_S = 60.0


def main(runner: Path) -> int:
    """Run the suites: 0 where nothing failed but what is known to."""
    with tempfile.TemporaryDirectory() as folder, _service(Path(folder)) as address:
        result = Path(folder) / "result.json"
        command = [
            sys.executable, str(runner), "--extra", "--json", str(result),
            "--query-url", f"{address}/sparql", "--update-url", f"{address}/update",
            "--gsp-url", f"{address}/graphs", "--auth-header", f"Authorization: Bearer {TOKEN}",
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if not result.exists():
            print(done.stdout[-2000:], done.stderr[-2000:], file=sys.stderr)
            return 1
        found = json.loads(result.read_text(encoding="utf-8"))
    return _judge(found)


def _judge(found: dict[str, object]) -> int:
    totals, failures = found["totals"], found["failures"]
    assert isinstance(totals, dict)
    assert isinstance(failures, list)
    failed = {one["id"]: one["reason"] for one in failures}
    known = known_failures()
    new = sorted(failed.keys() - known.keys())
    print(f"W3C suites: {totals['passed']} passed, {len(failed)} failed, {len(known)} known to")
    for one in new:
        print(f"  fails now: {one}: {failed[one][:200]}")
    for one in sorted(known.keys() - failed.keys()):
        print(f"  passes now: {one}")
    return 1 if new or totals["passed"] < LEAST else 0


def known_failures() -> dict[str, str]:
    """The tests that are known to fail, with the reason."""
    lines = KNOWN.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t", 1) for line in lines if line and not line.startswith("#"))
    return {one[0]: one[1] for one in pairs}


@contextmanager
def _service(folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "samenhang", "serve", "--empty"]
    process = subprocess.Popen(
        [*command, "--data", str(folder / "data"), "--port", str(port)],
        stderr=subprocess.DEVNULL,
        env=os.environ | {"SAMENHANG_UPDATE_TOKEN": TOKEN},
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/healthz")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(url: str) -> None:
    deadline = time.monotonic() + _START_S
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except (urllib.error.URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
