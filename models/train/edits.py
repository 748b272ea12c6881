"""Errors that translators and machines make, planted in a sentence of any language.

An edit changes one side of a faithful pair and says what it took away and what it put there. Which
words of the other side are concerned is found by the caller, through the alignment of the unedited
pair. Every edit is a function of a line, its neighbours and a random generator, and returns None
where the sentence does not lend itself to it.
"""

from random import Random

from align.bitext import Span
from models.train import meaning, rewording
from models.train.lines import (
    Context,
    Edit,
    Editor,
    Line,
    clauses,
    phrases,
    put,
    with_piece,
    without,
)

_SHORT = 5
"""Words of a sentence too short to lose anything."""
_LONG = 10
"""Words of a sentence in which a few that are lost or added are easily overlooked."""


def delete(line: Line, context: Context, rng: Random) -> Edit | None:
    """Leave out a clause, a phrase, or a run of words."""
    count = len(line.words)
    if count < _SHORT:
        return None
    way = rng.random()
    if way < 0.3:
        runs = [r for r in clauses(line) if r[1] - r[0] + 1 <= count * 0.6]
    elif way < 0.8:
        runs = [r for r in phrases(line) if r[1] - r[0] + 1 <= min(14, count * 0.5)]
    else:
        start, size = rng.randrange(count), rng.choice((1, 1, 2, 3, 4, 6))
        runs = [(start, min(count, start + size) - 1)]
    runs = [r for r in runs if any(not line.common[k] for k in range(r[0], r[1] + 1))]
    if not runs:
        return None
    first, last = rng.choice(runs)
    return without(line, Span(line.words[first].start, line.words[last].end), "delete", rng)


def drop_words(line: Line, context: Context, rng: Random) -> Edit | None:
    """Leave out one to four words of a long sentence."""
    count = len(line.words)
    if count < _LONG:
        return None
    if rng.random() < 0.6:
        runs = [r for r in phrases(line) if r[1] - r[0] < 4]
    else:
        start, size = rng.randrange(count), rng.choice((1, 1, 2, 2, 3, 4))
        runs = [(start, min(count, start + size) - 1)]
    runs = [r for r in runs if any(not line.common[k] for k in range(r[0], r[1] + 1))]
    if not runs:
        return None
    first, last = rng.choice(runs)
    return without(line, Span(line.words[first].start, line.words[last].end), "drop", rng)


def add_words(line: Line, context: Context, rng: Random) -> Edit | None:
    """Put a short phrase of another sentence into a long one."""
    if not context.others or len(line.words) < _LONG:
        return None
    donor = rng.choice(context.others)
    runs = [r for r in phrases(donor) if r[1] - r[0] < 4]
    if not runs:
        return None
    first, last = rng.choice(runs)
    piece = donor.text[donor.words[first].start : donor.words[last].end]
    return None if piece.casefold() in line.text.casefold() else with_piece(line, piece, rng)


def swap_words(line: Line, context: Context, rng: Random) -> Edit | None:
    """Let two words that tell something change places, with words between that tell how."""
    own = [
        word
        for k, word in enumerate(line.words)
        if not line.common[k] and (len(word) > 3 or line.names[k])
    ]
    if len(own) < 3:
        return None
    i = rng.randrange(len(own) - 1)
    return _swapped(line, own[i], own[min(len(own) - 1, i + rng.choice((1, 1, 2, 3)))])


def insert(line: Line, context: Context, rng: Random) -> Edit | None:
    """Put in a clause or phrase of another sentence of the article."""
    if not context.others or len(line.words) < 3:
        return None
    donor = rng.choice(context.others)
    runs = clauses(donor) if rng.random() < 0.4 else phrases(donor)
    runs = [r for r in runs if r[1] - r[0] < 14]
    if not runs:
        return None
    first, last = rng.choice(runs)
    piece = donor.text[donor.words[first].start : donor.words[last].end]
    if piece.casefold() in line.text.casefold():
        return None
    return with_piece(line, piece, rng)


