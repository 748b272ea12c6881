"""Findings and the verifier's word to the risk of a pair, and of a document."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from align.finding import BeadRisk, Finding, Severity
from align.judgement import Judgement

_WEIGHT = {Severity.NEUTRAL: 0.0, Severity.MINOR: 0.25, Severity.MAJOR: 1.0, Severity.CRITICAL: 1.0}
_DOUBT = 0.2

VERIFIERS_OWN = frozenset({"omission", "addition", "mistranslation"})
"""Checks that say what the verifier says, which counts once."""

SOFT = frozenset({"negation", "tense", "modality"})
"""Checks that rest on the words around a marker; the others compare facts."""

SIGNS = ("verifier", "fact", "marker", "lack")

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"verifier": 0.9, "fact": 3.67, "marker": 0.25, "lack": 1.45, "offset": -0.64}
)
"""Log odds of a major error that each sign adds. Fitted by models/train/risk.py on errors of the
verifier's generator in development articles of 14 languages, Vietnamese not among them; but for
`marker`, for which it has .32, since that generator turns more markers than translators do. Over
errors of another generator in eight languages .25 found as much at five false alarms (.792 instead
of .793) and a little more at one (.630 instead of .626) with version 1.2.0 of the verifier."""

CRITICAL: Mapping[str, float] = MappingProxyType({"critical": 0.48, "offset": -1.25})
"""Log odds of a critical error of a machine, by the verifier's own. Such errors are another kind
than those above, so that either is enough. Fitted by the same program on WMT21."""

DOCUMENT: Mapping[str, float] = MappingProxyType({"worst": 0.89, "beads": -0.3, "offset": 0.1})
"""Log odds that a document has an error: by those of its worst bead and the log of how many there
are. Fitted like `WEIGHTS` on articles of which half have one to three errors."""

KINDS = ("omission", "addition", "mistranslation")
"""The kinds of errors of accuracy of which a pair gets a probability each."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a major error in a pair.

    `verifier` is the log odds by the verifier alone; `fact` is the gravest finding of the checks
    that compare facts, times its confidence; `marker` is by how many log odds the likeliest finding
    of those that rest on the words around a marker is above even; `lack` is the score of the
    worst run of words without support.
    """

    verifier: float
    fact: float
    marker: float
    lack: float


def signs(findings: Iterable[Finding], judgement: Judgement, lack: float) -> Signs:
    """Return the signs of a pair; of the findings, only those of the text checks are looked at."""
    others = [f for f in findings if f.check not in VERIFIERS_OWN]
    return Signs(
        verifier=log_odds(judgement.risk),
        fact=max((_grave(f) for f in others if f.check not in SOFT), default=0.0),
        marker=max((_above(f) for f in others if f.check in SOFT), default=0.0),
        lack=lack,
    )


def pair_risk(findings: Sequence[Finding], judgement: Judgement, lack: float) -> float:
    """Return the probability that a pair has at least one major error.

    Args:
        findings: Those of the text checks.
        judgement: What the verifier says of the pair.
        lack: The score of its worst run of words without support; see `align.coverage`.
    """
    return risk_of(signs(findings, judgement, lack), log_odds(judgement.critical))


def risk_of(found: Signs, critical: float) -> float:
    """Return the probability of a major error, by what speaks for one.

    Args:
        found: The signs of the pair.
        critical: The verifier's log odds of a critical error of a machine.
    """
    planted = sum(WEIGHTS[sign] * getattr(found, sign) for sign in SIGNS) + WEIGHTS["offset"]
    machine = CRITICAL["critical"] * critical + CRITICAL["offset"]
    return probability(_either(planted, machine))


def risk_without_verifier(findings: Iterable[Finding], doubt: float) -> float:
    """Return the probability that a pair has at least one major error, by findings alone.

    Args:
        findings: Those of the pair.
        doubt: How near its worst run of words comes to a finding, 0 to 1.
    """
    return round(1.0 - _sound(findings) * (1.0 - _DOUBT * doubt**2), 4)


def document_risk(risks: Iterable[BeadRisk]) -> float:
    """Return the probability that a document has at least one major error.

    The more beads that the verifier has read, the higher the worst of them is by chance.
    """
    risks = list(risks)
    judged = [risk.chance for risk in risks if risk.is_judged]
    sound = math.prod(1.0 - risk.chance for risk in risks if not risk.is_judged)
    if judged:
        worst, count = log_odds(max(judged)), math.log(len(judged))
        odds = DOCUMENT["worst"] * worst + DOCUMENT["beads"] * count + DOCUMENT["offset"]
        sound *= 1.0 - probability(odds)
    return round(1.0 - sound, 4)


def probabilities(
    findings: Sequence[Finding], judgement: Judgement | None
) -> tuple[tuple[str, float], ...]:
    """Return the probability of each of `KINDS`."""
    found = {
        kind: 1.0 - _sound(f for f in findings if str(f.error_type).startswith(f"accuracy/{kind}"))
        for kind in KINDS
    }
    if judgement is not None:
        for error, chance in judgement.errors.items():
            kind = error if error in KINDS else "mistranslation"
            found[kind] = max(found[kind], chance)
    return tuple((kind, round(chance, 4)) for kind, chance in found.items())


def log_odds(chance: float) -> float:
    """Return the log odds of a probability, which is kept off 0 and 1."""
    inside = min(max(chance, 1e-6), 1.0 - 1e-6)
    return math.log(inside / (1.0 - inside))


def probability(odds: float) -> float:
    """Return the probability for log odds, to four decimals."""
    return round(1.0 / (1.0 + math.exp(-odds)), 4)


def _either(one: float, other: float) -> float:
    """Return the log of the sum of two odds."""
    high, low = max(one, other), min(one, other)
    return high + math.log1p(math.exp(low - high))


def _above(finding: Finding) -> float:
    return max(0.0, log_odds(finding.confidence))


def _grave(finding: Finding) -> float:
    return finding.confidence * _WEIGHT[finding.severity]


def _sound(findings: Iterable[Finding]) -> float:
    """Return the probability that nothing is wrong, if findings are independent of each other.

    A minor one may be graver than it looks.
    """
    return math.prod(1.0 - _grave(f) for f in findings)
