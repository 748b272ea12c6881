"""What happens to an article and its translation on the way to a web page, with the beads known.

An article is a list of pairs of sentences that stand for each other. `noised` joins, loses, moves,
repeats and inserts sentences at given rates and keeps count, so that the true beads are exact.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

Pair = tuple[str, str]
Bead = tuple[tuple[int, ...], tuple[int, ...]]

FEWEST_TO_MOVE = 12
"""A text of fewer items is too short to have a block moved, repeated or cut off."""

# What surrounds articles on pages in any language. Each side has lines of its own: two that say the
# same would be counterparts indeed.
SOURCE_PAGE_LINES = ("12:45", "© 2019", "Facebook Twitter E-mail", "www.example.org/news", "1 / 5")
TARGET_PAGE_LINES = ("+1 555 0100", "* * *", "Video 02:31", "#live", "AAA")


@dataclass(frozen=True, slots=True)
class Noise:
    """How much happens: chances per sentence, and expected numbers of blocks."""

    merged: float = 0.0
    """Chance that a pair is joined with the next one or two, on one side."""
    deleted: float = 0.0
    """Chance that a unit is lost from one of the two sides."""
    inserted: float = 0.0
    """Chance of something unrelated before a sentence; half of it is page furniture."""
    truncated: float = 0.0
    """Blocks of two to five units cut off at one end of one side."""
    repeated: float = 0.0
    """Blocks of one to three items that one side shows a second time."""
    moved: float = 0.0
    """Blocks of two to four items that the target has elsewhere."""


@dataclass(frozen=True, slots=True)
class Case:
    """Two lists of sentences and the beads between them, gaps included."""

    name: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    beads: tuple[Bead, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    """Sentences of one side that stay together; `unit` is None if nothing stands for them."""

    unit: int | None
    texts: tuple[str, ...]


KINDS = {
    "clean": Noise(),
    "merge": Noise(merged=0.15),
    "delete 10 %": Noise(deleted=0.1),
    "delete 30 %": Noise(deleted=0.3),
    "insert": Noise(inserted=0.1),
    "truncate": Noise(truncated=1.0, inserted=0.03),
    "repeat": Noise(repeated=1.0),
    "move": Noise(moved=1.0),
    "web": Noise(merged=0.12, deleted=0.1, inserted=0.06, repeated=0.5, moved=0.3),
}


def scaled(noise: Noise, strength: float) -> Noise:
    """Return the same mixture, weaker or stronger."""
    return Noise(
        merged=noise.merged * strength,
        deleted=noise.deleted * strength,
        inserted=noise.inserted * strength,
        truncated=noise.truncated * strength,
        repeated=noise.repeated * strength,
        moved=noise.moved * strength,
    )


def noised(
    name: str, pairs: Sequence[Pair], noise: Noise, strangers: Sequence[Pair], rng: random.Random
) -> Case:
    """Return what is left of an article and its translation.

    Args:
        name: What the case is called.
        pairs: The sentences of the article, each with its translation.
        noise: How much happens.
        strangers: Pairs of other articles, to insert from.
        rng: The only source of chance.
    """
    source, target = _merged(pairs, noise.merged, rng)
    _lose(source, target, noise.deleted, rng)
    for _ in range(_times(noise.truncated, rng)):
        _cut(rng.choice((source, target)), rng)
    for _ in range(_times(noise.moved, rng)):
        _shift(target, rng)
    for _ in range(_times(noise.repeated, rng)):
        _repeat(rng.choice((source, target)), rng)
    for side, own, lines in ((0, source, SOURCE_PAGE_LINES), (1, target, TARGET_PAGE_LINES)):
        _insert(own, lines, [pair[side] for pair in strangers], noise.inserted, rng)
    return _case(name, source, target)


def _merged(
    pairs: Sequence[Pair], chance: float, rng: random.Random
) -> tuple[list[_Item], list[_Item]]:
    source: list[_Item] = []
    target: list[_Item] = []
    start = 0
    while start < len(pairs):
        size = rng.choice((2, 2, 3)) if rng.random() < chance else 1
        group = pairs[start : start + size]
        sides = [tuple(pair[k] for pair in group) for k in (0, 1)]
        if len(group) > 1:
            joined = rng.randrange(2)
            sides[joined] = (" ".join(sides[joined]),)
        source.append(_Item(len(source), sides[0]))
        target.append(_Item(len(target), sides[1]))
        start += size
    return source, target


def _lose(source: list[_Item], target: list[_Item], chance: float, rng: random.Random) -> None:
    for unit in range(len(source)):
        if rng.random() < chance:
            side = rng.choice((source, target))
            side[:] = [item for item in side if item.unit != unit]


def _times(expected: float, rng: random.Random) -> int:
    whole = int(expected)
    return whole + (rng.random() < expected - whole)


def _cut(side: list[_Item], rng: random.Random) -> None:
    if len(side) >= FEWEST_TO_MOVE:
        size = rng.randint(2, 5)
        del side[slice(size) if rng.random() < 0.5 else slice(-size, None)]


def _shift(side: list[_Item], rng: random.Random) -> None:
    if len(side) >= FEWEST_TO_MOVE:
        start, block = _block(side, rng.randint(2, 4), rng)
        del side[start : start + len(block)]
        place = rng.choice([p for p in range(len(side) + 1) if abs(p - start) >= 4])
        side[place:place] = block


def _repeat(side: list[_Item], rng: random.Random) -> None:
    if len(side) >= FEWEST_TO_MOVE:
        start, block = _block(side, rng.randint(1, 3), rng)
        # Side by side nobody could tell which of the two is the copy.
        last = start + len(block)
        place = rng.choice([p for p in range(len(side) + 1) if p <= start - 4 or p >= last + 4])
        side[place:place] = [_Item(None, item.texts) for item in block]


def _block(side: Sequence[_Item], size: int, rng: random.Random) -> tuple[int, list[_Item]]:
    start = rng.randint(0, len(side) - size)
    return start, list(side[start : start + size])


def _insert(
    side: list[_Item],
    lines: Sequence[str],
    strangers: Sequence[str],
    chance: float,
    rng: random.Random,
) -> None:
    grown = []
    for item in side:
        if rng.random() < chance:
            pool = lines if rng.random() < 0.5 else strangers
            grown.append(_Item(None, (rng.choice(pool),)))
        grown.append(item)
    side[:] = grown


def _case(name: str, source: Sequence[_Item], target: Sequence[_Item]) -> Case:
    source_texts, source_places, source_alone = _laid_out(source)
    target_texts, target_places, target_alone = _laid_out(target)
    both = source_places.keys() & target_places.keys()
    beads = [(source_places[unit], target_places[unit]) for unit in sorted(both)]
    beads += [
        ((i,), ()) for unit, places in source_places.items() if unit not in both for i in places
    ]
    beads += [
        ((), (j,)) for unit, places in target_places.items() if unit not in both for j in places
    ]
    beads += [((i,), ()) for i in source_alone] + [((), (j,)) for j in target_alone]
    return Case(name, source_texts, target_texts, tuple(beads))


def _laid_out(
    side: Sequence[_Item],
) -> tuple[tuple[str, ...], dict[int, tuple[int, ...]], list[int]]:
    """Return the sentences of a side, the places of each unit, and those of no unit."""
    texts: list[str] = []
    places: dict[int, tuple[int, ...]] = {}
    alone: list[int] = []
    for item in side:
        numbers = range(len(texts), len(texts) + len(item.texts))
        if item.unit is None:
            alone.extend(numbers)
        else:
            places[item.unit] = tuple(numbers)
        texts.extend(item.texts)
    return tuple(texts), places, alone
