"""The verifier's word to lost and added words."""

import numpy as np
import pytest

from align.bitext import Span
from align.finding import Severity
from align.judgement import ERRORS, SILENT, Judgement, Limits, WordOdds
from align.vectors import Relatedness
from align.verdicts import added, changed, lost

SOURCE = "They met Lavrov on Saturday in Munich"
TARGET = "Họ gặp nhau"
LIMITS = Limits(major=0.8, any=0.4)


def odds(text: str, lacking: str = "", different: str = "") -> WordOdds:
    """Return words of which those named are probably lacking, and those named different."""
    spans, start = [], 0
    for word in text.split():
        spans.append(Span(start, start + len(word)))
        start += len(word) + 1
    lacks, differs = (
        np.array([0.97 if s.of(text) in named.split() else 0.02 for s in spans], np.float32)
        for named in (lacking, different)
    )
    return WordOdds(tuple(spans), lacks, differs)


def judgement(risk: float, source: WordOdds, target: WordOdds | None = None) -> Judgement:
    """Return what a verifier might say."""
    return Judgement(source, target or odds(TARGET), dict.fromkeys(ERRORS, risk), risk)


def related(nearby: list[float]) -> Relatedness:
    """Return words of which nothing is known but how they relate to the neighbouring segments."""
    source, target = odds(SOURCE).spans, odds(TARGET).spans
    matrix = np.zeros((len(source), len(target)), np.float32)
    return Relatedness(source, target, matrix, source_nearby=np.array(nearby, np.float32))


def test_a_run_of_lacking_words_is_one_finding() -> None:
    """Words the verifier takes for lost are marked from the first to the last of the run."""
    said = judgement(0.9, odds(SOURCE, "Lavrov on Saturday"))
    (lack,) = lost(SOURCE, TARGET, None, said, LIMITS)
    assert lack.span.of(SOURCE) == "Lavrov on Saturday"
    assert lack.severity is Severity.MAJOR
    assert not list(added(SOURCE, TARGET, None, said, LIMITS))


@pytest.mark.parametrize(
    ("risk", "severity"), [(0.9, Severity.MAJOR), (0.5, Severity.MINOR), (0.3, None)]
)
def test_the_risk_of_the_pair_decides_how_grave_it_is(
    risk: float, severity: Severity | None
) -> None:
    """Below the limit of a major finding it is minor, and below the other there is none."""
    found = list(lost(SOURCE, TARGET, None, judgement(risk, odds(SOURCE, "in Munich")), LIMITS))
    assert [lack.severity for lack in found] == ([] if severity is None else [severity])


def test_a_single_small_word_is_a_minor_matter() -> None:
    """A lost preposition does not weigh what a lost name does."""
    assert [
        lack.severity
        for word in ("on", "Lavrov")
        for lack in lost(SOURCE, TARGET, None, judgement(0.9, odds(SOURCE, word)), LIMITS)
    ] == [Severity.MINOR, Severity.MAJOR]


def test_what_stands_in_the_next_sentence_is_not_lost() -> None:
    """Words that the neighbouring segment of the translation has are not called lost."""
    said = judgement(0.9, odds(SOURCE, "in Munich"))
    assert not list(lost(SOURCE, TARGET, related([0, 0, 0, 0, 0, 0.6, 0.7]), said, LIMITS))
    assert list(lost(SOURCE, TARGET, related([0.7, 0.7, 0.7, 0, 0, 0.1, 0.2]), said, LIMITS))


def test_without_a_verifier_the_words_decide() -> None:
    """A sentence without a counterpart is lost whatever anybody says; phrases need evidence."""
    (whole,) = lost(SOURCE, "", None, None, SILENT)
    assert whole.is_sentence
    assert not list(lost(SOURCE, TARGET, None, None, SILENT))


def test_changed_words_of_both_sides_are_one_finding() -> None:
    """What the verifier takes for changed is marked on both sides at once."""
    said = judgement(0.9, odds(SOURCE, different="Saturday"), odds(TARGET, different="nhau"))
    (change,) = changed(SOURCE, TARGET, said, LIMITS)
    assert [span.of(SOURCE) for span in change.source] == ["Saturday"]
    assert [span.of(TARGET) for span in change.target] == ["nhau"]
    assert change.severity is Severity.MAJOR
    assert not list(changed(SOURCE, TARGET, judgement(0.9, odds(SOURCE)), LIMITS))
    unlikely = judgement(0.3, odds(SOURCE, different="Saturday"))
    assert not list(changed(SOURCE, TARGET, unlikely, LIMITS))


def test_a_word_that_stands_on_both_sides_has_not_changed() -> None:
    """A name alone says what it says, whatever the verifier holds of it; two may change places."""
    target = "LAVROV Saturday"
    for words, count in (("Lavrov", 0), ("Lavrov Saturday", 1)):
        theirs = odds(target, different=words.replace("Lavrov", "LAVROV"))
        said = judgement(0.9, odds(SOURCE, different=words), theirs)
        assert len(list(changed(SOURCE, target, said, LIMITS))) == count
