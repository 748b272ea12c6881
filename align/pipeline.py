"""The stages in their order: the only file that knows how a report comes about."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from align import __version__, beads, clean, detect, recut, relate, split, verify
from align.bitext import Bead, Bitext, Document, Segment, running
from align.checks import Check, selected
from align.config import Config
from align.defaults import default_encoder, default_verifier
from align.encoder import Encoder, encode_sides
from align.evidence import Evidence, gather, judged
from align.finding import Report, Skipped
from align.languages import find_language
from align.manifest import Manifest, find_verifier
from align.read import text
from align.read.pieces import Origin
from align.read.row import NOWHERE, Row
from align.risk import document_risk
from align.rows import check_all, check_pairs, check_rows, unread
from align.vectors import Centre, Embedding, TokenVectors, centred

__all__ = [
    "align_documents",
    "align_segments",
    "check_pairs",
    "check_rows",
    "compare",
    "compare_rows",
    "signature",
    "unfold",
]

TOKENS_LIMIT = 3000
"""Segments a side up to which `align_segments` looks at tokens: in a longer text their vectors
would take gigabytes, and beads rest on whole sentences."""

LEAST_COVERED = 0.2
"""Share of segments with a counterpart, each weighed by its score, below which two texts are no
translation of each other. True pairs of NTREX articles have far more, and two reports of the event
of the seed pair .22 of its translation, since the verifier parts pairs that only look related."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two documents with their beads, and the vectors of the segments of both sides."""

    bitext: Bitext
    embeddings: tuple[Embedding, Embedding]


@dataclass(frozen=True, slots=True)
class Progress:
    """A report as far as it has come: first its beads, then more and more findings.

    Until it `is_whole` it has no risk. `evidence` is what the models know of its words, if
    anything yet.
    """

    report: Report
    evidence: Evidence | None = None
    is_whole: bool = False


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
    *_, last = unfold(source, target, config, encoder)
    return last.report


def unfold(
    source: Document, target: Document, config: Config, encoder: Encoder
) -> Iterator[Progress]:
    """Compare an article with its translation, and show what is known as soon as it is.

    Args:
        source: The original as read. A `language` that is set is taken as given, not detected.
        target: The translation as read.
        config: Settings.
        encoder: A loaded encoder.

    Yields:
        The report with its beads, then again with the findings of each further bead, and at last
        as `compare` returns it.

    Raises:
        AlignError: A setting is wrong, or a text is longer than the settings allow.
    """
    checks = selected(config.checks)
    aligned = align_documents(source, target, config, encoder)
    bitext = aligned.bitext
    stamp = signature(config, encoder)
    problem = _same_language(bitext) or _no_translation(bitext)
    if problem:
        yield Progress(_not_compared(bitext, checks, problem, stamp), is_whole=True)
        return
    report = Report(bitext, (), (), stamp, None)
    yield Progress(report)
    bare = verify.bare_sides(bitext)
    route = verify.find_route(bitext, bare, config.house)
    known = None if bare else _known(aligned, config, encoder)
    risks = []
    for verdict in verify.verify(bitext, checks, route, known):
        risks.append(verdict.risk)
        if verdict.findings:
            report = replace(report, findings=(*report.findings, *verdict.findings))
            yield Progress(report, known)
    gaps = verify.skipped(bitext, checks, route, known)
    skipped = (*_unsure(bitext, encoder, bare), *gaps)
    report = replace(report, skipped=skipped, risk=document_risk(risks), risks=tuple(risks))
    yield Progress(report, known, is_whole=True)


