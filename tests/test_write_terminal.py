"""The terminal view: what a translator sees, at every width, with and without colours."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from align.bitext import Bead, Bitext, Document, Excluded, ExclusionReason, Segment, Span
from align.finding import ErrorType, Finding, Mark, Report, Severity, Skipped
from align.write.slices import cut, line_breaks, tidy, tidy_slices, with_signs
from align.write.terminal import render
from align.write.words import REASONS, TYPES

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")

# Letters of many scripts, wide and combining ones, joiners, controls, overrides, a lone surrogate.
HOSTILE = (
    "a b\n\t\x1b\x07\x85\x9b[]31m-+{}0é\u0301ộنั้العربية中文。「」한국\u1100"
    "🙂👩\u200d👧❤\ufe0f\u202e\u2066\u2028\ud800"
)
texts = st.text(st.sampled_from(HOSTILE), max_size=60) | st.text(max_size=60)
spans = st.builds(Span, st.integers(-3, 70), st.integers(-3, 70))
marks = st.lists(st.tuples(spans, st.sampled_from(Severity)), max_size=6)
widths = st.integers(20, 200)


def document(name: str, language: str | None, *lines: str) -> tuple[Document, tuple[Segment, ...]]:
    """Make a document of one segment a line."""
    segments = []
    start = 0
    for number, line in enumerate(lines):
        segments.append(Segment(Span(start, start + len(line)), line, number))
        start += len(line) + 1
    blocks = tuple(segment.span for segment in segments)
    return Document(name, "\n".join(lines), blocks, language=language), tuple(segments)


def mark(segment: Segment, number: int, words: str) -> tuple[Mark, ...]:
    """Mark words of a segment."""
    start = segment.text.index(words)
    return (Mark(number, Span(start, start + len(words)), words),)


def finding(bead: int, error_type: ErrorType, **fields: object) -> Finding:
    """Make a major finding with confidence 0.9."""
    plain = Finding(
        "k", "check", error_type, Severity.MAJOR, 0.9, bead, (), (), "Something differs."
    )
    return replace(plain, **fields)  # type: ignore[arg-type]  # checked by the tests that use it


def pair(source: str, target: str, *findings: Finding) -> Report:
    """Make a report on two texts of one segment each."""
    first, first_segments = document("one.txt", "en", source)
    second, second_segments = document("two.txt", "vi", target)
    beads = (Bead(range(1), range(1), 1.0),)
    bitext = Bitext(first, second, first_segments, second_segments, beads)
    return Report(bitext, findings, (), "signature", 0.5)


@pytest.fixture
def report() -> Report:
    """Make a small report with every part: a group, a gap, evidence, exclusions and a skip."""
    source, s = document(
        "talks.en.txt",
        "en",
        "Biden held talks with Lavrov.",
        "Share this",
        "The White House called them useful.",
        "Some 1,200 people watched.",
    )
    target, t = document(
        "talks.vi.txt", "vi", "Ông Biden sẽ gặp ông Lavrov ở Munich.", "Khoảng 12.000 người xem."
    )
    source = replace(source, excluded=(Excluded(s[1].span, "furniture"),))
    s = (s[0], s[2], s[3])
    beads = (
        Bead(range(1), range(1), 0.9),
        Bead(range(1, 2), range(0), 0.9),
        Bead(range(2, 3), range(1, 2), 0.9),
    )
    findings = (
        finding(
            0,
            ErrorType.TENSE,
            check="tense",
            source=mark(s[0], 0, "held"),
            target=mark(t[0], 0, "sẽ"),
            message="A past event became a future one.",
            evidence=("other.txt supports source: “They met on Saturday.”",),
        ),
        finding(
            0,
            ErrorType.ADDITION,
            check="addition",
            severity=Severity.MINOR,
            confidence=0.7,
            target=mark(t[0], 0, "ở Munich"),
            message="These words are not in the source.",
        ),
        finding(
            1,
            ErrorType.OMISSION,
            check="omission",
            confidence=0.98,
            source=mark(s[1], 1, s[1].text),
            message="This sentence has no counterpart in the translation.",
        ),
        finding(
            2,
            ErrorType.NUMBER,
            check="number",
            confidence=0.8,
            source=mark(s[2], 2, "1,200"),
            target=mark(t[1], 1, "12.000"),
            message="1,200 became 12.000.",
        ),
    )
    skipped = (Skipped("terminology", "no glossary was given"),)
    return Report(Bitext(source, target, s, t, beads), findings, skipped, "signature", 0.998)


WIDE = """\
Source       talks.en.txt · English · 3 segments
Translation  talks.vi.txt · Vietnamese · 2 segments
Result       4 findings: 3 major, 1 minor
Risk         >99% chance of at least one major error
Marks        [-lost or changed-] in the source, {+added or changed+} in the translation

