"""Subtitles: SubRip, WebVTT and (Advanced) SubStation Alpha.

A sentence may run over several cues, so cues that do not end one are one block; a place names each
of them. Marks of style, speakers and positions are not read. `pysubs2` knows more formats but not
where in the file a word stands.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from align.bitext import Document
from align.config import READ_DEFAULTS, ReadSettings
from align.read import text
from align.read.pieces import Origin, Paragraph, Run, assemble
from align.read.tree import refuse_many

_LINE = re.compile(r"[^\r\n]*(?:\r\n|[\r\n]|\Z)")
_TIMES = re.compile(
    r"\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}"
)
_MARKUP = re.compile(
    r"</?[A-Za-z0-9][^<>\r\n]{0,200}>|\{[\\=][^{}\r\n]{0,500}\}"
    r"|\{(?:an?|[biuscy])\d?:?[^{} \r\n]{0,40}\}"
)
"""Tags of SubRip and WebVTT (`<i>`, `<v Anna>`, `<00:01.000>`), and what SubStation overrides."""
_REFERENCES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": "\u00a0", "&lrm;": "", "&rlm;": ""}
_HIDDEN = re.compile("|".join([_MARKUP.pattern, *_REFERENCES]))
_BREAK = re.compile(r"\\[Nnh]")
_SPEAKER = re.compile(r"\s*[-–—‐]\s*")
_ENDS = re.compile(r"[.!?…。！？।؟۔]['\"”’»)\]♪]*\s*$")
_TAIL = 12
"""Runs in which the end of a sentence is looked for: more than a line of any file has."""
_NOTES = ("WEBVTT", "NOTE", "STYLE", "REGION")
_EVENTS = re.compile(r"^[ \t]*\[Events\]", re.MULTILINE | re.IGNORECASE)
_DRAWING = re.compile(r"\{[^{}]{0,500}\\p[1-9]")


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue: its number or name, and its lines, each with its place in the file."""

    label: str
    lines: tuple[Run, ...]


_Bound = Callable[[int], None]
"""Refuses so many characters of a cue, or of cues that end no sentence, if they are too many."""


def parse(
    data: bytes, name: str, origin: str = "", limits: ReadSettings = READ_DEFAULTS
) -> Document:
    """Read subtitles.

    Returns:
        A document whose blocks are as many cues as a sentence, or a speaker's turn, takes; places
        name each cue, and offsets lead to the file.

    Raises:
        ReadError: The encoding cannot be told, there is no cue with a text, or a cue or a sentence
            is longer than the limit, its marks of style counted, or there are more cues.
    """
    where = origin or name
    page = text.decode(data, where)
    lines = (match.span() for match in _LINE.finditer(page) if match.group())
    # Here already: a cue of a million lines takes gigabytes before it is a paragraph.
    bound = partial(text.refuse_long, where=where, limits=limits)
    cues = (_substation if _EVENTS.search(page) else _timed)(page, lines, bound)
    cues = _counted(cues, where, limits)
    fix = "A file of subtitles has a line with two times, `-->` between them, above each cue."
    return assemble(_paragraphs(cues, bound), Origin(name, origin, page), limits, fix)


def _counted(cues: Iterator[_Cue], where: str, limits: ReadSettings) -> Iterator[_Cue]:
    """Yield cues until there are more than the limit."""
    for number, cue in enumerate(cues, 1):
        if number > limits.elements:
            refuse_many(where, limits, "cues")
        yield cue


