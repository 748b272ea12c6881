"""Reading tables as text: every record is a row, knows its place, and a bad one says why."""

import io
import unicodedata
from collections.abc import Iterator
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.config import ReadSettings
from align.errors import ReadError
from align.read.lines import decoded
from align.read.row import Asked, Row
from align.read.table import parse_csv, parse_jsonl, parse_tsv

cells = st.text(st.sampled_from("aeê\u0302\u0323 .,桥🙂\u3000"), max_size=12)
ANY = Asked("rows")


def tsv(data: bytes, asked: Asked = ANY) -> list[Row]:
    """Read tab-separated rows."""
    return list(parse_tsv(io.BytesIO(data), asked))


def csv(text: str, asked: Asked = ANY) -> list[Row]:
    """Read comma-separated rows."""
    return list(parse_csv(io.BytesIO(text.encode()), asked))


def jsonl(text: str, asked: Asked = ANY) -> list[Row]:
    """Read JSON lines."""
    return list(parse_jsonl(io.BytesIO(text.encode()), asked))


def texts(rows: list[Row]) -> list[tuple[str, str]]:
    """Return both texts of each row."""
    return [(row.source, row.target) for row in rows]


def written(row: Row, text: str) -> tuple[str, ...]:
    """Return what stands in the file where the row says that its texts stand."""
    return tuple(text[offsets[0] : offsets[-1]] for offsets in row.offsets)


def test_rows_come_in_order_and_numbered() -> None:
    """Each line is a row with both cells, numbered from 0, and named after its line."""
    rows = tsv("One.\tMột.\nTwo.\tHai.\r\nThree.\tBa.".encode())
    assert texts(rows) == [("One.", "Một."), ("Two.", "Hai."), ("Three.", "Ba.")]
    assert [(row.number, row.label) for row in rows] == [
        (0, "line 1"),
        (1, "line 2"),
        (2, "line 3"),
    ]


def test_wrong_number_of_columns_is_an_error_of_its_row() -> None:
    """A line with one or three columns is an error that says how many it has."""
    rows = tsv(b"One.\nTwo.\tHai.\tnote\nThree.\tBa.\n")
    assert [row.error.partition(",")[0] for row in rows] == ["1 columns", "3 columns", ""]
    assert "--columns" in rows[1].error


def test_blank_line_keeps_its_number() -> None:
    """A blank line is a row with an error, so that the rows behind it keep their numbers."""
    rows = tsv(b"One.\tMot.\n\nThree.\tBa.\n")
    assert [row.number for row in rows] == [0, 1, 2]
    assert [bool(row.error) for row in rows] == [False, True, False]


def test_blank_cells_are_kept() -> None:
    """A row of which one side is blank is a row: only a later stage can say what that means."""
    assert texts(tsv(b"One.\t\n \tHai.\n")) == [("One.", ""), ("", "Hai.")]


def test_bad_bytes_spoil_only_their_row() -> None:
    """A row that is not UTF-8 is an error with the place, and the others are read."""
    rows = tsv(b"One.\tMot.\nTwo\xff.\tHai.\nThree.\tBa.\n")
    assert [row.error for row in rows] == ["", "not UTF-8 at byte 3", ""]


def test_a_mark_and_wide_encodings_are_read() -> None:
    """A byte order mark is no text, and Excel's Unicode text is UTF-16."""
    text = "One.\tMột.\r\nTwo.\tHai.\r\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        data = text.encode(encoding)
        rows = tsv(data)
        assert texts(rows) == [("One.", "Một."), ("Two.", "Hai.")]
        assert written(rows[1], decoded(data)) == ("Two.", "Hai.")


def test_a_long_row_is_an_error_and_the_next_is_read() -> None:
    """A line of ten megabytes costs its row, not the file; the limit is a setting."""
    for encoding in ("utf-8", "utf-16"):
        data = ("one\tmột\n" + "é" * 5_000_000 + "\tx\ntwo\thai\n").encode(encoding)
        rows = tsv(data)
        assert [bool(row.error) for row in rows] == [False, True, False]
        assert "row_chars" in rows[1].error
        assert written(rows[2], decoded(data)) == ("two", "hai")


def test_limit_counts_both_texts() -> None:
    """Two texts that are together too long are an error too."""
    asked = Asked("rows", ReadSettings(row_chars=10))
    assert [bool(row.error) for row in tsv(b"123456\t123456\n12\t12\n", asked)] == [True, False]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(cells, cells), max_size=6))
def test_any_cells_are_read_in_nfc_at_their_places(pairs: list[tuple[str, str]]) -> None:
    """Whatever is written comes back trimmed and in NFC, and leads to where it stands."""
    text = "".join(f"{source}\t{target}\n" for source, target in pairs)
    rows = tsv(text.encode())
    expected = [
        tuple(unicodedata.normalize("NFC", cell).strip() for cell in pair) for pair in pairs
    ]
    assert texts(rows) == expected
    for row in rows:
        assert tuple(unicodedata.normalize("NFC", w) for w in written(row, text)) == (
            row.source,
            row.target,
        )


