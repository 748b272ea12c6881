"""Finds small words such as "not" or "will", and where the other text has the word they stand at.

A lost "not" cannot be seen by counting: Vietnamese negates where English has "lack", and English
where Vietnamese has "khó". So a marker is judged at its predicate: the words beside it are followed
through the word relatedness to the other text, and only what stands around their counterparts is
compared. English and Vietnamese both put such markers before the predicate.
"""

import functools
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import regex

from align.bitext import Span
from align.vectors import Relatedness, Vectors

LEAST = 0.32
"""A cosine from which two words count as related; lower than for content words that are looked up
alone, since a verb and its rendering drift apart. Chosen on NTREX English-Vietnamese, train."""
CLOSE = 0.08
"""How far below the best of its column a cosine may lie: one word may answer to two syllables."""
WITHIN = 3
"""How many words after a marker may hold its predicate: "will also be held", "sẽ được tổ chức"."""

_BORDER = regex.compile(r"[,;:.!?()\[\]“”\"«»–—]|\s-\s")


@dataclass(frozen=True, slots=True)
class Reading:
    """One text of a pair with its words and their cosines to the words of the other text.

    `links` has shape (own words, other words).
    """

    text: str
    words: tuple[Span, ...]
    links: Vectors

    def at(self, span: Span) -> list[int]:
        """Return the words that `span` touches."""
        return [i for i, word in enumerate(self.words) if word.overlaps(span)]

    def around(self, index: int, before: int, after: int) -> list[int]:
        """Return the words near one word, up to the borders of its clause."""
        low, high = index, index
        while low > 0 and index - low < before and self._joined(low - 1):
            low -= 1
        while high + 1 < len(self.words) and high - index < after and self._joined(high):
            high += 1
        return list(range(low, high + 1))

    def _joined(self, index: int) -> bool:
        between = self.text[self.words[index].end : self.words[index + 1].start]
        return not _BORDER.search(between)

    def counterparts(
        self, indices: Iterable[int], least: float = LEAST, slack: float = CLOSE
    ) -> dict[int, int]:
        """Map words of the other text to the word of this one, out of `indices`, that each answers.

        A word of the other text counts when it is the best of its row, its cosine is at least
        `least`, and no other word of this text claims it by more than `slack`.
        """
        found: dict[int, int] = {}
        if not self.links.size:
            return found
        for i in indices:
            j = int(self.links[i].argmax())
            cosine = float(self.links[i, j])
            if cosine >= least and cosine >= float(self.links[:, j].max()) - slack:
                found[j] = i
        return found

    def claimed(self, indices: Iterable[int], least: float, slack: float) -> dict[int, float]:
        """Map the words of the other text that some of `indices` claim to the cosine of the claim.

        A word is claimed when none of the other words of this text has a cosine with it that is
        higher by more than `slack`, and the claim is at least `least`.
        """
        own = list(indices)
        if not own or not self.links.size:
            return {}
        claims = self.links[own].max(axis=0)
        wins = (claims >= least) & (claims >= self.links.max(axis=0) - slack)
        return {int(j): float(claims[j]) for j in np.flatnonzero(wins)}


def readings(source: str, target: str, related: Relatedness) -> tuple[Reading, Reading]:
    """Return the two texts of a pair, each as seen from its own side."""
    return (
        Reading(source, related.source_words, related.matrix),
        Reading(target, related.target_words, np.ascontiguousarray(related.matrix.T)),
    )


@functools.cache
def _compiled(patterns: tuple[str, ...]) -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<![\p{{L}}\p{{M}}\p{{N}}])(?:{'|'.join(patterns)})(?![\p{{L}}\p{{M}}\p{{N}}]|['’]t)",
        regex.I,
    )


def find_markers(text: str, patterns: tuple[str, ...]) -> list[Span]:
    """Return where any of the patterns stands as whole words, in reading order."""
    if not patterns:
        return []
    return [Span(*match.span()) for match in _compiled(patterns).finditer(text)]


def predicate_words(reading: Reading, marker: Span, within: int = WITHIN) -> list[int]:
    """Return the words in which the predicate of a marker is to be looked for."""
    own = reading.at(marker)
    return reading.around(own[-1], 0, within)[1:] if own else []


def near(
    reading: Reading, spans: Iterable[Span], index: int, before: int, after: int
) -> list[Span]:
    """Return those of `spans` that touch the words near one word, within its clause."""
    around = reading.around(index, before, after)
    reach = Span(reading.words[around[0]].start, reading.words[around[-1]].end)
    return [span for span in spans if span.overlaps(reach)]
