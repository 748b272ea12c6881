"""Splitting: segments tile the blocks, and end where sentences do in many languages."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.bitext import Document, Segment
from align.clean import clean
from align.languages import find_language
from align.read.text import parse
from align.split import split, whole_blocks
from tests.strategies import documents

SEEDS = Path(__file__).parents[1] / "seeds"
TAGS = ("en", "vi", "zh", "th", "ar", "hi", "ru", "ka", "xx", None)


def sentences(text: str, tag: str | None = "en") -> list[str]:
    """Read, clean and split a text; return its segments' texts."""
    return [s.text for s in split(clean(parse(text.encode(), "page")), find_language(tag))]


def assert_tiles(document: Document, segments: tuple[Segment, ...]) -> None:
    """Assert that segments ascend inside their blocks and leave only white space out."""
    assert segments
    for number, block in enumerate(document.blocks):
        end = block.start
        for segment in (s for s in segments if s.block == number):
            assert segment.span.start >= end
            assert not document.text[end : segment.span.start].strip()
            assert segment.text == segment.span.of(document.text)
            assert segment.text == segment.text.strip() != ""
            end = segment.span.end
        assert end <= block.end
        assert not document.text[end : block.end].strip()
    assert [s.span for s in segments] == sorted(s.span for s in segments)
    assert {s.block for s in segments} == set(range(len(document.blocks)))


@settings(max_examples=150, deadline=None)
@given(documents(), st.sampled_from(TAGS), st.booleans())
def test_segments_tile_the_blocks(document: Document, tag: str | None, cleaned: bool) -> None:
    """Whatever the script and language, every character to see is in exactly one segment."""
    document = clean(document) if cleaned else document
    assert_tiles(document, split(document, find_language(tag)))


@settings(max_examples=50, deadline=None)
@given(documents(), st.sampled_from(TAGS))
def test_splitting_is_repeatable(document: Document, tag: str | None) -> None:
    """The same document gives the same segments, whatever language it says it is in."""
    language = find_language(tag)
    assert split(document, language) == split(replace(document, language="fr"), language)


@settings(max_examples=50, deadline=None)
@given(documents())
def test_whole_blocks_are_the_blocks(document: Document) -> None:
    """A file that comes segmented has one segment a block, cut nowhere."""
    segments = whole_blocks(document)
    assert tuple(s.span for s in segments) == document.blocks
    assert_tiles(document, segments)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", ["Talks were held with al-Khatib.", "This year ended well."]),
        ("en", ["The U.S. and the U.N. agreed.", "Work begins."]),
        ("en", ["It is a U.S. ship.", "Mr. Hale met Mrs. Ito and Dr. Brown.", "They spoke."]),
        ("en", ["She met Sen. Hale and Gen. Ito.", "They spoke."]),
        ("en", ["It fell by 3.5 percent to 1,200.75 points.", "Then it rose."]),
        ("en", ["He paused... then left.", "Nobody spoke."]),
        ("en", ["It is over...", "We go home."]),
        ("en", ["He said, “I will go.”", "Then he left."]),
        ("en", ['"We will stay."', "They did."]),
        ("en", ["What?!", "Really?", "Yes!"]),
        ("en", ["See bridge.example.com today.", "It opens."]),
        ("en", ["At 5 p.m. Monday it rained.", "Then it stopped."]),
        ("vi", ["TS. Nguyễn Văn Hà sống ở TP. Vinh.", "Ông dạy toán."]),
        ("vi", ["GS. TS. Trần Lê đến TP. HCM.", "Ông là PGS.TS. Hà."]),
        ("vi", ["Giá là 3.500 đồng.", "Năm nay giá tăng 2,5%."]),
        ("vi", ["“Chúng tôi sẽ ở lại.”", "Họ đã ở lại."]),
        ("vi", ["Cây cầu mở cửa!", "Ai vui?", "Mọi người."]),
        ("zh", ["新桥今天开放。", "人们很高兴！", "你呢？"]),
        ("ar", ["افتتح الجسر اليوم.", "هل سمعت؟", "نعم."]),
        ("hi", ["पुल आज खुला।", "लोग खुश हैं।", "क्या यह सच है?"]),
        ("ja", ["橋は今日開通した。", "人々は喜んだ。"]),
        ("ru", ["Мост открыли сегодня.", "Люди рады."]),
        ("ka", ["ხიდი დღეს გაიხსნა.", "ხალხი ხარობს."]),
    ],
)
def test_sentences_end_where_they_do(tag: str, expected: list[str]) -> None:
    """Sentences on one line come apart at their ends and nowhere else."""
    gap = "" if tag in {"zh", "ja"} else " "
    assert sentences(gap.join(expected), tag) == expected


@pytest.mark.parametrize(
    "glued",
    ["al-Khatib.This year it ended.", "It rose.Later it fell.", "He asked why?Nobody knew."],
)
def test_glued_sentences_come_apart(glued: str) -> None:
    """A page that lost the space behind a full stop still has two sentences."""
    one, two = sentences(glued)
    assert one + two == glued
    assert one[-1] in ".?"


def test_thai_has_no_full_stops() -> None:
    """Thai ends sentences with a space, if at all: a line is never cut inside a word."""
    text = "นายกเทศมนตรีกล่าวว่าสะพานใหม่จะเปิด ประชาชนยินดี"
    assert " ".join(sentences(text, "th")) == text


@pytest.mark.parametrize("tag", ["xx", "und", "en-GB", "tlh", None])
def test_any_tag_splits_at_plain_stops(tag: str | None) -> None:
    """A language that nobody has described, or none, is split at full stops before capitals."""
    assert sentences("One is here. Two is there.", tag) == ["One is here.", "Two is there."]


def test_lines_are_never_one_sentence_with_the_next() -> None:
    """A headline without a full stop is a segment of its own."""
    assert sentences("Bridge opens\n\nThe bridge opened today.") == [
        "Bridge opens",
        "The bridge opened today.",
    ]


def test_wrapped_sentence_is_one_segment() -> None:
    """A line break inside a joined block ends no sentence and stays in the text."""
    assert sentences("The mayor spoke after her\nfirst talk. She left.") == [
        "The mayor spoke after her\nfirst talk.",
        "She left.",
    ]


def test_signs_without_words_are_no_segment_of_their_own() -> None:
    """What has neither letter nor digit stays with the sentence beside it."""
    assert sentences("It is over. * * * We go.") in (
        ["It is over. * * *", "We go."],
        ["It is over.", "* * * We go."],
    )


def test_decomposed_letters_stay_whole() -> None:
    """Vietnamese in NFD is split as in NFC, since documents are composed when read."""
    assert sentences("Ca\u0302\u0300u mo\u031b\u0301i. Vui qua\u0301.", "vi") == [
        "Cầu mới.",
        "Vui quá.",
    ]


@pytest.mark.parametrize(
    ("name", "side", "count"),
    [("000_293dd51d06a938cd.txt", "source", 17), ("004_7d26e8ad050225a4.txt", "target", 15)],
)
def test_seed_pair_has_its_gold_segments(name: str, side: str, count: int) -> None:
    """The pair whose segments were written down by hand is split into exactly those."""
    gold = json.loads((SEEDS / "voa-vi.gold.json").read_text("utf-8"))
    document = clean(parse((SEEDS / name).read_bytes(), name))
    segments = split(document, find_language(gold[f"{side}_language"]))
    assert [segment.text for segment in segments] == gold[side]
    assert len(segments) == count
    assert_tiles(document, segments)
