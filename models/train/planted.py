"""Faithful pairs of development articles, and the same with one error of the verifier's generator.

What the fit of the risk and the measurements draw on; the verifier was not trained on these lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from align.bitext import Span
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
