"""Negations that the translation lost or added.

Why it matters: a lost "not" turns a statement into its opposite, and the sentence still reads well.
A negation is only judged at its predicate: its words are followed to the other text, and if neither
a negation nor a word that denies by itself ("lack", "khó") stands around their counterparts, the
negation is lost; the same in the other direction finds an added one. What these rules say is
weighed with other signs; see `align.markers`.
Known misses: a negation that another negation of the same clause hides, questions, and words that
deny but were read as mere content; without an encoder only a text that denies nothing at all is
reported. See tests/cases/negation.toml.
"""

from collections.abc import Iterator

import numpy as np

from align.bitext import Span
from align.checks.check import Check, Example, Mismatch, Pair, pair_readings, spans_of
from align.finding import ErrorType, Severity
from align.languages.language import Language
from align.markers import suspects
from align.predicates import (
    SURE,
    Reading,
    bears,
    find_markers,
    mates,
    near,
    predicate_words,
)

REACH = (2, 4)
"""How many words further than usual before and after the counterpart its negation may stand."""
NEAR = (0, 2)
"""The same for words that deny by themselves, which are many: nearer, or they would hide losses."""
TIE = 0.3
"""The cosine that two negations need to answer each other though their predicates do not."""
SLACK = 0.2
"""How far below the best of its column the cosine of a negation with a denial may lie."""
SPOKEN = 0.45
"""The cosine that two denials need to be each other's and none of a negation's."""
WITHOUT_ENCODER = 0.4
"""Confidence of a finding that rests on word lists alone."""


def find(pair: Pair) -> Iterator[Mismatch]:
    """Yield each negation whose predicate is denied in one text only."""
    if pair.related is None:
        yield from _plain(pair)
        return
    ruled = list(by_rules(pair))
    # A question is often asked with a negation in one language and without in the other.
    if pair.judgement is None or "?" in pair.source or "?" in pair.target:
        yield from ruled
        return
    sides = pair_readings(pair, pair.related)
    for marked, chance in suspects("negation", sides, pair.judgement, spans_of(ruled)):
        other = sides[1] if marked.is_source else sides[0]
        mate = _with_auxiliary(other, marked.facing[0]) if marked.facing else None
        yield _mismatch(pair, marked.span, mate, marked.is_source, chance)


def by_rules(pair: Pair) -> Iterator[Mismatch]:
    """Yield what the words around the negations tell, without the verifier."""
    if pair.related is None:
        return
    source, target = pair_readings(pair, pair.related)
    for own, other, is_source in ((source, target, True), (target, source, False)):
        for span, index in _unanswered(own, other):
            mate = None if index is None else _with_auxiliary(other, other.words[index])
            yield _mismatch(pair, span, mate, is_source)


def _mismatch(
    pair: Pair, span: Span, mate: Span | None, is_source: bool, confidence: float | None = None
) -> Mismatch:
    own, other = (pair.source, pair.target) if is_source else (pair.target, pair.source)
    where = f"“{mate.of(other)}”" if mate else "the translation" if is_source else "the source"
    became = "lost" if is_source else "added"
    message = f"“{span.of(own)}” is {became}: {where} denies nothing."
    facing = (mate,) if mate else ()
    source, target = ((span,), facing) if is_source else (facing, (span,))
    return Mismatch(message, source, target, confidence=confidence)


def _plain(pair: Pair) -> Iterator[Mismatch]:
    denied = find_markers(pair.source, pair.source_language.negation)
    if (
        len(denied) != 1
        or "?" in pair.source
        or not pair.target
        or not pair.target_language.negation
    ):
        return
    if not _denials(pair.target, pair.target_language):
        word = denied[0].of(pair.source)
        message = f"“{word}” is lost: the translation denies nothing."
        yield Mismatch(message, tuple(denied), confidence=WITHOUT_ENCODER)


def _denials(text: str, language: Language) -> list[Span]:
    return find_markers(text, language.negation) + find_markers(text, language.implied_negation)