────────────────────────────────────────────────────────────────────────────────────────────────────
1. major · lost · omission check · 98% sure
   This sentence has no counterpart in the translation.

   Source, segment 1, line 3                       │ Translation, after segment 0, line 1
   [-The White House called them useful.-]         │ (no counterpart)

────────────────────────────────────────────────────────────────────────────────────────────────────
   Source, segment 0, line 1                       │ Translation, segment 0, line 1
   Biden [-held-] talks with Lavrov.               │ Ông Biden {+sẽ+} gặp ông Lavrov {+ở Munich+}.

2. major · changed: tense · tense check · 90% sure
   A past event became a future one.
   “held” → “sẽ”
   Evidence: other.txt supports source: “They met on Saturday.”

3. minor · added · addition check · 70% sure
   These words are not in the source.
   “ở Munich”

────────────────────────────────────────────────────────────────────────────────────────────────────
4. major · changed: number · number check · 80% sure
   1,200 became 12.000.

   Source, segment 2, line 4                       │ Translation, segment 1, line 2
   Some [-1,200-] people watched.                  │ Khoảng {+12.000+} người xem.

────────────────────────────────────────────────────────────────────────────────────────────────────

Source, left out of the comparison
   page furniture, line 2: Share this

Not checked
   terminology: no glossary was given

4 findings: 3 major, 1 minor. Risk >99%.
"""

NARROW = """\
Source       talks.en.txt · English · 3 segments
Translation  talks.vi.txt · Vietnamese · 2 segments
Result       4 findings: 3 major, 1 minor
Risk         >99% chance of at least one major error
Marks        [-lost or changed-] in the source, {+added or
             changed+} in the translation

────────────────────────────────────────────────────────────
1. major · lost · omission check · 98% sure
   This sentence has no counterpart in the translation.

   Source, segment 1, line 3
   [-The White House called them useful.-]

   Translation, after segment 0, line 1
   (no counterpart)

────────────────────────────────────────────────────────────
   Source, segment 0, line 1
   Biden [-held-] talks with Lavrov.

   Translation, segment 0, line 1
   Ông Biden {+sẽ+} gặp ông Lavrov {+ở Munich+}.

2. major · changed: tense · tense check · 90% sure
   A past event became a future one.
   “held” → “sẽ”
   Evidence: other.txt supports source: “They met on
             Saturday.”

3. minor · added · addition check · 70% sure
   These words are not in the source.
   “ở Munich”

────────────────────────────────────────────────────────────
4. major · changed: number · number check · 80% sure
   1,200 became 12.000.

   Source, segment 2, line 4
   Some [-1,200-] people watched.

   Translation, segment 1, line 2
   Khoảng {+12.000+} người xem.

────────────────────────────────────────────────────────────

Source, left out of the comparison
   page furniture, line 2: Share this

Not checked
   terminology: no glossary was given

