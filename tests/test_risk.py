"""Findings and the verifier's word to a risk."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.finding import BeadRisk, ErrorType, Finding, Severity
from align.judgement import ERRORS, Judgement, WordOdds
from align.risk import document_risk, log_odds, pair_risk, probability, risk_without_verifier

NOTHING = WordOdds((), np.zeros(0, np.float32), np.zeros(0, np.float32))
chances = st.floats(0.01, 0.99)


def judged(chances: list[float]) -> list[BeadRisk]:
    """Return the risks of beads that the verifier has read."""
    return [BeadRisk(chance, is_judged=True) for chance in chances]


def judgement(risk: float, critical: float = 0.0) -> Judgement:
    """Return what a verifier might say of a pair."""
    return Judgement(NOTHING, NOTHING, dict.fromkeys(ERRORS, 0.1), risk, critical)


def finding(check: str, severity: Severity = Severity.MAJOR, confidence: float = 0.9) -> Finding:
    """Return a finding of a check."""
    return Finding(
        key=check,
        check=check,
        error_type=ErrorType.NUMBER,
        severity=severity,
        confidence=confidence,
        bead=0,
        source=(),
        target=(),
        message="",
        evidence=(),
    )


@given(low=chances, high=chances, lack=st.floats(0, 2, allow_subnormal=False), critical=chances)
def test_more_signs_never_lower_the_risk(
    low: float, high: float, lack: float, critical: float
) -> None:
    """The verifier, lacking words, a finding and a critical error each speak for an error."""
    low, high = sorted((low, high))
    least = pair_risk([], judgement(low), 0.0)
    assert pair_risk([], judgement(high), 0.0) >= least
    assert pair_risk([], judgement(low), lack) >= least
    assert pair_risk([finding("number")], judgement(low), 0.0) > least
    assert pair_risk([finding("tense")], judgement(low), 0.0) >= least
    assert pair_risk([], judgement(low, critical), 0.0) >= least


def test_a_wrong_figure_weighs_more_than_a_marker() -> None:
    """A check that compares values is trusted more than one that rests on the words around."""
    fact, marker = (pair_risk([finding(c)], judgement(0.2), 0.0) for c in ("number", "tense"))
    assert fact > 0.75 > marker > pair_risk([], judgement(0.2), 0.0)


def test_what_the_verifier_says_counts_once() -> None:
    """A lost phrase that the verifier marked is in its risk already."""
    assert pair_risk([finding("omission")], judgement(0.5), 0.0) == pair_risk(
        [], judgement(0.5), 0.0
    )


@given(risk=chances)
def test_a_critical_error_is_enough(risk: float) -> None:
    """What a machine got critically wrong is a risk however faithful the words look."""
    assert pair_risk([], judgement(risk, 0.99), 0.0) > 0.7


def test_without_a_verifier_the_findings_decide() -> None:
    """The surest finding sets the risk; a doubtful run of words adds a little."""
    assert risk_without_verifier([], 0.0) == 0.0
    assert risk_without_verifier([finding("number")], 0.0) == pytest.approx(0.9)
    assert 0.0 < risk_without_verifier([], 1.0) < 0.3


@given(risks=st.lists(chances, min_size=1, max_size=30), other=chances)
def test_the_risk_of_a_document_follows_its_worst_bead(risks: list[float], other: float) -> None:
    """A worse bead makes it riskier, more beads of the same kind less so; a lost sentence adds."""
    plain = document_risk(judged(risks))
    assert document_risk(judged([*risks[:-1], max(risks)])) >= plain
    assert document_risk(judged([*risks, min(risks)])) <= plain
    lost = BeadRisk(other, is_judged=False)
    assert document_risk([*judged(risks), lost]) >= max(plain, other) - 1e-4
    assert document_risk([]) == 0.0


@given(chance=st.floats(0.001, 0.999))
def test_log_odds_and_back(chance: float) -> None:
    """A probability is what its log odds give."""
    assert probability(log_odds(chance)) == pytest.approx(chance, abs=1e-4)
