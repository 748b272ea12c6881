"""Tables in a store: the same bytes as in a folder, written through fsspec."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyarrow import parquet

from align.errors import ReadError
from align.site.folder import RESULTS, SUMMARY, TABLES, write_all
from align.site.remote import write_tables
from tests.outcomes import mixed, store

fsspec = pytest.importorskip("fsspec", reason="the extra [cluster] is not installed")


@pytest.fixture
def shelf() -> Iterator[str]:
    """Return the URL of a folder in memory, which is empty before and after."""
    memory = fsspec.filesystem("memory")
    yield "memory://night"
    if memory.exists("/night"):
        memory.rm("/night", recursive=True)


def test_a_store_has_the_tables_of_a_folder(tmp_path: Path, shelf: str) -> None:
    """Parquet, CSV and workbook in a store are those of the same results in a folder."""
    folder = store(tmp_path, mixed())
    write_all(folder)
    memory = fsspec.filesystem("memory")
    memory.makedirs("/night")
    memory.pipe(f"/night/{RESULTS}", (folder / RESULTS).read_bytes())
    write_tables(shelf)
    for name in (*TABLES, SUMMARY):
        assert memory.cat(f"/night/{name}") == (folder / name).read_bytes(), name
    with memory.open("/night/findings.parquet") as file:
        assert parquet.read_table(file).num_rows


def test_a_store_without_results_is_one_clear_error(shelf: str) -> None:
    """Where no batch has written, the error names the place."""
    with pytest.raises(ReadError) as caught:
        write_tables(shelf)
    assert shelf in caught.value.where
