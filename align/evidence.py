"""What the models know about the two sides of each bead, computed before any check runs."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from align.bitext import Bead, Bitext, Segment, Span, running
from align.coverage import usual_lack
from align.judgement import SILENT, Judgement, Limits
from align.relate import (
    WordVectors,
    centred_tokens,
    counterparts,
    join,
    relate,
    usual_expansion,
    word_vectors,
)
from align.vectors import AVERAGE, Centre, Embedding, Relatedness, Usual
from align.verifier import Verifier, join_passages

MINOR_PER_MAJOR = 4.0
"""How many faithful pairs may reach the risk of any finding for each that may reach a major one's.
With those of the text checks, 3.6 and 4.8 of 100 get one in Vietnamese and German."""


@dataclass(frozen=True, slots=True)
class Run:
    """The segments of one side of a bead as one text, and where each begins in it."""

    numbers: range
    text: str
    offsets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WordPair:
    """A source word and its target word: the number of the segment, and the span in it."""

    source: tuple[int, Span]
    target: tuple[int, Span]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the models know about the words of each segment and about each bead.

    `judgements` has what the verifier says of each bead, None for one with an empty side; it is
    empty where no verifier ran, and `limits` say from which risk it speaks.
    """

    source: tuple[WordVectors, ...]
    target: tuple[WordVectors, ...]
    usual: Usual = AVERAGE
    judgements: tuple[Judgement | None, ...] = ()
    limits: Limits = SILENT


def gather(
    bitext: Bitext,
    embeddings: tuple[Embedding, Embedding],
    centre: Centre | None,
    usual: Usual | None = None,
) -> Evidence:
    """Compare the words of the two sides.

    Args:
        bitext: Segments and beads.
        embeddings: Of the running text of each segment of the two sides.
        centre: Mean vectors of texts at large, if the encoder has them.
        usual: What is usual in such texts; None to find out from these.
    """
    prior = centre.token if centre else None
    source, target = (
        word_vectors([running(s.text) for s in segments], embedding.tokens, prior)
        for (_, _, segments), embedding in zip(bitext.sides(), embeddings, strict=True)
    )
    evidence = Evidence(source, target, usual or AVERAGE)
    return evidence if usual else _with_usual(evidence, bitext)


def judged(
    evidence: Evidence,
    bitext: Bitext,
    embeddings: tuple[Embedding, Embedding],
    centre: Centre | None,
    verifier: Verifier,
    alarms: float,
) -> Evidence:
    """Add what the verifier says of each bead that has two sides.

    Args:
        evidence: What is known already.
        bitext: Segments and beads.
        embeddings: Of the running text of each segment of the two sides.
        centre: Mean vectors of texts at large, if the encoder has them.
        verifier: A loaded verifier that reads this encoder's vectors.
        alarms: How many of 100 faithful pairs may get a major finding from it.
    """
    prior = centre.token if centre else None
    tokens = [centred_tokens(embedding.tokens, prior) for embedding in embeddings]
    numbers = [k for k, bead in enumerate(bitext.beads) if bead.source and bead.target]
    pairs = []
    for k in numbers:
        sides = zip(runs(bitext, bitext.beads[k]), tokens, strict=True)
        source, target = (
            join_passages(run.text, [own[i] for i in run.numbers], run.offsets)
            for run, own in sides
        )
        pairs.append((source, target))
    judgements: list[Judgement | None] = [None] * len(bitext.beads)
    for k, judgement in zip(numbers, verifier.judge(pairs), strict=True):
        judgements[k] = judgement
    limits = Limits(verifier.risk_at(alarms), verifier.risk_at(MINOR_PER_MAJOR * alarms))
    return replace(evidence, judgements=tuple(judgements), limits=limits)


def runs(bitext: Bitext, bead: Bead) -> tuple[Run, Run]:
    """Return the two sides of a bead as texts."""
    source = _run(bitext.source_segments, bead.source)
    return source, _run(bitext.target_segments, bead.target)


def related(bead: Bead, sides: tuple[Run, Run], evidence: Evidence) -> Relatedness:
    """Return how the words of the two sides of a bead relate."""
    source, target = sides
    return relate(
        join([evidence.source[i] for i in bead.source], source.offsets),
        join([evidence.target[j] for j in bead.target], target.offsets),
        evidence.usual,
    )


def word_pairs(bitext: Bitext, evidence: Evidence) -> tuple[tuple[WordPair, ...], ...]:
    """Return, for each bead, its words that are each other's best counterparts."""
    found = []
    for bead in bitext.beads:
        sides = runs(bitext, bead)
        pairs = counterparts(related(bead, sides, evidence)) if bead.source and bead.target else ()
        found.append(tuple(WordPair(_word(sides[0], a), _word(sides[1], b)) for a, b in pairs))
    return tuple(found)


def with_neighbours(words: Relatedness, bead: Bead, evidence: Evidence) -> Relatedness:
    """Add how the words of a bead relate to the segments next to it on the other side.

    What stands there has moved over the border of a sentence, and is not lost.
    """
    return replace(
        words,
        source_nearby=_best_nearby(evidence.source, bead.source, evidence.target, bead.target),
        target_nearby=_best_nearby(evidence.target, bead.target, evidence.source, bead.source),
    )


def _best_nearby(
    own: Sequence[WordVectors], run: range, others: Sequence[WordVectors], facing: range
) -> NDArray[np.float32]:
    """Return each word's best cosine next door, among words that no neighbour of its own claims."""
    words = np.concatenate([own[i].vectors for i in run])
    neighbours = _around(others, facing, 1, words.shape[1])
    claims = (_around(own, run, 2, words.shape[1]) @ neighbours.T).max(axis=0)
    cosines = words @ neighbours.T
    best: NDArray[np.float32] = np.where(cosines > claims, cosines, 0.0).max(axis=1)
    return best


def _around(
    segments: Sequence[WordVectors], run: range, reach: int, dimension: int
) -> NDArray[np.float32]:
    """Return the words of the segments before and after a run; a zero if there are none."""
    near = [*range(run.start - reach, run.start), *range(run.stop, run.stop + reach)]
    vectors = [segments[k].vectors for k in near if 0 <= k < len(segments)]
    return np.concatenate([np.zeros((1, dimension), np.float32), *vectors])


def _with_usual(evidence: Evidence, bitext: Bitext) -> Evidence:
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
    lost, added = usual_lack([related(bead, runs(bitext, bead), expanded) for bead in whole])
    return replace(expanded, usual=replace(expanded.usual, lost=lost, added=added))


def _word(run: Run, span: Span) -> tuple[int, Span]:
    index = bisect_right(run.offsets, span.start) - 1
    return run.numbers[index], span.shift(-run.offsets[index])


def _run(segments: Sequence[Segment], numbers: range) -> Run:
    texts = [running(segments[i].text) for i in numbers]
    offsets = [0]
    for text in texts[:-1]:
        offsets.append(offsets[-1] + len(text) + 1)
    return Run(numbers, " ".join(texts), tuple(offsets))
