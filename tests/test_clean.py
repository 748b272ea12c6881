"""Cleaning: lines joined, furniture and copies set aside, nothing lost and nothing moved."""

from pathlib import Path
from textwrap import fill

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.bitext import Document
from align.clean import FURNITURE_CHARACTERS, REPEATED_CHARACTERS, WRAP_COLUMNS, clean
from align.read.text import parse
from tests.strategies import LINE_BREAKS, documents

SEEDS = Path(__file__).parents[1] / "seeds"

OPENING = "The town council met on Tuesday to talk about the old harbour wall."
ANSWER = "Builders have been asked to send their offers before the end of May."
PROSE = (
    "The town council met on Tuesday to talk about the harbour wall, which last week's storm "
    "had damaged badly. Members agreed that the work should begin before the winter. A fund will "
    "be set up, and builders of the region have been asked to send their offers by Friday."
)
MORE_PROSE = (
    "Not everybody is happy about it. Fishermen fear that the harbour will be closed for months, "
    "and a group of them has written to the mayor, who promised to meet them."
)
CHINESE = (
    "市议会星期二开会讨论上周风暴损坏的港口堤坝问题，议员们同意在冬季到来之前开始维修工作，"
    "并将设立一个基金，当地建筑商已被要求在星期五之前提交报价单，以便尽快动工修复堤坝。"
)


def page(*lines: str, line_break: str = "\n") -> Document:
    """Read lines as a file that holds them."""
    return parse(line_break.join(lines).encode(), "page")


def kept(document: Document) -> list[str]:
    """Return the text of the blocks that cleaning keeps, each on one line."""
    cleaned = clean(document)
    return [" ".join(block.of(cleaned.text).split()) for block in cleaned.blocks]


def excluded(document: Document) -> list[tuple[str, str]]:
    """Return the reason and text of each block that cleaning sets aside."""
    cleaned = clean(document)
    return [(e.reason, e.span.of(cleaned.text)) for e in cleaned.excluded]


def seed(number: str) -> Document:
    """Read one of the five articles."""
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return parse(path.read_bytes(), path.name)


# Properties


@settings(max_examples=200, deadline=None)
@given(documents())
def test_cleaning_twice_changes_nothing(document: Document) -> None:
    """A clean document is clean."""
    once = clean(document)
    assert clean(once) == once


def test_margin_of_an_excluded_copy_is_remembered() -> None:
    """Lines that the margin of a copy kept apart stay apart when the copy is gone."""
    story = " ".join([PROSE, MORE_PROSE] * 2)
    signers = [
        f"{name} Signed the Letter to the Mayor" for name in ("Hale", "Ross", "Mary", "Anna")
    ]
    once = clean(page(story, "", *signers, "", *fill(story, 72).splitlines()))
    assert kept(once) == [story, *signers]
    assert clean(once) == once


def test_joined_lines_do_not_become_furniture() -> None:
    """Furniture is one line: two that were kept and joined are not taken for it later."""
    once = clean(page(OPENING, "", "Sign up for ", "the newsletter", line_break="\r"))
    assert kept(once) == [OPENING, "Sign up for the newsletter"]
    assert clean(once) == once


@settings(max_examples=200, deadline=None)
@given(documents())
def test_nothing_is_lost_or_moved(document: Document) -> None:
    """Kept and excluded blocks together tile the page in order, and the text stays as it was."""
    cleaned = clean(document)
    assert cleaned.text == document.text
    assert list(cleaned.blocks) == sorted(cleaned.blocks)
    assert cleaned.blocks
    end = 0
    for span in sorted([*cleaned.blocks, *(e.span for e in cleaned.excluded)]):
        assert span.start >= end
        assert not cleaned.text[end : span.start].strip()
        assert len(span) > 0
        end = span.end
    assert not cleaned.text[end:].strip()


@settings(max_examples=100, deadline=None)
@given(documents())
def test_excluded_blocks_are_copies_or_short(document: Document) -> None:
    """A duplicate stands among the kept blocks too, and furniture is never a long block."""
    cleaned = clean(document)
    words = {" ".join(b.of(cleaned.text).casefold().split()) for b in cleaned.blocks}
    for block in cleaned.excluded:
        text = block.span.of(cleaned.text)
        if block.reason == "duplicate":
            assert " ".join(text.casefold().split()) in words
        else:
            assert len(text) <= FURNITURE_CHARACTERS


# Repeated blocks


