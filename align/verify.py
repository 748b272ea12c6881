"""Bitext and checks to findings: what each bead's texts say, put back where the words stand."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from align.bitext import Bead, Bitext, Segment, Span, running
from align.checks import Check, Mismatch, Pair
from align.coverage import MAJOR, usual_lack, worst_run
from align.finding import ErrorType, Finding, Mark, Skipped, finding_key
from align.languages.language import Language
from align.relate import WordVectors, join, relate, usual_expansion
from align.vectors import AVERAGE, Relatedness, Usual

_GENERAL = frozenset({ErrorType.OMISSION, ErrorType.ADDITION})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the encoder knows about the words of each segment, and what is usual among them."""

    source: tuple[WordVectors, ...]
    target: tuple[WordVectors, ...]
    usual: Usual = AVERAGE


@dataclass(frozen=True, slots=True)
class Route:
    """The languages of the two sides, which decide what checks can say."""

    source: Language
    target: Language


@dataclass(frozen=True, slots=True)
class _Run:
    """The segments of one side of a bead as one text, and where each begins in it."""

    numbers: range
    text: str
    offsets: tuple[int, ...]


def verify(
    bitext: Bitext, checks: Sequence[Check], route: Route, evidence: Evidence | None = None
) -> Iterator[Finding]:
    """Run the checks over each bead.

    Args:
        bitext: Segments and beads of both sides.
        checks: Those to run; one that lacks facts for a language runs nowhere, one that lacks its
            evidence neither. `skipped` says which.
        route: The languages of the two documents.
        evidence: Word vectors of every segment.

    Yields:
        Findings in the order of the beads, then of the words; none that another one includes.
    """
    general = {check.name for check in checks if check.error_type in _GENERAL}
    for number, bead in enumerate(bitext.beads):
        runs = _runs(bitext, bead)
        pair = _pair(bitext, bead, runs, route, evidence)
        foreign = _is_foreign(bitext, bead)
        found = [
            _finding(check, mismatch, number, runs)
            for check in checks
            if _can_run(check, route, pair) and not (foreign and check.facts)
            for mismatch in check.find(pair)
        ]
        yield from sorted(_without_repeats(found, general), key=_place)


def doubts(bitext: Bitext, evidence: Evidence) -> tuple[float, ...]:
    """Return, for each bead, how near its worst run of words comes to a major finding.

    Returns:
        Values from 0, every word has its counterpart, to 1; 0 for a bead with an empty side.
    """
    return tuple(
        min(1.0, worst_run(_related(bead, _runs(bitext, bead), evidence)) / MAJOR)
        if bead.source and bead.target
        else 0.0
        for bead in bitext.beads
    )


def with_usual(evidence: Evidence, bitext: Bitext) -> Evidence:
    """Return the evidence with what is usual in these documents, from the beads with two sides."""
    whole = [bead for bead in bitext.beads if bead.source and bead.target]
    counts = [
        (
            sum(len(evidence.source[i].spans) for i in bead.source),
            sum(len(evidence.target[j].spans) for j in bead.target),
        )
        for bead in whole
    ]
    expanded = replace(evidence, usual=Usual(usual_expansion(counts)))
    related = [_related(bead, _runs(bitext, bead), expanded) for bead in whole]
    lost, added = usual_lack(related)
    return replace(expanded, usual=replace(expanded.usual, lost=lost, added=added))


def alone(finding: Finding) -> Finding:
    """Return a finding as it stands in a row that is a document of its own: all numbers are 0."""
    source = tuple(replace(mark, segment=0) for mark in finding.source)
    target = tuple(replace(mark, segment=0) for mark in finding.target)
    return replace(finding, bead=0, source=source, target=target)


def skipped(
    bitext: Bitext, checks: Sequence[Check], route: Route, evidence: Evidence | None = None
) -> Iterator[Skipped]:
    """Yield the checks that did not run, or not everywhere, each with the reason."""
    for check in checks:
        if check.needs_encoder and evidence is None:
            yield Skipped(check.name, "the words of the two sides could not be compared")
        for language, is_source in ((route.source, True), (route.target, False)):
            missing = check.missing_facts(language, is_source=is_source)
            if missing:
                facts = ", ".join(missing)
                yield Skipped(check.name, f"no {facts} facts for language {language.tag!r}")
    names = ", ".join(check.name for check in checks if check.facts)
    for side, document, segments in bitext.sides():
        for number, segment in enumerate(segments):
            if names and segment.language and segment.language != document.language:
                place = f"{side} segment {number} is in {segment.language!r}"
                yield Skipped(names, f"{place}, not in {document.language!r}")


def _can_run(check: Check, route: Route, pair: Pair) -> bool:
    # A sentence without a counterpart needs no words to be compared.
    if check.needs_encoder and pair.related is None and pair.source and pair.target:
        return False
    return not (
        check.missing_facts(route.source, is_source=True)
        or check.missing_facts(route.target, is_source=False)
    )


