"""The tables of a batch whose results stand in a store that fsspec knows."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from align.batch import places
from align.errors import ReadError
from align.site.folder import RESULTS, SUMMARY, TABLES, write_all


def write_tables(out: str) -> None:
    """Write the tables and the workbook beside results in a store, as `write_all` writes them.

    They are made in a folder of this machine, which needs room for the results and the site. The
    site itself stays away: a page a pair is what stores are slow with.

    Args:
        out: The URL of the batch.

    Raises:
        ReadError: The results cannot be read, or the store cannot be written.
    """
    base = out.rstrip("/")
    with TemporaryDirectory(prefix="veralign-") as folder:
        room = Path(folder)
        try:
            with (
                places.opened(f"{base}/{RESULTS}", "rb") as kept,
                (room / RESULTS).open("wb") as file,
            ):
                shutil.copyfileobj(kept, file)
            write_all(room)
            for name in (*TABLES, SUMMARY):
                with (
                    (room / name).open("rb") as made,
                    places.opened(f"{base}/{name}", "wb") as file,
                ):
                    shutil.copyfileobj(made, file)
        except OSError as error:
            raise ReadError(
                f"The tables cannot be written: {error.strerror or error}.",
                where=out,
                fix="See that the store may be written to; what stands in results.jsonl is safe.",
            ) from error
