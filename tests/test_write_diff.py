"""The side-by-side view: what it shows and folds, in any script and at any width."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from align import baseline
from align.bitext import Bead, Bitext
from align.finding import ErrorType, Report, Severity
from align.write.diff import render
from align.write.rows import Row, block_name, rows
from tests.reports import REPORTS, document, finding, mark, rich_report, seed_report

GOLDEN = Path(__file__).parent / "golden" / "voa-vi.diff.txt"
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
SCRIPTS = {
    "vi": ("The river rose again.", "Nước sông lại dâng lên cao vào đêm qua, dân làng cho biết."),
    "zh": ("The river rose again.", "村民说，昨天夜里河水再次上涨，“桥梁”今天关闭。"),
    "ja": ("The river rose again.", "川の水位は昨夜再び上昇した、と村人は語った。"),
    "th": ("The river rose again.", "ชาวบ้านกล่าวว่าน้ำในแม่น้ำสูงขึ้นอีกครั้งเมื่อคืนนี้"),
    "ar": ("The river rose again.", "قال القرويون إن مياه النهر ارتفعت مرة أخرى الليلة الماضية."),
    "hi": ("The river rose again.", "ग्रामीणों ने बताया कि कल रात नदी का पानी फिर से बढ़ गया।"),
    "ko": ("The river rose again.", "마을 사람들은 어젯밤 강물이 다시 불어났다고 말했다."),
}


def plain(report: Report, width: int = 100, context: int | None = 1) -> str:
    """Return the view without colours."""
    return render(report, width=width, colour=False, context=context)


def aligned(*beads: Bead) -> Bitext:
    """Return a bitext of short sentences for some beads."""
    sizes = [max((b.source.stop for b in beads), default=0)]
    sizes.append(max((b.target.stop for b in beads), default=0))
    source, ours = document("a", "en", *(f"Source sentence {n}." for n in range(sizes[0])))
    target, theirs = document("b", "vi", *(f"Câu dịch {n}." for n in range(sizes[1])))
    return Bitext(source, target, ours, theirs, beads)


def straight(*numbers: int) -> list[Bead]:
    """Return beads of one segment each that stand in the same place on both sides."""
    return [Bead(range(n, n + 1), range(n, n + 1), 1.0) for n in numbers]


def test_the_seed_pair() -> None:
    """The seed pair looks as the kept page shows it."""
    assert plain(seed_report()) == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("name", REPORTS)
@given(width=st.integers(20, 220), colour=st.booleans(), context=st.sampled_from((None, 0, 1, 3)))
def test_no_line_is_wider_than_the_page(
    name: str, width: int, colour: bool, context: int | None
) -> None:
    """Whatever the report, the width, the colours and the context, every line fits."""
    shown = render(REPORTS[name](), width=width, colour=colour, context=context)
    assert colour or "\x1b" not in shown
    lines = ESCAPE.sub("", shown).split("\n")
    assert max(map(cell_len, lines)) <= width
    assert lines[-1] == ""
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("language", SCRIPTS)
@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_columns_stand_straight_in_every_script(language: str, width: int) -> None:
    """Wide and combining letters are measured: the line between the columns is in one cell."""
    first, second = SCRIPTS[language]
    source, ours = document("a", "en", f"{first} {first}")
    target, theirs = document("b", language, second)
    bitext = Bitext(source, target, ours, theirs, (Bead(range(1), range(1), 1.0),))
    report = Report(bitext, (), (), "veralign:0", 0.0)
    lines = plain(report, width, None).split("\n")
    assert max(map(cell_len, lines)) <= width
    bars = {cell_len(line[: line.index("│")]) for line in lines[1:] if "│" in line}
    assert len(bars) == (1 if width >= 80 else 0)
    shown = re.sub(r"[\s\u2068\u2069]", "", "".join(line.rpartition("│")[2] for line in lines))
    assert re.sub(r"\s", "", second) in shown


def test_right_to_left_text_is_isolated() -> None:
    """A line of Arabic cannot pull the column before it to the other side of the screen."""
    first, second = SCRIPTS["ar"]
    source, ours = document("a", "en", first)
    target, theirs = document("b", "ar", second)
    bitext = Bitext(source, target, ours, theirs, (Bead(range(1), range(1), 1.0),))
    shown = plain(Report(bitext, (), (), "veralign:0", 0.0), 100, None)
    arabic = [line for line in shown.split("\n") if re.search("[\u0620-\u064a]", line)]
    assert len(arabic) == 2
    assert all(line.count("\u2068") == line.count("\u2069") == 1 for line in arabic)
    assert "\u2068" not in arabic[0].partition("│")[0]


def test_marks_stand_in_both_columns() -> None:
    """Marked words stand in signs, and where there are colours in both."""
    report = rich_report()
    shown = plain(report, 300, None)
    assert "[-3 boats left on Monday-]" in shown
    assert "{+عشرة+}" in shown
    coloured = render(report, width=300, colour=True, context=None)
    assert ESCAPE.sub("", coloured) == shown
    assert "\x1b[1;31m[-3\x1b[0m\x1b[1;33m boats left on Monday-]\x1b[0m" in coloured


def test_each_severity_has_a_sign() -> None:
    """The gutter shows the gravest severity of a bead, and nothing beside a faithful one."""
    report = rich_report()
    gutters = [line[:3] for line in plain(report, 120, None).split("\n")]
    assert [g.strip() for g in gutters if re.fullmatch(r"(!!|!|\?|i) +", g)] == [
        "!!",
        "!",
        "!!",
        "!",
    ]


def test_a_lost_sentence_faces_a_gap() -> None:
    """Where a side has nothing, its column says so."""
    shown = plain(rich_report(), 200)
    assert re.search(r"\[-@lost sentence-\] +│ +\(no counterpart\)", shown)
    assert re.search(r"\(no counterpart\) +│ +#3 +\u2068\{\+-جملة زائدة\+\}", shown)


def test_a_moved_block_is_named_at_both_ends() -> None:
    """A moved block stands where the source has it, and a line leads there from its other place.

    Two beads that moved together are one block, and the next one has a name of its own.
    """
    beads = (
        Bead(range(1), range(2, 3), 0.9, moved=True),
        Bead(range(1, 2), range(3, 4), 0.9, moved=True),
        Bead(range(2, 3), range(1), 1.0),
        Bead(range(3, 4), range(4, 5), 1.0),
        Bead(range(4, 5), range(1, 2), 0.9, moved=True),
    )
    bitext = aligned(*beads)
    assert rows(bitext) == (
        Row(0, 1),
        Row(1, 1),
        Row(2),
        Row(4, 2, is_origin=True),
        Row(0, 1, is_origin=True),
        Row(3),
        Row(4, 2),
    )
    shown = plain(Report(bitext, (), (), "veralign:0", 0.1), 100, None)
    assert shown.count("[A] moved: translation line 3") == 1
    assert shown.count("[A] moved: translation line 4") == 1
    assert shown.count("[A] moved: see source line 1") == 1
    assert shown.count("[B] moved: translation line 2") == 1
    assert shown.count("[B] moved: see source line 5") == 1


@given(st.integers(1, 5000))
def test_every_block_has_a_name_of_its_own(number: int) -> None:
    """Names of blocks are letters, in the order of their length, and never repeat."""
    name, following = block_name(number), block_name(number + 1)
    assert re.fullmatch("[A-Z]+", name)
    assert (len(name), name) < (len(following), following)


@pytest.mark.parametrize(
    ("context", "shown"),
    [(0, {4}), (1, {3, 4, 5}), (2, {2, 3, 4, 5, 6}), (None, set(range(9)))],
)
def test_faithful_stretches_are_folded(context: int | None, shown: set[int]) -> None:
    """Only so many faithful beads stand around a finding; the folds say how many there are."""
    bitext = aligned(*straight(*range(9)))
    marks = (mark(bitext.source_segments, 4, "sentence"),)
    found = finding(("number", ErrorType.NUMBER, Severity.MAJOR), 4, marks, (), "Something.")
    text = plain(Report(bitext, (found,), (), "veralign:0", 0.5), 100, context)
    assert {n for n in range(9) if f" {n}." in text} == shown
    folded = [int(n) for n in re.findall(r"⋯ (\d+) pair", text)]
    assert sum(folded) == 9 - len(shown)


def test_accepted_findings_are_folded_and_counted() -> None:
    """What a person let pass is no reason to show a bead; with all shown, it has its reason."""
    report = seed_report()
    lost = [f for f in report.findings if f.source and not f.target][1:2]
    applied = baseline.apply(report, baseline.accept((), report, lost, "cut by the desk"))
    shown = plain(applied, 100, 0)
    assert "6 findings: 5 major, 1 minor; 1 accepted." in shown
    assert re.search(r"⋯ .*1 finding accepted", shown)
    assert lost[0].message not in plain(applied, 300, 0).split("accepted", 1)[0].split("⋯")[-1]
    everything = plain(applied, 100, None)
    assert "accepted · lost: cut by the desk" in everything
    assert "\n✓" in everything


def test_texts_that_were_not_compared() -> None:
    """Nothing is put side by side that was not compared, and the reason is told."""
    shown = plain(REPORTS["silent"]())
    assert "could not be compared" in shown
    assert "both texts are in English" in shown
    assert "One." not in shown


def test_a_file_without_lines_shows_numbers_of_segments() -> None:
    """Where a file has no lines to jump to, the gutter has the segment's number."""
    report = rich_report()
    target = replace(report.bitext.target, line_starts=())
    shown = plain(replace(report, bitext=replace(report.bitext, target=target)), 120, None)
    assert re.search(r"│ +#0 ", shown)


def test_evidence_and_skipped_checks_are_told() -> None:
    """Each finding has its evidence under it, and what was not checked stands at the end."""
    shown = plain(rich_report(), 120)
    assert "     <i>!\n" in shown
    assert "Not checked: tense: no tense facts for 'ar'" in shown
    assert "Left out of the target: 1 block, page furniture" in shown