def _unanswered(own: Reading, other: Reading) -> Iterator[tuple[Span, int | None]]:
    """Yield negations of one text, each with the word of the other that should be denied too."""
    # A question is often asked with a negation in one language and without in the other.
    if "?" in own.text or "?" in other.text:
        return
    denials = _denials(other.text, other.language)
    negated = other.markers(other.language.negation)
    markers = own.markers(own.language.negation)
    denials = [d for d in denials if d in negated or not _is_spoken_for(own, other, d)]
    answers = _assigned(own, other, markers, negated)
    for marker in markers:
        if marker in answers:
            continue
        found = mates(own, other, marker) or own.counterparts(predicate_words(own, marker), SURE)
        free = [span for span in negated if span not in answers.values()]
        if _answered(own, other, marker, [*free, *(d for d in denials if d not in negated)]):
            continue
        if any(bears(other, free, j, REACH) or bears(other, denials, j, NEAR) for j in found):
            continue
        if found:
            yield marker, min(found)
        elif not denials and other.text and _is_verbal(own, marker):
            yield marker, None


def _is_spoken_for(own: Reading, other: Reading, denial: Span) -> bool:
    """Tell whether a word that denies by itself stands for such a word: "rejected", "từ chối"."""
    theirs = find_markers(own.text, own.language.implied_negation)
    plain = own.markers(own.language.negation)
    mine = [span for span in theirs if not any(span.overlaps(p) for p in plain)]
    answered = other.counterparts(other.at(denial), SPOKEN, 0.0)
    return any(span.overlaps(own.words[i]) for span in mine for i in answered)


def _is_verbal(own: Reading, marker: Span) -> bool:
    # "không cân sức" is just an adjective, "uneven"; "đã không" denies a statement.
    facts = own.language
    verbal = own.markers(facts.future + facts.past + facts.ongoing + facts.ability + facts.possible)
    return bool(near(own, verbal, own.at(marker)[0], 1, 1))


def _assigned(
    own: Reading, other: Reading, markers: list[Span], negated: list[Span]
) -> dict[Span, Span]:
    """Give each negation of the other text to the one of this text that it answers best."""
    scores = []
    for marker in markers:
        found = own.counterparts(predicate_words(own, marker), SURE)
        for span in negated:
            links = own.links[np.ix_(own.at(marker), other.at(span))]
            tie = float(links.max()) if links.size else 0.0
            near_it = any(bears(other, [span], j, REACH) for j in found)
            if near_it or tie >= TIE:
                scores.append((tie + near_it, marker, span))
    answers: dict[Span, Span] = {}
    for _, marker, span in sorted(scores, reverse=True):
        if marker not in answers and span not in answers.values():
            answers[marker] = span
    return answers


def _answered(own: Reading, other: Reading, marker: Span, denials: list[Span]) -> bool:
    # The marker's own best word, however weak the tie: "không" and "lack" may stand far apart.
    found = own.counterparts(own.at(marker), 0.0, SLACK)
    return any(d.overlaps(other.words[j]) for d in denials for j in found)


def _with_auxiliary(other: Reading, word: Span) -> Span:
    # The denied word's auxiliary stands before it: "is [not] acceptable".
    first = other.around(other.at(word)[0], 2, 0)[0]
    return Span(other.words[first].start, word.end)


CHECK = Check(
    name="negation",
    code="NEG",
    version=4,
    error_type=ErrorType.NEGATION,
    severity=Severity.CRITICAL,
    confidence=0.6,
    least=0.75,
    find=find,
    examples=(
        Example(
            source="Lavrov said that such a condition is not acceptable.",
            wrong="Ông Lavrov nói điều kiện này có thể chấp nhận được.",
            right="Ông Lavrov nói điều kiện này không thể chấp nhận được.",
        ),
        Example(
            source="The minister said the factory will open in May.",
            wrong="Bộ trưởng nói nhà máy sẽ không mở cửa vào tháng Năm.",
            right="Bộ trưởng nói nhà máy sẽ mở cửa vào tháng Năm.",
        ),
    ),
    facts=("negation", "implied_negation"),
    needs_encoder=True,
)
