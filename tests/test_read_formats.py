"""Choosing the reader: by content where that is sure, by name otherwise; and the page about it."""

import io
import logging
import sys
from pathlib import Path

import openpyxl
import pytest

from align.cli import files
from align.config import Config, ReadSettings
from align.errors import ReadError
from align.read import formats, sniff
from align.read.row import Asked, Row
from tests.archives import docx, epub, odt, p, zipped

ROOT = Path(__file__).parent.parent
DEFAULTS = Config()
DATA = Path(__file__).parent / "data"

XLIFF = (
    b'<xliff version="2.0" srcLang="en" trgLang="vi"><file><unit id="u"><segment><source>Rain'
    b"</source><target>M\xc6\xb0a</target></segment></unit></file></xliff>"
)
TMX = (
    b'<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>Rain</seg></tuv>'
    b'<tuv xml:lang="vi"><seg>M\xc6\xb0a</seg></tuv></tu></body></tmx>'
)


def sheet() -> bytes:
    """Return a workbook of one row."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Rain", "Mưa"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


TEXTS = {
    ".txt": b"Rain",
    ".html": b"<!DOCTYPE html><p>Rain</p>",
    ".md": b"*Rain*",
    ".docx": docx(p("Rain")),
    ".odt": odt("<text:p>Rain</text:p>"),
    ".epub": epub({"a": "<p>Rain</p>"}, ("a",)),
    ".pdf": (DATA / "seed-000.pdf").read_bytes(),
    ".srt": b"1\n00:00:01,000 --> 00:00:02,000\nRain\n",
    ".vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\nRain\n",
    ".ass": b"[Script Info]\n[Events]\nFormat: Text\nDialogue: Rain\n",
}
ROWS = {
    ".xlf": XLIFF,
    ".sdlxliff": b"\xef\xbb\xbf" + XLIFF,
    ".mqxliff": XLIFF,
    ".tmx": TMX,
    ".po": 'msgid ""\nmsgstr ""\n\nmsgid "Rain"\nmsgstr "Mưa"\n'.encode(),
    ".tsv": "Rain\tMưa\n".encode(),
    ".csv": "Rain;Mưa\n".encode(),
    ".jsonl": '{"source": "Rain", "target": "Mưa"}\n'.encode(),
    ".xlsx": sheet(),
    ".docx": docx(f"<w:tbl><w:tr><w:tc>{p('Rain')}</w:tc><w:tc>{p('Mưa')}</w:tc></w:tr></w:tbl>"),
}


def saved(folder: Path, name: str, data: bytes) -> str:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(data)
    return str(path)


def first_row(path: str, config: Config = DEFAULTS) -> Row:
    """Return the first row of a file, as the command reads it."""
    with files.open_rows(path, config, Asked(path, config.read)) as rows:
        return next(rows)


@pytest.mark.parametrize("suffix", TEXTS)
def test_every_text_is_read_by_its_name(suffix: str, tmp_path: Path) -> None:
    """A file with the right name is read, in capitals too, and says nothing."""
    for name in (f"a{suffix}", f"A{suffix.upper()}"):
        document = files.read_document(saved(tmp_path, name, TEXTS[suffix]), Config())
        assert document.name == name
        assert document.text.startswith(("Rain", "Russian"))


@pytest.mark.parametrize("suffix", ROWS)
def test_every_file_of_rows_is_read_by_its_name(suffix: str, tmp_path: Path) -> None:
    """A bilingual file gives its rows, in a stream or all at once, with the same texts."""
    path = saved(tmp_path, f"a{suffix}", ROWS[suffix])
    row = first_row(path)
    assert (row.source, row.target) == ("Rain", "Mưa")
    rows, origin = files.read_rows(path, Config(), Asked(path))
    assert rows[0] == row
    wanted = formats.find(suffix, "rows")
    assert wanted is not None
    assert (origin.decoded is not None) == wanted.has_lines
    if origin.decoded is not None:
        assert origin.decoded[row.offsets[1][0] : row.offsets[1][-1]] == "Mưa"


@pytest.mark.parametrize("suffix", [s for s in TEXTS if s not in (".txt", ".md")])
@pytest.mark.parametrize("name", ["a.txt", "a.unknown", "a", "a.docx", "a.html"])
def test_a_wrong_name_is_not_believed(
    suffix: str, name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Content that is surely of another format is read as that; the log says so."""
    path = saved(tmp_path, name, TEXTS[suffix])
    with caplog.at_level(logging.WARNING):
        document = files.read_document(path, Config())
    assert document.text.startswith(("Rain", "Russian"))
    promised = formats.find(Path(name).suffix, "text")
    actual = formats.find(suffix, "text")
    assert bool(caplog.messages) == (promised is not None and promised is not actual)


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".epub", ".pdf"])
def test_text_that_calls_itself_otherwise_is_one_error(suffix: str, tmp_path: Path) -> None:
    """A text with the name of a Word file, an e-book or a PDF is refused."""
    with pytest.raises(ReadError):
        files.read_document(saved(tmp_path, f"a{suffix}", b"Just some text."), Config())


