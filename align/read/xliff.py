"""XLIFF 1.2 and 2.x, and what others make of it (SDLXLIFF, MQXLIFF): a row for each segment."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO

from align.errors import ReadError
from align.read.inline import Gathered
from align.read.row import Asked, Row, cell, paired, primary
from align.read.tree import Event, decoded, events

_WHOLE = ""
"""The key of what stands in no segment of its own."""


@dataclass(slots=True)
class _Unit:
    """A unit under way: of each side, what was gathered by segment, and the state of each."""

    name: str
    sides: dict[str, dict[str, Gathered]] = field(default_factory=dict)
    state: str = ""


@dataclass(slots=True)
class _Reading:
    """A file under way: the open elements, their `translate`, and the unit."""

    asked: Asked
    open: list[str] = field(default_factory=list)
    translated: list[bool] = field(default_factory=list)
    path: str = ""
    languages: tuple[str, str] = ("", "")
    unit: _Unit | None = None
    side: str = ""
    side_depth: int = 0
    segment: str = _WHOLE
    segment_depth: int = 0
    number: int = 0

    def take(self, event: Event) -> Iterator[Row]:
        """Add an event; yield the rows of what it ends."""
        if event.kind == "start":
            self._start(event)
        elif event.kind == "end":
            yield from self._end(event)
        elif self.side and self.unit:
            self._gathered(self.unit).take(event)

    def _start(self, event: Event) -> None:
        parent = self.open[-1] if self.open else ""
        self.open.append(event.local)
        told = event.attributes.get("translate")
        inherited = self.translated[-1] if self.translated else True
        self.translated.append(inherited if told is None else told != "no")
        if self.side:
            self._inside(event)
        elif event.local in ("trans-unit", "segment"):
            self._begin(event, parent)
        elif event.local == "unit":
            self.unit = _Unit(event.attributes.get("id", ""))
        elif event.local in ("source", "seg-source", "target"):
            if parent in ("trans-unit", "segment") and self.unit:
                self.side, self.side_depth = event.local, len(self.open)
                self.unit.sides.setdefault(self.side, {})
                self.unit.state = event.attributes.get("state", self.unit.state)
        else:
            self._head(event)

    def _begin(self, event: Event, parent: str) -> None:
        own = event.attributes.get("id", "")
        if event.local == "trans-unit":
            self.unit = _Unit(own)
        elif parent == "unit" and self.unit:
            outer = self.unit.name.partition(_PART)[0]
            self.unit = _Unit(outer + (f"{_PART}{own}" if own else ""))
            self.unit.state = event.attributes.get("state", "initial")

    def _head(self, event: Event) -> None:
        """Take what a file says of itself."""
        given = event.attributes
        if event.local == "file":
            self.path = given.get("original", "")
        if event.local in ("xliff", "file"):
            source = given.get("srcLang", given.get("source-language", self.languages[0]))
            target = given.get("trgLang", given.get("target-language", self.languages[1]))
            self.languages = (primary(source), primary(target))

    def _inside(self, event: Event) -> None:
        if event.local == "mrk" and event.attributes.get("mtype") == "seg":
            self.segment, self.segment_depth = event.attributes.get("mid", ""), len(self.open)
        elif self.unit:
            self._gathered(self.unit).take(event)

    def _gathered(self, unit: _Unit) -> Gathered:
        segments = unit.sides[self.side]
        return segments.setdefault(self.segment, Gathered(self.asked.limits))

    def _end(self, event: Event) -> Iterator[Row]:
        depth = len(self.open)
        self.open.pop()
        wanted = self.translated.pop()
        if self.side and depth > self.side_depth:
            if depth == self.segment_depth:
                self.segment, self.segment_depth = _WHOLE, 0
            elif self.unit:
                self._gathered(self.unit).take(event)
        elif self.side:
            self.side = ""
        elif event.local in ("trans-unit", "segment") and self.unit and self.unit.sides:
            if wanted:
                yield from self._rows(self.unit)
            self.unit = _Unit(self.unit.name)

    def _rows(self, unit: _Unit) -> Iterator[Row]:
        target = unit.sides.get("target", {})
        segments = {k: v for k, v in unit.sides.get("seg-source", {}).items() if k != _WHOLE}
        if not segments:
            yield self._row(unit, _WHOLE, _all(unit.sides.get("source", {})), _all(target))
        for name, source in segments.items():
            is_alone = len(segments) == 1 and set(target) == {_WHOLE}
            own = target.get(_WHOLE if is_alone else name)
            yield self._row(unit, name, source, own or Gathered(self.asked.limits))

    def _row(self, unit: _Unit, name: str, source: Gathered, target: Gathered) -> Row:
        outer, _, inner = unit.name.partition(_PART)
        inner = inner or name
        label = f"unit {outer}" + (f", segment {inner}" if inner else "")
        row = Row(self.number, label=label, path=self.path, languages=self.languages)
        self.number += 1
        found = paired(row, cell(source.runs), cell(target.runs), self.asked.limits)
        if found.error or found.target or not unit.state:
            return found
        return Row(row.number, error=f"the target is empty (state {unit.state})", label=label)


_PART = "\x1f"


def parse(file: BinaryIO, asked: Asked) -> Iterator[Row]:
    """Yield a row for each segment that is to be translated, in order, while the file is read.

    Tags are not text; a line break that a tag stands for is a space. Units marked `translate="no"`,
    proposals (`alt-trans`, `matches`) and notes are passed over.

    Raises:
        ReadError: The file is no well-formed XLIFF.
    """
    reading = _Reading(asked)
    stream = events(decoded(file, asked.origin), asked.origin, asked.limits)
    first = next(stream)
    if first.local != "xliff":
        raise ReadError(
            f"This is no XLIFF: it begins with <{first.local}>.",
            where=asked.origin,
            fix="Check its name, or export it as XLIFF again.",
        )
    for event in chain([first], stream):
        yield from reading.take(event)


def _all(segments: dict[str, Gathered]) -> Gathered:
    """Return everything of one side, in the order of the file."""
    gathered = list(segments.values())
    whole = Gathered(gathered[0].limits) if gathered else Gathered(Asked("").limits)
    runs = sorted((run for part in gathered for run in part.runs), key=lambda run: run.offsets[0])
    whole.runs = runs
    return whole
