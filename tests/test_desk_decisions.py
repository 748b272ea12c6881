"""Tests of decisions: what opinions leave a finding as, and what reports make of it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.bitext import Bitext, Segment, Span
from align.desk.decided import REVISER, Added, decide, parse_added, render_added, with_added
from align.desk.decisions import Action, Decision, Role, in_force, last_of, standings
from align.desk.selection import Selected, code_point, to_mark
from align.desk.statistics import wilson
from align.errors import ReadError
from align.finding import ErrorType, Mark, Report, Severity
from tests.desks import golden_report


def said(*lines: tuple[str, Action, str]) -> tuple[Decision, ...]:
    """Return a log: who did what, with which value or reason, on finding `k`."""
    return tuple(
        Decision("k", action, value, value, who, "head" if who == "Head" else "reviser", id=number)
        for number, (who, action, value) in enumerate(lines, 1)
    )


def standing_of(*lines: tuple[str, Action, str]) -> str:
    """Return the verdict on `k` that a log leaves."""
    known = standings(said(*lines))
    return known["k"].verdict if "k" in known else "open"


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        ([], "open"),
        ([("A", Action.AGREE, "")], "agreed"),
        ([("A", Action.DISMISS, "fine")], "dismissed"),
        ([("A", Action.AGREE, ""), ("B", Action.DISMISS, "fine")], "disputed"),
        ([("A", Action.AGREE, ""), ("A", Action.DISMISS, "fine")], "dismissed"),
        ([("A", Action.AGREE, ""), ("B", Action.SEVERITY, "minor")], "disputed"),
        (
            [("A", Action.AGREE, ""), ("B", Action.DISMISS, "x"), ("Head", Action.AGREE, "")],
            "agreed",
        ),
        ([("A", Action.AGREE, ""), ("A", Action.UNDO, "1")], "open"),
        ([("A", Action.AGREE, ""), ("B", Action.DISMISS, "x"), ("B", Action.UNDO, "2")], "agreed"),
        ([("A", Action.TYPE, "accuracy/addition")], "agreed"),
    ],
)
def test_opinions_leave_a_verdict(lines: list[tuple[str, Action, str]], verdict: str) -> None:
    """Two who differ leave a finding disputed until a head decides; one can take back a word."""
    assert standing_of(*lines) == verdict


def test_a_settled_dispute_still_shows_that_opinions_differ() -> None:
    """What a head has settled keeps every opinion, and says that they differ."""
    log = said(("A", Action.AGREE, ""), ("Head", Action.DISMISS, "no"))
    standing = standings(log)["k"]
    assert standing.is_split
    assert [opinion.who for opinion in standing.opinions] == ["A", "Head"]
    assert standing.verdict == "dismissed"


def test_a_change_outlives_a_further_agreement() -> None:
    """Who has changed the severity and then agrees has not changed it back."""
    log = said(("A", Action.SEVERITY, "minor"), ("A", Action.AGREE, ""))
    deciding = standings(log)["k"].deciding
    assert deciding is not None
    assert deciding.severity is Severity.MINOR


PEOPLE: tuple[tuple[str, Role], ...] = (("A", "reviser"), ("B", "reviser"), ("Head", "head"))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(PEOPLE),
            st.sampled_from((Action.AGREE, Action.DISMISS, Action.UNDO)),
            st.integers(1, 12),
        ),
        max_size=12,
    )
)
def test_undoing_is_as_if_it_had_never_been_said(
    lines: list[tuple[tuple[str, Role], Action, int]],
) -> None:
    """A log leaves the same as the log without what was undone."""
    log = tuple(
        Decision("k", action, str(value), "why", who, role, id=number)
        for number, ((who, role), action, value) in enumerate(lines, 1)
    )
    assert standings(log) == standings(in_force(log))


def test_the_last_decision_that_can_be_undone_is_ones_own() -> None:
    """Others' decisions and those already undone are passed over."""
    log = said(
        ("A", Action.AGREE, ""), ("A", Action.DISMISS, "x"), ("A", Action.UNDO, "2"),
        ("B", Action.AGREE, ""),
    )  # fmt: skip
    last = last_of(log, "A")
    assert last is not None
    assert last.id == 1
    assert last_of(log, "C") is None


def on(key: str, action: Action, value: str = "", reason: str = "") -> Decision:
    """Return a decision of one reviser."""
    return Decision(key, action, value, reason, "A", id=hash((key, action)) % 1000 + 1)


