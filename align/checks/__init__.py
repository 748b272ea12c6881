"""The checks, and the registry that lists them in the order of display."""

from align.checks import (
    addition,
    date,
    mistranslation,
    modality,
    name,
    negation,
    number,
    omission,
    quotation,
    role,
    tense,
    terminology,
    unit,
    untranslated,
)
from align.checks.check import Check, Example, Mismatch, Pair
from align.config import CheckSettings
from align.errors import ConfigError

__all__ = ["CHECKS", "Check", "Example", "Mismatch", "Pair", "selected"]

CHECKS: tuple[Check, ...] = (
    omission.CHECK,
    addition.CHECK,
    mistranslation.CHECK,
    number.CHECK,
    date.CHECK,
    unit.CHECK,
    name.CHECK,
    role.CHECK,
    negation.CHECK,
    tense.CHECK,
    modality.CHECK,
    quotation.CHECK,
    untranslated.CHECK,
    terminology.CHECK,
)
"""Every check there is, in the order of display. Written by hand."""


def selected(settings: CheckSettings) -> tuple[Check, ...]:
    """Return the checks that the settings ask for, in the order of the registry.

    Raises:
        ConfigError: The settings name a check that does not exist.
    """
    known = {label.casefold(): check for check in CHECKS for label in (check.name, check.code)}
    for label in (*settings.select, *settings.ignore):
        if label.casefold() not in known:
            raise ConfigError(
                f"There is no check {label!r}.",
                fix=f"Known: {', '.join(f'{c.name} ({c.code})' for c in CHECKS)}.",
            )
    wanted = {known[label.casefold()].name for label in settings.select}
    unwanted = {known[label.casefold()].name for label in settings.ignore}
    return tuple(c for c in CHECKS if (not wanted or c.name in wanted) and c.name not in unwanted)
