"""What reports call things: kinds of findings, reasons, languages, and the verdict in one line."""

from collections.abc import Iterator
from functools import cache

from babel import Locale, UnknownLocaleError

from align.bitext import Bead
from align.finding import ErrorType, Finding, Report, Severity
from align.write.slices import tidy

TYPES = {
    ErrorType.OMISSION: "lost",
    ErrorType.ADDITION: "added",
    ErrorType.MISTRANSLATION: "changed",
    ErrorType.NUMBER: "changed: number",
    ErrorType.DATE: "changed: date",
    ErrorType.NAME: "changed: name",
    ErrorType.UNIT: "changed: unit",
    ErrorType.NEGATION: "changed: negation",
    ErrorType.TENSE: "changed: tense",
    ErrorType.QUOTATION: "changed: quotation",
    ErrorType.UNTRANSLATED: "left untranslated",
    ErrorType.TERMINOLOGY: "terminology",
}
REASONS = {"duplicate": "repeated", "furniture": "page furniture"}
SIDES = {"source": "Source", "target": "Translation"}

SIGNS = {
    Severity.NEUTRAL: "i",
    Severity.MINOR: "?",
    Severity.MAJOR: "!",
    Severity.CRITICAL: "!!",
}
"""A sign for each severity, since a colour alone says nothing to many readers."""


def ranked(report: Report) -> Iterator[tuple[int, Finding]]:
    """Yield the findings with their numbers from 1, the most serious first."""
    yield from enumerate(sorted(report.findings, key=rank), 1)


def rank(finding: Finding) -> tuple[int, float, int, list[tuple[int, int]]]:
    """Return what findings are sorted by: gravity, confidence, then place."""
    places = [(mark.segment, mark.span.start) for mark in (*finding.source, *finding.target)]
    return -finding.severity, -finding.confidence, finding.bead, places


def verdict(report: Report) -> str:
    """Return the outcome in one line, without a full stop where it is a count."""
    total, accepted = len(report.open()), len(report.accepted())
    severities = ", ".join(f"{n} {label}" for label, n in report.by_severity().items())
    let_pass = f"; {accepted} accepted" if accepted else ""
    found = f"{count(total, 'finding')}: {severities}{let_pass}"
    if report.risk is None:
        return "These two texts could not be compared" + (f"; {found}" if total else ".")
    if total:
        return found
    nothing = "Nothing else found" if accepted else "Nothing found"
    return f"{nothing}{', but not everything was checked' if report.skipped else ''}{let_pass}."


def unsaid_words(finding: Finding) -> str:
    """Quote the marked words of both sides; empty if the message has said them all."""
    message = tidy(finding.message)
    if all(tidy(mark.text) in message for mark in (*finding.source, *finding.target)):
        return ""
    quoted = [
        ", ".join(f"“{tidy(mark.text)}”" for mark in m) for m in (finding.source, finding.target)
    ]
    return " → ".join(filter(None, quoted))


def skipped_by_reason(report: Report) -> dict[str, list[str]]:
    """Gather the checks that each reason kept from running: the reader wants a reason once."""
    checks: dict[str, dict[str, None]] = {}
    for skipped in report.skipped:
        checks.setdefault(tidy(skipped.reason), {})[tidy(skipped.check)] = None
    return {reason: list(names) for reason, names in checks.items()}


def status(finding: Finding) -> str:
    """Return `accepted` or `open`."""
    return "accepted" if finding.accepted else "open"


@cache
def language_name(tag: str | None) -> str:
    """Return the English name of a language; an unknown tag is its own name."""
    if tag is None:
        return "language unknown"
    try:
        name = Locale.parse(tag, sep="-").english_name
    except (UnknownLocaleError, ValueError):
        name = Locale.parse("en").languages.get(tag)
    return tidy(name or tag)


@cache
def direction(tag: str | None) -> str:
    """Return the direction in which a language is written: `ltr`, `rtl`, or `auto` if unknown."""
    if tag is None:
        return "auto"
    try:
        order = Locale.parse(tag, sep="-").character_order
    except (UnknownLocaleError, ValueError):
        return "auto"
    return "rtl" if order == "right-to-left" else "ltr"


def percent(probability: float) -> str:
    """Return a probability in percent."""
    # A rounded 0 % or 100 % would claim a certainty that no measurement gives.
    rounded = f"{probability:.0%}"
    return {"0%": "<1%", "100%": ">99%"}.get(rounded, rounded)


def count(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> count(2, "finding")
    '2 findings'
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def bead_facts(bead: Bead) -> str:
    """Return what a reader must know of a bead beyond its texts, empty if there is nothing."""
    facts = ("moved" if bead.moved else "", bead.doubt)
    return ", ".join(filter(None, facts))
