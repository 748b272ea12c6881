"""Gettext catalogues (PO): a row for each message, and for each of its plural forms."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import BinaryIO

import polib

from align.errors import ReadError
from align.read.pieces import Run
from align.read.row import Asked, Cell, Row, cell, paired, primary, whole
from align.read.text import decode, line_starts

_STRING = re.compile(r'^[ \t]*(?:(msg\w+(?:\[\d+\])?)[ \t]*)?"((?:[^"\\\r\n]|\\.)*)"', re.MULTILINE)
_PIECE = re.compile(r"\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|.)|[^\\]+")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "v": "\v", "f": "\f", "a": "", "b": ""}


def parse(file: BinaryIO, asked: Asked) -> Iterator[Row]:
    """Yield a row for each message of a catalogue, in order.

    Headers and obsolete messages are passed over. A fuzzy message is a row like any other. The
    catalogue is read whole, within the limit of a file.

    Raises:
        ReadError: It is larger than the limit, or no catalogue.
    """
    data = whole(file, asked)
    page = decode(data, asked.origin)
    try:
        catalogue = polib.pofile(page + "\n")
    except (OSError, ValueError, IndexError, KeyError, AttributeError) as error:
        raise ReadError(
            f"The file is no PO catalogue: {error}.",
            where=asked.origin,
            fix="Check it with `msgfmt --check`.",
        ) from error
    language = primary(catalogue.metadata.get("Language", ""))
    starts = line_starts(page)
    number = 0
    for entry in catalogue:
        if entry.obsolete:
            continue
        strings = _strings(page, starts[max(entry.linenum - 1, 0)])
        for source, target in _pairs(entry):
            one, two = strings.get(source, Cell()), strings.get(target, Cell())
            line = bisect_right(starts, one.offsets[0]) if one.offsets else entry.linenum
            row = Row(number, label=f"msgid at line {line}", languages=("", language))
            number += 1
            yield paired(row, one, two, asked.limits)


def _pairs(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    if not entry.msgid_plural:
        yield "msgid", "msgstr"
        return
    for form in sorted(entry.msgstr_plural):
        yield ("msgid" if int(form) == 0 else "msgid_plural"), f"msgstr[{form}]"


def _strings(page: str, at: int) -> dict[str, Cell]:
    """Return the strings of the message that begins there, by the words before them."""
    runs: dict[str, list[Run]] = {}
    key = ""
    for match in _STRING.finditer(page, at):
        if match[1] in runs or ("msgstr" in key and (match[1] or "msgstr")[:6] != "msgstr"):
            break  # the next message begins
        key = match[1] or key
        runs.setdefault(key, []).extend(_pieces(page, match.start(2), match.end(2)))
    return {key: cell(pieces) for key, pieces in runs.items()}


def _pieces(page: str, start: int, end: int) -> Iterator[Run]:
    for match in _PIECE.finditer(page, start, end):
        if not match.group().startswith("\\"):
            yield Run(match.group(), range(match.start(), match.end() + 1))
            continue
        sign = match.group()[1:]
        text = _ESCAPES.get(sign, chr(int(sign, 8)) if sign.isdecimal() else sign[:1])
        yield Run(text, (*[match.start()] * len(text), match.end()))