def _timed(page: str, lines: Iterator[tuple[int, int]], bound: _Bound) -> Iterator[_Cue]:
    """Yield the cues of SubRip and WebVTT: a name, a line of times, text down to a blank line."""
    taken: list[Run] = []
    label, number, before = "", 0, ""
    for start, end in lines:
        line = page[start:end]
        if _TIMES.match(line):
            if label:
                yield _Cue(label, tuple(taken))
            number += 1
            label = f"cue {before or number}"
            taken, before = [], ""
        elif not line.strip():
            before = ""
            if label:
                yield _Cue(label, tuple(taken))
            label, taken = "", []
        elif label:
            taken.append(Run(line, range(start, end + 1)))
            bound(end - taken[0].offsets[0])
        else:
            # What stands above the times is the cue's name, but for notes and styles.
            before = "" if line.startswith(_NOTES) else line.strip().lstrip("\ufeff")
    if label:
        yield _Cue(label, tuple(taken))


def _substation(page: str, lines: Iterator[tuple[int, int]], bound: _Bound) -> Iterator[_Cue]:
    """Yield the dialogue of an SSA or ASS file; its text is the last field of a line."""
    fields, number = 10, 0
    is_events = False
    for start, end in lines:
        kind, colon, rest = page[start:end].partition(":")
        if kind.strip().startswith("["):
            is_events = kind.strip().lower().startswith("[events")
        elif is_events and colon and kind.strip().lower() == "format":
            fields = rest.count(",") + 1
        elif is_events and colon and kind.strip().lower() == "dialogue":
            number += 1
            at = start + len(kind) + 1
            for _ in range(fields - 1):
                comma = page.find(",", at, end)
                at = comma + 1 if comma >= 0 else at
            if not _DRAWING.search(page, at, end):
                bound(end - at)
                yield _Cue(f"line {number}", tuple(_broken(page, at, end)))


def _broken(page: str, start: int, end: int) -> Iterator[Run]:
    at = start
    for match in _BREAK.finditer(page, start, end):
        yield Run(page[at : match.start()], range(at, match.start() + 1))
        at = match.end()
    yield Run(page[at:end], range(at, end + 1))


def _paragraphs(cues: Iterator[_Cue], bound: _Bound) -> Iterator[Paragraph]:
    gathered: list[Run] = []
    length = 0
    for cue in cues:
        turns = [_SPEAKER.match(_MARKUP.sub("", line.text)) for line in cue.lines]
        for line, turn in zip(cue.lines, turns, strict=True):
            # A dash begins a speaker's turn; amid a sentence that goes on it is punctuation.
            is_turn = turn is not None and (sum(map(bool, turns)) > 1 or _is_ended(gathered))
            if gathered and is_turn:
                yield Paragraph(tuple(gathered))
                gathered, length = [], 0
            gathered += _shown(line, cue.label, is_turn=is_turn)
            length += len(line.text)
        bound(length)
        if _is_ended(gathered):
            yield Paragraph(tuple(gathered))
            gathered, length = [], 0
    yield Paragraph(tuple(gathered))


def _is_ended(runs: Sequence[Run]) -> bool:
    # Only the end matters, and a file of cues that never end a sentence may be long.
    words = "".join(run.text for run in runs[-_TAIL:])
    return not words.strip() or _ENDS.search(words) is not None


def _shown(line: Run, label: str, *, is_turn: bool) -> Iterator[Run]:
    """Yield what a viewer reads of a line, without its line break."""
    at, is_first = 0, is_turn
    for match in _HIDDEN.finditer(line.text):
        if match.start() > at:
            yield _part(line, at, match.start(), label, is_first=is_first)
            is_first = False
        shown = _REFERENCES.get(match.group(), "")
        if shown:
            place = line.offsets[match.start()], line.offsets[match.end()]
            yield Run(shown, place, label)
        at = match.end()
    if at < len(line.text):
        yield _part(line, at, len(line.text), label, is_first=is_first)
    end = line.offsets[-1]
    yield Run(" ", (end, end), label)


def _part(line: Run, start: int, end: int, label: str, *, is_first: bool) -> Run:
    dash = _SPEAKER.match(line.text, start, end) if is_first else None
    start = dash.end() if dash else start
    return Run(line.text[start:end], line.offsets[start : end + 1], label)