def test_a_decided_report_has_what_people_made_of_it() -> None:
    """Dismissed findings are accepted with the reason; changed types and severities are in it."""
    report = golden_report()
    first, second, third = (finding.key for finding in report.findings[:3])
    log = (
        on(first, Action.DISMISS, reason="said elsewhere"),
        on(second, Action.TYPE, "accuracy/mistranslation"),
        on(third, Action.SEVERITY, "critical"),
    )
    decided = {finding.key: finding for finding in decide(report, log).findings}
    assert decided[first].accepted == "said elsewhere"
    assert decided[second].error_type is ErrorType.MISTRANSLATION
    assert decided[third].severity is Severity.CRITICAL
    assert decide(report, ()) == report


def test_what_is_disputed_stays_as_the_check_said_it() -> None:
    """Nobody's opinion gets into a report over another's."""
    report = golden_report()
    key = report.findings[0].key
    other = replace(on(key, Action.SEVERITY, "minor"), who="B")
    assert (
        decide(report, (on(key, Action.DISMISS, reason="no"), other)).findings[0]
        == report.findings[0]
    )


def test_dismissing_all_of_a_bead_lowers_the_risk() -> None:
    """The risk of the decided report is that of the beads which are left."""
    report = golden_report()
    log = [on(finding.key, Action.DISMISS, reason="no") for finding in report.findings]
    risk = decide(report, log).risk
    assert risk is not None
    assert report.risk is not None
    assert risk < report.risk


def add_words(report: Report, words: str) -> Decision:
    """Return the decision that marks some words of the source as missed."""
    number, segment = next(
        (n, s) for n, s in enumerate(report.bitext.source_segments) if words in s.text
    )
    start = segment.text.index(words)
    mark = Mark(number, Span(start, start + len(words)), words)
    added = Added(ErrorType.OMISSION, Severity.MINOR, (mark,), (), "missing")
    assert parse_added(render_added(added)) == added
    return on(added.key, Action.ADD, render_added(added))


def moved_down(report: Report) -> Report:
    """Return the report of a version in which a new sentence stands before all others."""
    bitext = report.bitext
    fresh = Segment(Span(0, 4), "New.", 0)
    beads = [replace(b, source=range(b.source.start + 1, b.source.stop + 1)) for b in bitext.beads]
    beads[0] = replace(beads[0], source=range(0, beads[0].source.stop))
    return replace(
        report,
        findings=(),
        bitext=Bitext(
            bitext.source, bitext.target, (fresh, *bitext.source_segments),
            bitext.target_segments, tuple(beads),
        ),
    )  # fmt: skip


def test_an_added_finding_follows_its_words_to_a_new_version() -> None:
    """Its words are found again where they stand now; when they are gone, so is the finding."""
    report = golden_report()
    log = [add_words(report, "Munich Security Conference")]
    before = with_added(report, log).findings
    assert [f.check for f in before if f not in report.findings] == [REVISER]
    (after,) = with_added(moved_down(report), log).findings
    assert after.source[0].segment == 1
    assert after.source[0].text == "Munich Security Conference"
    gone = replace(report.bitext, source_segments=(), beads=())
    assert with_added(replace(report, bitext=gone, findings=()), log).findings == ()


@given(st.text(alphabet="aữ😀𝒳\u0301", max_size=12))
def test_utf_16_positions_are_code_points(text: str) -> None:
    """Each position in code points is found again from the position that a browser counts."""
    for position in range(len(text) + 1):
        units = len(text[:position].encode("utf-16-le")) // 2
        assert code_point(text, units) == position
    assert code_point(text, len(text.encode("utf-16-le")) // 2 + 1) is None


def segments(*texts: str) -> Sequence[Segment]:
    """Return segments with these texts."""
    return [Segment(Span(0, len(text)), text, 0) for text in texts]


def test_selected_words_lose_the_white_space_around_them() -> None:
    """A browser that selects a word takes the space behind it along."""
    mark = to_mark(Selected(0, 3, 9), segments("😀 hello there"))
    assert mark == Mark(0, Span(2, 7), "hello")


@pytest.mark.parametrize("selected", [Selected(1, 0, 1), Selected(0, 1, 1), Selected(0, 0, 99)])
def test_words_that_are_not_there_are_refused(selected: Selected) -> None:
    """An older page may speak of a text that has changed."""
    with pytest.raises(ReadError, match="not in the text"):
        to_mark(selected, segments("hello"))


def test_the_interval_holds_the_share() -> None:
    """Wilson's interval lies within 0 and 1 and around the share, and narrows with trials."""
    for trials in (1, 5, 50):
        for successes in range(trials + 1):
            low, high = wilson(successes, trials)
            assert low >= 0
            assert low - 1e-9 <= successes / trials <= high + 1e-9 <= 1 + 1e-8
    assert wilson(40, 50)[1] - wilson(40, 50)[0] < wilson(4, 5)[1] - wilson(4, 5)[0]
