"""Reading gettext catalogues: messages and plural forms, each at its place."""

import io

import pytest

from align.config import ReadSettings
from align.errors import ReadError
from align.read.po import parse
from align.read.row import Asked, Row

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


@pytest.mark.parametrize("text", ["no catalogue", 'msgstr "x"\nfoo', "msgid\n"])
def test_what_is_no_catalogue_is_refused(text: str) -> None:
    """A file that is no PO is one error."""
    with pytest.raises(ReadError) as caught:
        read(text)
    assert caught.value.where == "a.po"


def test_the_limit_is_a_setting() -> None:
    """A catalogue is read whole, so it has the limit of a file."""
    with pytest.raises(ReadError) as caught:
        read(CATALOGUE, ReadSettings(limit_mb=0.0001))
    assert "--max-size-mb" in caught.value.fix