def compare_rows(
    rows: Iterable[Row],
    config: Config,
    encoder: Encoder,
    languages: tuple[str | None, str | None] = (None, None),
    file: Origin = NOWHERE,
) -> Report:
    """Compare the rows of a bilingual file, each a bead of its own.

    Args:
        rows: Rows as read.
        config: Settings.
        encoder: A loaded encoder.
        languages: Tags of the two languages; those not given are what the file says, or detected.
        file: The file of the rows; with its decoded text, findings have lines.

    Returns:
        A report on all rows. Those that could not be read or have a blank side are under `skipped`;
        if that is all of them, or there are none, the `risk` is None.
    """
    checked = check_all(rows, config, encoder, languages, file)
    has_rows = bool(checked.bitext.beads)
    return Report(
        bitext=checked.bitext,
        findings=checked.findings,
        skipped=checked.skipped if has_rows else unread(checked),
        signature=signature(config, encoder),
        risk=document_risk(checked.risks) if has_rows else None,
        risks=checked.risks,
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
        The bitext, and the vectors of its segments and their tokens.

    Raises:
        AlignError: A text is longer than the settings allow.
    """
    one, source_segments = prepare(source, config)
    two, target_segments = prepare(target, config)
    detect.rest()
    texts = ([running(s.text) for s in source_segments], [running(s.text) for s in target_segments])
    embeddings = encode_sides(texts, encoder)
    found = _find_beads(texts, embeddings, config, encoder)
    bitext = Bitext(one, two, source_segments, target_segments, found)
    return Aligned(bitext, embeddings)


def align_segments(
    source: Sequence[str], target: Sequence[str], encoder: Encoder | None = None
) -> tuple[Bead, ...]:
    """Align two lists of segments that are clean and split already.

    Args:
        source: Segments of the original, in reading order.
        target: Segments of the translation.
        encoder: A loaded encoder; the default one, loaded once, if not given.

    Returns:
        Beads that cover each segment of both sides exactly once; see `align.beads.find_beads`. With
        the default encoder, the verifier has read the doubtful ones; see `align.recut`.
    """
    encoder = encoder or default_encoder(Config().encoder)
    is_long = max(len(source), len(target)) > TOKENS_LIMIT
    texts = [running(text) for text in source], [running(text) for text in target]
    one, two = (
        Embedding(encoder.encode(own)) if is_long else encoder.encode_tokens(own) for own in texts
    )
    return _find_beads(texts, (one, two), Config(), encoder)


def _find_beads(
    texts: tuple[Sequence[str], Sequence[str]],
    embeddings: tuple[Embedding, Embedding],
    config: Config,
    encoder: Encoder,
) -> tuple[Bead, ...]:
    """Find the beads of two texts; the verifier reads the doubtful ones, if the encoder has one."""
    prior = encoder.centre.token if encoder.centre else None
    tokens = [relate.centred_tokens(embedding.tokens, prior) for embedding in embeddings]
    one, two = (
        _side(own, embedding, own_tokens, encoder.centre)
        for own, embedding, own_tokens in zip(texts, embeddings, tokens, strict=True)
    )
    found = beads.find_beads(one, two, config.beads)
    verifier = default_verifier(encoder) if recut.is_in_doubt(found) else None
    if verifier is None:
        return found
    doubtful = recut.doubtful(found)
    runs = [bead.source for bead in doubtful], [bead.target for bead in doubtful]
    source, target = (
        dict(enumerate(known)) or _tokens_of(own, side, encoder)
        for own, known, side in zip(texts, tokens, runs, strict=True)
    )
    passages = recut.Texts(texts, (source, target))
    return recut.recut(found, (one, two), passages, verifier, config.beads)


def _tokens_of(
    texts: Sequence[str], runs: Sequence[range], encoder: Encoder
) -> dict[int, TokenVectors]:
    """Return the tokens of some runs of a text whose tokens are not known."""
    numbers = sorted({k for run in runs for k in run})
    tokens = encoder.encode_tokens([texts[k] for k in numbers]).tokens
    prior = encoder.centre.token if encoder.centre else None
    return dict(zip(numbers, relate.centred_tokens(tokens, prior), strict=True))


def prepare(document: Document, config: Config) -> tuple[Document, tuple[Segment, ...]]:
    """Clean, detect and split one side; with `segmented`, take its lines and only detect."""
    if not config.segmented:
        document = clean.clean(document)
    elif document.blocks and not document.places:
        # What has places of its own has no lines that count; its blocks are the segments.
        document = text.by_line(document)
    if document.language is None:
        guess = detect.detect([block.of(document.text) for block in document.blocks])
        document = replace(document, language=guess.language, language_confidence=guess.confidence)
    if config.segmented:
        segments = split.whole_blocks(document)
    else:
        segments = split.split(document, find_language(document.language))
    return document, tuple(_with_language(s, document.language) for s in segments)


def signature(config: Config, encoder: Encoder | Manifest) -> str:
    """Return everything that can change a report, as sacreBLEU does for a score (Post, 2018).

    What is known of the models is enough: none of them is loaded.
    """
    versions = "+".join(f"{check.name}.{check.version}" for check in selected(config.checks))
    verifier = find_verifier()
    reader = f"|verifier:{verifier.identity}" if verifier.encoder == encoder.identity else ""
    digest = hashlib.sha256(repr(config).encode()).hexdigest()[:6]
    return (
        f"veralign:{__version__}|encoder:{encoder.identity}{reader}|clean:{clean.VERSION}"
        f"|split:{split.VERSION}|beads:{beads.VERSION}|checks:{versions}|config:{digest}"
    )


def _known(aligned: Aligned, config: Config, encoder: Encoder) -> Evidence:
    """Gather what the models know of the two sides of each bead."""
    known = gather(aligned.bitext, aligned.embeddings, encoder.centre)
    verifier = default_verifier(encoder)
    if verifier is None:
        return known
    alarms = config.checks.precision
    return judged(known, aligned.bitext, aligned.embeddings, encoder.centre, verifier, alarms)


def _with_language(segment: Segment, language: str | None) -> Segment:
    other = detect.foreign(segment.text, language) if language else None
    return replace(segment, language=other or language)


def _side(
    texts: Sequence[str],
    embedding: Embedding,
    tokens: Sequence[TokenVectors],
    centre: Centre | None,
) -> beads.Side:
    return beads.Side(
        centred(embedding.sentences, centre.sentence if centre else None),
        np.array([len(text) for text in texts], np.float32),
        tuple(t.vectors for t in tokens) or None,
    )


def _same_language(bitext: Bitext) -> str:
    language = bitext.source.language
    if language is None or language != bitext.target.language:
        return ""
    name = find_language(language).name
    return f"both texts are in {name} ({language}), so neither translates the other"


def _no_translation(bitext: Bitext) -> str:
    source, target = (
        [bool(segment.text.strip()) for segment in segments] for _, _, segments in bitext.sides()
    )
    matched = sum(
        (sum(source[i] for i in b.source) + sum(target[j] for j in b.target)) * b.score
        for b in bitext.beads
        if b.source and b.target
    )
    covered = matched / (sum(source) + sum(target))
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


def _unsure(bitext: Bitext, encoder: Encoder, bare: frozenset[str]) -> Iterator[Skipped]:
    for side, document, _ in bitext.sides():
        if side in bare:
            yield Skipped("language", f"the {side} is written without its diacritics")
        if document.language is None:
            yield Skipped("language", f"the {side} is too short to tell its language")
        elif encoder.languages and document.language not in encoder.languages:
            tag = document.language
            yield Skipped("language", f"the encoder was not trained on the {side}'s {tag!r}")
