"""What a check is: the pair it sees, the mismatches it yields, and the record that declares it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from align.bitext import Span
from align.finding import ErrorType, Severity
from align.house import House, Term
from align.judgement import SILENT, Judgement, Limits
from align.languages.language import Language
from align.markers import suspects
from align.predicates import Reading, readings
from align.vectors import Relatedness


@dataclass(frozen=True, slots=True)
class Pair:
    """All that a check may look at: two texts, two languages, and the evidence it asked for.

    Either text is empty when the other has no counterpart. `related` is None when no encoder ran,
    `judgement` when no verifier did; `limits` say from which risk the verifier speaks.
    The texts around the pair let a check see that what seems lost stands in the next sentence.
    `source_article` and `target_article` are the whole texts, and empty where the pair is no part
    of an article.
    """

    source: str
    target: str
    source_language: Language
    target_language: Language
    related: Relatedness | None = None
    judgement: Judgement | None = None
    limits: Limits = SILENT
    source_nearby: str = ""
    target_nearby: str = ""
    house: House = field(default_factory=House)
    source_article: str = ""
    target_article: str = ""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What a check found. Spans are code points of `Pair.source` and `Pair.target`.

    `severity`, `confidence` and `error_type` are only given where they differ from the check's own.
    """

    message: str
    source: tuple[Span, ...] = ()
    target: tuple[Span, ...] = ()
    severity: Severity | None = None
    confidence: float | None = None
    error_type: ErrorType | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A source with one translation that the check must report and one that it must not.

    `terms` are the glossary of the desk that it is judged by.
    """

    source: str
    wrong: str
    right: str
    source_language: str = "en"
    target_language: str = "vi"
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One check: how it is called, what it reports, what it needs, and the function that looks.

    `version` rises whenever the same input may give other findings. `facts` names the fields of
    `Language` without which the check cannot serve a language; `source_facts` and `target_facts`,
    those that the language of only that side must have. `confidence` is the share of its
    findings that are right, as estimated by reading them on NTREX; it is not calibrated.
    Where the verifier has seen the pair, a mismatch of a confidence below `least` is no finding,
    and only weighs in the risk of the pair.
    """

    name: str
    code: str
    version: int
    error_type: ErrorType
    severity: Severity
    confidence: float
    find: Callable[[Pair], Iterator[Mismatch]]
    examples: tuple[Example, ...]
    facts: tuple[str, ...] = ()
    source_facts: tuple[str, ...] = ()
    target_facts: tuple[str, ...] = ()
    needs_encoder: bool = False
    least: float = 0.0

    def missing_facts(self, language: Language, *, is_source: bool) -> tuple[str, ...]:
        """Return the facts that the check needs of one side and the language does not have."""
        own = self.source_facts if is_source else self.target_facts
        return tuple(fact for fact in (*self.facts, *own) if not getattr(language, fact))


def pair_readings(pair: Pair, related: Relatedness) -> tuple[Reading, Reading]:
    """Return the two texts of a pair whose words have been compared, each from its own side."""
    return readings(
        (pair.source, pair.target), (pair.source_language, pair.target_language), related
    )


def spans_of(mismatches: Sequence[Mismatch]) -> tuple[list[Span], list[Span]]:
    """Return all that mismatches mark, by side."""
    return (
        [span for mismatch in mismatches for span in mismatch.source],
        [span for mismatch in mismatches for span in mismatch.target],
    )


def weighed(kind: str, pair: Pair, ruled: Sequence[Mismatch]) -> Iterator[Mismatch]:
    """Yield the markers of a pair that may have no answer, each with its probability.

    Args:
        kind: One of `align.markers.GROUPS`.
        pair: What the check may see. Where the verifier has not seen it, the rules decide.
        ruled: What the rules of the check say of it.
    """
    if pair.related is None or pair.judgement is None:
        yield from ruled
        return
    sides = pair_readings(pair, pair.related)
    for marked, chance in suspects(kind, sides, pair.judgement, spans_of(ruled)):
        own, other = (pair.source, pair.target) if marked.is_source else (pair.target, pair.source)
        side = "the translation" if marked.is_source else "the source"
        says = f"has “{marked.rivals[-1].of(other)}”" if marked.rivals else "does not say so"
        yield Mismatch(
            f"“{marked.span.of(own)}” {marked.group.claim}; {side} {says}.",
            *marked.places,
            severity=None if marked.rivals else Severity.MINOR,
            confidence=chance,
        )
