"""Bitext and checks to findings: what each bead's texts say, put back where the words stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from align import detect, risk
from align.bitext import Bead, Bitext, Segment, Span, running
from align.checks import Check, Mismatch, Pair
from align.coverage import MAJOR, worst_run
from align.evidence import Evidence, Run, related, runs, with_neighbours
from align.finding import BeadRisk, ErrorType, Finding, Mark, Severity, Skipped, finding_key
from align.house import House
from align.judgement import SILENT
from align.languages import find_language
from align.languages.language import Language
from align.risk import VERIFIERS_OWN

_NEED_A_WITNESS = frozenset({"role"})

_PHRASES = frozenset({"omission", "addition"})
"""Checks whose findings are phrases that others may lie in."""


@dataclass(frozen=True, slots=True)
class Route:
    """The languages of the two sides, which decide what checks can say, and what the desk says."""

    source: Language
    target: Language
    house: House = field(default_factory=House)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What there is to say of one bead: its findings, and how probable it is that they matter.

    `probabilities` has the probability of each of `risk.KINDS`.
    """

    findings: tuple[Finding, ...]
    risk: BeadRisk
    probabilities: tuple[tuple[str, float], ...]


def bare_sides(bitext: Bitext) -> frozenset[str]:
    """Return the sides that are written without the diacritics of their language."""
    return frozenset(
        side
        for side, document, segments in bitext.sides()
        if detect.lacks_diacritics([s.text for s in segments], find_language(document.language))
    )


def find_route(bitext: Bitext, bare: frozenset[str], house: House) -> Route:
    """Return the facts of the two languages; words in a text without diacritics do not fit them."""
    source, target = (find_language(document.language) for _, document, _ in bitext.sides())
    return Route(
        Language(source.tag, source.name) if "source" in bare else source,
        Language(target.tag, target.name) if "target" in bare else target,
        house,
    )


def verify(
    bitext: Bitext, checks: Sequence[Check], route: Route, evidence: Evidence | None = None
) -> Iterator[Verdict]:
    """Run the checks over each bead.

    Args:
        bitext: Segments and beads of both sides.
        checks: Those to run; one that lacks facts for a language runs nowhere, one that lacks its
            evidence neither. `skipped` says which.
        route: The languages of the two documents.
        evidence: Word vectors of every segment.

    Yields:
        One verdict a bead, in order; its findings in the order of the words, none that another one
        includes. A bead of blank lines has none, and no risk.
    """
    for number, bead in enumerate(bitext.beads):
        sides = runs(bitext, bead)
        if not (_words(sides[0]) or _words(sides[1])):
            yield Verdict((), BeadRisk(0.0, is_judged=False), risk.probabilities((), None))
            continue
        pair = pair_of(bitext, number, sides, route, evidence)
        foreign = _is_foreign(bitext, bead)
        yield verdict(pair, [c for c in checks if not (foreign and c.facts)], number, sides)


def verdict(pair: Pair, checks: Sequence[Check], number: int, sides: tuple[Run, Run]) -> Verdict:
    """Run checks over one bead: those of the text first, for they weigh in what the verifier says.

    Args:
        pair: What the checks may see.
        checks: Those to run where they can.
        number: Which bead it is.
        sides: Its texts.
    """
    found = text_findings(pair, checks, number, sides)
    lack = worst_run(pair.related) if pair.related is not None else 0.0
    if pair.judgement is not None:
        weighed = risk.pair_risk(found, pair.judgement, lack)
        pair = replace(pair, judgement=replace(pair.judgement, risk=weighed))
    found += _run([c for c in checks if c.name in VERIFIERS_OWN], pair, number, sides)
    least = {check.name: check.least for check in checks}
    graded = [
        kept
        for finding in found
        if (kept := _graded(finding, pair, least[finding.check])) is not None
    ]
    said = tuple(sorted(_without_repeats(graded), key=_place))
    alone = risk.risk_without_verifier(said, min(1.0, lack / MAJOR))
    return Verdict(
        findings=said,
        risk=BeadRisk(alone, is_judged=False)
        if pair.judgement is None
        else BeadRisk(pair.judgement.risk, is_judged=True),
        probabilities=risk.probabilities(said, pair.judgement),
    )


def text_findings(
    pair: Pair, checks: Sequence[Check], number: int, sides: tuple[Run, Run]
) -> list[Finding]:
    """Return what the checks find that do not repeat the verifier; see `verdict`."""
    return _run([c for c in checks if c.name not in VERIFIERS_OWN], pair, number, sides)


def _run(checks: Sequence[Check], pair: Pair, number: int, sides: tuple[Run, Run]) -> list[Finding]:
    able = [check for check in checks if _can_run(check, pair)]
    return [_finding(c, mismatch, number, sides) for c in able for mismatch in c.find(pair)]


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


