"""Reading subtitles: sentences over several cues, no marks of style, each cue a place."""

import time
import tracemalloc

import pytest

from align.bitext import Document
from align.config import ReadSettings
from align.errors import ReadError
from align.read.subtitles import parse

SRT = """\
1
00:00:01,000 --> 00:00:02,500
<i>The mayor said that
the bridge</i>

2
00:00:02,600 --> 00:00:04,000
{\\an8}will open. On Monday

3
00:00:04,100 --> 00:00:05,000
it rained.

4
00:00:06,000 --> 00:00:07,000
- Is it &amp; safe?
- <font color="#fff">Yes!</font>
"""
VTT = """\
WEBVTT - a title

STYLE
::cue { color: red }

NOTE a remark --> with an arrow

first
00:01.000 --> 00:02.000 align:start
<v Anna>The bridge <c.loud>opens</c></v>

00:02.000 --> 00:03.000
<00:02.500>today.
"""
ASS = """\
[Script Info]
Title: Bridge
Dialogue: not yet

[V4+ Styles]
Format: Name, Fontname
Style: Default,Arial

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:02.00,Default,Anna,0,0,0,,{\\i1}The bridge,\\Nshe{\\i0} said,
Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Not shown.
Dialogue: 0,0:00:02.00,0:00:03.00,Default,,0,0,0,,opens today.
Dialogue: 0,0:00:02.00,0:00:03.00,Default,,0,0,0,,{\\p1}m 0 0 l 9 9{\\p0}
"""


def read(page: str) -> Document:
    """Read subtitles."""
    return parse(page.encode(), "a.srt")


def blocks(document: Document) -> list[str]:
    """Return the text of each block."""
    return [block.of(document.text) for block in document.blocks]


@pytest.mark.parametrize(
    ("page", "texts", "labels"),
    [
        (
            SRT,
            [
                "The mayor said that the bridge will open. On Monday it rained.",
                "Is it & safe?",
                "Yes!",
            ],
            ["cue 1", "cue 2", "cue 3", "cue 4", "cue 4"],
        ),
        (VTT, ["The bridge opens today."], ["cue first", "cue 2"]),
        (ASS, ["The bridge, she said, opens today."], ["line 1", "line 2"]),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_cues_become_sentences(
    page: str, texts: list[str], labels: list[str], line_break: str
) -> None:
    """A sentence over several cues is one block, a speaker's turn another; cues are places."""
    document = read(page.replace("\n", line_break))
    assert blocks(document) == texts
    assert [place.label for place in document.places] == labels


@pytest.mark.parametrize(
    ("page", "word", "line", "written"),
    [
        (SRT, "mayor", 3, "mayor"),
        (SRT, "will", 8, "will"),
        (SRT, "&", 16, "&amp; safe"),
        (SRT, "Yes", 17, "Yes!<"),
        (VTT, "opens", 10, "opens</c>"),
        (VTT, "today", 13, "today."),
        (ASS, "The", 11, "The bridge,\\N"),
        (ASS, "opens", 13, "opens"),
    ],
)
def test_words_have_the_places_that_an_editor_shows(
    page: str, word: str, line: int, written: str
) -> None:
    """Each word leads to its line and column, whatever tags stand before it."""
    document = read(page)
    found, column = document.line_and_column(document.text.index(word)) or (0, 0)
    assert found == line
    assert page.split("\n")[line - 1][column - 1 :].startswith(written)


@pytest.mark.parametrize(
    "page", ["", "Just text.", "1\n00:00:01,000 --> 00:00:02,000\n\n", "WEBVTT\n"]
)
def test_a_file_without_cues_is_refused(page: str) -> None:
    """A text without a cue is an error that says what cues look like."""
    with pytest.raises(ReadError):
        read(page)


def test_a_file_cut_short_keeps_its_cues() -> None:
    """What stands before the cut is read."""
    assert blocks(read(SRT[:120]))[0].startswith("The mayor said that the bridge will")


EVENTS = "[Events]\nFormat: Text\n"
TIMED = "00:00:01,000 --> 00:00:02,000\n"


@pytest.mark.parametrize(
    "page",
    [
        EVENTS + "Dialogue: " + "\\N" * 500_000,
        EVENTS + "Dialogue: " + "a\\N" * 300_000,
        EVENTS + "Dialogue: a\n" * 300_000,
        TIMED + "a\n" * 500_000,
        TIMED + "<i>\n" * 250_000,
        (TIMED + "a\n\n") * 100_000,
    ],
    ids=["breaks", "words and breaks", "dialogue", "lines", "tags", "cues"],
)
def test_a_sentence_without_end_is_refused_before_it_fills_the_memory(page: str) -> None:
    """Each line break costs hundreds of bytes, so a megabyte of them is refused as it comes."""
    data = page.encode()
    tracemalloc.start()
    with pytest.raises(ReadError) as caught:
        parse(data, "a", limits=ReadSettings(paragraph_chars=50_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "limit of 50,000" in caught.value.what
    assert peak < 30_000_000


def test_blank_lines_are_passed_in_one_go() -> None:
    """No line break is looked at again for each one before it."""
    start = time.process_time()
    (block,) = parse(b"\n" * 500_000 + f"{TIMED}Rain.\n".encode(), "a").blocks
    assert block.end - block.start == len("Rain.")
    assert time.process_time() - start < 20