def _is_foreign(bitext: Bitext, bead: Bead) -> bool:
    inside = [bitext.source_segments[i].language for i in bead.source]
    inside_target = [bitext.target_segments[j].language for j in bead.target]
    return any(tag and tag != bitext.source.language for tag in inside) or any(
        tag and tag != bitext.target.language for tag in inside_target
    )


def _runs(bitext: Bitext, bead: Bead) -> tuple[_Run, _Run]:
    source = _run(bitext.source_segments, bead.source)
    return source, _run(bitext.target_segments, bead.target)


def _run(segments: Sequence[Segment], numbers: range) -> _Run:
    texts = [running(segments[i].text) for i in numbers]
    offsets = [0]
    for text in texts[:-1]:
        offsets.append(offsets[-1] + len(text) + 1)
    return _Run(numbers, " ".join(texts), tuple(offsets))


def _pair(
    bitext: Bitext, bead: Bead, runs: tuple[_Run, _Run], route: Route, evidence: Evidence | None
) -> Pair:
    source, target = runs
    related = None
    if evidence is not None and bead.source and bead.target:
        related = _related(bead, runs, evidence)
    return Pair(
        source=source.text,
        target=target.text,
        source_language=route.source,
        target_language=route.target,
        related=related,
        source_nearby=_nearby(bitext.source_segments, bead.source),
        target_nearby=_nearby(bitext.target_segments, bead.target),
    )


def _related(bead: Bead, runs: tuple[_Run, _Run], evidence: Evidence) -> Relatedness:
    source, target = runs
    return relate(
        join([evidence.source[i] for i in bead.source], source.offsets),
        join([evidence.target[j] for j in bead.target], target.offsets),
        evidence.usual,
    )


def _nearby(segments: Sequence[Segment], own: range) -> str:
    """Return the segments right before and after a bead's own; of an empty side, nothing."""
    around = (own.start - 1, own.stop) if own else ()
    return " ".join(running(segments[i].text) for i in around if 0 <= i < len(segments))


def _finding(check: Check, mismatch: Mismatch, bead: int, runs: tuple[_Run, _Run]) -> Finding:
    source, target = runs
    marks = (_marks(source, mismatch.source), _marks(target, mismatch.target))
    words = [mark.text for side in marks for mark in side]
    confidence = check.confidence if mismatch.confidence is None else mismatch.confidence
    return Finding(
        key=finding_key(check.name, source.text, target.text, *words),
        check=check.name,
        error_type=mismatch.error_type or check.error_type,
        severity=check.severity if mismatch.severity is None else mismatch.severity,
        confidence=round(confidence, 4),
        bead=bead,
        source=marks[0],
        target=marks[1],
        message=mismatch.message,
        evidence=mismatch.evidence,
    )


def _marks(run: _Run, spans: Sequence[Span]) -> tuple[Mark, ...]:
    """Cut spans of a run at the borders of its segments, and make them relative to those."""
    ends = [*(offset - 1 for offset in run.offsets[1:]), len(run.text)]
    marks = []
    for span in spans:
        for number, start, end in zip(run.numbers, run.offsets, ends, strict=True):
            a, b = max(span.start, start), min(span.end, end)
            if a < b:
                marks.append(Mark(number, Span(a - start, b - start), run.text[a:b]))
    return tuple(marks)


def _place(finding: Finding) -> tuple[int, int, int]:
    first = (finding.source or finding.target)[0]
    return 0 if finding.source else 1, first.segment, first.span.start


def _without_repeats(findings: Sequence[Finding], general: Container[str]) -> list[Finding]:
    """Say each error once.

    What lies inside a lost or added phrase is part of it: the phrase takes over its severity, and
    its message as evidence. A phrase that is nothing but what a particular check marks is left to
    that check.
    """
    phrases = [f for f in findings if f.check in general]
    particular = [f for f in findings if f.check not in general]
    kept = [p for p in phrases if not any(_within(p, f) for f in particular)]
    home = {f.key: next((p for p in kept if _within(f, p)), None) for f in particular}
    whole = [_absorbing(p, [f for f in particular if home[f.key] is p]) for p in kept]
    return [*whole, *(f for f in particular if home[f.key] is None)]


def _absorbing(phrase: Finding, parts: Sequence[Finding]) -> Finding:
    if not parts:
        return phrase
    return replace(
        phrase,
        severity=max(phrase.severity, *(part.severity for part in parts)),
        confidence=max(phrase.confidence, *(part.confidence for part in parts)),
        evidence=(*phrase.evidence, *(part.message for part in parts)),
    )


def _within(inner: Finding, outer: Finding) -> bool:
    return all(
        any(_covers(big, small) for big in outer_marks)
        for inner_marks, outer_marks in ((inner.source, outer.source), (inner.target, outer.target))
        for small in inner_marks
    )


def _covers(big: Mark, small: Mark) -> bool:
    return (
        big.segment == small.segment
        and big.span.start <= small.span.start
        and small.span.end <= big.span.end
    )
