"""Gettext catalogues (PO): a row for each message, and for each of its plural forms.

A catalogue is read line by line: `polib`, which the tests hold this to, keeps it whole and forgets
where in a line a word stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NoReturn

import webencodings

from align.config import ReadSettings
from align.errors import ReadError
from align.read.lines import Line, begun, lines
from align.read.pieces import Run
from align.read.row import Asked, Cell, Row, cell, paired, primary, too_long

_KEYWORD = re.compile(
    r"[ \t]*(msgctxt|msgid_plural|msgid|msgstr(?:\[(?:0|[1-9]\d{0,2})\])?)[ \t]*(?=\")"
)
_STRING = re.compile(r'[ \t]*"((?:[^"\\\r\n]|\\.)*)"[ \t]*')
_PIECE = re.compile(r"\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|.)|[^\\]+")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "v": "\v", "f": "\f", "a": "", "b": ""}
_CHARSET = re.compile(rb"charset=([A-Za-z0-9._-]{1,40})")
_LANGUAGE = re.compile(r"^Language:\s*([A-Za-z0-9_@.-]{1,40})", re.MULTILINE)
_HEAD = 1 << 14
"""Bytes in which a catalogue says its encoding, behind the remarks of its translators."""


@dataclass(slots=True)
class _Message:
    """A message under way: its strings by the words before them, and the line of each."""

    runs: dict[str, list[Run]] = field(default_factory=dict)
    at: dict[str, int] = field(default_factory=dict)
    line: int = 0
    error: str = ""
    characters: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether it has a translation, so that it may end here."""
        return any(key.startswith("msgstr") for key in self.at)

    def add(self, line: Line, start: int, end: int, limits: ReadSettings) -> None:
        """Add what stands between two quotes to the string that was begun last."""
        self.characters += end - start
        if self.characters > limits.row_chars:
            self.error = self.error or too_long(limits)
        elif self.runs:
            self.runs[next(reversed(self.runs))] += _pieces(line, start, end)

    def text(self, key: str) -> str:
        """Return a string as it is meant."""
        return "".join(run.text for run in self.runs.get(key, ()))


@dataclass(slots=True)
class _Reading:
    """A catalogue under way: the message that is open, its language, how many rows there were."""

    asked: Asked
    message: _Message = field(default_factory=_Message)
    language: str = ""
    number: int = 0

    def take(self, line: Line) -> Iterator[Row]:
        """Add a line; yield the rows of the message that it ends."""
        text = line.text.strip()
        keyword = _KEYWORD.match(line.text)
        if self._is_ended(text, keyword[1] if keyword else "", line):
            yield from self.end()
        if line.error:
            self.message.error = self.message.error or line.error
            self.message.line = self.message.line or line.number
        elif text and not text.startswith("#"):
            self._add(keyword, line)

    def _is_ended(self, text: str, keyword: str, line: Line) -> bool:
        """Tell whether a line belongs to the next message, or to none."""
        if line.error or keyword not in _FIRST:
            return text.startswith("#") or (self.message.is_whole and not text and not line.error)
        return bool(self.message.at) and not (keyword == "msgid" and "msgid" not in self.message.at)

    def _add(self, keyword: re.Match[str] | None, line: Line) -> None:
        message, at = self.message, 0
        message.line = message.line or line.number
        if keyword:
            key, at = keyword[1], keyword.end()
            is_known = key in _FIRST or "msgid" in message.at or message.error
            if key in message.at or not is_known:
                _refuse(line.number, self.asked)
            message.runs[key], message.at[key] = [], line.number
        elif not message.at and not message.error:
            _refuse(line.number, self.asked)
        end = len(line.text.rstrip())
        while at < end:
            string = _STRING.match(line.text, at, end)
            if string is None:
                _refuse(line.number, self.asked)
            message.add(line, *string.span(1), self.asked.limits)
            at = string.end()

    def end(self) -> Iterator[Row]:
        """Yield the rows of the message that is open, if one is."""
        message, self.message = self.message, _Message()
        if message.error:
            label = f"message at line {message.line}"
            yield Row(self.number, error=message.error, label=label)
            self.number += 1
        elif message.at and "msgid" not in message.at:
            _refuse(message.line, self.asked)
        elif message.text("msgid") or "msgctxt" in message.at:
            for source, target in _pairs(message):
                yield self._row(message, source, target)
                self.number += 1
        else:
            told = _LANGUAGE.search(message.text("msgstr"))
            self.language = primary(told[1]) if told else self.language

    def _row(self, message: _Message, source: str, target: str) -> Row:
        label = f"msgid at line {message.at.get(source, message.line)}"
        row = Row(self.number, label=label, languages=("", self.language))
        one, two = (
            cell(message.runs[key]) if message.runs.get(key) else Cell() for key in (source, target)
        )
        return paired(row, one, two, self.asked.limits)


_FIRST = ("msgctxt", "msgid")


def parse(file: BinaryIO, asked: Asked) -> Iterator[Row]:
    """Yield a row for each message of a catalogue, in order, while it is read.

    Headers and obsolete messages are passed over. A fuzzy message is a row like any other. One that
    is too long, or not in the encoding of the catalogue, is a row with an error.

    Raises:
        ReadError: The file is no catalogue.
    """
    head, rest = begun(file, _HEAD)
    reading = _Reading(asked)
    for line in lines(rest, asked.origin, asked.limits, encoding(head)):
        yield from reading.take(line)
    yield from reading.end()


def encoding(head: bytes) -> str:
    """Return the encoding that a catalogue says it has; empty if that is UTF-8, or unknown."""
    told = _CHARSET.search(head[:_HEAD])
    known = webencodings.lookup(told[1].decode("ascii")) if told else None
    return "" if known is None or known.name == "utf-8" else str(known.codec_info.name)


def _pairs(message: _Message) -> Iterator[tuple[str, str]]:
    forms = sorted(int(key[7:-1]) for key in message.at if key.startswith("msgstr["))
    if not forms:
        yield "msgid", "msgstr"
    for form in forms:
        yield ("msgid_plural" if form else "msgid"), f"msgstr[{form}]"


def _pieces(line: Line, start: int, end: int) -> Iterator[Run]:
    for match in _PIECE.finditer(line.text, start, end):
        at, stop = (line.start + place for place in match.span())
        if not match.group().startswith("\\"):
            yield Run(match.group(), range(at, stop + 1))
            continue
        sign = match.group()[1:]
        text = _ESCAPES.get(sign) if sign in _ESCAPES else _meant(sign)
        yield Run(text or "", (*[at] * len(text or ""), stop))


def _meant(sign: str) -> str:
    if sign[0] in "01234567":
        return chr(int(sign, 8))
    return chr(int(sign[1:], 16)) if sign[0] == "x" and len(sign) > 1 else sign


def _refuse(line: int, asked: Asked) -> NoReturn:
    raise ReadError(
        f"The file is no PO catalogue: line {line} is neither a remark nor a string.",
        where=asked.origin,
        fix="Check it with `msgfmt --check`.",
    )
