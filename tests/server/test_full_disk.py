"""A disk that fills up: no acknowledged change is lost, reading goes on, room is used again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from server.store.interface import QueryRequest, StorageFullError, UpdateRequest
from server.store.pool import Limits
from server.store.writing import WritingStore

ROOT = Path(__file__).parents[2]

FILLING = """
import asyncio, json, sys
from pathlib import Path
from server.store.interface import QueryRequest, StorageFullError, UpdateRequest
from server.store.pool import Limits
from server.store.writing import WritingStore

folder = Path(sys.argv[1])

async def many(store):
    query = QueryRequest("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", select=("text/csv",))
    return int((await (await store.query(query)).read()).split()[1])

async def main():
    (folder / "ballast").write_bytes(bytes(12_000_000))
    store = WritingStore(folder / "store", Limits(readers=1, reserve_bytes=4_000_000))
    await store.start()
    acknowledged = refused = 0
    for number in range(400):
        said = "<urn:{}-{}> <urn:p> '{:0200}' ."
        rows = " ".join(said.format(number, row, number * row) for row in range(500))
        try:
            await store.update(UpdateRequest(f"INSERT DATA {{ {rows} }}", timeout=20))
            acknowledged += 500
        except StorageFullError:
            refused += 1
            if refused == 3:
                break
    seen = await many(store)
    (folder / "ballast").unlink()
    await store.update(UpdateRequest("INSERT DATA { <urn:a> <urn:b> 1 }", timeout=20))
    after = await many(store)
    await store.close()
    counts = {"acknowledged": acknowledged, "refused": refused, "seen": seen, "after": after}
    print(json.dumps(counts))

asyncio.run(main())
"""


def test_on_a_disk_that_fills_up_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    """A file system of 40 MB of its own, filled until it refuses; then room is made."""
    mount = f"mount -t tmpfs -o size=40m tmpfs {tmp_path}"
    inside = f'{mount} && exec "$0" -c "$1" {tmp_path}'
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
    if subprocess.run([*command, mount], capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine lets nobody mount a file system of their own")
    done = subprocess.run(
        [*command, inside, sys.executable, FILLING],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["refused"] == 3
    assert found["acknowledged"] > 1000
    # What was refused for want of room may have been carried out whole, never in part.
    assert found["seen"] >= found["acknowledged"]
    assert found["seen"] % 500 == 0
    assert found["after"] >= found["seen"] + 1


@pytest.mark.anyio
async def test_room_is_left_free_and_reading_goes_on(tmp_path: Path) -> None:
    store = WritingStore(tmp_path, Limits(readers=1, reserve_bytes=2**60))
    await store.start()
    try:
        with pytest.raises(StorageFullError):
            await store.update(UpdateRequest("INSERT DATA { <urn:a> <urn:b> 1 }"))
        answer = await store.query(QueryRequest("ASK { ?s ?p ?o }"))
        assert b"false" in await answer.read()
    finally:
        await store.close()
