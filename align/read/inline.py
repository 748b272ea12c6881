"""Segments of XLIFF and TMX as a person sees them: text without the tags that stand in it."""

import re
import sys
from dataclasses import dataclass, field

from align.config import ReadSettings
from align.read.pieces import Run
from align.read.tree import Event

_CODES = frozenset({"bpt", "ept", "ph", "it", "ut", "x", "bx", "ex", "sc", "ec", "sm", "em", "cp"})
"""Elements that stand for the tags of the original file; what they hold is no text."""
_LINE_BREAKS = frozenset({"lb", "x-html-br", "xlf:lb"})
_DELETED = frozenset({"x-sdl-deleted"})
_HEX = re.compile("[0-9A-Fa-f]{1,8}")
_SURROGATES = range(0xD800, 0xE000)


@dataclass(slots=True)
class Gathered:
    """The text of one element under way, and how deep inside of a code it is."""

    limits: ReadSettings
    runs: list[Run] = field(default_factory=list)
    silent: int = 0
    characters: int = 0

    def take(self, event: Event) -> None:
        """Add an event from inside of the element."""
        if event.kind == "text":
            self._text(event)
        elif event.kind == "end":
            self.silent -= bool(self.silent)
        elif self.silent or _is_code(event):
            self.silent += 1
            if event.local == "cp":
                self.runs.append(Run(_code_point(event), (event.start, event.start)))
            if _LINE_BREAKS & {event.attributes.get("ctype"), event.attributes.get("subType")}:
                self.runs.append(Run("\n", (event.start, event.start)))

    def _text(self, event: Event) -> None:
        # What is beyond the limit becomes an error anyway; one character more shows that it is.
        if not self.silent and self.characters <= self.limits.row_chars:
            self.runs.append(Run(event.text, event.offsets()))
            self.characters += len(event.text)


def _code_point(event: Event) -> str:
    """Return the character that XML cannot hold, which XLIFF 2 writes as its number."""
    digits = event.attributes.get("hex") or ""
    if not _HEX.fullmatch(digits):
        return ""
    number = int(digits, 16)
    is_character = 0 < number <= sys.maxunicode and number not in _SURROGATES
    return chr(number) if is_character else ""


def _is_code(event: Event) -> bool:
    return event.local in _CODES or event.attributes.get("mtype") in _DELETED
