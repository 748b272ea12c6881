"""Findings and the verifier's word to the risk of a pair, and of a document."""

import math
from collections.abc import Iterable, Sequence

from align.finding import Finding, Severity
from align.judgement import Judgement

_WEIGHT = {Severity.NEUTRAL: 0.0, Severity.MINOR: 0.25, Severity.MAJOR: 1.0, Severity.CRITICAL: 1.0}
_DOUBT = 0.2

_HARD, _SOFT = 3.0, 1.5
"""Log odds that a finding of each kind adds to the verifier's own, times its confidence. Chosen on
planted errors of NTREX's Vietnamese development articles."""

_HARD_CHECKS = frozenset({"number", "date", "unit", "name", "role", "quotation", "untranslated"})
_VERIFIERS_OWN = frozenset({"omission", "addition", "mistranslation"})
"""What the verifier has said already, and counts once."""

KINDS = ("omission", "addition", "mistranslation")
"""The kinds of errors of accuracy of which a pair gets a probability each."""


def document_risk(findings: Iterable[Finding]) -> float:
    """Return the probability that a document has at least one major error."""
    return round(1.0 - _sound(findings), 4)


def pair_risk(findings: Sequence[Finding], judgement: Judgement | None, doubt: float) -> float:
    """Return the probability that a pair has at least one major error.

    Args:
        findings: Those of the pair.
        judgement: What the verifier says of it, if one ran.
        doubt: How near its worst run of words comes to a finding, 0 to 1; used without a verifier.
    """
    if judgement is None:
        return round(1.0 - _sound(findings) * (1.0 - _DOUBT * doubt**2), 4)
    others = [f for f in findings if f.check not in _VERIFIERS_OWN]
    hard = max((_grave(f) for f in others if f.check in _HARD_CHECKS), default=0.0)
    soft = max((_grave(f) for f in others if f.check not in _HARD_CHECKS), default=0.0)
    odds = _log_odds(judgement.risk) + _HARD * hard + _SOFT * soft
    return round(1.0 / (1.0 + math.exp(-odds)), 4)


def probabilities(
    findings: Sequence[Finding], judgement: Judgement | None
) -> tuple[tuple[str, float], ...]:
    """Return the probability of each of `KINDS`."""
    found = {
        kind: 1.0 - _sound(f for f in findings if str(f.error_type).startswith(f"accuracy/{kind}"))
        for kind in KINDS
    }
    if judgement is not None:
        for error, probability in judgement.errors.items():
            kind = error if error in KINDS else "mistranslation"
            found[kind] = max(found[kind], probability)
    return tuple((kind, round(probability, 4)) for kind, probability in found.items())


def _grave(finding: Finding) -> float:
    return finding.confidence * _WEIGHT[finding.severity]


def _log_odds(probability: float) -> float:
    inside = min(max(probability, 1e-6), 1.0 - 1e-6)
    return math.log(inside / (1.0 - inside))


def _sound(findings: Iterable[Finding]) -> float:
    """Return the probability that nothing is wrong, if findings are independent of each other.

    A minor one may be graver than it looks.
    """
    return math.prod(1.0 - _grave(f) for f in findings)
