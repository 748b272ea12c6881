"""Faithful pairs of development articles, and the same with one error of the verifier's generator.

What the fit of the risk and the measurements draw on; the verifier was not trained on these lines.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from align.bitext import Span, running
from align.checks import Pair
from align.encoder import Encoder
from align.evidence import Run, gather, judged, runs
from align.house import House
from align.judgement import Judgement
from align.read.row import Row
from align.rows import CHUNK_ROWS, rows_as_bitext
from align.vectors import Relatedness
from align.verifier import Verifier
from align.verify import bare_sides, find_route, pair_of
from models.train.corpus import Side, Text, load_corpus
from models.train.factory import Factory
from models.train.frozen import Frozen
from models.train.pairs import Example, Labels
from models.train.real import read_lines


@dataclass(frozen=True, slots=True)
class Planted:
    """A pair of an article: its kind of error, or nothing, and the tokens concerned."""

    article: str
    kind: str
    source: str
    target: str
    source_spans: tuple[Span, ...] = ()
    target_spans: tuple[Span, ...] = ()


class _OneWay(Factory):
    """Draws groups with English on the source side."""

    def _languages(self, rng: Random) -> tuple[Side, Side]:
        other = next(name for name in self.names if name != "eng")
        return self.corpus.sides["eng"], self.corpus.sides[other]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the data lie, and where vectors of lines are kept between runs."""

    data: Path
    vectors: Path
    split: str = "dev"


def faithful(place: Place, language: str) -> list[Planted]:
    """Return the lines of a language beside the English ones."""
    folder = place.data / "ntrex" / place.split
    lines = (read_lines(folder / f"{name}.txt") for name in ("document_ids", "eng", language))
    return [
        Planted(article, "", source, target)
        for article, source, target in zip(*lines, strict=True)
        if source and target
    ]


def wrong(place: Place, language: str, groups: int, seed: int, frozen: Frozen) -> list[Planted]:
    """Return pairs with an error each, about three of each of `groups` lines.

    Args:
        place: The data.
        language: The name of the target language's file.
        groups: Lines that are drawn; fewer where two draws meet.
        seed: Another one draws other errors.
        frozen: The encoder, which finds the words that an error concerns.
    """
    names = ["eng", language]
    corpus = load_corpus(place.data, place.vectors, place.split, names, frozen.encode)
    factory = _OneWay(corpus, frozen.prior, frozen.encode)
    examples = factory.groups(Random(f"{seed}/{language}"), groups)
    lines = faithful(place, language)
    home = {e.group: _article(e, lines) for e in examples if e.kind == "clean"}
    return [_planted(e, home[e.group]) for e in examples if e.error]


def _article(example: Example, lines: Sequence[Planted]) -> str:
    return next(line.article for line in lines if example.source.text.startswith(line.source))


def _planted(example: Example, article: str) -> Planted:
    source, target = (
        _concerned(text, lost, changed)
        for text, lost, changed in zip(
            (example.source, example.target), example.lost, example.changed, strict=True
        )
    )
    return Planted(article, example.kind, example.source.text, example.target.text, source, target)


def _concerned(text: Text, lost: Labels, changed: Labels) -> tuple[Span, ...]:
    return tuple(
        span
        for span, one, other in zip(text.spans, lost, changed, strict=True)
        if one == 1 or other == 1
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A pair with all that the checks may see of it, as a row of a bilingual file."""

    planted: Planted
    pair: Pair
    judgement: Judgement
    related: Relatedness
    sides: tuple[Run, Run]


def asked(
    drawn: Sequence[Planted], tag: str, encoder: Encoder, verifier: Verifier
) -> Iterator[Asked]:
    """Yield the pairs that the verifier has judged.

    Args:
        drawn: Pairs with English on the source side.
        tag: The language of the other side.
        encoder: A loaded encoder.
        verifier: A loaded verifier that reads its vectors.
    """
    usual = None
    for start in range(0, len(drawn), CHUNK_ROWS):
        part = drawn[start : start + CHUNK_ROWS]
        rows = [Row(k, planted.source, planted.target) for k, planted in enumerate(part)]
        bitext = rows_as_bitext(rows, ("en", tag))
        source, target = (
            encoder.encode_tokens([running(s.text) for s in segments])
            for segments in (bitext.source_segments, bitext.target_segments)
        )
        known = gather(bitext, (source, target), encoder.centre, usual)
        usual = known.usual
        known = judged(known, bitext, (source, target), encoder.centre, verifier, 1.0)
        route = find_route(bitext, bare_sides(bitext), House())
        for number, planted in enumerate(part):
            sides = runs(bitext, bitext.beads[number])
            pair = pair_of(bitext, number, sides, route, known)
            if pair.judgement is not None and pair.related is not None:
                yield Asked(planted, pair, pair.judgement, pair.related, sides)
