"""Reading gettext catalogues: messages and plural forms, each at its place."""

import io

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.config import ReadSettings
from align.errors import ReadError
from align.read.po import parse
from align.read.row import Asked, Row, placeless

CATALOGUE = r"""# A remark
msgid ""
msgstr ""
"Language: vi_VN\n"
"Content-Type: text/plain; charset=UTF-8\n"

#: a.c:1
msgctxt "menu"
msgid "Open \"file\"\n"
"now"
msgstr "Mở \t tệp"

#, fuzzy
#| msgid "old files"
msgid "%d file"
msgid_plural "%d files"
msgstr[0] "%d tệp"
msgstr[1] "%d các tệp"

msgid "Not yet"
msgstr ""

#~ msgid "gone"
#~ msgstr "mất"
"""


def read(text: str, limits: ReadSettings | None = None) -> list[Row]:
    """Read a catalogue."""
    return list(parse(io.BytesIO(text.encode()), Asked("a.po", limits or ReadSettings())))


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_messages_are_rows_at_their_places(line_break: str) -> None:
    """Escapes are what they mean; headers and obsolete messages are no rows."""
    page = CATALOGUE.replace("\n", line_break)
    rows = read(page)
    assert [(row.source, row.target) for row in rows] == [
        ('Open "file" now', "Mở tệp"),
        ("%d file", "%d tệp"),
        ("%d files", "%d các tệp"),
        ("Not yet", ""),
    ]
    assert [row.label for row in rows] == [
        "msgid at line 9",
        "msgid at line 15",
        "msgid at line 16",
        "msgid at line 20",
    ]
    assert rows[0].languages == ("", "vi")
    offsets = rows[0].offsets[0]
    assert page[offsets[0] :].startswith('Open \\"file')
    assert page[offsets[rows[0].source.index("now")] :].startswith("now")
    assert page[rows[2].offsets[1][0] :].startswith("%d các")


@pytest.mark.parametrize(
    "text",
    [
        "no catalogue",
        'msgstr "x"\nfoo',
        "msgid\n",
        'msgctxt "x"',
        'msgid "a" b',
        'msgid "a"\nmsgid_plural "b"\nmsgid_plural "c"',
    ],
)
def test_what_is_no_catalogue_is_refused(text: str) -> None:
    """A file that is no PO is one error."""
    with pytest.raises(ReadError) as caught:
        read(text)
    assert caught.value.where == "a.po"


@pytest.mark.parametrize(
    ("written", "meant"),
    [(r"\101\x42c", "ABc"), (r"\8\\9", r"8\9"), ("\\٣", "٣"), (r"\xg\q", "xgq"), ("a\\", None)],
)
def test_escapes_are_those_of_c(written: str, meant: str | None) -> None:
    """Octal and hexadecimal signs are characters, and what no escape is stands for itself."""
    page = f'msgid "{written}"\nmsgstr "b"\n'
    if meant is None:
        with pytest.raises(ReadError):
            read(page)
        return
    assert [row.source for row in read(page)] == [meant]


def test_a_message_that_is_too_long_is_an_error() -> None:
    """The messages beside it are read, in one line or in many."""
    long = "".join(f'"word {n}"\n' for n in range(40))
    page = f'msgid ""\n{long}msgstr "a"\n\nmsgid "b"\nmsgstr "{"c" * 300}"\n\nmsgid "d"\nmsgstr "e"'
    rows = read(page, ReadSettings(row_chars=200))
    assert ["row_chars" in row.error for row in rows] == [True, True, False]
    assert [row.label for row in rows] == [
        "message at line 1", "message at line 44", "msgid at line 47"
    ]  # fmt: skip
    assert (rows[2].source, rows[2].target) == ("d", "e")


def test_a_line_that_is_not_utf_8_costs_its_message() -> None:
    """A broken byte is told, and no other message is lost or shifted."""
    page = b'msgid "a"\nmsgstr "b"\n\nmsgid "c\xff"\nmsgstr "d"\n\nmsgid "e"\nmsgstr "f"\n'
    rows = list(parse(io.BytesIO(page), Asked("a.po")))
    assert [(row.source, row.target) for row in rows] == [("a", "b"), ("", ""), ("e", "f")]
    assert rows[1].error == "not UTF-8 at byte 8"
    assert rows[2].offsets[1][0] == page.decode("utf-8", "replace").index("f")


@pytest.mark.parametrize(
    ("charset", "codec", "text"),
    [("ISO-8859-2", "iso8859-2", "příliš žluťoučký"), ("KOI8-R", "koi8-r", "новости дня"),
     ("windows-1252", "cp1252", "où çà"), ("CHARSET", "utf-8", "mưa"), ("UTF-8", "utf-16", "mưa")],
)  # fmt: skip
def test_the_encoding_is_the_one_it_says(charset: str, codec: str, text: str) -> None:
    """A catalogue of an old program is read as its header says, a byte order mark before all."""
    head = f'msgid ""\nmsgstr "Content-Type: text/plain; charset={charset}\\n"\n\n'
    data = f'{head}msgid "x"\nmsgstr "{text}"\n'.encode(codec)
    (row,) = parse(io.BytesIO(data), Asked("a.po"))
    assert row.target == text


def test_an_encoding_that_does_not_hold_is_refused() -> None:
    """A catalogue that says Shift-JIS and is not is one error."""
    data = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=Shift_JIS\\n"\n"\x81"\n'
    with pytest.raises(ReadError) as caught:
        list(parse(io.BytesIO(data), Asked("a.po")))
    assert "should be CP932" in caught.value.what


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
PLURAL = st.lists(TEXT, min_size=1, max_size=12)


@given(st.lists(st.tuples(TEXT.filter(str.strip), TEXT | PLURAL, st.none() | TEXT), max_size=6))
def test_catalogues_are_read_as_polib_reads_them(
    messages: list[tuple[str, str | list[str], str | None]],
) -> None:
    """What `polib` writes is read with the same texts, contexts and plural forms among it."""
    catalogue = polib.POFile()
    catalogue.metadata = {"Language": "vi", "Content-Type": "text/plain; charset=UTF-8"}
    wanted: list[tuple[str, str]] = []
    for number, (source, target, context) in enumerate(messages):
        entry = polib.POEntry(msgid=source, msgctxt=context, linenum=number)
        if isinstance(target, str):
            entry.msgstr = target
            wanted.append((source, target))
        else:
            entry.msgid_plural = source + "s"
            entry.msgstr_plural = dict(enumerate(target))
            wanted += ((f"{source}s" if form else source, one) for form, one in enumerate(target))
        catalogue.append(entry)
    rows = read(str(catalogue))
    assert [(row.source, row.target) for row in rows] == [
        (placeless(one).text, placeless(two).text) for one, two in wanted
    ]
    assert {row.languages for row in rows} <= {("", "vi")}
