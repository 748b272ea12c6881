"""Sentences and phrases of the translation that the source does not have.

Why it matters: what a translator adds, the reader takes for the author's. A sentence without a
counterpart is found by the alignment; a phrase, by the words' vectors: no word of the source stands
for a whole run of words of the translation.
Known misses: single words, and phrases whose words have cousins elsewhere in the sentence.
"""

from collections.abc import Iterator

from align.bitext import Span
from align.checks.check import Check, Example, Mismatch, Pair
from align.coverage import MAJOR, added_runs
from align.finding import ErrorType, Severity

FEWEST_WORDS = 3
"""A shorter sentence without a counterpart is a minor matter: "Yes." or a signature."""

SENTENCE_CONFIDENCE = 0.95
PHRASE_CONFIDENCE = 0.7
MINOR_CONFIDENCE = 0.5


def find(pair: Pair) -> Iterator[Mismatch]:
    """Yield the whole target if nothing stands against it, else the runs of added words."""
    if not pair.source:
        grave = len(pair.target.split()) >= FEWEST_WORDS or len(pair.target) > 12
        yield Mismatch(
            "This sentence has no counterpart in the source.",
            target=(Span(0, len(pair.target)),),
            severity=Severity.MAJOR if grave else Severity.MINOR,
            confidence=SENTENCE_CONFIDENCE,
        )
    elif pair.target and pair.related is not None:
        related = pair.related
        for run in added_runs(related):
            span = run.span(related.target_words)
            major = run.score > MAJOR
            yield Mismatch(
                f"Nothing in the source stands for “{span.of(pair.target)}”.",
                target=(span,),
                severity=Severity.MAJOR if major else Severity.MINOR,
                confidence=PHRASE_CONFIDENCE if major else MINOR_CONFIDENCE,
            )


CHECK = Check(
    name="addition",
    code="ADD",
    version=1,
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
