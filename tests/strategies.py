"""Generators of texts as pages and files have them, for the properties of several stages."""

from textwrap import fill

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from align.bitext import Document
from align.read import text as read_text

LINE_BREAKS = ("\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029")

# Sentences of several scripts, with what makes trouble: abbreviations, quotes, glued stops, NFD.
SENTENCES = (
    "The harbour wall will be repaired before winter.",
    "Mr. Hale of the U.S. team paid 3.5 million... and left.",
    "“We will stay,” she said.They did.",
    "Is it over? (Nobody knows.)",
    "TS. Lê Hà sống ở TP. Vinh.",
    "Cây cầu mới mở cửa hôm nay!",
    "Ca\u0302\u0300u mo\u031b\u0301i, cafe\u0301 cu\u0303.",
    "桥梁今天开放。人们很高兴！",
    "橋は今日開通した。",
    "สะพานเปิดวันนี้ คนดีใจ",
    "افتتح الجسر اليوم. هل سمعت؟",
    "पुल आज खुला। लोग खुश हैं।",
    "ხიდი დღეს გაიხსნა.",
    "Мост открыли сегодня.",
    "다리가 오늘 열렸다.",
    "\u1103\u1161\u1105\u1175 \u1111\u1175\u11af\u110b\u116d.",
)
FURNITURE = (
    "No comments:",
    "Post a Comment",
    "Subscribe",
    "log in or register",
    "Home",
    "0",
    "* * *",
    "Đăng nhận xét",
    "Trang chủ",
    "Chia sẻ",
    "\u200b",
)
HEADLINES = ("Bridge opens", "Harbour wall to be repaired", "Cầu mới", "Home fires", "桥梁开放")

# Base letters and the marks, joiners, jamo, controls and spaces that NFC and line breaking turn on.
HOSTILE = (
    "aAbeEiouơưÂ.,!?“”\"'()-0123 \t\n\r\x0b\x0c\x1c\x1e\x85\xa0\u2028\u2029\u3000"
    "\u0300\u0301\u0302\u0303\u0309\u031b\u0323\u0338\u0345\u200b\u200d\ufeff\u0600"
    "\u1100\u1161\u11a8가각\u0928\u093c\u0958\u0915\u094d\u0bc6\u0bbe\u0f71\u0f72"
    "\u212b\u2126\ufb1dｶﾞΩ。，！？ั้กא\u05b0ب\u0651🙂👩\u200d👧🇻🇳"
)

hostile_texts: SearchStrategy[str] = st.text(st.sampled_from(HOSTILE), max_size=60) | st.text(
    st.characters(codec="utf-8"), max_size=40
)
"""Any text at all, rich in what normal forms and line breaks turn on."""

paragraphs: SearchStrategy[str] = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5).map(
    " ".join
)
"""One to five sentences on one line, of scripts that may differ."""

wrapped_paragraphs: SearchStrategy[str] = st.builds(
    fill, paragraphs, width=st.integers(min_value=16, max_value=90)
)
"""A paragraph of several lines that end at a margin."""

_plain_blocks = st.one_of(
    paragraphs,
    wrapped_paragraphs,
    st.sampled_from(HEADLINES),
    st.sampled_from(FURNITURE),
    st.sampled_from(("", " ", "\t", "\u3000")),
    hostile_texts,
)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Draw the text of a page: paragraphs, headlines, furniture, some of it shown twice."""
    blocks = draw(st.lists(_plain_blocks, min_size=1, max_size=8))
    start = draw(st.integers(min_value=0, max_value=len(blocks)))
    blocks += blocks[start : start + draw(st.integers(min_value=0, max_value=3))]
    line_break = draw(st.sampled_from(LINE_BREAKS))
    gaps = draw(
        st.lists(st.integers(min_value=1, max_value=2), min_size=len(blocks), max_size=len(blocks))
    )
    page = "".join(block + "\n" * gap for block, gap in zip(blocks, gaps, strict=True))
    return page.replace("\n", line_break)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a page and read it; a page without anything on it gets one word."""
    # Other controls would make the bytes binary, which is the matter of another test.
    page = "".join(c for c in draw(pages()) if c >= " " or c in "\t\n\v\f\r")
    return read_text.parse((page if page.lstrip("\ufeff").strip() else "word").encode(), "page")
