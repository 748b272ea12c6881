"""What other reports of the event say about the words of a finding: support, quoted, or nothing."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from align.bitext import Document, Segment, Span, running
from align.checks import CHECKS, Check, Pair
from align.config import Config
from align.encoder import Encoder
from align.evidence import Run, runs
from align.finding import Finding, Mark, Quote, Report, Stance
from align.languages import find_language
from align.pipeline import prepare
from align.relate import WordVectors, join, relate, word_vectors
from align.vectors import Centre, Vectors, centred, unit

VERSION = 1
"""Rises whenever the same texts may give other quotes; part of a report's signature."""

NEAREST = 3
"""Sentences of another report that are looked at for each finding."""

ABOUT = 0.4
"""Centred cosine that a sentence must have with the disputed statement to be about it."""

SAID = 0.4
"""Cosine from which a word stands for another; translations mostly have more."""

SHARE = 0.6
"""Share of the disputed words that a sentence must have to say the same."""

WHOLE_SHARE = 0.7
"""The same where nothing but these words tells whether it is said: of what is lost or added."""

FEWEST_WORDS = 3
"""Words that must be lost or added for their being in another report to tell anything."""

_PHRASES = frozenset({"omission", "addition"})
_MARKERS = frozenset({"negation", "tense", "modality"})
"""Checks that mark the small word which says when or whether, and not what is said."""

_BY_VALUE = frozenset(
    {"number", "date", "name", "unit", "negation", "tense", "modality"},
)
"""Checks that can tell what a sentence says without its being a translation."""


@dataclass(frozen=True, slots=True)
class _Text:
    """One text: its segments as vectors of sentences and words."""

    document: Document
    segments: tuple[Segment, ...]
    sentences: Vectors
    words: tuple[WordVectors, ...]


@dataclass(frozen=True, slots=True)
class _Statement:
    """One side of a finding: the text of the bead, its words, and which of them are disputed."""

    document: Document
    text: str
    words: WordVectors
    vector: Vectors | None
    disputed: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Dispute:
    """Both sides of a finding, and the checks that know what it is about."""

    source: _Statement
    target: _Statement
    config: Config


def corroborate(
    report: Report, others: Iterable[Document], config: Config, encoder: Encoder
) -> Report:
    """Add to each finding what other reports of the same event say about it.

    A sentence supports the side whose disputed words it has, if the check that made the finding has
    nothing against that side beside it, and the same against the other one. Where that does not
    tell the two apart, nothing is said.

    Args:
        report: Findings on two documents.
        others: Other reports as read, in any language.
        config: The settings that the report was made with.
        encoder: The encoder that it was made with.

    Returns:
        The report with `reports` in its findings, the most telling first, at most one quote of each
        document; its signature names the evidence.
    """
    others = tuple(others)
    stamp = f"{report.signature}|evidence:{VERSION}-{_digest(others)}"
    if not report.findings:
        return replace(report, signature=stamp)
    bitext = report.bitext
    sides = tuple(_text(document, segments, encoder) for _, document, segments in bitext.sides())
    texts = [_text(*prepare(document, config), encoder) for document in others]
    findings = []
    for finding in report.findings:
        dispute = _dispute(finding, runs(bitext, bitext.beads[finding.bead]), sides, config)
        quotes = [quote for text in texts if (quote := _quote(finding, dispute, text))]
        quotes.sort(key=lambda quote: -quote.score)
        findings.append(replace(finding, reports=tuple(quotes)))
    return replace(report, findings=tuple(findings), signature=stamp)