@pytest.mark.parametrize("suffix", [".xlf", ".tmx", ".xlsx"])
def test_rows_are_no_text(suffix: str, tmp_path: Path) -> None:
    """A bilingual file in the place of an article is refused, whatever its name."""
    for name in (f"a{suffix}", "a.txt"):
        with pytest.raises(ReadError) as caught:
            files.read_document(saved(tmp_path, name, ROWS[suffix]), Config())
        assert "rows of both texts" in caught.value.what


@pytest.mark.parametrize("suffix", [".txt", ".html", ".pdf", ".srt"])
def test_a_text_is_no_rows(suffix: str, tmp_path: Path) -> None:
    """An article alone is half of a pair."""
    with pytest.raises(ReadError) as caught:
        first_row(saved(tmp_path, f"a{suffix}", TEXTS[suffix]))
    assert "bilingual" in caught.value.what


def test_rows_under_another_name_are_read(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """XLIFF that somebody called .xml is read; called .tsv, it is read and said."""
    assert first_row(saved(tmp_path, "a.xml", XLIFF)).source == "Rain"
    assert caplog.messages == []
    assert first_row(saved(tmp_path, "a.tsv", XLIFF)).source == "Rain"
    assert "read as XLIFF" in caplog.text


@pytest.mark.parametrize("suffix", [suffix for suffix in ROWS if suffix != ".csv"])
def test_standard_input_is_told_by_its_content(
    suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a name, the content says what it is; a table is the fallback."""

    class Input:
        buffer = io.BufferedReader(io.BytesIO(ROWS[suffix]))

    monkeypatch.setattr(sys, "stdin", Input())
    assert first_row("-").target == "Mưa"


def test_a_text_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Word document in a pipe is one."""

    class Input:
        buffer = io.BytesIO(TEXTS[".docx"])

    monkeypatch.setattr(sys, "stdin", Input())
    document = files.read_document("-", Config(), "en")
    assert (document.text, document.name, document.language) == ("Rain", "standard input", "en")


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b"", ""),
        (b"PK\x03\x04 broken", ""),
        (zipped({"a": "x"}), ""),
        (b"<?xml version='1.0'?>\n<!-- x --><html xmlns='x'>", ".html"),
        (b"<?xml version='1.0'?><xliff:xliff>", ".xlf"),
        ("<tmx version='1.4'>".encode("utf-16"), ".tmx"),
        (b'# c\nmsgid ""\n', ".po"),
        (b"1. A list\n", ""),
        (b"The <html> element", ""),
    ],
)
def test_content_is_told_only_where_it_is_sure(data: bytes, suffix: str) -> None:
    """Half a hint is none."""
    assert sniff.suffix_of(data, ReadSettings()) == suffix


def test_every_suffix_is_tested_and_every_reader_is_there() -> None:
    """Each entry has a module with its function, settings that exist, and a case above."""
    tested = {"text": TEXTS, "rows": ROWS}
    for entry in formats.FORMATS:
        reader = (
            formats.document_reader(entry) if entry.kind == "text" else formats.row_reader(entry)
        )
        assert callable(reader)
        assert set(entry.suffixes) & set(tested[entry.kind]), entry.name
        assert all(hasattr(ReadSettings(), name) for name in entry.limits)
