"""Time zones that a text names: abbreviations, offsets from Greenwich, and names in words.

Names in words are CLDR's, with the few of daily speech that a language's facts add ("giờ Việt
Nam"). How far a zone lies from Greenwich is the common rule of today, not that of the day in
question.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from align.bitext import Span
from align.languages.language import Language

_ABBREVIATIONS: Mapping[str, tuple[int, ...]] = {
    "GMT": (0,), "UTC": (0,), "BST": (60,), "WET": (0,), "WEST": (60,), "CET": (60,),
    "CEST": (120,), "MEZ": (60,), "MESZ": (120,), "EET": (120,), "EEST": (180,), "MSK": (180,),
    "EST": (-300,), "EDT": (-240,), "ET": (-300, -240), "CST": (-360, 480), "CDT": (-300,),
    "CT": (-360, -300), "MST": (-420,), "MDT": (-360,), "MT": (-420, -360), "PST": (-480,),
    "PDT": (-420,), "PT": (-480, -420), "IST": (330, 120, 60), "PKT": (300,), "ICT": (420,),
    "WIB": (420,), "WITA": (480,), "WIT": (540,), "SGT": (480,), "HKT": (480,), "JST": (540,),
    "KST": (540,), "AEST": (600,), "AEDT": (660,), "NZST": (720,), "NZDT": (780,),
}  # fmt: skip
"""Minutes ahead of Greenwich; more than one where two countries share the letters."""
_ZONES: Mapping[str, tuple[int, int]] = {
    "GMT": (0, 0), "Europe_Western": (0, 60), "Europe_Central": (60, 120),
    "Europe_Eastern": (120, 180), "Moscow": (180, 180), "America_Eastern": (-300, -240),
    "America_Central": (-360, -300), "America_Mountain": (-420, -360),
    "America_Pacific": (-480, -420), "Alaska": (-540, -480), "Hawaii_Aleutian": (-600, -600),
    "Atlantic": (-240, -180), "Brasilia": (-180, -180), "Argentina": (-180, -180),
    "Colombia": (-300, -300), "Peru": (-300, -300), "Arabian": (180, 180), "Gulf": (240, 240),
    "Iran": (210, 210), "Israel": (120, 180), "India": (330, 330), "Pakistan": (300, 300),
    "Nepal": (345, 345), "Bangladesh": (360, 360), "Indochina": (420, 420),
    "Indonesia_Western": (420, 420), "Singapore": (480, 480), "China": (480, 480),
    "Hong_Kong": (480, 480), "Taipei": (480, 480), "Philippines": (480, 480),
    "Japan": (540, 540), "Korea": (540, 540), "Australia_Eastern": (600, 660),
    "Australia_Western": (480, 480), "New_Zealand": (720, 780), "Africa_Eastern": (180, 180),
    "Africa_Southern": (120, 120), "Africa_Western": (60, 60),
}  # fmt: skip
"""CLDR's zones to the minutes they are ahead of Greenwich in winter and in summer."""
_OFFSET = r"(?:GMT|UTC)\s?(?P<sign>[+−–-])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?"
_CLOCK = 16
"""Characters before an abbreviation within which a clock time stands: "5:30 p.m. (EST)"."""
_REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone as named: where, and how many minutes it may be ahead of Greenwich."""

    span: Span
    offsets: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    pattern: re.Pattern[str]
    offsets: Mapping[str, frozenset[int]]


def find_zones(text: str, language: Language) -> tuple[Zone, ...]:
    """Return the time zones that a text names, in reading order.

    >>> from align.languages import find_language
    >>> [sorted(z.offsets) for z in find_zones("at 5 p.m. EST (22:00 GMT)", find_language("en"))]
    [[-300], [0]]
    """
    return _find(text, language.tag, tuple(language.zones.items()))


@lru_cache(maxsize=_REMEMBERED)
def _find(text: str, tag: str, own: tuple[tuple[str, str], ...]) -> tuple[Zone, ...]:
    if not any(character.isdigit() for character in text):
        return ()
    return tuple(_zones(text, _names(tag, own)))


def _zones(text: str, names: _Names) -> Iterator[Zone]:
    for match in names.pattern.finditer(text):
        span = Span(*match.span())
        if match["sign"]:
            ahead = int(match["hours"]) * 60 + int(match["minutes"] or 0)
            yield Zone(span, frozenset({ahead if match["sign"] == "+" else -ahead}))
        elif match["short"]:
            if any(c.isdigit() for c in text[max(0, span.start - _CLOCK) : span.start]):
                yield Zone(span, frozenset(_ABBREVIATIONS[match["short"]]))
        else:
            yield Zone(span, names.offsets[match.group().lower()])


@lru_cache(maxsize=_REMEMBERED)
def _names(tag: str, own: tuple[tuple[str, str], ...]) -> _Names:
    offsets = {name: frozenset(_ZONES[zone]) for name, zone in own} | _cldr(tag)
    longest = sorted(offsets, key=len, reverse=True)
    words = "|".join(map(re.escape, longest)) or r"(?!)"
    short = "|".join(sorted(_ABBREVIATIONS, key=len, reverse=True))
    pattern = rf"{_OFFSET}|(?<!\w)(?P<short>{short})(?![\w+-])|(?i:{words})"
    return _Names(re.compile(pattern), offsets)


def _cldr(tag: str) -> dict[str, frozenset[int]]:
    """Return the names in words that CLDR has for a language, in lower case."""
    try:
        names = Locale.parse(tag, sep="-").meta_zones
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, frozenset[int]] = {}
    for zone, (winter, summer) in _ZONES.items():
        for kind, name in names.get(zone, {}).get("long", {}).items():
            ahead = {"standard": {winter}, "daylight": {summer}}.get(kind, {winter, summer})
            found[name.lower()] = found.get(name.lower(), frozenset()) | ahead
    return found