def test_rows_are_read_one_by_one() -> None:
    """The first row is there before the rest of the file is, whatever its length."""

    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override] # as io's own
            data = (b"One.\tMot.\n" * 10_000)[: len(buffer)]
            buffer[: len(data)] = data
            return len(data)

    stream: Iterator[Row] = parse_tsv(io.BufferedReader(cast(io.RawIOBase, Endless())), ANY)
    assert [next(stream).source for _ in range(3)] == ["One."] * 3


@pytest.mark.parametrize(
    ("header", "columns", "picked"),
    [
        ("Source,Target,Note", (), ("a", "b")),
        ("ID,English,Vietnamese", (), ("b", "c")),
        ("vi-VN,en_US,x", ("en_us", "VI-vn"), ("b", "a")),
        ("id,x,y", ("2", "3"), ("b", "c")),
        ("Key,Original,Translation (draft),Translation", ("Original", "translation"), ("b", "d")),
        ("原文,译文,备注", (), ("a", "b")),
    ],
)
def test_columns_are_told_by_their_names(
    header: str, columns: tuple[str, ...], picked: tuple[str, str]
) -> None:
    """Names that mean source and target or two languages need no flag; others are asked for."""
    rows = csv(f"{header}\na,b,c,d\n", Asked("rows", columns=columns))
    assert texts(rows)[-1] == picked


def test_languages_of_the_header_are_told() -> None:
    """A column that is named after a language says what its texts are in."""
    assert csv("English,Tiếng\nfoo,bar\n", Asked("r", columns=("1", "2")))[-1].languages[0] == "en"
    assert csv("en,vi\nfoo,bar\n")[0].languages == ("en", "vi")
    assert csv("en,vi\nfoo,bar\n", Asked("r", languages=("vi", "en")))[0].source == "bar"


def test_a_column_that_is_not_there_is_an_error() -> None:
    """The error names what columns there are."""
    with pytest.raises(ReadError) as caught:
        csv("a,b\nc,d\n", Asked("rows", columns=("a", "z")))
    assert "'z'" in caught.value.what
    assert "a, b" in caught.value.fix


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_quoted_cells_are_read_at_their_places(delimiter: str, line_break: str) -> None:
    """Quotes, delimiters and line breaks inside of quotes are text, and found in the file."""
    d, n = delimiter, line_break
    text = f'source{d}target{n}"He said ""go{d}"" now"{d}đi{n}"two{n}lines"{d}" hai "{n}'
    rows = csv(text)
    assert texts(rows) == [(f'He said "go{d}" now' if d != "\t" else 'He said "go " now', "đi"),
                           ("two lines", "hai")]  # fmt: skip
    assert written(rows[0], text) == (f'He said ""go{d}"" now', "đi")
    assert written(rows[1], text) == (f"two{n}lines", "hai")
    assert [row.label for row in rows] == ["line 2", "line 3"]


def test_an_open_quote_ends_somewhere() -> None:
    """A quote that is never closed costs rows, not the run."""
    rows = csv('a,b\n"open,c\n' + "d,e\n" * 50_000)
    assert texts(rows)[0] == ("a", "b")
    assert any(row.error for row in rows)


def test_json_lines_are_read_by_their_keys_at_their_places() -> None:
    """Keys may come in any order; escapes are what they mean; other lines are errors."""
    text = (
        '{"id": 1, "source": "a \\"b\\" \\u00e9 \\ud83d\\ude00", "target": "x"}\n\n'
        'nope\n{"meta": {"source": "no"}, "target": "t", "source": "s"}\n[1]\n{"source": "only"}\n'
    )
    rows = jsonl(text)
    assert [(row.label, bool(row.error)) for row in rows] == [
        ("line 1", False), ("line 3", True), ("line 4", False), ("line 5", True), ("line 6", False),
    ]  # fmt: skip
    assert texts(rows)[0] == ('a "b" é 😀', "x")
    assert written(rows[0], text) == ('a \\"b\\" \\u00e9 \\ud83d\\ude00', "x")
    assert texts(rows)[2] == ("s", "t")
    assert written(rows[2], text) == ("s", "t")
    assert texts(rows)[4] == ("only", "")


def test_json_keys_can_be_asked_for() -> None:
    """Keys that mean nothing to us are named by a flag."""
    asked = Asked("rows", columns=("x", "y"))
    assert texts(jsonl('{"y": "b", "x": "a"}\n', asked)) == [("a", "b")]
    assert jsonl('{"en": "a", "vi": "b"}\n')[0].languages == ("en", "vi")


@pytest.mark.parametrize("line", ["[" * 100_000, '{"a":' * 100_000, '{"source": 1}', "\x00", '"'])
def test_odd_json_is_an_error_or_empty(line: str) -> None:
    """Deep nesting, numbers and broken lines cost their row at most."""
    rows = jsonl(f'{{"source": "s", "target": "t"}}\n{line}\n', ANY)
    assert texts(rows)[0] == ("s", "t")
    assert len(rows) == 2
    assert rows[1].error or not rows[1].source
