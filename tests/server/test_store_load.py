"""A store folder is made whole or not at all, and a damaged one says so in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Store

from server.store.interface import StoreError
from server.store.layout import engine_folder, read_version
from server.store.load import digest, open_or_load

pytestmark = pytest.mark.filterwarnings("error")


DatasetWriter = Callable[..., Path]


def count(directory: Path) -> int:
    return len(Store.read_only(str(engine_folder(directory))))


def test_a_dataset_is_loaded_with_its_graphs_and_version(
    tmp_path: Path, write_dataset: DatasetWriter
) -> None:
    dataset = write_dataset(tmp_path / "dataset.nq", filler=5)
    open_or_load(dataset, tmp_path / "new" / "store")
    directory = tmp_path / "new" / "store"
    store = Store.read_only(str(engine_folder(directory)))
    assert len(store) == 11
    assert {graph.value for graph in store.named_graphs()} == {
        "http://example.org/letter",
        "http://example.org/note",
        "http://example.org/filling",
    }
    assert read_version(directory) == digest(dataset)
    assert [path.name for path in (tmp_path / "new").iterdir() if path.is_dir()] == ["store"]


def test_the_same_dataset_is_not_loaded_again(tmp_path: Path, write_dataset: DatasetWriter) -> None:
    dataset = write_dataset(tmp_path / "dataset.nq", filler=5)
    open_or_load(dataset, tmp_path / "store")
    before = (tmp_path / "store" / "version").stat().st_ino
    open_or_load(dataset, tmp_path / "store")
    assert (tmp_path / "store" / "version").stat().st_ino == before


def test_another_dataset_replaces_the_store(tmp_path: Path, write_dataset: DatasetWriter) -> None:
    open_or_load(write_dataset(tmp_path / "dataset.nq", filler=5), tmp_path / "store")
    newer = write_dataset(tmp_path / "newer.nq", filler=9)
    (tmp_path / ".store.loading").mkdir()  # left by a load that was cut off
    open_or_load(newer, tmp_path / "store")
    assert count(tmp_path / "store") == 15
    assert read_version(tmp_path / "store") == digest(newer)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["store"]


def test_a_damaged_store_is_named_with_the_reason(
    tmp_path: Path, write_dataset: DatasetWriter
) -> None:
    dataset = write_dataset(tmp_path / "dataset.nq", filler=5)
    open_or_load(dataset, tmp_path / "store")
    (tmp_path / "store" / "engine" / "CURRENT").write_text("junk")
    with pytest.raises(StoreError) as caught:
        open_or_load(dataset, tmp_path / "store")
    message = str(caught.value)
    assert str(tmp_path / "store") in message
    assert "CURRENT" in message
    assert "\n" not in message


def test_a_folder_that_is_no_store_is_left_alone(
    tmp_path: Path, write_dataset: DatasetWriter
) -> None:
    dataset = write_dataset(tmp_path / "dataset.nq", filler=5)
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "thesis.txt").write_text("mine")
    with pytest.raises(StoreError, match="No such file"):
        open_or_load(dataset, tmp_path / "store")
    assert (tmp_path / "store" / "thesis.txt").read_text() == "mine"


def test_a_bad_dataset_leaves_the_store_as_it_was(
    tmp_path: Path, write_dataset: DatasetWriter
) -> None:
    open_or_load(write_dataset(tmp_path / "dataset.nq", filler=5), tmp_path / "store")
    bad = tmp_path / "bad.nq"
    bad.write_text("<urn:a> <urn:b> .\n")
    with pytest.raises(StoreError, match=r"bad\.nq can not be loaded: .*1"):
        open_or_load(bad, tmp_path / "store")
    assert count(tmp_path / "store") == 11
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["store"]


def test_a_missing_dataset_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"none\.nq can not be read: No such file"):
        open_or_load(tmp_path / "none.nq", tmp_path / "store")