def replace_phrase(line: Line, context: Context, rng: Random) -> Edit | None:
    """Put a phrase of another sentence in the place of one."""
    own = [r for r in phrases(line) if r[1] - r[0] < 8 and r[1] - r[0] < len(line.words) * 0.6]
    if not own or not context.others:
        return None
    first, last = rng.choice(own)
    donor = rng.choice(context.others)
    theirs = [r for r in phrases(donor) if abs((r[1] - r[0]) - (last - first)) <= 2]
    if not theirs:
        return None
    a, b = rng.choice(theirs)
    piece = donor.text[donor.words[a].start : donor.words[b].end]
    span = Span(line.words[first].start, line.words[last].end)
    return put(line, span, piece, "replace", "mistranslation")


def cousin(line: Line, context: Context, rng: Random) -> Edit | None:
    """Put a word of the same field in the place of a word."""
    content = [k for k in range(len(line.words)) if not line.common[k]]
    rng.shuffle(content)
    for k in content[:6]:
        found = context.cousins(line.word(k))
        if found:
            error = "name" if line.names[k] else "mistranslation"
            return put(line, line.words[k], rng.choice(found), "cousin", error)
    return None


def _name_runs(line: Line) -> list[Span]:
    runs: list[Span] = []
    for k, word in enumerate(line.words):
        if not line.names[k]:
            continue
        gap = line.text[runs[-1].end : word.start] if runs else "x"
        if runs and gap in ("", " ", "-", "·", "・"):
            runs[-1] = Span(runs[-1].start, word.end)
        else:
            runs.append(word)
    return runs


def wrong_name(line: Line, context: Context, rng: Random) -> Edit | None:
    """Put another name of the article in the place of a name."""
    own = _name_runs(line)
    pool = sorted({s.of(other.text) for other in context.others for s in _name_runs(other)})
    pool = [name for name in pool if name.casefold() not in line.text.casefold()]
    if not own or not pool:
        return None
    span = rng.choice(own)
    return put(line, span, rng.choice(pool), "name", "name")


def lost_name(line: Line, context: Context, rng: Random) -> Edit | None:
    """Leave out a name."""
    own = _name_runs(line)
    if not own or len(line.words) < _SHORT:
        return None
    return without(line, rng.choice(own), "lost_name", rng)


def swap_names(line: Line, context: Context, rng: Random) -> Edit | None:
    """Let two names change places: who did it to whom."""
    own = _name_runs(line)
    if len(own) < 2:
        return None
    i = rng.randrange(len(own) - 1)
    one, other = own[i], own[rng.randrange(i + 1, len(own))]
    return _swapped(line, one, other)


def _swapped(line: Line, one: Span, other: Span) -> Edit | None:
    a, b = one.of(line.text), other.of(line.text)
    between = line.text[one.end : other.start]
    if a.casefold() in b.casefold() or b.casefold() in a.casefold() or len(between.strip()) < 4:
        return None
    text = line.text[: one.start] + b + between + a + line.text[other.end :]
    second = one.start + len(b) + len(between)
    given = (Span(one.start, one.start + len(b)), Span(second, second + len(a)))
    return Edit(text, "swap", "roles", taken=(one, other), given=given)


def truncate(line: Line, context: Context, rng: Random) -> Edit | None:
    """Break off before the end."""
    count = len(line.words)
    if count < 8:
        return None
    keep = int(count * rng.uniform(0.4, 0.9))
    span = Span(line.words[keep].start, len(line.text))
    head = line.text[: span.start].rstrip(" ,，、;:–—(")
    stop = rng.choice((".", "", "…")) if " " in line.text else rng.choice(("。", ""))
    return Edit(head + stop, "truncate", "lost", taken=(span,))


ERRORS: tuple[tuple[Editor, float], ...] = (
    (delete, 3.0),
    (drop_words, 3.5),
    (insert, 2.0),
    (add_words, 2.5),
    (replace_phrase, 1.5),
    (cousin, 4.0),
    (wrong_name, 1.2),
    (lost_name, 1.3),
    (swap_names, 1.2),
    (swap_words, 1.2),
    (meaning.wrong_number, 0.8),
    (meaning.scale, 0.6),
    (meaning.wrong_date, 0.6),
    (meaning.negate, 2.2),
    (meaning.retime, 2.4),
    (meaning.remode, 2.4),
    (meaning.antonym, 3.0),
    (truncate, 0.6),
)
"""Editors and how often each is tried: scarce material is drawn on more than it occurs."""

FAITHFUL: tuple[tuple[Editor, float], ...] = (
    (rewording.punctuate, 1.0),
    (rewording.reorder, 1.0),
    (rewording.reword, 2.0),
    (rewording.restyle, 0.7),
)
