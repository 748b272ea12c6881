"""The stages in their order: the only file that knows how a report comes about."""

import hashlib
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

import numpy as np

from align import __version__, beads, clean, detect, relate, split, verify
from align.bitext import Bead, Bitext, Document, Segment, Span, running
from align.checks import Check, selected
from align.config import Config
from align.encoder import Encoder, default_cache, load_encoder
from align.finding import Finding, PairReport, Report, Severity, Skipped
from align.languages import Language, find_language
from align.manifest import find_manifest
from align.read.table import Row
from align.vectors import Centre, Embedding, Usual, Vectors, centred

__all__ = [
    "align_documents",
    "align_segments",
    "check_pairs",
    "check_rows",
    "compare",
    "signature",
]

CHUNK_ROWS = 256
"""Rows of a bilingual file that are encoded at once; also what their common mean is taken over."""

LEAST_COVERED = 0.3
"""Share of segments with a counterpart, each weighed by its score, below which two texts are no
translation of each other. Chosen on NTREX articles: true pairs have far more, wrong ones mostly
less, and other reports of the same event more."""


_WEIGHT = {Severity.NEUTRAL: 0.0, Severity.MINOR: 0.25, Severity.MAJOR: 1.0, Severity.CRITICAL: 1.0}
_DOUBT = 0.2


