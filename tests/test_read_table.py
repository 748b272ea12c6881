"""Reading bilingual rows: every line is one row, and a bad one says what is wrong with it."""

import unicodedata
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from align.read.table import Row, parse

cells = st.text(st.sampled_from("aeê\u0302\u0323 .,桥🙂\u3000"), max_size=12)


def test_rows_come_in_order_and_numbered() -> None:
    """Each line is a row with both cells, numbered from 0."""
    rows = list(parse(["One.\tMột.\n".encode(), b"Two.\tHai.\n", b"Three.\tBa."]))
    assert rows == [
        Row(0, "One.", "Một."),
        Row(1, "Two.", "Hai."),
        Row(2, "Three.", "Ba."),
    ]


def test_wrong_number_of_columns_is_an_error_of_its_row() -> None:
    """A line with one or three columns is an error that says how many it has."""
    rows = list(parse([b"One.\n", b"Two.\tHai.\tnote\n", b"Three.\tBa.\n"]))
    assert rows == [
        Row(0, error="1 columns, expected 2 (source, tab, target)"),
        Row(1, error="3 columns, expected 2 (source, tab, target)"),
        Row(2, "Three.", "Ba."),
    ]


def test_blank_line_keeps_its_number() -> None:
    """A blank line is a row with an error, so that the rows behind it keep their numbers."""
    rows = list(parse([b"One.\tMot.\n", b"\n", b"Three.\tBa.\n"]))
    assert [row.number for row in rows] == [0, 1, 2]
    assert [bool(row.error) for row in rows] == [False, True, False]


def test_blank_cells_are_kept() -> None:
    """A row of which one side is blank is a row: only a later stage can say what that means."""
    assert list(parse([b"One.\t\n", b" \tHai.\n"])) == [Row(0, "One.", ""), Row(1, "", "Hai.")]


def test_bad_bytes_spoil_only_their_row() -> None:
    """A row that is not UTF-8 is an error with the place, and the others are read."""
    rows = list(parse([b"One.\tMot.\n", b"Two\xff.\tHai.\n", b"Three.\tBa.\n"]))
    assert rows == [
        Row(0, "One.", "Mot."),
        Row(1, error="not UTF-8 at byte 3"),
        Row(2, "Three.", "Ba."),
    ]


def test_byte_order_mark_is_taken_off_the_first_row_only() -> None:
    """The mark at the start of the file is no character of the first cell."""
    mark = b"\xef\xbb\xbf"
    rows = list(parse([mark + b"One.\tMot.\n", mark + b"Two.\tHai.\n"]))
    assert [row.source for row in rows] == ["One.", "\ufeffTwo."]


def test_windows_line_ends_are_no_part_of_the_target() -> None:
    """CRLF ends a line as LF does."""
    assert list(parse([b"One.\tMot.\r\n"])) == [Row(0, "One.", "Mot.")]


def test_white_space_around_cells_goes() -> None:
    """Spaces beside the tab and at the ends are not part of a cell; those inside are."""
    assert list(parse(["  One  two. \t\u3000Một hai.  \n".encode()])) == [
        Row(0, "One  two.", "Một hai.")
    ]


def test_cells_are_composed() -> None:
    """Decomposed Vietnamese comes out in NFC, as documents do."""
    line = unicodedata.normalize("NFD", "Bridge.\tCây cầu mới.\n").encode()
    assert list(parse([line])) == [Row(0, "Bridge.", "Cây cầu mới.")]


def test_nothing_gives_no_rows() -> None:
    """A file without lines has no rows."""
    assert list(parse([])) == []


def test_rows_are_streamed() -> None:
    """A row is given as soon as its line is there: a big file is never held at once."""

    def lines() -> Iterator[bytes]:
        yield b"One.\tMot.\n"
        raise AssertionError

    assert next(parse(lines())) == Row(0, "One.", "Mot.")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(cells, cells), max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_written_rows_are_read_back(pairs: list[tuple[str, str]], line_break: str) -> None:
    """What was written as one row a line is read as those rows, in NFC and without margins."""
    lines = [f"{source}\t{target}{line_break}".encode() for source, target in pairs]
    expected = [
        tuple(unicodedata.normalize("NFC", cell).strip() for cell in pair) for pair in pairs
    ]
    assert [(row.source, row.target) for row in parse(lines)] == expected
