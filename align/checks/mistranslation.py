"""Words that say something else than the words they stand for.

Why it matters: a wrong word reads as well as the right one; only the other text shows it. The
verifier reads both sides together and marks words whose counterpart has another meaning: another
name, a verb that lost its "not", a passage that tells of something else. What a check of numbers,
dates, names or times can explain is left to that check.
Known misses: single words of the same kind, such as lorries that became bicycles, and opposites;
see tests/cases/mistranslation.toml and models/verifier/card.md.
"""

from collections.abc import Iterator, Sequence

from align.bitext import Span
from align.checks.check import Check, Example, Mismatch, Pair
from align.finding import ErrorType, Severity
from align.verdicts import changed


def find(pair: Pair) -> Iterator[Mismatch]:
    """Yield the words that the verifier takes for changed."""
    if pair.judgement is None or not pair.source or not pair.target:
        return
    for change in changed(pair.source, pair.target, pair.judgement, pair.limits):
        yield Mismatch(
            _message(pair, change.source, change.target),
            source=change.source,
            target=change.target,
            severity=change.severity,
            confidence=change.confidence,
        )


def _message(pair: Pair, source: Sequence[Span], target: Sequence[Span]) -> str:
    said = _quoted(pair.source, source)
    became = _quoted(pair.target, target)
    if said and became:
        return f"{became} does not seem to say what {said} says."
    if said:
        return f"The translation seems to say something else than {said}."
    return f"{became} seems to say something else than the source."


def _quoted(text: str, spans: Sequence[Span]) -> str:
    return ", ".join(f"“{span.of(text)}”" for span in spans)


CHECK = Check(
    name="mistranslation",
    code="MIS",
    version=1,
    error_type=ErrorType.MISTRANSLATION,
    severity=Severity.MAJOR,
    confidence=0.5,
    find=find,
    needs_encoder=True,
    examples=(
        Example(
            source="The mayor of Toledo thanked Ferreira for the new bridge.",
            wrong="Der Bürgermeister von Toledo dankte Lindqvist für die neue Brücke.",
            right="Der Bürgermeister von Toledo dankte Ferreira für die neue Brücke.",
            target_language="de",
        ),
    ),
)
