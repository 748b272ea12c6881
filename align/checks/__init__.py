"""The checks, and the registry that lists them in the order of display."""

from align.checks.check import Check, Example, Mismatch, Pair

__all__ = ["CHECKS", "Check", "Example", "Mismatch", "Pair"]

CHECKS: tuple[Check, ...] = ()
"""Every check there is, in the order of display. Written by hand."""
