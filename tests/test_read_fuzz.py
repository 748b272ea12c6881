"""Whatever bytes a reader gets, it answers with texts or with one error that a user can mend."""

import io
import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.bitext import Document
from align.config import ReadSettings
from align.errors import ReadError
from align.read import formats, sniff
from align.read.row import Asked
from tests.archives import docx, epub, odt, p, r
from tests.test_read_formats import ROWS, TEXTS
from tests.test_read_po import CATALOGUE
from tests.test_read_subtitles import ASS, SRT, VTT

LIMITS = ReadSettings(limit_mb=5, unpacked_mb=5)
EXAMPLES = int(os.environ.get("VERALIGN_FUZZ", "60"))
"""How many mutants of each format are tried; `just fuzz` tries many more."""

NOTE = '<w:footnote w:id="1">' + p("Note.") + "</w:footnote>"
RICH = {
    "word": docx(
        p("One", "<w:ins>" + r("two") + "</w:ins>", '<w:r><w:footnoteReference w:id="1"/></w:r>')
        + "<w:tbl><w:tr><w:tc>" + p("a") + "</w:tc><w:tc>" + p("b") + "</w:tc></w:tr></w:tbl>",
        {"footnotes": NOTE},
    ),
    "odt": odt("<text:h>One</text:h><table:table><table:table-row><table:table-cell><text:p>Two"
               "</text:p></table:table-cell></table:table-row></table:table>"),
    "book": epub({"a": "<p>One &amp; two</p>", "b": "<h1>Three</h1>"}, ("a", "b")),
    "page": b"<!DOCTYPE html><html><head><meta charset=utf-8><title>x</title></head><body><nav>a"
            b"</nav><article class='x y'><h1>One</h1><p>Two &amp; <b>three</b><br>four<ul><li>five"
            b"</ul><table><tr><td>six</table></article></body></html>",
    "prose": b"---\na: b\n---\n# One\n\n> two *three* [four](x)\n\n```\ncode\n```\n\n| a |\n|-|\n"
             b"| c | d |\n",
    "srt": SRT.encode(), "vtt": VTT.encode(), "ass": ASS.encode(), "po": CATALOGUE.encode(),
    "csv": b'id;source;target\n1;"a ""b""\nc";d\n2;e;f\n',
    "json": b'{"source": "a \\u00e9 \\"b\\"", "target": "c", "x": [1, {"y": null}]}\n[]\n',
}  # fmt: skip
SAMPLES = [*TEXTS.values(), *ROWS.values(), *RICH.values()]
ANY_BYTES = st.binary(max_size=200) | st.text(max_size=80).map(
    lambda text: text.encode("utf-8", "ignore")
)
SPLICES = (
    b"<", b">", b"&", b'"', b"'", b"\n", b"\r", b"\t", b"\x00", b"\xff\xfe", b"\xe2\x80\x8b",
    b"<!--", b"]]>", b"<![CDATA[", b"&#0;", b"&#x110000;", b"{", b"}", b"[", b"\\u", b"-->",
    b"msgid", b",,,", b"</w:p>", b"99999999999", b"\xcc\x81", b"\xe2\x80\xae",
)  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return the data after some cuts, copies, flips and splices."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(changed) + 1)
        end = min(len(changed), at + chance.choice((1, 4, 30)))
        match chance.randrange(4):
            case 0:
                del changed[at:end]
            case 1:
                changed[at:at] = changed[at:end] * chance.choice((1, 2, 20))
            case 2:
                changed[at:at] = chance.choice(SPLICES)
            case _:
                changed[at : at + 1] = bytes([chance.randrange(256)])
    return bytes(changed)


def read(entry: formats.Format, data: bytes) -> None:
    """Read the data, and look that what comes back is sound."""
    try:
        if entry.kind == "text":
            check_document(formats.document_reader(entry)(data, "a", "a", LIMITS))
        else:
            asked = Asked("a", LIMITS)
            for row in formats.row_reader(entry)(io.BytesIO(data), asked):
                assert not row.error or not row.source
                for text, offsets in zip((row.source, row.target), row.offsets, strict=True):
                    assert not offsets or len(offsets) == len(text) + 1
                    assert list(offsets) == sorted(offsets)
    except ReadError as error:
        refused = error
    else:
        return
    assert all((refused.what, refused.where, refused.fix))


def check_document(document: Document) -> None:
    """Look that blocks ascend and are not blank, and that every position leads to the file."""
    end = 0
    for block in document.blocks:
        text = block.of(document.text)
        assert end <= block.start
        assert text.strip() == text != ""
        end = block.end
    assert end <= len(document.text)
    if document.offsets is not None:
        assert len(document.offsets) == len(document.text) + 1
        assert list(document.offsets) == sorted(document.offsets)
    starts = [place.span.start for place in document.places]
    assert starts == sorted(starts)


@pytest.mark.parametrize("entry", formats.FORMATS, ids=lambda entry: f"{entry.module}-{entry.kind}")
def test_mutants_are_read_or_refused(entry: formats.Format) -> None:
    """Files that are almost right, of this format or another, never make a reader fail."""
    chance = random.Random(entry.name)
    own = [data for data in SAMPLES if sniff.suffix_of(data, LIMITS) in entry.suffixes] or SAMPLES
    for _ in range(EXAMPLES):
        read(entry, mutated(chance.choice(own), chance))
        read(entry, chance.choice(SAMPLES))


@pytest.mark.parametrize("entry", formats.FORMATS, ids=lambda entry: f"{entry.module}-{entry.kind}")
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=ANY_BYTES)
def test_any_bytes_are_read_or_refused(entry: formats.Format, data: bytes) -> None:
    """No bytes whatever make a reader fail in a way that a command does not expect."""
    read(entry, data)


@pytest.mark.parametrize("entry", formats.FORMATS, ids=lambda entry: f"{entry.module}-{entry.kind}")
def test_real_files_cut_anywhere(entry: formats.Format) -> None:
    """A real file that lost its end is read as far as it goes, or refused."""
    folder = Path(__file__).parent / "data"
    for path in sorted(filter(Path.is_file, folder.iterdir())):
        data = path.read_bytes()
        if path.suffix in entry.suffixes:
            for part in range(1, 12):
                read(entry, data[: len(data) * part // 12])
