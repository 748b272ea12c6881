"""Sentences and phrases of the source that the translation leaves out.

Why it matters: a lost sentence leaves no trace in a fluent translation, and nobody reads the two
texts word by word. A sentence without a counterpart is found by the alignment; a phrase, by the
words' vectors: no word of the translation stands for a whole run of source words.
Known misses: single words, and phrases whose words have cousins elsewhere in the sentence.
"""

from collections.abc import Iterator

from align.bitext import Span
from align.checks.check import Check, Example, Mismatch, Pair
from align.coverage import MAJOR, lost_runs
from align.finding import ErrorType, Severity

FEWEST_WORDS = 3
"""A shorter sentence without a counterpart is a minor matter: "Yes." or a signature."""

SENTENCE_CONFIDENCE = 0.95
PHRASE_CONFIDENCE = 0.7
MINOR_CONFIDENCE = 0.5


def find(pair: Pair) -> Iterator[Mismatch]:
    """Yield the whole source if nothing stands against it, else the runs of lost words."""
    if not pair.target:
        grave = len(pair.source.split()) >= FEWEST_WORDS or len(pair.source) > 12
        yield Mismatch(
            "This sentence has no counterpart in the translation.",
            source=(Span(0, len(pair.source)),),
            severity=Severity.MAJOR if grave else Severity.MINOR,
            confidence=SENTENCE_CONFIDENCE,
        )
    elif pair.source and pair.related is not None:
        related = pair.related
        for run in lost_runs(related):
            span = run.span(related.source_words)
            major = run.score > MAJOR
            yield Mismatch(
                f"Nothing in the translation stands for “{span.of(pair.source)}”.",
                source=(span,),
                severity=Severity.MAJOR if major else Severity.MINOR,
                confidence=PHRASE_CONFIDENCE if major else MINOR_CONFIDENCE,
            )


CHECK = Check(
    name="omission",
    code="OM",
    version=1,
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