def _digest(others: Sequence[Document]) -> str:
    material = "\x1f".join(part for one in others for part in (one.name, one.text))
    return hashlib.sha256(material.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def _text(document: Document, segments: tuple[Segment, ...], encoder: Encoder) -> _Text:
    lines = [running(segment.text) for segment in segments]
    found, centre = encoder.encode_tokens(lines), encoder.centre
    words = word_vectors(lines, found.tokens, centre.token if centre else None)
    return _Text(document, segments, _centred(found.sentences, centre), words)


def _centred(sentences: Vectors, centre: Centre | None) -> Vectors:
    return centred(sentences, centre.sentence if centre else None)


def _dispute(
    finding: Finding, sides: tuple[Run, Run], texts: Sequence[_Text], config: Config
) -> _Dispute:
    source, target = (
        _statement(run, text, marks)
        for run, text, marks in zip(sides, texts, (finding.source, finding.target), strict=True)
    )
    return _Dispute(source, target, config)


def _statement(run: Run, text: _Text, marks: Sequence[Mark]) -> _Statement:
    numbers = list(run.numbers)
    vector = unit(text.sentences[numbers].sum(axis=0)[None])[0] if numbers else None
    words = (
        join([text.words[i] for i in numbers], run.offsets)
        if numbers
        else WordVectors((), np.zeros((0, text.sentences.shape[-1]), np.float32))
    )
    offsets = dict(zip(numbers, run.offsets, strict=False))
    spans = tuple(m.span.shift(offsets[m.segment]) for m in marks if m.segment in offsets)
    return _Statement(text.document, run.text, words, vector, spans)


def _quote(finding: Finding, dispute: _Dispute, text: _Text) -> Quote | None:
    """Return the sentence of another report that says most clearly who is right, if any does."""
    best: Quote | None = None
    for number in _about(dispute, text):
        found = _stance(finding, dispute, text, number)
        if found and (best is None or found[1] > best.score):
            best = _quoted(text, number, found)
    return best


def _quoted(text: _Text, number: int, found: tuple[Stance, float]) -> Quote:
    document, segment = text.document, text.segments[number]
    line, _ = document.line_and_column(segment.span.start) or (None, 0)
    score = round(min(1.0, found[1]), 4)
    said = document.name, document.language, number, segment.text
    return Quote(*said, found[0], score, line, document.origin)


def _about(dispute: _Dispute, text: _Text) -> Iterator[int]:
    """Yield the sentences that are about the disputed statement, the nearest first."""
    vectors = [s.vector for s in (dispute.source, dispute.target) if s.vector is not None]
    if not vectors or not len(text.sentences):
        return
    cosines = (text.sentences @ np.stack(vectors).T).max(axis=1)
    for number in np.argsort(-cosines, kind="stable")[:NEAREST].tolist():
        if cosines[number] >= ABOUT:
            yield number


def _stance(
    finding: Finding, dispute: _Dispute, text: _Text, number: int
) -> tuple[Stance, float] | None:
    if finding.check in _PHRASES:
        return _stance_on_phrase(dispute, text, number)
    if finding.check not in _BY_VALUE:
        return None
    whole = finding.check in _MARKERS
    checks = [check for check in CHECKS if check.name == finding.check]
    against_source = _against_source(checks, dispute, text, number)
    against_target = _against_target(checks, dispute, text, number)
    if against_source == against_target:
        return None
    stance: Stance = "supports source" if against_target else "supports target"
    said = _said(dispute.source if against_target else dispute.target, text.words[number], whole)
    return (stance, said) if said >= SHARE else None


def _stance_on_phrase(dispute: _Dispute, text: _Text, number: int) -> tuple[Stance, float] | None:
    """Return whether a sentence has what was lost or added, with nothing in it changed."""
    source, target = dispute.source, dispute.target
    if source.disputed and not target.disputed:
        said = _said(source, text.words[number], whole=False)
        clear = said >= WHOLE_SHARE and _count(source) >= FEWEST_WORDS
        if clear and not _against_source(CHECKS, dispute, text, number):
            return "supports source", said
    if target.disputed and not source.disputed:
        said = _said(target, text.words[number], whole=False)
        clear = said >= WHOLE_SHARE and _count(target) >= FEWEST_WORDS
        if clear and not _against_target(CHECKS, dispute, text, number):
            return "supports target", said
    return None


def _count(side: _Statement) -> int:
    return sum(any(word.overlaps(span) for span in side.disputed) for word in side.words.spans)


def _said(side: _Statement, sentence: WordVectors, whole: bool) -> float:
    """Return the share of a side's disputed words, or of all of them, that a sentence has."""
    rows = [
        k
        for k, word in enumerate(side.words.spans)
        if whole or any(word.overlaps(span) for span in side.disputed)
    ]
    if not rows or not len(sentence.spans):
        return 0.0
    best = (side.words.vectors[rows] @ sentence.vectors.T).max(axis=1)
    weights = [len(side.words.spans[k].of(side.text)) for k in rows]
    return float(np.average(best >= SAID, weights=weights))


def _against_source(checks: Sequence[Check], dispute: _Dispute, text: _Text, number: int) -> bool:
    """Tell whether a sentence, taken for a translation of the source, says something else."""
    side, words = dispute.source, text.words[number]
    pair = Pair(
        source=side.text,
        target=running(text.segments[number].text),
        source_language=find_language(side.document.language),
        target_language=find_language(text.document.language),
        related=relate(side.words, words),
        house=dispute.config.house,
        source_article=side.document.text,
        target_article=text.document.text,
    )
    return any(
        _touches(mismatch.source, side.disputed)
        for check in checks
        if _can(check, pair)
        for mismatch in check.find(pair)
    )


def _against_target(checks: Sequence[Check], dispute: _Dispute, text: _Text, number: int) -> bool:
    """Tell whether a sentence, taken for the original of the target, says something else."""
    side, words = dispute.target, text.words[number]
    pair = Pair(
        source=running(text.segments[number].text),
        target=side.text,
        source_language=find_language(text.document.language),
        target_language=find_language(side.document.language),
        related=relate(words, side.words),
        house=dispute.config.house,
        source_article=text.document.text,
        target_article=side.document.text,
    )
    return any(
        _touches(mismatch.target, side.disputed)
        for check in checks
        if _can(check, pair)
        for mismatch in check.find(pair)
    )


def _can(check: Check, pair: Pair) -> bool:
    return check.name in _BY_VALUE and not (
        check.missing_facts(pair.source_language, is_source=True)
        or check.missing_facts(pair.target_language, is_source=False)
    )


def _touches(ones: Iterable[Span], others: Sequence[Span]) -> bool:
    return any(one.overlaps(other) for one in ones for other in others)
