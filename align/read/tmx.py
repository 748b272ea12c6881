"""Translation memories in TMX 1.4b: a row for each unit that has both languages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO

from align.errors import ReadError
from align.read.inline import Gathered
from align.read.row import Asked, Row, cell, paired, primary
from align.read.tree import Event, decoded, events

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ANY = "*all*"


@dataclass(slots=True)
class _Reading:
    """A memory under way: its source language, and the variants of the unit that is open."""

    asked: Asked
    source: str = ""
    name: str = ""
    variants: list[tuple[str, Gathered]] = field(default_factory=list)
    language: str = ""
    is_open: bool = False
    units: int = 0

    def take(self, event: Event) -> Iterator[Row]:
        """Add an event; yield the row of the unit that it ends."""
        if self.is_open and not (event.kind == "end" and event.local == "seg"):
            self.variants[-1][1].take(event)
        elif event.kind == "start":
            self._start(event)
        elif event.kind == "end" and event.local == "seg":
            self.is_open = False
        elif event.kind == "end" and event.local == "tu":
            yield self._row()
            self.units += 1

    def _start(self, event: Event) -> None:
        given = event.attributes
        if event.local == "header":
            self.source = _tag(given.get("srclang", ""))
        elif event.local == "tu":
            self.name, self.variants = given.get("tuid", ""), []
        elif event.local == "tuv":
            self.language = _tag(given.get(_LANGUAGE, given.get("lang", "")))
        elif event.local == "seg":
            self.is_open = True
            self.variants.append((self.language, Gathered(self.asked.limits)))

    def _row(self) -> Row:
        label = f"unit {self.name or self.units + 1}"
        source, target = self._chosen()
        row = Row(self.units, label=label)
        if source is None or target is None:
            return Row(self.units, error=_missing(self.variants, self.asked), label=label)
        row = Row(self.units, label=label, languages=(primary(source[0]), primary(target[0])))
        return paired(row, cell(source[1].runs), cell(target[1].runs), self.asked.limits)

    def _chosen(self) -> tuple[tuple[str, Gathered] | None, tuple[str, Gathered] | None]:
        """Return the variants of both languages; the first that is no source is the target."""
        wanted = [primary(tag) if tag else "" for tag in self.asked.languages]
        asked_source = wanted[0] or (self.source if self.source != _ANY else "")
        source = _first(self.variants, asked_source)
        if source is None and not wanted[0]:
            source = _first(self.variants, primary(asked_source))
        others = [v for v in self.variants if v is not source]
        if source is not None and not wanted[1]:
            others = [v for v in others if v[0] != source[0]]
        return source, _first(others, wanted[1])


def parse(file: BinaryIO, asked: Asked) -> Iterator[Row]:
    """Yield a row for each unit, in order, while the file is read.

    The source is in the language that was asked for, or else in the one that the memory names as
    its source; the target is in the language that was asked for, or else the next variant.

    Raises:
        ReadError: The file is no well-formed TMX.
    """
    reading = _Reading(asked)
    stream = events(decoded(file, asked.origin), asked.origin, asked.limits)
    first = next(stream)
    if first.local != "tmx":
        raise ReadError(
            f"This is no TMX: it begins with <{first.local}>.",
            where=asked.origin,
            fix="Check its name, or export it as TMX again.",
        )
    for event in chain([first], stream):
        yield from reading.take(event)


def _tag(given: str) -> str:
    return given.strip().replace("_", "-").lower()


def _first(variants: list[tuple[str, Gathered]], tag: str) -> tuple[str, Gathered] | None:
    """Return the first variant in a language; a region that is not asked for does not matter."""
    for variant in variants:
        if not tag or variant[0] == tag or primary(variant[0]) == tag:
            return variant
    return None


def _missing(variants: list[tuple[str, Gathered]], asked: Asked) -> str:
    found = ", ".join(tag or "none" for tag, _ in variants) or "none"
    wanted = [tag for tag in asked.languages if tag]
    return f"languages are {found}" + (f", asked for {' and '.join(wanted)}" if wanted else "")