@dataclass(frozen=True, slots=True)
class _Habits:
    """What the rows of a bilingual file are measured by."""

    languages: tuple[str | None, str | None]
    usual: Usual | None = None


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two documents with their beads, and what the encoder knows of their words."""

    bitext: Bitext
    evidence: verify.Evidence


def compare(source: Document, target: Document, config: Config, encoder: Encoder) -> Report:
    """Compare an article with its translation.

    Args:
        source: The original as read. A `language` that is set is taken as given, not detected.
        target: The translation as read.
        config: Settings.
        encoder: A loaded encoder.

    Returns:
        A report. If both texts are in one language, or do not match, it has no findings, its
        `risk` is None and `skipped` says why.

    Raises:
        AlignError: A setting is wrong, or a text is longer than the settings allow.
    """
    checks = selected(config.checks)
    aligned = align_documents(source, target, config, encoder)
    bitext = aligned.bitext
    stamp = signature(config, encoder)
    problem = _same_language(bitext) or _no_translation(bitext)
    if problem:
        return _not_compared(bitext, checks, problem, stamp)
    bare = _bare(bitext)
    route = _route((bitext.source.language, bitext.target.language), bare)
    evidence = None if bare else aligned.evidence
    findings = tuple(verify.verify(bitext, checks, route, evidence))
    gaps = verify.skipped(bitext, checks, route, evidence)
    return Report(
        bitext=bitext,
        findings=findings,
        skipped=(*_unsure(bitext, encoder, bare), *gaps),
        signature=stamp,
        risk=_risk(findings),
    )


def align_documents(
    source: Document, target: Document, config: Config, encoder: Encoder
) -> Aligned:
    """Clean, detect and split two documents, and put their segments together.

    Args:
        source: The original as read. A `language` that is set is taken as given, not detected.
        target: The translation as read.
        config: Settings.
        encoder: A loaded encoder.

    Returns:
        The bitext, and the word vectors of its segments.

    Raises:
        AlignError: A text is longer than the settings allow.
    """
    one, source_segments = prepare(source, config)
    two, target_segments = prepare(target, config)
    texts = ([running(s.text) for s in source_segments], [running(s.text) for s in target_segments])
    embeddings = (encoder.encode_tokens(texts[0]), encoder.encode_tokens(texts[1]))
    found = beads.find_beads(
        _side(texts[0], embeddings[0].sentences, encoder.centre),
        _side(texts[1], embeddings[1].sentences, encoder.centre),
        config.beads,
    )
    bitext = Bitext(one, two, source_segments, target_segments, found)
    evidence = _evidence(texts, embeddings, encoder.centre)
    return Aligned(bitext, verify.with_usual(evidence, bitext))


def align_segments(
    source: Sequence[str], target: Sequence[str], encoder: Encoder | None = None
) -> tuple[Bead, ...]:
    """Align two lists of segments that are clean and split already.

    Args:
        source: Segments of the original, in reading order.
        target: Segments of the translation.
        encoder: A loaded encoder; the default one, loaded once, if not given.

    Returns:
        Beads that cover each segment of both sides exactly once; see `align.beads.find_beads`.
    """
    encoder = encoder or _default_encoder(Config().encoder)
    return beads.find_beads(
        _side(source, encoder.encode(source), encoder.centre),
        _side(target, encoder.encode(target), encoder.centre),
        Config().beads,
    )


def check_pairs(
    pairs: Iterable[tuple[str, str]],
    config: Config,
    encoder: Encoder | None = None,
    languages: tuple[str | None, str | None] = (None, None),
) -> Iterator[PairReport]:
    """Check rows that are paired already, one report a row, in order, as a stream.

    Args:
        pairs: Source and target text of each row.
        config: Settings.
        encoder: A loaded encoder. Without one, the default is loaded once, and not at all if no
            selected check needs it.
        languages: Tags of the two languages; those not given are detected on the first rows.

    Yields:
        One report a row. A row of which one side is blank has an error and no findings, since
        nobody can tell whether it was lost or is still to be translated.
    """
    if encoder is None and any(check.needs_encoder for check in selected(config.checks)):
        encoder = _default_encoder(config.encoder)
    rows = (Row(number, *pair) for number, pair in enumerate(pairs))
    yield from check_rows(rows, config, encoder, languages)


def check_rows(
    rows: Iterable[Row],
    config: Config,
    encoder: Encoder | None,
    languages: tuple[str | None, str | None] = (None, None),
) -> Iterator[PairReport]:
    """Do what `check_pairs` does for rows as read, some of which may be errors already.

    What the first rows show, their languages and what is usual in them, is the measure for all, so
    that an answer does not hang on which rows come next to it later.
    """
    checks = selected(config.checks)
    stream = iter(rows)
    habits = _Habits(languages)
    while chunk := [_checkable(row) for row in islice(stream, CHUNK_ROWS)]:
        readable = [row for row in chunk if not row.error]
        habits = replace(habits, languages=_languages(readable, habits.languages))
        bitext = _rows_as_bitext(readable, habits.languages)
        evidence = _row_evidence(bitext, habits.usual, encoder)
        habits = replace(habits, usual=evidence.usual if evidence else habits.usual)
        answers = _check_readable(bitext, checks, evidence)
        for row in chunk:
            if row.error:
                yield PairReport(row.number, error=row.error)
            else:
                yield replace(next(answers), row=row.number)


def prepare(document: Document, config: Config) -> tuple[Document, tuple[Segment, ...]]:
    """Clean, detect and split one side; with `segmented`, only detect."""
    if not config.segmented:
        document = clean.clean(document)
    if document.language is None:
        guess = detect.detect([block.of(document.text) for block in document.blocks])
        document = replace(document, language=guess.language, language_confidence=guess.confidence)
    if config.segmented:
        segments = split.whole_blocks(document)
    else:
        segments = split.split(document, find_language(document.language))
    return document, tuple(_with_language(s, document.language) for s in segments)


def signature(config: Config, encoder: Encoder) -> str:
    """Return everything that can change a report, as sacreBLEU does for a score (Post, 2018)."""
    versions = "+".join(f"{check.name}.{check.version}" for check in selected(config.checks))
    digest = hashlib.sha256(repr(config).encode()).hexdigest()[:6]
    return (
        f"veralign:{__version__}|encoder:{encoder.identity}|clean:{clean.VERSION}"
        f"|split:{split.VERSION}|beads:{beads.VERSION}|checks:{versions}|config:{digest}"
    )


@cache
def _default_encoder(name: str) -> Encoder:
    return load_encoder(find_manifest(name), default_cache())


def _with_language(segment: Segment, language: str | None) -> Segment:
    other = detect.foreign(segment.text, language) if language else None
    return replace(segment, language=other or language)


def _side(texts: Sequence[str], vectors: Vectors, centre: Centre | None) -> beads.Side:
    lengths = np.array([len(text) for text in texts], np.float32)
    return beads.Side(centred(vectors, centre.sentence if centre else None), lengths)


def _evidence(
    texts: tuple[Sequence[str], Sequence[str]],
    embeddings: tuple[Embedding, Embedding],
    centre: Centre | None,
) -> verify.Evidence:
    prior = centre.token if centre else None
    source, target = (
        relate.word_vectors(side, embedding.tokens, prior)
        for side, embedding in zip(texts, embeddings, strict=True)
    )
    return verify.Evidence(source, target)


def _same_language(bitext: Bitext) -> str:
    language = bitext.source.language
    if language is None or language != bitext.target.language:
        return ""
    name = find_language(language).name
    return f"both texts are in {name} ({language}), so neither translates the other"


def _no_translation(bitext: Bitext) -> str:
    matched = sum(
        (len(b.source) + len(b.target)) * b.score for b in bitext.beads if b.source and b.target
    )
    covered = matched / (len(bitext.source_segments) + len(bitext.target_segments))
    if covered >= LEAST_COVERED:
        return ""
    return f"the sentences match by only {covered:.0%}: this is no translation of that article"


def _not_compared(bitext: Bitext, checks: Sequence[Check], problem: str, stamp: str) -> Report:
    """Return a report that pairs nothing and says why, so that nobody takes it for a clean bill."""
    alone = (
        *(Bead(range(i, i + 1), range(0, 0), 0.0) for i in range(len(bitext.source_segments))),
        *(Bead(range(0, 0), range(j, j + 1), 0.0) for j in range(len(bitext.target_segments))),
    )
    return Report(
        bitext=replace(bitext, beads=alone),
        findings=(),
        skipped=tuple(Skipped(check.name, problem) for check in checks),
        signature=stamp,
        risk=None,
    )


def _bare(bitext: Bitext) -> frozenset[str]:
    """Return the sides that are written without the diacritics of their language."""
    return frozenset(
        side
        for side, document, segments in bitext.sides()
        if detect.lacks_diacritics([s.text for s in segments], find_language(document.language))
    )


def _unsure(bitext: Bitext, encoder: Encoder, bare: frozenset[str]) -> Iterator[Skipped]:
    for side, document, _ in bitext.sides():
        if side in bare:
            yield Skipped("language", f"the {side} is written without its diacritics")
        if document.language is None:
            yield Skipped("language", f"the {side} is too short to tell its language")
        elif encoder.languages and document.language not in encoder.languages:
            tag = document.language
            yield Skipped("language", f"the encoder was not trained on the {side}'s {tag!r}")


def _checkable(row: Row) -> Row:
    for side in ("source", "target"):
        if not row.error and not getattr(row, side).strip():
            return replace(row, error=f"the {side} is empty")
    return row


def _languages(
    rows: Sequence[Row], known: tuple[str | None, str | None]
) -> tuple[str | None, str | None]:
    source, target = known
    source = source or detect.detect([row.source for row in rows]).language
    target = target or detect.detect([row.target for row in rows]).language
    return source, target


def _row_evidence(
    bitext: Bitext, usual: Usual | None, encoder: Encoder | None
) -> verify.Evidence | None:
    if encoder is None or not bitext.beads or _bare(bitext):
        return None
    texts = (
        [segment.text for segment in bitext.source_segments],
        [segment.text for segment in bitext.target_segments],
    )
    embeddings = (encoder.encode_tokens(texts[0]), encoder.encode_tokens(texts[1]))
    evidence = _evidence(texts, embeddings, encoder.centre)
    return replace(evidence, usual=usual) if usual else verify.with_usual(evidence, bitext)


def _check_readable(
    bitext: Bitext, checks: Sequence[Check], evidence: verify.Evidence | None
) -> Iterator[PairReport]:
    route = _route((bitext.source.language, bitext.target.language), _bare(bitext))
    found: list[list[Finding]] = [[] for _ in bitext.beads]
    for finding in verify.verify(bitext, checks, route, evidence):
        found[finding.bead].append(finding)
    doubts = verify.doubts(bitext, evidence) if evidence else (0.0,) * len(found)
    for number, (findings, doubt) in enumerate(zip(found, doubts, strict=True)):
        yield _pair_report(number, tuple(map(verify.alone, findings)), doubt)


def _rows_as_bitext(rows: Sequence[Row], languages: tuple[str | None, str | None]) -> Bitext:
    """Take each row as one bead."""
    source, source_segments = _lines([row.source for row in rows], languages[0])
    target, target_segments = _lines([row.target for row in rows], languages[1])
    paired = tuple(Bead(range(i, i + 1), range(i, i + 1), 1.0) for i in range(len(rows)))
    return Bitext(source, target, source_segments, target_segments, paired)


def _lines(texts: Sequence[str], language: str | None) -> tuple[Document, tuple[Segment, ...]]:
    segments, start = [], 0
    for number, text in enumerate(texts):
        segments.append(Segment(Span(start, start + len(text)), text, number, language))
        start += len(text) + 1
    blocks = tuple(segment.span for segment in segments)
    return Document("", "\n".join(texts), blocks, language=language), tuple(segments)


def _route(languages: tuple[str | None, str | None], bare: frozenset[str]) -> verify.Route:
    """Return the facts of the two languages; words in a text without diacritics do not fit them."""
    source, target = (find_language(tag) for tag in languages)
    return verify.Route(
        Language(source.tag, source.name) if "source" in bare else source,
        Language(target.tag, target.name) if "target" in bare else target,
    )


def _pair_report(row: int, findings: tuple[Finding, ...], doubt: float) -> PairReport:
    return PairReport(
        row=row,
        risk=_risk(findings, doubt),
        probabilities=tuple(
            (kind, _risk(f for f in findings if str(f.error_type).startswith(f"accuracy/{kind}")))
            for kind in ("omission", "addition", "mistranslation")
        ),
        findings=findings,
    )


def _risk(findings: Iterable[Finding], doubt: float = 0.0) -> float:
    """Return the probability that there is at least one major error.

    Findings count as independent. A minor one may be graver than it looks, and a pair that comes
    near a finding is more doubtful than one that does not.
    """
    right = [f.confidence * _WEIGHT[f.severity] for f in findings]
    sound = math.prod(1.0 - confidence for confidence in right)
    return round(1.0 - sound * (1.0 - _DOUBT * doubt**2), 4)