def test_long_copy_is_excluded_wherever_it_stands() -> None:
    """A page that shows a paragraph twice keeps the first."""
    document = page(OPENING, "A word between.", ANSWER, OPENING)
    assert kept(document) == [OPENING, "A word between.", ANSWER]
    assert excluded(document) == [("duplicate", OPENING)]
    assert clean(document).excluded[0].span.start > 0


def test_copies_may_differ_in_case_and_spaces() -> None:
    """A copy in capitals or with other spaces is a copy."""
    document = page(OPENING, "", OPENING.upper().replace(" ", "  "))
    assert kept(document) == [OPENING]


def test_every_further_copy_goes() -> None:
    """Three copies leave one."""
    assert kept(page(OPENING, "", OPENING, "", ANSWER, "", OPENING)) == [OPENING, ANSWER]


def test_short_refrain_is_kept() -> None:
    """A short line that stands twice on its own is the author's."""
    lines = (OPENING, "Thank you.", ANSWER, "Thank you.")
    assert kept(page(*lines)) == list(lines)
    assert excluded(page(*lines)) == []


def test_short_copy_beside_a_long_copy_goes_with_it() -> None:
    """A page that repeats a passage repeats its short lines too."""
    document = page(OPENING, "He agreed.", ANSWER, OPENING, "He agreed.")
    assert kept(document) == [OPENING, "He agreed.", ANSWER]
    assert excluded(document) == [("duplicate", OPENING), ("duplicate", "He agreed.")]


def test_short_line_beside_a_copy_is_kept_if_it_is_new() -> None:
    """What stands beside a copy but not elsewhere is no copy."""
    document = page(OPENING, ANSWER, OPENING, "He agreed.")
    assert kept(document) == [OPENING, ANSWER, "He agreed."]


@pytest.mark.parametrize(("length", "copies"), [(-1, 2), (0, 1)])
def test_border_between_short_and_long(length: int, copies: int) -> None:
    """A block of the fewest characters counts as long, one that lacks a character does not."""
    line = "Thank you all, " * 5
    line = line[: REPEATED_CHARACTERS + length - 1] + "!"
    assert kept(page(line, "Between.", line)).count(line) == copies


# Furniture


@pytest.mark.parametrize(
    "line",
    [
        "No comments:",
        "Post a Comment",
        "3 Comments",
        "0 Comments To This Article",
        "Subscribe",
        "SUBSCRIBE NOW",
        "Subscribe to our newsletter",
        "Newsfeed",
        "Chats",
        "Home",
        "Search",
        "Loading...",
        "log in or register",
        "Sign up",
        "Share this article",
        "Share on Facebook",
        "Read more »",
        "Related stories:",
        "© 2013 The Harbour Post",
        "All rights reserved.",
        "Last updated at 21:44",
        "Published: Updated:",
        "2nd February 2013, Comments 0 comments",
        "Skip to main content",
        "Đăng nhận xét",
        "Không có nhận xét nào:",
        "12 bình luận",
        "Chia sẻ bài viết này",
        "Đăng nhập hoặc đăng ký",
        "Trang chủ",
        "Quảng cáo",
        "Xem thêm",
        "Tin liên quan",
        "Theo dõi chúng tôi trên Facebook",
        "Cập nhật lần cuối: 12/03/2013 10:15",
        "Thứ hai, 12/03/2013 | 10:15 GMT+7",
        "* * *",
        ".",
    ],
)
def test_furniture_is_excluded(line: str) -> None:
    """What belongs to a web page and not to its article is set aside as furniture."""
    assert excluded(page(OPENING, "", line)) == [("furniture", line)]


@pytest.mark.parametrize(
    "line",
    [
        "Chats with the president",
        "Home fires",
        "Search for survivors continues",
        "Comments on the budget",
        "Menu prices rise",
        "Print is not dead",
        "Share prices fall on Monday",
        "Loading docks close",
        "Register of ships is lost",
        "Advertising slump hits papers",
        "Related to a king",
        "Read more, mayor tells pupils",
        "Published and forgotten",
        "Tìm kiếm người mất tích",
        "Chia sẻ nỗi đau",
        "Quảng cáo trên mạng tăng",
        "Đăng ký kết hôn",
        "Trang chủ mới",
        "Tin liên quan đến bão",
        "Subscribe to hope",
        "Sign up for war",
        "Follow us on the road",
        "- Breaking news",
        "Theo dõi bão trên biển Đông",
        "Bản quyền World Cup tăng giá",
        "Đăng ký nhận trợ cấp thất nghiệp",
    ],
)
def test_headlines_like_furniture_are_kept(line: str) -> None:
    """A headline that begins like furniture and goes on is a headline."""
    assert kept(page(line, "", OPENING)) == [line, OPENING]


