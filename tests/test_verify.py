"""Tests of how mismatches of a pair become findings of a document."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from align import verify
from align.bitext import Bead, Bitext, Document, Segment, Span
from align.checks import Check, Mismatch, Pair
from align.evidence import Run
from align.finding import ErrorType, Finding, Severity
from align.judgement import ERRORS, Judgement, Limits, WordOdds
from align.languages import find_language

ROUTE = verify.Route(find_language("en"), find_language("vi"))


def side(*texts: str, language: str = "en") -> tuple[Document, tuple[Segment, ...]]:
    """Return a document of one block and its segments, one for each text."""
    whole = " ".join(texts)
    segments, start = [], 0
    for text in texts:
        segments.append(Segment(Span(start, start + len(text)), text, 0, language))
        start += len(text) + 1
    return Document("d", whole, (Span(0, len(whole)),), language=language), tuple(segments)


def bitext(source: Sequence[str], target: Sequence[str], *beads: Bead) -> Bitext:
    """Return two documents with the given beads."""
    (one, ones), (two, twos) = side(*source), side(*target, language="vi")
    return Bitext(one, two, ones, twos, beads)


def check(name: str, error_type: ErrorType, *found: Mismatch, **given: object) -> Check:
    """Return a check that finds the same mismatches in every pair."""

    def find(pair: Pair) -> Iterator[Mismatch]:
        yield from found

    facts = tuple(str(fact) for fact in given.get("facts", ()))  # type: ignore[attr-defined]
    return Check(name, name.upper(), 1, error_type, Severity.MINOR, 0.5, find, (), facts)


def findings(text: Bitext, *checks: Check) -> list[Finding]:
    """Return what the checks say of a bitext."""
    verdicts = verify.verify(text, checks, ROUTE)
    return [finding for verdict in verdicts for finding in verdict.findings]


def words(text: str, *wanted: str) -> tuple[Span, ...]:
    """Return where words stand in a text."""
    return tuple(Span(text.index(word), text.index(word) + len(word)) for word in wanted)


def test_a_span_over_two_segments_is_cut_at_their_border() -> None:
    """A mark never reaches from one segment into the next, and its text is the segment's own."""
    text = bitext(["One two.", "Three four."], ["A."], Bead(range(2), range(1), 1.0))
    lost = check("omission", ErrorType.OMISSION, Mismatch("lost", source=(Span(4, 14),)))
    (finding,) = findings(text, lost)
    assert [(m.segment, m.text) for m in finding.source] == [(0, "two."), (1, "Three")]
    for mark in finding.source:
        assert mark.span.of(text.source_segments[mark.segment].text) == mark.text


def test_marks_count_from_their_segment() -> None:
    """A bead in the middle of a document has the numbers of its own segments."""
    beads = (Bead(range(1), range(1), 1.0), Bead(range(1, 2), range(1, 2), 1.0))
    text = bitext(["One.", "Two three."], ["A.", "B c."], *beads)
    wrong = check("name", ErrorType.NAME, Mismatch("x", source=(Span(0, 3),), target=(Span(0, 1),)))
    second = findings(text, wrong)[1]
    assert (second.bead, second.source[0].segment, second.source[0].text) == (1, 1, "Two")
    assert (second.target[0].segment, second.target[0].text) == (1, "B")


def test_a_lost_phrase_takes_over_what_is_lost_inside_it() -> None:
    """A lost name in a lost phrase is one finding: the phrase, as grave as the name."""
    source = "He met Anna Berg in Oslo on Friday."
    text = bitext([source], ["Ông ấy đi."], Bead(range(1), range(1), 1.0))
    phrase = check("omission", ErrorType.OMISSION, Mismatch("p", words(source, "met Anna Berg")))
    name = check(
        "name",
        ErrorType.NAME,
        Mismatch("“Anna Berg” is lost.", words(source, "Anna Berg"), severity=Severity.MAJOR),
    )
    (finding,) = findings(text, phrase, name)
    assert finding.check == "omission"
    assert finding.severity is Severity.MAJOR
    assert finding.evidence == ("“Anna Berg” is lost.",)


def test_a_phrase_that_is_only_a_name_is_left_to_the_name_check() -> None:
    """Where both mark the same words, the particular error is what is said."""
    source = "He met Anna Berg in Oslo."
    text = bitext([source], ["Ông ấy đi."], Bead(range(1), range(1), 1.0))
    span = words(source, "Anna Berg")
    checks = (
        check("omission", ErrorType.OMISSION, Mismatch("p", span)),
        check("name", ErrorType.NAME, Mismatch("n", span)),
    )
    assert [f.check for f in findings(text, *checks)] == ["name"]


def test_errors_on_other_words_are_all_said() -> None:
    """A finding with words on both sides is not swallowed by a phrase on one of them."""
    source, target = "He held talks with Anna.", "Ông ấy sẽ đi."
    text = bitext([source], [target], Bead(range(1), range(1), 1.0))
    phrase = check("omission", ErrorType.OMISSION, Mismatch("p", words(source, "held talks")))
    tense = check(
        "tense", ErrorType.TENSE, Mismatch("t", words(source, "held"), words(target, "sẽ"))
    )
    assert {f.check for f in findings(text, phrase, tense)} == {"omission", "tense"}