def _can_run(check: Check, pair: Pair) -> bool:
    # A sentence without a counterpart needs no words to be compared.
    if check.needs_encoder and pair.related is None and pair.source and pair.target:
        return False
    return not (
        check.missing_facts(pair.source_language, is_source=True)
        or check.missing_facts(pair.target_language, is_source=False)
    )


def _is_foreign(bitext: Bitext, bead: Bead) -> bool:
    inside = [bitext.source_segments[i].language for i in bead.source]
    inside_target = [bitext.target_segments[j].language for j in bead.target]
    return any(tag and tag != bitext.source.language for tag in inside) or any(
        tag and tag != bitext.target.language for tag in inside_target
    )


def pair_of(
    bitext: Bitext, number: int, sides: tuple[Run, Run], route: Route, evidence: Evidence | None
) -> Pair:
    """Return what the checks may see of a bead: its texts, its languages and the evidence.

    Args:
        bitext: Segments and beads of both sides.
        number: Which bead.
        sides: Its texts.
        route: The languages of the two documents.
        evidence: What the models know, if anything.
    """
    bead = bitext.beads[number]
    source, target = sides
    words, judgement, limits = None, None, SILENT
    if evidence is not None and bead.source and bead.target:
        words = related(bead, sides, evidence)
        if bitext.target.name:  # the rows of a file need not be one article
            words = with_neighbours(words, bead, evidence)
        judgement = evidence.judgements[number] if evidence.judgements else None
        limits = evidence.limits
    return Pair(
        source=_words(source),
        target=_words(target),
        source_language=route.source,
        target_language=route.target,
        related=words,
        judgement=judgement,
        limits=limits,
        source_nearby=_nearby(bitext.source_segments, bead.source),
        target_nearby=_nearby(bitext.target_segments, bead.target),
        house=route.house,
        # The rows of a file need not be one article; they have no document of a name.
        source_article=bitext.source.text if bitext.source.name else "",
        target_article=bitext.target.text if bitext.target.name else "",
    )


def _words(run: Run) -> str:
    """Return a side's text; blank lines say no more than a side without segments."""
    return run.text if run.text.strip() else ""


def _nearby(segments: Sequence[Segment], own: range) -> str:
    """Return the segments right before and after a bead's own; of an empty side, nothing."""
    around = (own.start - 1, own.stop) if own else ()
    return " ".join(running(segments[i].text) for i in around if 0 <= i < len(segments))


def _finding(check: Check, mismatch: Mismatch, bead: int, sides: tuple[Run, Run]) -> Finding:
    source, target = sides
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


def _graded(finding: Finding, pair: Pair, least: float) -> Finding | None:
    """Return what rests on the words around a marker as grave as the risk of the pair lets it be.

    A marker alone proves little: of faithful pairs hardly any alarms both its check and the
    verifier, each of which errs in its own way.
    """
    if pair.judgement is None or finding.check not in (_NEED_A_WITNESS | risk.SOFT):
        return finding
    doubted = pair.judgement.risk < pair.limits.any
    if finding.confidence < least or (finding.check in _NEED_A_WITNESS and doubted):
        return None
    if pair.judgement.risk < pair.limits.major:
        return replace(finding, severity=min(finding.severity, Severity.MINOR))
    return finding


def _marks(run: Run, spans: Sequence[Span]) -> tuple[Mark, ...]:
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


def _without_repeats(findings: Sequence[Finding]) -> list[Finding]:
    """Say each error once.

    What lies inside a lost or added phrase is part of it: the phrase takes over its severity, and
    its message as evidence. A phrase that is nothing but what a particular check marks is left to
    that check, and what only says that something differs is left out where another says what.
    """
    vague = [f for f in findings if f.error_type is ErrorType.MISTRANSLATION]
    phrases = [f for f in findings if f.check in _PHRASES]
    particular = [f for f in findings if f not in phrases and f not in vague]
    kept = [p for p in phrases if not any(_within(p, f) for f in particular)]
    home = {f.key: next((p for p in kept if _within(f, p)), None) for f in particular}
    whole = [_absorbing(p, [f for f in particular if home[f.key] is p]) for p in kept]
    said = [*whole, *(f for f in particular if home[f.key] is None)]
    return [*said, *(v for v in vague if not any(_touch(v, f) for f in said))]


def _absorbing(phrase: Finding, parts: Sequence[Finding]) -> Finding:
    if not parts:
        return phrase
    return replace(
        phrase,
        severity=max(phrase.severity, *(part.severity for part in parts)),
        confidence=max(phrase.confidence, *(part.confidence for part in parts)),
        evidence=(*phrase.evidence, *(part.message for part in parts)),
    )


def _touch(one: Finding, other: Finding) -> bool:
    return any(
        a.segment == b.segment and a.span.overlaps(b.span)
        for ones, others in ((one.source, other.source), (one.target, other.target))
        for a in ones
        for b in others
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
