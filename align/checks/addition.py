"""Sentences and phrases of the translation that the source does not have.

Why it matters: what a translator adds, the reader takes for the author's. A sentence without a
counterpart is found by the alignment; a phrase, by the words' vectors: no word of the source stands
for a whole run of words of the translation.
Known misses: single words, and phrases whose words have cousins elsewhere in the sentence.
"""

from collections.abc import Iterator

from align.checks.check import Check, Example, Mismatch, Pair
from align.coverage import SENTENCE_CONFIDENCE
from align.finding import ErrorType, Severity
from align.verdicts import added


def find(pair: Pair) -> Iterator[Mismatch]:
    """Yield the whole target if nothing stands against it, else its added phrases."""
    for lack in added(pair.source, pair.target, pair.related, pair.judgement, pair.limits):
        words = lack.span.of(pair.target)
        yield Mismatch(
            "This sentence has no counterpart in the source."
            if lack.is_sentence
            else f"Nothing in the source stands for “{words}”.",
            target=(lack.span,),
            severity=Severity.MINOR if _is_known(words, pair) else lack.severity,
            confidence=lack.confidence,
        )


def _is_known(words: str, pair: Pair) -> bool:
    """Tell whether the words are but names that the source has elsewhere: "Mr Moaz al-Khatib"."""
    names = [word for word in words.split() if word[:1].isupper()]
    return (
        bool(names)
        and len(words.split()) <= len(names) + 1
        and all(name in pair.source_article for name in names)
    )


CHECK = Check(
    name="addition",
    code="ADD",
    version=2,
    error_type=ErrorType.ADDITION,
    severity=Severity.MAJOR,
    confidence=SENTENCE_CONFIDENCE,
    find=find,
    needs_encoder=True,
    examples=(
        Example(
            source="The ferry sank off the coast on Monday after hitting a reef.",
            wrong="Chiếc phà đã chìm ngoài khơi hôm thứ Hai sau khi va phải đá ngầm, và lực lượng "
            "cứu hộ đã kéo bốn mươi người lên khỏi mặt nước trước bình minh.",
            right="Chiếc phà đã chìm ngoài khơi hôm thứ Hai sau khi va phải đá ngầm.",
        ),
    ),
)
