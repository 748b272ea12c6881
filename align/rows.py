"""Rows that are paired already to reports, as a stream."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from align import detect, verify
from align.bitext import Bead, Bitext, Document, Segment, running
from align.checks import Check, selected
from align.config import Config
from align.defaults import default_encoder, default_verifier
from align.encoder import Encoder, encode_sides
from align.evidence import Evidence, gather, judged
from align.finding import BeadRisk, Finding, PairReport, Skipped
from align.read.pieces import Origin
from align.read.row import NOWHERE, Row, rows_as_documents
from align.vectors import Usual

CHUNK_ROWS = 256
"""Rows of a bilingual file that are encoded at once; also what their common mean is taken over."""

NO_ROWS = "the file holds no rows"
"""Why nothing was compared, where nothing could be."""
_ROWS = "rows"
"""What stands in the place of a check where a row was skipped, and not a check."""
_NAMED = 10
"""Most rows that are named for the same error in a report."""


@dataclass(frozen=True, slots=True)
class _Habits:
    """What the rows of a bilingual file are measured by."""

    languages: tuple[str | None, str | None]
    usual: Usual | None = None


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Some rows with their answers, and the checks that did not run on them."""

    rows: Sequence[Row]
    answers: Sequence[PairReport]
    languages: tuple[str | None, str | None]
    skipped: Sequence[Skipped]


@dataclass(frozen=True, slots=True)
class Checked:
    """All rows of a file as one bitext, and what was found in them."""

    bitext: Bitext
    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    risks: tuple[BeadRisk, ...]


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
    for chunk in _chunks(rows, config, encoder, languages):
        yield from chunk.answers


def check_all(
    rows: Iterable[Row],
    config: Config,
    encoder: Encoder | None,
    languages: tuple[str | None, str | None] = (None, None),
    file: Origin = NOWHERE,
) -> Checked:
    """Check rows as `check_rows` does, and put them into one bitext.

    Args:
        rows: Rows as read. Those that are errors, or have a blank side, are no beads.
        config: Settings.
        encoder: A loaded encoder, if a selected check needs one.
        languages: Tags of the two languages; those not given are what the rows say, or detected.
        file: The file of the rows; with its decoded text, findings have lines.
    """
    readable: list[Row] = []
    findings: list[Finding] = []
    risks: list[BeadRisk] = []
    gaps: list[Skipped] = []
    errors: dict[str, list[str]] = {}
    for chunk in _chunks(rows, config, encoder, languages):
        languages = chunk.languages
        gaps = gaps or list(chunk.skipped)
        for row, answer in zip(chunk.rows, chunk.answers, strict=True):
            if answer.error:
                errors.setdefault(answer.error, []).append(row.label or f"row {row.number}")
                continue
            findings += (_at(finding, len(readable)) for finding in answer.findings)
            readable.append(row)
            risks.append(BeadRisk(answer.risk, answer.is_judged))
    bitext = rows_as_bitext(readable, languages, file)
    return Checked(bitext, tuple(findings), (*_unread(errors), *gaps), tuple(risks))


def unread(checked: Checked) -> tuple[Skipped, ...]:
    """Return why there is nothing to check: the errors of the rows, or that there are none."""
    errors = tuple(gap for gap in checked.skipped if gap.check == _ROWS)
    return errors or (Skipped(_ROWS, NO_ROWS),)


def _at(finding: Finding, number: int) -> Finding:
    """Return the finding of a row alone as it stands in all rows."""
    return replace(
        finding,
        bead=number,
        source=tuple(replace(mark, segment=number) for mark in finding.source),
        target=tuple(replace(mark, segment=number) for mark in finding.target),
    )


def _unread(errors: Mapping[str, Sequence[str]]) -> Iterator[Skipped]:
    for error, labels in errors.items():
        more = f" and {len(labels) - _NAMED} more" if len(labels) > _NAMED else ""
        yield Skipped(_ROWS, f"{', '.join(labels[:_NAMED])}{more}: {error}")


def _chunks(
    rows: Iterable[Row],
    config: Config,
    encoder: Encoder | None,
    languages: tuple[str | None, str | None],
) -> Iterator[_Chunk]:
    checks = selected(config.checks)
    stream = iter(rows)
    habits = _Habits(languages)
    while chunk := [_checkable(row) for row in islice(stream, CHUNK_ROWS)]:
        readable = [row for row in chunk if not row.error]
        habits = replace(habits, languages=_languages(readable, habits.languages))
        bitext = rows_as_bitext(readable, habits.languages)
        known = _row_evidence(bitext, habits.usual, encoder, config)
        habits = replace(habits, usual=known.usual if known else habits.usual)
        route = verify.find_route(bitext, verify.bare_sides(bitext), config.house)
        answers = _check_readable(bitext, checks, known, route)
        yield _Chunk(
            chunk,
            [
                PairReport(row.number, error=row.error)
                if row.error
                else replace(next(answers), row=row.number)
                for row in chunk
            ],
            habits.languages,
            list(verify.skipped(bitext, checks, route, known)),
        )


def _checkable(row: Row) -> Row:
    for side in ("source", "target"):
        if not row.error and not getattr(row, side).strip():
            return replace(row, error=f"the {side} is empty")
    return row


def _languages(
    rows: Sequence[Row], known: tuple[str | None, str | None]
) -> tuple[str | None, str | None]:
    source, target = known
    source = source or _said(row.languages[0] for row in rows)
    target = target or _said(row.languages[1] for row in rows)
    source = source or detect.detect([row.source for row in rows]).language
    target = target or detect.detect([row.target for row in rows]).language
    return source, target


def _said(tags: Iterable[str]) -> str | None:
    """Return the language that most rows say they are in, if they say so."""
    ((tag, _),) = Counter(tags).most_common(1) or [("", 0)]
    return tag or None


def _row_evidence(
    bitext: Bitext, usual: Usual | None, encoder: Encoder | None, config: Config
) -> Evidence | None:
    if encoder is None or not bitext.beads or verify.bare_sides(bitext):
        return None
    source = [running(segment.text) for segment in bitext.source_segments]
    target = [running(segment.text) for segment in bitext.target_segments]
    embeddings = encode_sides((source, target), encoder)
    known = gather(bitext, embeddings, encoder.centre, usual)
    verifier = default_verifier(encoder)
    if verifier is None:
        return known
    alarms = config.checks.precision
    return judged(known, bitext, embeddings, encoder.centre, verifier, alarms)


def _check_readable(
    bitext: Bitext, checks: Sequence[Check], known: Evidence | None, route: verify.Route
) -> Iterator[PairReport]:
    for number, verdict in enumerate(verify.verify(bitext, checks, route, known)):
        findings = tuple(map(verify.alone, verdict.findings))
        yield PairReport(
            row=number,
            risk=verdict.risk.chance,
            probabilities=verdict.probabilities,
            findings=findings,
            is_judged=verdict.risk.is_judged,
        )


def rows_as_bitext(
    rows: Sequence[Row], languages: tuple[str | None, str | None], file: Origin = NOWHERE
) -> Bitext:
    """Take each row as one bead."""
    source, target = rows_as_documents(rows, languages, file)
    source_segments, target_segments = _segments(source), _segments(target)
    paired = tuple(Bead(range(i, i + 1), range(i, i + 1), 1.0) for i in range(len(rows)))
    return Bitext(source, target, source_segments, target_segments, paired)


def _segments(document: Document) -> tuple[Segment, ...]:
    return tuple(
        Segment(block, block.of(document.text), number, document.language)
        for number, block in enumerate(document.blocks)
    )