4 findings: 3 major, 1 minor. Risk >99%.
"""


@pytest.mark.parametrize(("width", "expected"), [(100, WIDE), (60, NARROW)])
def test_whole_report(report: Report, width: int, expected: str) -> None:
    """The report reads as written here, side by side or one text under the other."""
    assert render(report, width=width, colour=False) == expected


def test_colour_changes_nothing_but_signs(report: Report) -> None:
    """With colours the marked words carry a style instead of signs, and nothing else differs."""
    coloured = render(report, width=100, colour=True)
    assert "\x1b[1;31mheld\x1b[0m" in coloured
    assert "\x1b[1;33mở Munich\x1b[0m" in coloured
    plain = ESCAPE.sub("", coloured)
    assert not set("[]{}\x1b") & set(plain)
    signs = re.sub(r"\[-|-\]|\{\+|\+\}", "", WIDE)
    assert [line.split() for line in plain.splitlines()] == [
        line.split() for line in signs.splitlines() if not line.startswith("Marks")
    ]


def test_nothing_found() -> None:
    """A pair without findings says so, and never claims a risk of nothing."""
    shown = render(replace(pair("One.", "Một."), risk=0.001), width=80, colour=False)
    assert "Result       Nothing found.\n" in shown
    assert shown.endswith("\n\nNothing found. Risk <1%.\n")
    assert "Marks" not in shown


def test_nothing_found_by_some_checks() -> None:
    """When a check was skipped, an empty result says that it is not the whole answer."""
    skipped = (Skipped("tense", "no facts for Khmer"), Skipped("name", "no facts for Khmer")) * 2
    shown = render(replace(pair("One.", "Một."), skipped=skipped), width=80, colour=False)
    assert "Nothing found, but not everything was checked." in shown
    assert shown.count("   tense, name: no facts for Khmer\n") == 1


def test_not_compared() -> None:
    """A pair that could not be compared says why and gives no verdict."""
    reason = "both texts are in Khmer"
    skipped = (Skipped("omission", reason), Skipped("number", reason))
    report = replace(pair("One.", "Một."), risk=None, skipped=skipped)
    shown = render(report, width=80, colour=False)
    assert "Result       These two texts could not be compared.\n" in shown
    assert "Why          both texts are in Khmer\n" in shown
    assert "Nothing found" not in shown
    assert "Risk" not in shown


def test_nothing_read() -> None:
    """Two empty documents of unknown language still make a report."""
    source, target = document("", None)[0], document("two.txt", "xx")[0]
    report = Report(Bitext(source, target, (), (), ()), (), (), "signature", None)
    shown = render(report, width=80, colour=False)
    assert "unnamed · language unknown · 0 segments" in shown
    assert "two.txt · xx · 0 segments" in shown
    assert "the report gives no reason" in shown


def test_gap_before_everything() -> None:
    """A sentence added at the very beginning faces a gap in the source."""
    target, segments = document("two.txt", "vi", "Tin mới.", "Một.")
    source, source_segments = document("one.txt", "en", "One.")
    beads = (Bead(range(0), range(1), 1.0), Bead(range(1), range(1, 2), 1.0))
    bitext = Bitext(source, target, source_segments, segments, beads)
    added = finding(0, ErrorType.ADDITION, target=mark(segments[0], 0, "Tin mới."))
    shown = render(Report(bitext, (added,), (), "signature", 0.5), width=80, colour=False)
    assert re.search(r"Source, at the beginning +│ Translation, segment 0, line 1\n", shown)
    assert re.search(r"\(no counterpart\) +│ \{\+Tin mới\.\+\}\n", shown)


def test_bead_of_several_segments() -> None:
    """Segments of one bead are joined by a space, and marks stay relative to their own."""
    source, source_segments = document("one.txt", "en", "He left and they stayed.")
    target, segments = document("two.txt", "vi", "Ông đi.", "Họ ở lại.")
    beads = (Bead(range(1), range(2), 1.0, moved=True),)
    bitext = Bitext(source, target, source_segments, segments, beads)
    changed = finding(0, ErrorType.NAME, target=mark(segments[1], 1, "Họ"))
    shown = render(Report(bitext, (changed,), (), "signature", 0.5), width=120, colour=False)
    assert "Translation, segments 0–1, line 1, moved here\n" in shown
    assert "│ Ông đi. {+Họ+} ở lại.\n" in shown


def test_mark_outside_the_bead() -> None:
    """A mark in a segment of another bead is shown with that segment."""
    source, segments = document("one.txt", "en", "One.", "Two.", "Three.")
    target, target_segments = document("two.txt", "vi", "Một.")
    beads = (Bead(range(1), range(1), 1.0), Bead(range(1, 3), range(0), 1.0))
    bitext = Bitext(source, target, segments, target_segments, beads)
    far = finding(0, ErrorType.NAME, source=mark(segments[2], 2, "Three"))
    shown = render(Report(bitext, (far,), (), "signature", 0.5), width=80, colour=False)
    assert "Source, segments 0, 2, line 1" in shown
    assert "One. [-Three-]." in shown


def test_hard_wrapped_segment() -> None:
    """A line break inside a segment shows as one space, inside a mark as well as outside."""
    text = "He spoke\n  after his\nfirst meeting."
    words = mark(Segment(Span(0, len(text)), text, 0), 0, "after his\nfirst")
    lost = finding(0, ErrorType.OMISSION, source=words)
    shown = render(pair(text, "Ông nói.", lost), width=120, colour=False)
    assert "He spoke [-after his first-] meeting." in shown


def test_most_serious_first() -> None:
    """Severity outranks confidence, which outranks the place."""
    grades = [(Severity.MINOR, 0.99), (Severity.MAJOR, 0.6), (Severity.MAJOR, 0.8)]
    findings = [
        finding(0, ErrorType.NAME, severity=severity, confidence=confidence)
        for severity, confidence in grades
    ]
    shown = render(pair("One.", "Một.", *findings), width=80, colour=False)
    order = ["80% sure", "60% sure", "99% sure"]
    assert re.findall(r"\d+% sure", shown) == order


def test_long_list_of_exclusions() -> None:
    """Six exclusions are all listed; of more, five and a count."""
    lines = [f"Menu {number}" for number in range(7)]
    source, segments = document("one.txt", "en", *lines)
    excluded = tuple(Excluded(segment.span, "duplicate") for segment in segments)
    report = pair("One.", "Một.")

    def shown(count: int) -> list[str]:
        document = replace(source, excluded=excluded[:count])
        bitext = replace(report.bitext, source=document)
        text = render(replace(report, bitext=bitext), width=80, colour=False)
        return [line.strip() for line in text.splitlines() if line.startswith("   ")]

    assert shown(6) == [f"repeated, line {n + 1}: Menu {n}" for n in range(6)]
    assert shown(7)[4:] == ["repeated, line 5: Menu 4", "and 2 more"]


def test_chinese_is_filled_to_the_margin() -> None:
    """Chinese breaks between characters, never before a full stop or inside a mark's signs."""
    text = "拉夫罗夫星期六在慕尼黑安全会议期间同叙利亚反对派领导人举行了首次直接会谈。"
    added = finding(0, ErrorType.ADDITION, target=mark(Segment(Span(0, 9), text, 0), 0, "星期六"))
    shown = render(pair("Talks.", text, added), width=80, colour=False)
    rows = [
        line.split("│ ")[1] for line in shown.splitlines() if re.search("│ .*[\u4e00-\u9fff]", line)
    ]
    assert "".join(rows) == text.replace("星期六", "{+星期六+}")
    assert len(rows) == 3
    assert all(cell_len(row) >= 34 for row in rows[:-1])
    assert not any(row.startswith(("。", "+}")) or row.endswith("{+") for row in rows)