def test_long_block_is_never_furniture() -> None:
    """A paragraph that a pattern would take is kept when it is longer than furniture is."""
    line = "0 comments " + "." * FURNITURE_CHARACTERS
    assert kept(page(line, OPENING)) == [line, OPENING]


@pytest.mark.parametrize("counter", ["0", "128", "(3)", "1,024"])
def test_bare_counter_beside_furniture_goes(counter: str) -> None:
    """A number that counts comments is furniture as they are."""
    document = page(OPENING, "", "Newsfeed", counter, "log in")
    assert [text for _, text in excluded(document)] == ["Newsfeed", counter, "log in"]


def test_bare_number_beside_text_is_kept() -> None:
    """A number on a line of its own may be the article's: a score, a chapter, a year."""
    assert kept(page(OPENING, "", "1945", "", ANSWER, "", "Home")) == [OPENING, "1945", ANSWER]


def test_counter_of_a_counter_is_kept() -> None:
    """Only a number next to furniture goes, not a whole column of numbers below it."""
    assert kept(page(OPENING, "", "Home", "1", "2", "3")) == [OPENING, "2", "3"]


@pytest.mark.parametrize(
    "lines", [("Home",), ("Search", "", "Home"), ("Comments", "home"), ("Newsfeed", "0")]
)
def test_page_of_nothing_but_furniture_stays(lines: tuple[str, ...]) -> None:
    """If all of a page looks like furniture, the patterns misjudge it and everything stays."""
    document = page(*lines)
    assert clean(document) == document


# Wrapped lines


@pytest.mark.parametrize("width", [40, 60, 72, WRAP_COLUMNS])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028"])
def test_wrapped_prose_is_joined_to_paragraphs(width: int, line_break: str) -> None:
    """Lines that end at a margin are one paragraph; blank lines part paragraphs."""
    lines = [*fill(PROSE, width).splitlines(), "", *fill(MORE_PROSE, width).splitlines()]
    assert kept(page(*lines, line_break=line_break)) == [PROSE, MORE_PROSE]


def test_headline_above_wrapped_prose_stays_a_block() -> None:
    """A line that ends far from the margin is not glued to what follows."""
    document = page("Council Meets on Harbour Wall", *fill(PROSE, 72).splitlines())
    assert kept(document) == ["Council Meets on Harbour Wall", PROSE]


def test_blank_line_parts_even_a_full_line() -> None:
    """A sentence that a blank line interrupts is two blocks: a blank line always parts."""
    lines = fill(PROSE, 72).splitlines()
    assert len(kept(page(*lines[:2], "", *lines[2:]))) == 2


@pytest.mark.parametrize("width", [16, 20])
def test_wrapped_chinese_is_joined(width: int) -> None:
    """Lines without spaces break between any two characters."""
    lines = [CHINESE[i : i + width] for i in range(0, len(CHINESE), width)]
    joined = kept(page("议会讨论港口", *lines))
    assert [text.replace(" ", "") for text in joined] == ["议会讨论港口", CHINESE]


def test_short_chinese_paragraphs_are_not_joined() -> None:
    """Chinese paragraphs of one line each are no wrapped text, however long their first 'word'."""
    lines = [
        "市议会星期二开会讨论上周风暴损坏的港口堤坝。",
        "议员们同意在冬季到来之前开始维修工作并设立基金。",
        "当地建筑商已被要求在星期五之前提交报价单。",
        "市长说工程很快就会开始，大家都很高兴。",
        "居民们对此表示欢迎，但是也有人担心费用。",
    ]
    assert kept(page(*lines)) == lines


@pytest.mark.parametrize("line_break", LINE_BREAKS)
def test_paragraphs_of_one_line_are_not_joined(line_break: str) -> None:
    """Text with a paragraph a line keeps its lines, long or short."""
    lines = [PROSE, OPENING, ANSWER, MORE_PROSE, "Work begins soon, said one."]
    assert kept(page(*lines, line_break=line_break)) == lines


def test_short_paragraphs_of_like_length_are_not_joined() -> None:
    """Paragraphs that end alike near one column, in full stops, are no wrapped text."""
    lines = [OPENING, ANSWER, OPENING.replace("Tuesday", "Thursday"), ANSWER.replace("May", "Lent")]
    assert kept(page(*lines)) == lines


