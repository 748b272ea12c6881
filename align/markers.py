"""How probably a marker of negation, time or modality has no answer in the other text.

A "not" may be answered by "lack", a "will" by the plan that is spoken of, and translators are free
with both. No single sign tells a lost marker from a free translation, so all of them are weighed:
whether the words that its predicate stands for bear such a marker, how closely its own words are
related to one, what the rules of its check say, and what the verifier sees at its place. A logistic
regression turns them into log odds, the same for all languages; models/train/markers.py fits it.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from align.bitext import Span
from align.judgement import Floats, Judgement, WordOdds
from align.marker_weights import WEIGHTS
from align.predicates import Reading, bears, predicate_words

LOOSE, SLACK = 0.25, 0.1
"""The cosine and the slack with which a predicate's words find counterparts. They are low: how good
the best of them is counts among the signs."""
WORST, BEHIND = 0.3, 0.3
"""The cosine that a counterpart needs, and how far it may lie behind the best one."""
SURE = 0.36
"""The cosine below which a counterpart is doubtful."""
ANSWER, LICENCE, RIVAL = (2, 3), (1, 2), (1, 1)
"""How many words further than usual before and after a counterpart its markers may stand."""
MOST_SURPLUS = 2
LEAST_CHANCE = 1e-4
EXPLAINED = 0.1
"""How much likelier a marker must be than another one of the same change whose rival is known, to
be told instead of it: what something became says more than that it is gone."""
FAINT = 0.5
"""Probability below which a marker does not even weigh in the risk of its pair."""


@dataclass(frozen=True, slots=True)
class Group:
    """Markers that say one thing, by fields of `Language`; `claim` is what, for messages.

    `answers` say the same in the other text, `licences` may stand there instead, and `rivals` say
    otherwise.
    """

    claim: str
    markers: tuple[str, ...]
    answers: tuple[str, ...]
    licences: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()


_CAN = ("possible", "ability")
GROUPS: Mapping[str, tuple[Group, ...]] = MappingProxyType(
    {
        "negation": (
            Group("denies something", ("negation",), ("negation",), ("implied_negation",)),
        ),
        "tense": (
            Group(
                "is still to come",
                ("future",),
                ("future",),
                licences=("prospective", "foreseen"),
                rivals=("past", "ongoing"),
            ),
            Group("is past", ("past",), ("past",), rivals=("future", "foreseen")),
        ),
        "modality": (
            Group(
                "says it is possible",
                _CAN,
                _CAN,
                licences=("implied_possibility",),
                rivals=("necessary", "future"),
            ),
            Group(
                "says it is necessary",
                ("necessary",),
                ("necessary",),
                licences=("implied_necessity",),
                rivals=(*_CAN, "future"),
            ),
            Group(
                "is still to come",
                ("future",),
                ("future", "foreseen"),
                licences=("prospective",),
                rivals=(*_CAN, "necessary"),
            ),
        ),
    }
)
"""What each check looks at."""


SIGNS = (
    "offset", "tie", "licence tie", "mate", "doubtful", "answered", "licensed", "rival", "surplus",
    "silent", "elsewhere", "risk", "changed", "lacking", "mate changed", "error", "source", "rule",
    "tie, answered", "mate, answered", "mate, unanswered", "silent, doubtful", "rival, mate",
    "risk, unanswered", "changed, unanswered", "second", "second, unanswered", "third",
    "third, unanswered",
)  # fmt: skip
"""What is weighed, in the order of the weights. Cosines, log odds of the verifier, counts, and
truths as 0 or 1; `second` and `third` are the groups of a kind after its first."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A marker of one text, and what speaks for and against its having an answer in the other.

    `counterparts` are the words of the other text that stand for its predicate, the closest first,
    `rivals` the markers there that say otherwise. `signs` has a number for each of `SIGNS`.
    """

    span: Span
    is_source: bool
    group: Group
    counterparts: tuple[Span, ...]
    rivals: tuple[Span, ...]
    signs: tuple[float, ...]

    @property
    def facing(self) -> tuple[Span, ...]:
        """Where the other text says otherwise, or should have said the same; at most one place."""
        return self.rivals[-1:] or self.counterparts[:1]

    @property
    def places(self) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """The marker and what it faces, as spans of the source and of the target."""
        return ((self.span,), self.facing) if self.is_source else (self.facing, (self.span,))


def suspects(
    kind: str,
    sides: tuple[Reading, Reading],
    judgement: Judgement,
    accused: tuple[Sequence[Span], Sequence[Span]],
) -> Iterator[tuple[Marked, float]]:
    """Yield each change once, with its probability, the most probable first; see `find_marked`.

    Where a marker became a rival that has no answer itself, the likelier of the two counts.
    """
    found = list(find_marked(kind, sides, judgement, accused))
    alone = {(marked.is_source, marked.span): chance(kind, marked) for marked in found}
    rated = [(_either(chance(kind, marked), marked, alone), marked) for marked in found]
    said: tuple[list[Span], list[Span]] = ([], [])
    for probability, marked in sorted(rated, key=lambda rating: -_worth(*rating)):
        if probability < FAINT:
            continue
        if not any(
            span.overlaps(other)
            for spans, others in zip(marked.places, said, strict=True)
            for span in spans
            for other in others
        ):
            yield marked, probability
        said[0].extend(marked.places[0])
        said[1].extend(marked.places[1])


def _either(own: float, marked: Marked, alone: Mapping[tuple[bool, Span], float]) -> float:
    rivals = [alone.get((not marked.is_source, rival), 0.0) for rival in marked.rivals[-1:]]
    return max(own, *rivals) if own >= FAINT and rivals else own


def _worth(probability: float, marked: Marked) -> float:
    return probability + EXPLAINED * bool(marked.rivals)


def find_marked(
    kind: str,
    sides: tuple[Reading, Reading],
    judgement: Judgement,
    accused: tuple[Sequence[Span], Sequence[Span]],
) -> Iterator[Marked]:
    """Yield each marker of the two texts with its signs.

    Args:
        kind: One of `GROUPS`.
        sides: The source and the target, each as seen from its own side.
        judgement: What the verifier says of the pair.
        accused: Spans of the two texts at which the rules of the check see an error.
    """
    odds = judgement.source, judgement.target
    for number, group in enumerate(GROUPS[kind]):
        for side in (0, 1):
            own, other = sides[side], sides[1 - side]
            if not _patterns(other, group.answers):
                continue
            seen = _Facing(own, other, group)
            verdict = _Verdict(judgement, odds[side], odds[1 - side], kind)
            for span in own.markers(_patterns(own, group.markers)):
                if own.at(span):
                    is_accused = any(span.overlaps(one) for one in accused[side])
                    yield _marked(span, seen, verdict, (side == 0, number, is_accused))


def chance(kind: str, marked: Marked) -> float:
    """Return the probability that a marker is lost, added or changed."""
    odds = sum(w * sign for w, sign in zip(WEIGHTS[kind], marked.signs, strict=True))
    return round(1.0 / (1.0 + math.exp(-odds)), 4)


class _Facing:
    """The markers of a group in one text and what may answer them in the other."""

    def __init__(self, own: Reading, other: Reading, group: Group) -> None:
        self.own, self.other, self.group = own, other, group
        self.answers = other.markers(_patterns(other, group.answers))
        self.licences = other.markers(_patterns(other, group.answers + group.licences))
        self.rivals = other.markers(_patterns(other, group.rivals))
        surplus = len(own.markers(_patterns(own, group.markers))) - len(self.answers)
        self.surplus = max(-MOST_SURPLUS, min(MOST_SURPLUS, surplus))

    def tie(self, span: Span, answers: Sequence[Span]) -> float:
        """Return the best cosine of a marker's words with those of its answers."""
        rows = self.own.at(span)
        columns = [j for answer in answers for j in self.other.at(answer)]
        return float(self.own.links[np.ix_(rows, columns)].max()) if columns else 0.0


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What the verifier says of a pair: of the text with the marker, and of the other one."""

    judgement: Judgement
    own: WordOdds
    other: WordOdds
    kind: str


def _marked(span: Span, seen: _Facing, verdict: _Verdict, place: tuple[bool, int, bool]) -> Marked:
    own, other = seen.own, seen.other
    found = own.counterparts(predicate_words(own, span), LOOSE, SLACK)
    ties = {j: float(own.links[i, j]) for j, i in found.items()}
    mate = max(ties.values(), default=0.0)
    near = sorted((j for j in ties if ties[j] >= max(WORST, mate - BEHIND)), key=lambda j: -ties[j])
    counterparts = tuple(other.words[j] for j in near)
    rivals = tuple(r for j in near[::-1] for r in bears(other, seen.rivals, j, RIVAL))
    is_answered = any(bears(other, seen.answers, j, ANSWER) for j in near)
    is_licensed = any(bears(other, seen.licences, j, LICENCE) for j in near)
    is_source, number, is_accused = place
    tie, doubtful = seen.tie(span, seen.answers), float(mate < SURE)
    rival, silent = float(bool(rivals)), float(not seen.licences)
    risk = _odds(verdict.judgement.risk)
    changed = _odds(_at(verdict.own.spans, verdict.own.changed, (span,)))
    answered, unanswered = float(is_answered), float(not is_answered)
    signs = (
        1.0,
        tie,
        seen.tie(span, seen.licences),
        mate,
        doubtful,
        answered,
        float(is_licensed),
        rival,
        float(seen.surplus),
        silent,
        float(bool(seen.answers)),
        risk,
        changed,
        _odds(_at(verdict.own.spans, verdict.own.lacking, (span,))),
        _odds(_at(verdict.other.spans, verdict.other.changed, counterparts)),
        _odds(verdict.judgement.errors.get(verdict.kind, 0.0)),
        float(is_source),
        float(is_accused),
        tie * answered,
        mate * answered,
        mate * unanswered,
        silent * doubtful,
        rival * mate,
        risk * unanswered,
        changed * unanswered,
        float(number == 1),
        float(number == 1) * unanswered,
        float(number == 2),
        float(number == 2) * unanswered,
    )
    return Marked(span, is_source, seen.group, counterparts, rivals, signs)


def _patterns(reading: Reading, fields: Sequence[str]) -> tuple[str, ...]:
    return tuple(p for field in fields for p in getattr(reading.language, field))


def _at(words: Sequence[Span], values: Floats, spans: Sequence[Span]) -> float:
    return max(
        (
            float(value)
            for word, value in zip(words, values, strict=True)
            if any(word.overlaps(span) for span in spans)
        ),
        default=0.0,
    )


def _odds(chance: float) -> float:
    inside = min(max(float(chance), LEAST_CHANCE), 1.0 - LEAST_CHANCE)
    return float(np.log(inside / (1.0 - inside)))
