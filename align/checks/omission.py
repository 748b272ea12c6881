"""Sentences and phrases of the source that the translation leaves out.

Why it matters: a lost sentence leaves no trace in a fluent translation, and nobody reads the two
texts word by word. A sentence without a counterpart is found by the alignment; a phrase, by the
words' vectors: no word of the translation stands for a whole run of source words.
Known misses: single words, and phrases whose words have cousins elsewhere in the sentence.
"""

from collections.abc import Iterator

from align.checks.check import Check, Example, Mismatch, Pair
from align.coverage import SENTENCE_CONFIDENCE
from align.finding import ErrorType, Severity
from align.verdicts import lost


def find(pair: Pair) -> Iterator[Mismatch]:
    """Yield the whole source if nothing stands against it, else its lost phrases."""
    for lack in lost(pair.source, pair.target, pair.related, pair.judgement, pair.limits):
        words = lack.span.of(pair.source)
        yield Mismatch(
            "This sentence has no counterpart in the translation."
            if lack.is_sentence
            else f"Nothing in the translation stands for “{words}”.",
            source=(lack.span,),
            severity=lack.severity,
            confidence=lack.confidence,
        )


CHECK = Check(
    name="omission",
    code="OM",
    version=2,
    error_type=ErrorType.OMISSION,
    severity=Severity.MAJOR,
    confidence=SENTENCE_CONFIDENCE,
    find=find,
    needs_encoder=True,
    examples=(
        Example(
            source="The ferry sank off the coast on Monday after hitting a reef, and rescuers "
            "pulled forty people from the water before dawn.",
            wrong="Chiếc phà đã chìm ngoài khơi hôm thứ Hai sau khi va phải đá ngầm.",
            right="Chiếc phà đã chìm ngoài khơi hôm thứ Hai sau khi va phải đá ngầm, và lực lượng "
            "cứu hộ đã kéo bốn mươi người lên khỏi mặt nước trước bình minh.",
        ),
    ),
)
