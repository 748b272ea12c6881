"""Which original each translation comes from, how sure that is, and when nobody can tell."""

import math
from collections.abc import Iterable, Sequence

from align.bitext import Document
from align.config import BeadSettings, Config
from align.encoder import Encoder
from align.languages import find_language
from align.match.candidates import candidate, short_lists
from align.match.matches import Candidate, Match, Matches, Status
from align.match.profiles import Profile, profiles
from align.vectors import Centre

# Logistic regressions on NTREX's training articles with distractors; `eval/match.py` draws them.
_IS_ORIGINAL = (-32.16, 35.95, 2.08)
"""That the best candidate is an original at all: bias, its coverage, the logarithm of the
translation's segments, since a sentence that two stories share weighs more in a short one."""
_IS_FIRST = (0.18, 69.97)
"""That it is the original rather than another version of it: bias, its margin."""

LEAST_SURE = 0.5
"""Chance of being an original below which a translation stays unmatched."""

LEAST_FIRST = 0.9
"""Chance of the first candidate against the others below which a match is ambiguous."""


def match(
    sources: Iterable[Document], targets: Iterable[Document], config: Config, encoder: Encoder
) -> Matches:
    """Find the original of each translation.

    Vectors of whole texts give a short list, so that time grows with the number of texts and not
    with the number of pairs; what is on it is aligned. An original may have several translations; a
    translation has one original or none. A text is never the translation of one in its language.

    Args:
        sources: The originals as read, in any languages; they are read one by one.
        targets: The translations as read, in any languages.
        config: Settings.
        encoder: A loaded encoder.

    Returns:
        A match for each translation, in the order given.
    """
    ours = tuple(profiles(sources, config, encoder))
    theirs = tuple(profiles(targets, config, encoder))
    return decide(ours, theirs, config.beads, encoder.centre)


def decide(
    sources: Sequence[Profile],
    targets: Sequence[Profile],
    settings: BeadSettings,
    centre: Centre | None,
) -> Matches:
    """Find the original of each translation, as `match` does, from profiles."""
    found = []
    lists = short_lists(sources, targets, centre)
    for number, (target, numbers) in enumerate(zip(targets, lists, strict=True)):
        tried = [candidate(i, sources[i], target, settings) for i in numbers]
        tried.sort(key=lambda one: -one.coverage)
        found.append(_decided(number, tuple(tried), sources, target))
    return Matches(tuple(s.text for s in sources), tuple(t.text for t in targets), tuple(found))


def _decided(
    number: int, tried: tuple[Candidate, ...], sources: Sequence[Profile], target: Profile
) -> Match:
    if not tried:
        return Match(number, "unmatched", 0.0, (), _why_none(sources, target))
    bare = Match(number, "matched", 0.0, tried)
    is_original = _chance(_IS_ORIGINAL, tried[0].coverage, math.log(target.text.segments))
    is_first = _chance(_IS_FIRST, bare.margin) if bare.runner_up else 1.0
    status: Status = "matched"
    reason = ""
    best = sources[tried[0].source].text.name
    if is_original < LEAST_SURE:
        status = "unmatched"
        reason = f"the nearest original, {best}, covers too little of it"
    elif bare.runner_up and is_first < LEAST_FIRST:
        status = "ambiguous"
        reason = f"{sources[bare.runner_up.source].text.name} covers it nearly as well"
    return Match(number, status, round(is_original * is_first, 4), tried, reason)


def _why_none(sources: Sequence[Profile], target: Profile) -> str:
    if not len(target.side):
        return "it has no text"
    full = [source for source in sources if len(source.side)]
    if not full:
        return "there is no original with text"
    return f"every original is in its own language, {find_language(target.language).name}"


def _chance(weights: Sequence[float], *values: float) -> float:
    bias, *slopes = weights
    total = bias + sum(slope * value for slope, value in zip(slopes, values, strict=True))
    return 1 / (1 + math.exp(-total))
