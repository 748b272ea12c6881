"""Pairs to learn from: faithful ones, the same with an error, and real machine translation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from align.bitext import Span
from align.judgement import ERRORS
from align.verifier import MARKS, marks
from models.train.corpus import Text, join
from models.train.lines import Edit

_T = TypeVar("_T")

Labels = NDArray[np.int8]
"""A label for each token: 1, 0, or -1 where nobody can say."""

MARGIN = 0.04
"""A token is said to belong to what was taken if it is this much closer to it than to the rest."""
RELATED = 0.2


@dataclass(frozen=True, slots=True)
class Example:
    """A pair and what the network should say of it.

    `lost`, `changed` and `bad` have one row a side. `error` is empty for a faithful pair, and
    None where only the token labels or `critical` are known. Pairs of one `group` share a
    faithful version.
    """

    source: Text
    target: Text
    lost: tuple[Labels, Labels]
    changed: tuple[Labels, Labels]
    bad: tuple[Labels, Labels]
    error: str | None
    critical: bool | None
    group: int
    kind: str = ""

    @property
    def tokens(self) -> int:
        """Tokens of both sides."""
        return len(self.source.spans) + len(self.target.spans)


@dataclass(slots=True)
class Draft:
    """A pair one of whose texts still needs its vectors: part `part` of side `side` was edited."""

    sides: tuple[list[Text], list[Text]]
    side: int
    part: int
    edit: Edit
    group: int
    encoded: Text | None = field(default=None)


def unknown(text: Text) -> Labels:
    """Return labels that say nothing."""
    return np.full(len(text.spans), -1, np.int8)


def all_of(text: Text, value: int) -> Labels:
    """Return the same label for every token."""
    return np.full(len(text.spans), value, np.int8)


def touching(text: Text, spans: Sequence[Span]) -> NDArray[np.bool_]:
    """Tell which tokens touch one of the spans."""
    return np.array([any(t.overlaps(s) for s in spans) for t in text.spans], bool)


def project(taken: NDArray[np.bool_], own: Text, other: Text) -> Labels:
    """Find the tokens of the other side whose counterparts were taken."""
    found = np.zeros(len(other.spans), np.int8)
    if not taken.any() or not len(other.spans):
        return found
    matrix = own.centred() @ other.centred().T
    inside = matrix[taken].max(axis=0)
    outside = matrix[~taken].max(axis=0, initial=-1.0)
    sure = (inside > outside + MARGIN) & (inside > RELATED)
    found[sure] = 1
    found[~sure & (inside > outside - MARGIN)] = -1
    return _bridged(found)


def _bridged(labels: Labels) -> Labels:
    """Fill the doubtful between two taken tokens: a phrase is lost as a whole."""
    ones = np.flatnonzero(labels == 1)
    for a, b in pairwise(ones.tolist()):
        between = labels[a + 1 : b]
        if 0 < len(between) <= 4 and (between == -1).any():
            labels[a + 1 : b] = 1
    return labels


def faithful(base: tuple[list[Text], list[Text]], group: int) -> Example:
    """Return a pair without errors."""
    source, target = join(base[0]), join(base[1])
    none = (all_of(source, 0), all_of(target, 0))
    bad = (unknown(source), unknown(target))
    return Example(source, target, none, none, bad, "", None, group, "clean")


def unrelated(source: list[Text], target: list[Text], group: int) -> Example:
    """Return a pair whose target belongs elsewhere."""
    one, other = join(source), join(target)
    every = (all_of(one, 1), all_of(other, 1))
    bad = (unknown(one), unknown(other))
    return Example(one, other, every, bad, bad, "unrelated", None, group, "unrelated")


def with_sentence(
    base: tuple[list[Text], list[Text]], side: int, place: int, extra: Text, group: int
) -> Example:
    """Return a pair one of whose sides has a sentence more, before its sentence `place`.

    Where it stands must vary: weights that only saw such sentences last take a first one for
    translated.
    """
    parts = [list(base[0]), list(base[1])]
    parts[side].insert(place, extra)
    texts = [join(own) for own in parts]
    lost = [all_of(texts[0], 0), all_of(texts[1], 0)]
    lost[side] = np.concatenate([all_of(part, int(part is extra)) for part in parts[side]])
    changed = (all_of(texts[0], 0), all_of(texts[1], 0))
    error = "omission" if side == 0 else "addition"
    bad = (unknown(texts[0]), unknown(texts[1]))
    return Example(
        texts[0], texts[1], (lost[0], lost[1]), changed, bad, error, None, group, "sentence"
    )


def finish(draft: Draft) -> Example | None:
    """Return the example that a draft makes now that its edited text has vectors."""
    edit, here = draft.edit, draft.side
    assert draft.encoded is not None  # noqa: S101 - the factory has just set it
    if not draft.encoded.spans:
        return None
    clean = [join(part) for part in draft.sides]
    parts = list(draft.sides[here])
    shift = sum(len(p.text) + 1 for p in parts[: draft.part])
    parts[draft.part] = draft.encoded
    edited = join(parts)
    taken = touching(clean[here], [s.shift(shift) for s in edit.taken])
    own = touching(edited, [s.shift(shift) for s in edit.given]).astype(np.int8)
    theirs = project(taken, clean[here], clean[1 - here])
    if edit.error == "lost" and not (theirs == 1).any():
        return None
    none = [all_of(edited, 0), all_of(clean[1 - here], 0)]
    pair = [own, theirs] if edit.error else none
    is_lack = edit.error in ("lost", "gained")
    ordered = {True: _ordered(pair, here), False: _ordered(none, here)}
    texts = _ordered([edited, clean[1 - here]], here)
    bad = (unknown(texts[0]), unknown(texts[1]))
    return Example(
        texts[0],
        texts[1],
        ordered[is_lack],
        ordered[not is_lack],
        bad,
        _error(edit.error, here),
        None,
        draft.group,
        edit.kind,
    )


def _ordered(pair: Sequence[_T], here: int) -> tuple[_T, _T]:
    return (pair[0], pair[1]) if here == 0 else (pair[1], pair[0])


def _error(error: str, side: int) -> str:
    if error == "lost":
        return "addition" if side == 0 else "omission"
    if error == "gained":
        return "omission" if side == 0 else "addition"
    return error


@dataclass(frozen=True, slots=True)
class Batch:
    """Arrays of one step; see `models.train.network.Network.forward` for the first three."""

    vectors: NDArray[np.float32]
    side: NDArray[np.int64]
    marks: NDArray[np.float32]
    tokens: NDArray[np.float32]
    errors: NDArray[np.float32]
    critical: NDArray[np.float32]
    group: NDArray[np.int64]


def collate(examples: Sequence[Example]) -> Batch:
    """Pad examples to one length. Labels nobody knows are -1."""
    rows, width = len(examples), max(4, *(e.tokens for e in examples)) + 1
    dimension = examples[0].source.vectors.shape[1]
    batch = Batch(
        np.zeros((rows, width, dimension), np.float32),
        np.full((rows, width), -1, np.int64),
        np.zeros((rows, width, MARKS), np.float32),
        np.full((rows, width, 3), -1, np.float32),
        np.full((rows, len(ERRORS) + 1), -1, np.float32),
        np.full(rows, -1, np.float32),
        np.array([e.group for e in examples]),
    )
    batch.side[:, 0] = 0
    for k, example in enumerate(examples):
        _fill(batch, k, example)
    return batch


def _fill(batch: Batch, k: int, example: Example) -> None:
    texts = (example.source, example.target)
    start = 1
    for which, text in enumerate(texts):
        other = texts[1 - which]
        place = slice(start, start + len(text.spans))
        batch.vectors[k, place] = text.centred()
        batch.side[k, place] = which + 1
        batch.marks[k, place] = marks(text.text, text.spans, other.text, other.spans)
        for label, pair in enumerate((example.lost, example.changed, example.bad)):
            batch.tokens[k, place, label] = pair[which]
        start += len(text.spans)
    if example.error is not None:
        batch.errors[k] = 0
        if example.error:
            batch.errors[k, ERRORS.index(example.error)] = 1
            batch.errors[k, -1] = 1
    if example.critical is not None:
        batch.critical[k] = example.critical


def batches(examples: Sequence[Example], tokens: int, rng: Random) -> Iterator[list[Example]]:
    """Cut examples into batches of about `tokens` tokens, of like lengths, groups together."""
    groups: dict[int, list[Example]] = {}
    for example in examples:
        groups.setdefault(example.group, []).append(example)
    ordered = sorted(groups.values(), key=lambda g: max(e.tokens for e in g))
    found: list[list[Example]] = []
    batch: list[Example] = []
    for group in ordered:
        width = max(e.tokens for e in group)
        if batch and (len(batch) + len(group)) * width > tokens:
            found.append(batch)
            batch = []
        batch.extend(group)
    if batch:
        found.append(batch)
    rng.shuffle(found)
    yield from found