def test_hostile_report() -> None:
    """No text, name or message can send a command to the terminal or turn the line around."""
    evil = "\x1b]0;title\x07 \x1b[31mred\x1b[0m \x9b2J \u202eabc\u2066 \x08\x7f [bold]b[/bold]"
    base = pair(
        evil,
        evil,
        finding(0, ErrorType.NAME, check=evil, message=evil, evidence=(evil,)),
        finding(0, ErrorType.NAME, source=(Mark(0, Span(0, 9), evil),)),
    )
    source = replace(base.bitext.source, name=evil, language=evil)
    source = replace(source, excluded=(Excluded(Span(0, len(evil)), "duplicate"),))
    report = replace(
        base, bitext=replace(base.bitext, source=source), skipped=(Skipped(evil, evil),)
    )
    plain = render(report, width=100, colour=False)
    coloured = ESCAPE.sub("", render(report, width=100, colour=True))
    for shown in (plain, coloured):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
        assert "[bold]b[/bold]" in shown
        assert "\ufffd[31mred" in shown


def test_every_type_and_reason_has_words() -> None:
    """No error type and no reason of exclusion is without plain words."""
    assert set(TYPES) == set(ErrorType)
    assert set(REASONS) == set(get_args(ExclusionReason))


@given(texts, marks)
def test_slices_concatenate_to_the_line(text: str, marks: list[tuple[Span, Severity]]) -> None:
    """Slices are the text, cut: marked where a mark is, with the gravest severity, no two alike."""
    slices = cut(text, marks)
    assert "".join(piece.text for piece in slices) == text
    assert all(piece.text for piece in slices)
    assert all(a.severity != b.severity for a, b in pairwise(slices))
    grades = [piece.severity for piece in slices for _ in piece.text]
    for position, grade in enumerate(grades):
        covering = [s for span, s in marks if span.start <= position < span.end]
        assert grade == max(covering, default=None)


@given(texts, marks)
def test_tidy_slices_concatenate_to_the_tidy_line(
    text: str, marks: list[tuple[Span, Severity]]
) -> None:
    """White space and controls are tidied alike with and without marks; signs only add."""
    slices = tidy_slices(cut(text, marks))
    assert "".join(piece.text for piece in slices) == tidy(text)
    assert tidy(tidy(text)) == tidy(text)
    signed = with_signs(slices, ("\ue000", "\ue001"))
    assert re.sub("[\ue000\ue001]", "", signed) == re.sub("[\ue000\ue001]", "", tidy(text))


@given(texts, st.integers(2, 30))
def test_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    """Broken lines are no wider than allowed, and together they are the text."""
    line = tidy(text)
    breaks = [0, *line_breaks(line, width), len(line)]
    pieces = [line[a:b] for a, b in pairwise(breaks)]
    assert breaks == sorted(breaks)
    assert "".join(pieces) == line
    assert all(cell_len(piece.rstrip()) <= width for piece in pieces)


@given(texts, texts, marks, widths, st.booleans())
def test_any_report_fits(
    source: str, target: str, marks: list[tuple[Span, Severity]], width: int, colour: bool
) -> None:
    """Whatever the texts hold, lines fit, end in no space, and plain text has no escapes."""
    findings = [
        finding(
            0,
            ErrorType.NAME,
            severity=severity,
            source=(Mark(0, span, span.of(source)),),
            target=(Mark(0, span, span.of(target)),),
            message=target,
        )
        for span, severity in marks
    ]
    shown = render(pair(source, target, *findings), width=width, colour=colour)
    assert colour or "\x1b" not in shown
    lines = ESCAPE.sub("", shown).split("\n")
    assert lines.pop() == ""
    assert lines[-1]
    assert all(line == line.rstrip() and cell_len(line) <= width for line in lines)
    shown.encode("utf-8")
