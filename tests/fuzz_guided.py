"""Tries files on one reader, guided by the lines that they reach; needs `pip install atheris`.

python -m tests.fuzz_guided READER [--seconds 600] [--folder .fuzz]

Of an archive, the part that holds the text is tried. What reached new lines stays in the folder, so
that a later run goes on from there; a file that fails is written to it as `READER-crash-…`.
"""

import argparse
import logging
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import atheris

from tests.archives import epub, zipped

with atheris.instrument_imports(include=["align.read"]):
    from tests.fuzz_readers import READERS, own_samples
    from tests.test_read_fuzz import read

PATIENCE_SECONDS = 20


def _book(data: bytes) -> bytes:
    return epub({"a": data.decode("utf-8", "ignore")}, ("a",))


def _part(data: bytes) -> bytes:
    return zipped({"word/document.xml": data})


def _content(data: bytes) -> bytes:
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": data})


PACKED: dict[str, tuple[Callable[[bytes], bytes], tuple[str, ...]]] = {
    "docx-text": (_part, ("word/document.xml",)),
    "review-rows": (_part, ("word/document.xml",)),
    "odt-text": (_content, ("content.xml",)),
    "epub-text": (_book, ()),
}
"""How the bytes that are tried become an archive, and which of its parts they are."""


def main() -> None:
    """Set up libFuzzer for one reader and let it run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reader", choices=READERS)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--folder", type=Path, default=Path(".fuzz"))
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    entry = READERS[options.reader]
    corpus = options.folder / options.reader
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(_seeds(options.reader)):
        (corpus / f"seed-{number}").write_bytes(data)
    pack = PACKED[options.reader][0] if options.reader in PACKED else bytes

    def attempt(data: bytes) -> None:
        read(entry, pack(data))

    flags = [
        f"-max_total_time={options.seconds}",
        f"-timeout={PATIENCE_SECONDS}",
        f"-artifact_prefix={options.folder}/{options.reader}-",
        "-rss_limit_mb=4096",
    ]
    atheris.Setup([sys.argv[0], str(corpus), *flags], attempt)
    atheris.Fuzz()


def _seeds(reader: str) -> list[bytes]:
    """Return what the search begins with: samples, or the parts of them that are tried."""
    samples = own_samples(READERS[reader])
    if reader not in PACKED:
        return samples
    parts = PACKED[reader][1]
    found = []
    for data in samples:
        with ZipFile(BytesIO(data)) as archive:
            names = parts or [n for n in archive.namelist() if n.startswith("OEBPS/")]
            found += [archive.read(name) for name in names if name in archive.namelist()]
    return found


if __name__ == "__main__":
    main()
