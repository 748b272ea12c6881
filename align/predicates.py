"""Finds small words such as "not" or "will", and where the other text has the word they stand at.

A lost "not" cannot be seen by counting: Vietnamese negates where English has "lack", and English
where Vietnamese has "khó". So a marker is judged at its predicate: the words beside it are followed
through the word relatedness to the other text, and only what stands around their counterparts is
compared. On which side of a marker its predicate stands is a fact of the language.
"""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import regex

from align.bitext import Span
from align.languages.language import Language
from align.vectors import Relatedness, Vectors

LEAST = 0.32
"""A cosine from which two words count as related; lower than for content words that are looked up
alone, since a verb and its rendering drift apart. Chosen on NTREX English-Vietnamese, train."""
CLOSE = 0.08
"""How far below the best of its column a cosine may lie: one word may answer to two syllables."""
SURE = 0.36
"""The cosine a predicate and its counterpart need: below it the sentence is too free to judge.
Chosen on NTREX English-Vietnamese, train."""

_BORDER = regex.compile(r"[,;:.!?()\[\]“”\"«»–—]|\s-\s")


@dataclass(frozen=True, slots=True)
class Reading:
    """One text of a pair with its words and their cosines to the words of the other text.

    `links` has shape (own words, other words).
    """

    text: str
    language: Language
    words: tuple[Span, ...]
    links: Vectors

    def markers(self, patterns: tuple[str, ...]) -> list[Span]:
        """Return where any of the patterns stands as whole words, in reading order."""
        return find_markers(self.text, patterns)

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


def readings(
    texts: tuple[str, str], languages: tuple[Language, Language], related: Relatedness
) -> tuple[Reading, Reading]:
    """Return the two texts of a pair, each as seen from its own side."""
    back = np.ascontiguousarray(related.matrix.T)
    return (
        Reading(texts[0], languages[0], related.source_words, related.matrix),
        Reading(texts[1], languages[1], related.target_words, back),
    )


@functools.cache
def _compiled(patterns: tuple[str, ...]) -> regex.Pattern[str]:
    # Where words are not set apart by spaces, a letter beside a marker says nothing. Letters are
    # the same in either case, and sets need no subtraction: each to be said halves the time that it
    # takes to compile a pattern.
    unspaced = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]"
    letter = rf"(?-i:(?!{unspaced})[\p{{L}}\p{{M}}\p{{N}}])"
    before = rf"(?-i:(?<![\p{{L}}\p{{M}}\p{{N}}])|(?<={unspaced}))"
    return regex.compile(rf"{before}(?:{'|'.join(patterns)})(?!{letter}|['’]t)", regex.I | regex.V0)


def find_markers(text: str, patterns: tuple[str, ...]) -> list[Span]:
    """Return where any of the patterns stands as whole words, in reading order."""
    if not patterns:
        return []
    return [Span(*match.span()) for match in _compiled(patterns).finditer(text)]


def predicate_words(reading: Reading, marker: Span) -> list[int]:
    """Return the words in which the predicate of a marker is to be looked for.

    The marker's own word is one of them if it is a word of content, as an inflected verb is.
    """
    own = reading.at(marker)
    if not own:
        return []
    before, after = reading.language.predicate_reach
    around = {*reading.around(own[0], before, 0), *reading.around(own[-1], 0, after)}
    return sorted(around - set(own)) + [i for i in own if not _is_small(reading, i)]


def is_verb_final(language: Language) -> bool:
    """Tell whether predicates precede their markers, as in Turkish and Japanese."""
    before, after = language.predicate_reach
    return before > after


def mates(own: Reading, other: Reading, marker: Span, least: float = SURE) -> list[int]:
    """Return the words of the other text that stand for the predicate of a marker of this one."""
    words = [i for i in predicate_words(own, marker) if not _is_small(own, i)]
    return sorted(j for j in own.counterparts(words, least) if not _is_small(other, j))


def _is_small(reading: Reading, index: int) -> bool:
    return is_small(reading.words[index].of(reading.text), reading.language)


def is_small(word: str, language: Language) -> bool:
    """Tell whether a word is never a predicate, as articles and prepositions are not."""
    patterns = language.small_words
    return bool(patterns and _compiled(patterns).fullmatch(word))


def bears(
    reading: Reading, spans: Iterable[Span], index: int, wider: tuple[int, int] = (0, 0)
) -> list[Span]:
    """Return those of `spans` that stand where the markers of one word do, or `wider` around."""
    after, before = reading.language.predicate_reach
    return near(reading, spans, index, before + wider[0], after + wider[1])


def unlicensed(
    own: Reading,
    other: Reading,
    markers: Iterable[Span],
    licences: list[Span],
    wider: tuple[int, int],
) -> Iterator[tuple[Span, list[int]]]:
    """Yield the markers whose predicate bears none of the licences in the other text.

    With each marker come the words of the other text that stand for its predicate. They are empty
    if there is none, which is only reported if the whole text holds no licence.
    """
    for marker in markers:
        found = mates(own, other, marker)
        if (found and not any(bears(other, licences, j, wider) for j in found)) or (
            not found and not licences and other.text
        ):
            yield marker, found


def near(
    reading: Reading, spans: Iterable[Span], index: int, before: int, after: int
) -> list[Span]:
    """Return those of `spans` that touch the words near one word, within its clause."""
    around = reading.around(index, before, after)
    reach = Span(reading.words[around[0]].start, reading.words[around[-1]].end)
    return [span for span in spans if span.overlaps(reach)]
