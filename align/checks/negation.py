"""Negations that the translation lost or added.

Why it matters: a lost "not" turns a statement into its opposite, and the sentence still reads well.
A negation is only judged at its predicate: its words are followed to the other text, and if neither
a negation nor a word that denies by itself ("lack", "khó") stands around their counterparts, the
negation is lost; the same in the other direction finds an added one.
Known misses: a negation that another negation of the same clause hides, questions, and words that
deny but were read as mere content; without an encoder only a text that denies nothing at all is
reported. See tests/cases/negation.toml.
"""

from collections.abc import Iterator

from align.bitext import Span
from align.checks.check import Check, Example, Mismatch, Pair
from align.finding import ErrorType, Severity
from align.languages.language import Language
from align.predicates import Reading, find_markers, near, predicate_words, readings

SURE = 0.36
"""The cosine a predicate and its counterpart need: below it the sentence is too free to judge.
Chosen on NTREX English-Vietnamese, train."""
REACH = (5, 4)
"""How many words before and after the counterpart may hold its negation."""
NEAR = (3, 2)
"""The same for words that deny by themselves, which are many: nearer, or they would hide losses."""
SLACK = 0.2
"""How far below the best of its column the cosine of a negation with a denial may lie."""
WITHOUT_ENCODER = 0.4
"""Confidence of a finding that rests on word lists alone."""


def find(pair: Pair) -> Iterator[Mismatch]:
    """Yield each negation whose predicate is denied in one text only."""
    if pair.related is None:
        yield from _plain(pair)
        return
    source, target = readings(pair.source, pair.target, pair.related)
    for own, mate in _unanswered(source, target, pair.source_language, pair.target_language):
        word = own.of(pair.source)
        yield Mismatch(
            f"“{word}” is lost: “{mate.of(pair.target)}” denies nothing.", (own,), (mate,)
        )
    for own, mate in _unanswered(target, source, pair.target_language, pair.source_language):
        word = own.of(pair.target)
        yield Mismatch(
            f"“{word}” is added: “{mate.of(pair.source)}” denies nothing.", (mate,), (own,)
        )


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


def _unanswered(
    own: Reading, other: Reading, own_language: Language, other_language: Language
) -> Iterator[tuple[Span, Span]]:
    """Yield negations of one text, each with the words of the other that should be denied too."""
    # A question is often asked with a negation in one language and without in the other.
    if "?" in own.text or "?" in other.text:
        return
    denials = _denials(other.text, other_language)
    negated = find_markers(other.text, other_language.negation)
    for marker in find_markers(own.text, own_language.negation):
        mates = own.counterparts(predicate_words(own, marker), SURE)
        if not mates or _answered(own, other, marker, denials):
            continue
        if any(near(other, negated, j, *REACH) or near(other, denials, j, *NEAR) for j in mates):
            continue
        yield marker, _with_auxiliary(other, min(mates))


def _answered(own: Reading, other: Reading, marker: Span, denials: list[Span]) -> bool:
    # The marker's own best word, however weak the tie: "không" and "lack" may stand far apart.
    mates = own.counterparts(own.at(marker), 0.0, SLACK)
    return any(d.overlaps(other.words[j]) for d in denials for j in mates)


def _with_auxiliary(other: Reading, index: int) -> Span:
    # The denied word's auxiliary stands before it: "is [not] acceptable".
    first = other.around(index, 2, 0)[0]
    return Span(other.words[first].start, other.words[index].end)


CHECK = Check(
    name="negation",
    code="NEG",
    version=1,
    error_type=ErrorType.NEGATION,
    severity=Severity.CRITICAL,
    confidence=0.6,
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