def test_list_of_headlines_is_not_joined() -> None:
    """Headlines of many lengths, without full stops, are no wrapped text."""
    lines = [
        "Council Meets on Harbour Wall After the Storm of Last Week",
        "Fishermen Fear for Their Boats",
        "Mayor Promises to Meet Them Before the Work on the Wall",
        "Bridge Opens",
        "Builders of the Region Asked to Send Offers by Friday",
        "School Closed for Two Days",
        "Old Lighthouse Sold to a Painter From the City",
    ]
    assert kept(page(*lines)) == lines


def test_line_that_goes_on_with_a_small_letter_is_joined() -> None:
    """A broken sentence is mended even in text that is not wrapped otherwise."""
    document = page(PROSE, "The mayor was seen after her", "first talk with the fishermen.")
    assert kept(document) == [PROSE, "The mayor was seen after her first talk with the fishermen."]


@pytest.mark.parametrize("first", ["It ended.", "He said this:", "“No,” he said, “never.”"])
def test_small_letter_after_a_full_stop_is_not_joined(first: str) -> None:
    """A line that ends a sentence is whole, whatever letter the next begins with."""
    assert kept(page(first, "eBay was closed too.")) == [first, "eBay was closed too."]


def test_small_letter_after_a_blank_line_is_not_joined() -> None:
    """A blank line parts blocks even amid a sentence."""
    assert len(kept(page("The mayor was seen after her", "", "first talk."))) == 2


def test_furniture_between_lines_parts_them() -> None:
    """Two lines with furniture between are not one sentence."""
    document = page("The mayor was seen after her", "Home", "first talk with them.")
    assert kept(document) == ["The mayor was seen after her", "first talk with them."]


# The articles of the repository


def test_english_seed_loses_its_copies_and_its_comment_links() -> None:
    """The first seed shows two paragraphs twice and ends in two lines of furniture."""
    document = seed("000")
    found = excluded(document)
    assert [reason for reason, _ in found] == ["duplicate"] * 2 + ["furniture"] * 2
    assert found[0][1].startswith("The meeting Saturday between Lavrov")
    assert found[1][1].startswith("The White House says the vice president")
    assert [text for _, text in found[2:]] == ["No comments:", "Post a Comment"]
    assert len(clean(document).blocks) == 10


def test_vietnamese_seed_loses_nine_copies() -> None:
    """The last seed shows all but its first paragraph twice, short or long."""
    document = seed("004")
    cleaned = clean(document)
    lines = [line.strip() for line in document.text.splitlines()]
    assert excluded(document) == [("duplicate", line) for line in lines[10:]]
    assert len(cleaned.excluded) == 9
    assert kept(document) == lines[:10]


@pytest.mark.parametrize(
    ("number", "furniture"),
    [
        (
            "001",
            [
                "- Sputnik International",
                "The latest news and stories from Russia. Stay tuned for updates and breaking news "
                "on defense, politics, economy and more.",
                "Subscribe",
                "Last updated at 21:44",
                "Newsfeed",
                "0",
                "To participate in the discussion",
                "log in or register",
                "loader",
                "Chats",
            ],
        ),
        (
            "002",
            ["2nd February 2013, Comments 0 comments", "© 2013 AFP", "0 Comments To This Article"],
        ),
        ("003", [".", ".", ".", ".", "Published: Updated:"]),
    ],
)
def test_other_seeds_lose_only_their_furniture(number: str, furniture: list[str]) -> None:
    """The pages of the other seeds have furniture and no copies, and sentences stay."""
    assert excluded(seed(number)) == [("furniture", line) for line in furniture]


def test_wrapped_sentence_of_a_seed_is_mended() -> None:
    """The one line break amid a sentence of the seeds is joined, and nothing else is."""
    document = seed("003")
    cleaned = clean(document)
    joined = [b.of(cleaned.text) for b in cleaned.blocks if "\n" in b.of(cleaned.text)]
    assert [text.split()[-1] for text in joined] == ["Saturday."]
    assert "after his\nfirst meeting" in joined[0]


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["000", "001", "002", "003", "004"]), st.sampled_from(LINE_BREAKS))
def test_seeds_are_cleaned_alike_with_any_line_break(number: str, line_break: str) -> None:
    """The line break that a system writes changes neither blocks nor reasons."""
    document = seed(number)
    other = parse(document.text.replace("\n", line_break).encode(), "page")
    assert kept(other) == kept(document)
    assert excluded(other) == excluded(document)