def test_a_foreign_segment_is_no_matter_for_language_facts() -> None:
    """A line in a third language is not judged by facts of the document's, and that is said."""
    text = bitext(["One."], ["A."], Bead(range(1), range(1), 1.0))
    (segment,) = text.source_segments
    foreign = Segment(segment.span, segment.text, segment.block, "ru")
    text = Bitext(text.source, text.target, (foreign,), text.target_segments, text.beads)
    with_facts = check("tense", ErrorType.TENSE, Mismatch("t", (Span(0, 3),)), facts=("past",))
    without = check("omission", ErrorType.OMISSION, Mismatch("o", (Span(0, 3),)))
    assert [f.check for f in findings(text, with_facts, without)] == ["omission"]
    (skipped,) = verify.skipped(text, (with_facts, without), ROUTE)
    assert skipped.check == "tense"
    assert "source segment 0 is in 'ru'" in skipped.reason


def test_nearby_text_is_that_of_the_neighbours() -> None:
    """A check sees the sentences right before and after its own on each side, and no others."""
    seen: list[Pair] = []

    def find(pair: Pair) -> Iterator[Mismatch]:
        seen.append(pair)
        yield from ()

    spy = Check("spy", "SPY", 1, ErrorType.NAME, Severity.MINOR, 0.5, find, ())
    beads = tuple(Bead(range(i, i + 1), range(i, i + 1), 1.0) for i in range(4))
    text = bitext(["S0.", "S1.", "S2.", "S3."], ["T0.", "T1.", "T2.", "T3."], *beads)
    assert not findings(text, spy)
    assert [pair.target_nearby for pair in seen] == ["T1.", "T0. T2.", "T1. T3.", "T2."]
    assert [pair.source_nearby for pair in seen] == ["S1.", "S0. S2.", "S1. S3.", "S2."]


def test_keys_tell_findings_apart() -> None:
    """Findings of one check in one bead have keys of their own, and the same ones each time."""
    source = "He met Anna and Berit."
    text = bitext([source], ["A."], Bead(range(1), range(1), 1.0))
    name = check(
        "name",
        ErrorType.NAME,
        Mismatch("a", words(source, "Anna")),
        Mismatch("b", words(source, "Berit")),
    )
    keys = [f.key for f in findings(text, name)]
    assert len(set(keys)) == 2
    assert keys == [f.key for f in findings(text, name)]


def test_what_only_differs_gives_way_to_what_is_explained() -> None:
    """A check that says what changed is heard, and the verifier's bare word on it is not."""
    text = bitext(["He won in May."], ["Ông thắng vào tháng Sáu."], Bead(range(1), range(1), 1.0))
    spans = (words(text.source_segments[0].text, "May"), words(text.target_segments[0].text, "Sáu"))
    date = check("date", ErrorType.DATE, Mismatch("May", source=spans[0], target=spans[1]))
    vague = check(
        "mistranslation", ErrorType.MISTRANSLATION, Mismatch("?", source=spans[0], target=spans[1])
    )
    assert [f.check for f in findings(text, vague, date)] == ["date"]
    assert [f.check for f in findings(text, vague)] == ["mistranslation"]


@pytest.mark.parametrize(
    ("risk", "severity"), [(0.05, None), (0.4, Severity.MINOR), (0.97, Severity.MAJOR)]
)
def test_a_marker_is_as_grave_as_the_risk_lets_it_be(
    risk: float, severity: Severity | None
) -> None:
    """A marker that the verifier sees no reason for is not said, a wrong figure always is."""
    nothing = WordOdds((), np.zeros(0, np.float32), np.zeros(0, np.float32))
    judgement = Judgement(nothing, nothing, dict.fromkeys(ERRORS, 0.0), risk)
    english, vietnamese = ROUTE.source, ROUTE.target
    texts = "They will go.", "Họ đã đi."
    limits = Limits(major=0.8, any=0.5)
    pair = Pair(*texts, english, vietnamese, judgement=judgement, limits=limits)
    sides = (Run(range(1), texts[0], (0,)), Run(range(1), texts[1], (0,)))
    will = Mismatch("will", source=words(texts[0], "will"), severity=Severity.MAJOR, confidence=0.5)
    said = verify.verdict(pair, [check("tense", ErrorType.TENSE, will)], 0, sides)
    assert [f.severity for f in said.findings] == [severity or Severity.MINOR]
    swap = verify.verdict(pair, [check("role", ErrorType.MISTRANSLATION, will)], 0, sides)
    assert [f.severity for f in swap.findings] == ([] if severity is None else [severity])
    assert said.risk.is_judged
    figure = verify.verdict(pair, [check("number", ErrorType.NUMBER, will)], 0, sides)
    assert [f.severity for f in figure.findings] == [Severity.MAJOR]
    assert figure.risk.chance > said.risk.chance


def test_what_is_improbable_only_weighs() -> None:
    """Below the probability that a check asks for, a mismatch raises the risk and is not said."""
    nothing = WordOdds((), np.zeros(0, np.float32), np.zeros(0, np.float32))
    judgement = Judgement(nothing, nothing, dict.fromkeys(ERRORS, 0.0), 0.3)
    texts = "They will go.", "Họ đã đi."
    pair = Pair(*texts, ROUTE.source, ROUTE.target, judgement=judgement)
    sides = (Run(range(1), texts[0], (0,)), Run(range(1), texts[1], (0,)))
    will = Mismatch("will", source=words(texts[0], "will"), confidence=0.7)
    loud = check("tense", ErrorType.TENSE, will)
    quiet, silent = replace(loud, least=0.8), check("tense", ErrorType.TENSE)
    said, weighed, none = (verify.verdict(pair, [c], 0, sides) for c in (loud, quiet, silent))
    assert [len(v.findings) for v in (said, weighed, none)] == [1, 0, 0]
    assert said.risk == weighed.risk
    assert weighed.risk.chance > none.risk.chance
