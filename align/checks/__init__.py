"""The checks, and the registry that lists them in the order of display."""

from align.checks import addition, date, name, negation, number, omission, tense
from align.checks.check import Check, Example, Mismatch, Pair

__all__ = ["CHECKS", "Check", "Example", "Mismatch", "Pair"]

CHECKS: tuple[Check, ...] = (
    omission.CHECK,
    addition.CHECK,
    number.CHECK,
    date.CHECK,
    name.CHECK,
    negation.CHECK,
    tense.CHECK,
)
"""Every check there is, in the order of display. Written by hand."""
