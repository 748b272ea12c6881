"""Rows that are paired already to reports, as a stream."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from align import detect, verify
from align.bitext import Bead, Bitext, Document, Segment, Span, running
from align.checks import Check, selected
from align.config import Config
from align.defaults import default_encoder, default_verifier
from align.encoder import Encoder, encode_sides
from align.evidence import Evidence, doubts, gather, judged
from align.finding import Finding, PairReport
from align.judgement import Judgement
from align.read.table import Row
from align.risk import pair_risk, probabilities
from align.vectors import Usual

CHUNK_ROWS = 256
"""Rows of a bilingual file that are encoded at once; also what their common mean is taken over."""


@dataclass(frozen=True, slots=True)
class _Habits:
    """What the rows of a bilingual file are measured by."""

    languages: tuple[str | None, str | None]
    usual: Usual | None = None


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
        encoder = default_encoder(config.encoder)
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
        bitext = rows_as_bitext(readable, habits.languages)
        known = _row_evidence(bitext, habits.usual, encoder, config)
        habits = replace(habits, usual=known.usual if known else habits.usual)
        answers = _check_readable(bitext, checks, known, config)
        for row in chunk:
            if row.error:
                yield PairReport(row.number, error=row.error)
            else:
                yield replace(next(answers), row=row.number)


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
    bitext: Bitext, usual: Usual | None, encoder: Encoder | None, config: Config
) -> Evidence | None:
    if encoder is None or not bitext.beads or verify.bare_sides(bitext):
        return None
    source = [running(segment.text) for segment in bitext.source_segments]
    target = [running(segment.text) for segment in bitext.target_segments]
    embeddings = encode_sides((source, target), encoder)
    known = gather(bitext, embeddings, encoder.centre, usual)
    verifier = default_verifier(encoder.identity)
    if verifier is None:
        return known
    alarms = config.checks.precision
    return judged(known, bitext, embeddings, encoder.centre, verifier, alarms)


def _check_readable(
    bitext: Bitext, checks: Sequence[Check], known: Evidence | None, config: Config
) -> Iterator[PairReport]:
    route = verify.find_route(bitext, verify.bare_sides(bitext), config.house)
    found: list[list[Finding]] = [[] for _ in bitext.beads]
    for finding in verify.verify(bitext, checks, route, known):
        found[finding.bead].append(finding)
    judgements = known.judgements if known and known.judgements else (None,) * len(found)
    nearness = doubts(bitext, known) if known and not known.judgements else (0.0,) * len(found)
    for number, findings in enumerate(found):
        alone = tuple(map(verify.alone, findings))
        yield _pair_report(number, alone, judgements[number], nearness[number])


def rows_as_bitext(rows: Sequence[Row], languages: tuple[str | None, str | None]) -> Bitext:
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


def _pair_report(
    row: int, findings: tuple[Finding, ...], judgement: Judgement | None, doubt: float
) -> PairReport:
    return PairReport(
        row=row,
        risk=pair_risk(findings, judgement, doubt),
        probabilities=probabilities(findings, judgement),
        findings=findings,
    )
