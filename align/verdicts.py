"""The verifier's word on a pair to what is lost, added or changed, as a reviser would mark it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from align import coverage
from align.bitext import Span
from align.coverage import Lack
from align.finding import Severity
from align.judgement import (
    CHANGED,
    CHANGED_ENTRY,
    LACKING,
    LACKING_ENTRY,
    Floats,
    Judgement,
    Limits,
    Run,
    WordOdds,
    find_runs,
)
from align.vectors import Relatedness

_NEARBY = 0.45
"""Mean cosine of a run's words with the neighbouring segments of the other side, from which they
stand there. Translated words have about .6, others about .1."""

_WORDS_OF_WEIGHT = 2
"""A shorter run is a minor matter, unless it holds a name or a number."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Words of one or both sides that say something else than the other."""

    source: tuple[Span, ...]
    target: tuple[Span, ...]
    severity: Severity
    confidence: float


def lost(
    source: str,
    target: str,
    related: Relatedness | None,
    judgement: Judgement | None,
    limits: Limits,
) -> Iterator[Lack]:
    """Yield what the source has and the target has not: all of it, or runs of words.

    Without a judgement the words' relatedness alone decides.
    """
    if not target or judgement is None:
        yield from coverage.lost(source, target, related)
        return
    for lack in _lacks(source, judgement.source, judgement, limits):
        if related is None or not _stands_nearby(
            related.source_nearby, related.source_indices(lack.span)
        ):
            yield lack


def added(
    source: str,
    target: str,
    related: Relatedness | None,
    judgement: Judgement | None,
    limits: Limits,
) -> Iterator[Lack]:
    """Yield what the target has and the source has not: all of it, or runs of words."""
    if not source or judgement is None:
        yield from coverage.added(source, target, related)
        return
    for lack in _lacks(target, judgement.target, judgement, limits):
        if related is None or not _stands_nearby(
            related.target_nearby, related.target_indices(lack.span)
        ):
            yield lack


def changed(source: str, target: str, judgement: Judgement, limits: Limits) -> Iterator[Changed]:
    """Yield the words that say something else, all of them at once, if there are any."""
    if judgement.risk < limits.any:
        return
    ones, others = (
        _runs(text, odds, find_runs(odds.changed, CHANGED, CHANGED_ENTRY))
        for text, odds in ((source, judgement.source), (target, judgement.target))
    )
    if (ones or others) and not _is_same_word(source, ones, target, others):
        yield Changed(
            tuple(run.span for run in ones),
            tuple(run.span for run in others),
            Severity.MAJOR if judgement.risk >= limits.major else Severity.MINOR,
            max(run.confidence for run in (*ones, *others)),
        )


@dataclass(frozen=True, slots=True)
class _Run:
    span: Span
    words: int
    confidence: float


def _lacks(text: str, odds: WordOdds, judgement: Judgement, limits: Limits) -> Iterator[Lack]:
    if judgement.risk < limits.any:
        return
    for run in _runs(text, odds, find_runs(odds.lacking, LACKING, LACKING_ENTRY)):
        grave = judgement.risk >= limits.major and _has_weight(run, text)
        yield Lack(run.span, Severity.MAJOR if grave else Severity.MINOR, run.confidence)


def _runs(text: str, odds: WordOdds, runs: Iterable[Run]) -> list[_Run]:
    return [
        _Run(run.span(odds.spans), run.last - run.first + 1, round(run.confidence, 4))
        for run in runs
        if run.span(odds.spans).of(text).strip()
    ]


def _is_same_word(source: str, ones: Sequence[_Run], target: str, others: Sequence[_Run]) -> bool:
    """Tell whether all that is marked is one and the same word on both sides.

    Two or more may have changed places; one alone says what it says.
    """
    if len(ones) != 1 or len(others) != 1:
        return False
    one, other = ones[0].span.of(source), others[0].span.of(target)
    return one.casefold() == other.casefold()


def _stands_nearby(nearby: Floats | None, words: Sequence[int]) -> bool:
    return nearby is not None and len(words) > 0 and float(nearby[list(words)].mean()) > _NEARBY


def _has_weight(run: _Run, text: str) -> bool:
    words = run.span.of(text)
    return (
        run.words >= _WORDS_OF_WEIGHT
        or words[:1].isupper()
        or any(character.isdigit() for character in words)
    )
