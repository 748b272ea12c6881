"""Numbers with what they count: units of measure and currencies, whatever they are called.

A translation may give miles in kilometres and feet with inches in metres. The number check must
take that for the same, and the unit check must not take 5 kilometres for 5 miles.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from align.bitext import Span
from align.dates import plain
from align.languages.language import Language
from align.numerals import Weight, any_of, any_word, word_key
from align.quantities import Quantity, find_quantities

TIME = "time"
"""The dimension of the units that spans of time are counted in."""
UNITS: Mapping[str, tuple[str, float]] = {
    "kilometre": ("length", 1000), "metre": ("length", 1), "centimetre": ("length", 0.01),
    "millimetre": ("length", 0.001), "mile": ("length", 1609.344), "foot": ("length", 0.3048),
    "inch": ("length", 0.0254), "yard": ("length", 0.9144),
    "square kilometre": ("area", 10**6), "square metre": ("area", 1),
    "square mile": ("area", 2589988), "square foot": ("area", 0.09290304),
    "hectare": ("area", 10**4), "acre": ("area", 4046.86),
    "tonne": ("mass", 1000), "kilogram": ("mass", 1), "gram": ("mass", 0.001),
    "pound": ("mass", 0.45359), "ounce": ("mass", 0.02835), "stone": ("mass", 6.35),
    "litre": ("volume", 1), "gallon": ("volume", 3.785), "barrel": ("volume", 159),
    "celsius": ("temperature", 1), "fahrenheit": ("temperature", 1), "degree": ("temperature", 1),
    "minute": (TIME, 1), "hour": (TIME, 60), "day": (TIME, 1440), "week": (TIME, 10080),
    "month": (TIME, 43830), "year": (TIME, 525960),
}  # fmt: skip
"""Units to their dimension and their size in its basic unit; speeds count as their lengths."""
MONEY = "money"
"""The dimension of every unit that is not in the table: currencies, which have no fixed rates."""

_SYMBOLS = {
    "kilometre": "km|km/h|kmh|kph|km²/h", "metre": "m", "centimetre": "cm", "millimetre": "mm",
    "mile": "mi|mph", "foot": "ft|′", "inch": "″", "yard": "yd|yds", "hectare": "ha",
    "square kilometre": "km²|km2|sq km", "square metre": "m²|m2", "square mile": "sq mi",
    "square foot": "sq ft|ft²", "kilogram": "kg|kgs", "pound": "lb|lbs", "ounce": "oz",
    "celsius": "°c|ºc|℃|° c|º c", "fahrenheit": "°f|ºf|℉|° f|º f", "degree": "°|º",
    "dollar": "$|us$|usd|us $", "euro": "€|eur", "pound sterling": "£|gbp", "yen": "¥|jpy",
    "yuan": "¥|cny|rmb", "rupee": "₹|inr", "rouble": "₽|rub", "won": "₩|krw", "dong": "₫|vnd",
    "lira": "₺|try", "baht": "฿|thb", "rupiah": "rp|idr", "zloty": "pln", "hryvnia": "₴|uah",
}  # fmt: skip
_RANGE = r"(?:\s*(?:[-–—~〜～到至]|\w{1,4})\s*[\d.,]*\d)?"
_ROUNDED = 0.08
"""How far a converted number may lie off: translators round 6 miles to 10 kilometres."""
_STEP = 0.7
"""The same for small numbers, which are rounded to whole ones."""
_SMALL = 20
_INCHES = 12
_SIGN = 6
"""Characters before a number in which a sign of money may stand."""
_REMEMBERED = 64
"""Texts whose measures are kept in mind, since more than one check asks for those of a pair."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number and its unit. `units` has more than one member where the word is ambiguous.

    `values` are those of the quantity, but for feet with inches, which both stand for their sum.
    """

    quantity: Quantity
    values: frozenset[Decimal]
    units: frozenset[str]
    span: Span

    @property
    def dimensions(self) -> frozenset[str]:
        """What may be measured: "length", "mass"; "money" for currencies."""
        return frozenset(map(dimension, self.units))


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    language: Language
    units: Mapping[str, frozenset[str]]
    after: re.Pattern[str]
    before: re.Pattern[str]


_NAMES: dict[str, _Names] = {}
"""Compiled once for each language; an entry is as good as new for an equal language."""


def dimension(unit: str) -> str:
    """Return what a unit measures."""
    return UNITS[unit][0] if unit in UNITS else MONEY


def find_measures(text: str, language: Language) -> tuple[Measure, ...]:
    """Return the numbers of a text that have a unit or a currency, in reading order."""
    return _find(text, _names(language))


def is_converted(one: Measure, other: Measure) -> bool:
    """Tell whether two numbers can be the same size in different units."""
    return any(
        _alike(size, float(value))
        for unit, theirs in _unit_pairs(one.units, other.units)
        for own in one.values
        for size in _convert(float(own), unit, theirs)
        for value in other.values
    )


def is_converted_heat(one: Measure, bare: Quantity) -> bool:
    """Tell whether a bare number can be the degrees of a measure: "temperatures in the 80s"."""
    if one.dimensions != {"temperature"}:
        return False
    ways = [(v - 32) / 1.8 for v in map(float, bare.values)]
    ways += [v * 1.8 + 32 for v in map(float, bare.values)]
    return any(_alike(size, float(value)) for size in ways for value in one.values)


def _unit_pairs(ours: frozenset[str], theirs: frozenset[str]) -> Iterator[tuple[str, str]]:
    if ours == theirs == {"degree"}:
        yield from (("fahrenheit", "celsius"), ("celsius", "fahrenheit"))
    if ours & theirs:
        return
    for unit in ours & UNITS.keys():
        for other in theirs & UNITS.keys():
            if dimension(unit) == dimension(other):
                yield unit, other


def _alike(size: float, value: float) -> bool:
    small = _STEP if value == int(value) and 1 < size < _SMALL else 0
    return abs(size - value) <= max(_ROUNDED * abs(size), small)


def _convert(value: float, unit: str, other: str) -> Iterator[float]:
    """Yield what a number in one unit can be in the other: of degrees, also as a difference."""
    if dimension(unit) != "temperature":
        yield value * UNITS[unit][1] / UNITS[other][1]
        return
    if unit != "celsius" and other != "fahrenheit":
        yield (value - 32) / 1.8
        yield value / 1.8
    if unit != "fahrenheit" and other != "celsius":
        yield value * 1.8 + 32
        yield value * 1.8


@lru_cache(maxsize=_REMEMBERED)
def _find(text: str, names: _Names) -> tuple[Measure, ...]:
    quantities = find_quantities(text, names.language)
    text = plain(text)
    found = [
        measure
        for place, quantity in enumerate(quantities)
        if (measure := _measure(text, quantity, quantities[place + 1 :], names))
    ]
    return tuple(_with_inches(found, quantities, text))


def _measure(
    text: str, quantity: Quantity, following: Sequence[Quantity], names: _Names
) -> Measure | None:
    span = quantity.span
    if before := names.before.search(text, max(0, span.start - _SIGN), span.start):
        return _named(quantity, before, Span(before.start("unit"), span.end), names)
    after = names.after.match(text, span.end)
    # "a 24-hour ban": an article begins no range.
    is_article = quantity.weight is Weight.MUTE and quantity.values == {1}
    if after and not (is_article and re.search(r"\d", after.group())):
        return _named(quantity, after, Span(span.start, after.end("unit")), names)
    # "half an inch": the article is a number too.
    article = following[0] if following else None
    if article and article.weight is Weight.MUTE and article.span.start - span.end == 1:
        after = names.after.match(text, article.span.end)
        if after and min(article.values) == 1:
            return _named(quantity, after, Span(span.start, after.end("unit")), names)
    return None


def _named(quantity: Quantity, match: re.Match[str], span: Span, names: _Names) -> Measure:
    units = names.units[word_key(match["unit"])]
    return Measure(quantity, quantity.values, units, span)


def _with_inches(
    measures: Sequence[Measure], quantities: Sequence[Quantity], text: str
) -> Iterator[Measure]:
    """Add up feet and inches: "6-foot-6", "5ft 10in"."""
    own = {measure.quantity: measure for measure in measures}
    done: set[Quantity] = set()
    for measure in measures:
        place = quantities.index(measure.quantity) + 1
        inches = quantities[place] if place < len(quantities) else None
        if (
            measure.units == {"foot"}
            and inches is not None
            and max(inches.values) < _INCHES
            and re.fullmatch(r"[\s-]*", text[measure.span.end : inches.span.start])
            and (inches not in own or own[inches].units == {"inch"})
        ):
            total = frozenset(
                feet * _INCHES + rest for feet in measure.values for rest in inches.values
            )
            span = Span(measure.span.start, own.get(inches, measure).span.end)
            span = Span(span.start, max(span.end, inches.span.end))
            yield Measure(measure.quantity, total, frozenset({"inch"}), span)
            yield Measure(inches, total, frozenset({"inch"}), span)
            done |= {measure.quantity, inches}
        elif measure.quantity not in done:
            yield measure


def _names(language: Language) -> _Names:
    known = _NAMES.get(language.tag)
    if known is None or (known.language is not language and known.language != language):
        known = _NAMES[language.tag] = _compile(language)
    return known


def _compile(language: Language) -> _Names:
    units: dict[str, set[str]] = {}
    signs: dict[str, set[str]] = {}
    for table, into in ((_SYMBOLS, (units, signs)), (language.units, (units,))):
        for unit, forms in table.items():
            for form in forms.split("|"):
                for mapping in into:
                    mapping.setdefault(form, set()).add(unit)
    money = [sign for sign, named in signs.items() if MONEY in map(dimension, named)]
    joiner = any_of(language.number_joiners)
    end = r"(?![\w²])" if language.spaced else ""
    gap = r"\s+" if language.spaced else r"\s*"
    return _Names(
        language=language,
        units={form: frozenset(named) for form, named in units.items()},
        after=re.compile(
            # A hyphen and a lone letter make an ordinal: "17-м" is no length.
            rf"{_RANGE}(?!-\w(?![\w-]))[\s-]*(?:(?:{joiner}){gap})?"
            rf"(?P<unit>{_words(units, end)})",
            re.IGNORECASE,
        ),
        before=re.compile(rf"(?<!\w)(?P<unit>{any_word(dict.fromkeys(money))})\s*$", re.IGNORECASE),
    )


def _words(forms: Iterable[str], end: str) -> str:
    """Return a pattern of units, the longest first; those of Latin letters end with the word."""
    latin_end = end or "(?![A-Za-z0-9])"
    ordered = sorted(forms, key=len, reverse=True)
    ends = (latin_end if form[-1].isascii() and form[-1].isalnum() else end for form in ordered)
    words = (any_word({form: None}) for form in ordered)
    return "|".join(map("".join, zip(words, ends, strict=True)))
