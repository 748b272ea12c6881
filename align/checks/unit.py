"""Units and currencies that changed while the number stood: 5 miles is not 5 kilometres.

Why it matters: the figure agrees, so every comparison of numbers is content, and the distance, the
weight or the price is wrong by a factor that no reader can see.
A quantity that is converted ("6 miles", "10 km") is a note and no error: some desks want it,
others do not.
Known misses: a unit that is lost; a unit in an inflected form that the language's table lacks; a
currency whose bare name two countries share (dollar, peso); see tests/cases/unit.toml.
"""

from collections.abc import Iterator, Sequence

from align.checks.check import Check, Example, Mismatch, Pair
from align.finding import ErrorType, Severity
from align.measures import MONEY, TIME, Measure, find_measures, is_converted
from align.numerals import Weight


def find(pair: Pair) -> Iterator[Mismatch]:
    """Yield each quantity whose unit is another in the translation, or that is converted."""
    if not (pair.source.strip() and pair.target.strip()):
        return
    source = _clear(find_measures(pair.source, pair.source_language))
    target = _clear(find_measures(pair.target, pair.target_language))
    told: set[Measure] = set()
    for old in source:
        new = _changed(old, source, target)
        if new and new not in told:
            told.add(new)
            yield _mismatch(old, new, pair, "became", Severity.MAJOR)
            continue
        new = next((m for m in target if m not in told and _is_conversion(old, m, target)), None)
        if new:
            told.add(new)
            yield _mismatch(old, new, pair, "is given as", Severity.NEUTRAL)


def _clear(measures: Sequence[Measure]) -> list[Measure]:
    """Leave out those whose number may be an article: "a mile" may be "1,5 Kilometer".

    Beside a unit of time small words are numbers: "ba tuần" is three weeks, and no father's.
    """
    return [m for m in measures if m.quantity.weight > Weight.MUTE or m.dimensions == {TIME}]


def _changed(old: Measure, source: Sequence[Measure], target: Sequence[Measure]) -> Measure | None:
    """Return the measure of the translation that has the number of the original and not its unit.

    There is none if the unit stands with that number somewhere, or if the other unit is that of
    another quantity of the original ("5 miles (8 km)").
    """
    same = [m for m in target if m.values & old.values and _comparable(old, m)]
    # A quarter of an hour is read as 15 too, and 15 minutes are the same.
    if any(m.units & old.units or is_converted(old, m) for m in same):
        return None
    others = [m for m in source if m is not old]
    free = (m for m in same if not any(_agree(m, other) for other in others))
    return next(free, None)


def _comparable(old: Measure, new: Measure) -> bool:
    """Tell whether two units measure one thing. A bare degree is of any scale."""
    shared = old.dimensions & new.dimensions
    loose = "degree" in old.units | new.units
    return bool(shared) and not loose


def _agree(one: Measure, other: Measure) -> bool:
    return bool(one.values & other.values and one.units & other.units)


def _is_conversion(old: Measure, new: Measure, target: Sequence[Measure]) -> bool:
    if old.units & new.units or any(_agree(old, m) for m in target):
        return False
    return is_converted(old, new)


def _mismatch(old: Measure, new: Measure, pair: Pair, verb: str, severity: Severity) -> Mismatch:
    was, now = old.span.of(pair.source), new.span.of(pair.target)
    what = "currency" if MONEY in old.dimensions & new.dimensions else "unit"
    tail = f": another {what} for the same number" if severity is Severity.MAJOR else ""
    message = f"{was} {verb} {now} in the translation{tail}."
    return Mismatch(message, source=(old.span,), target=(new.span,), severity=severity)


CHECK = Check(
    name="unit",
    code="UNIT",
    version=3,
    error_type=ErrorType.UNIT,
    severity=Severity.MAJOR,
    confidence=0.85,
    find=find,
    examples=(
        Example(
            source="The storm moved 12 miles to the west.",
            wrong="Cơn bão đã di chuyển 12 km về phía tây.",
            right="Cơn bão đã di chuyển 12 dặm về phía tây.",
        ),
        Example(
            source="The ticket costs 40 dollars.",
            wrong="Die Karte kostet 40 Euro.",
            right="Die Karte kostet 40 Dollar.",
            target_language="de",
        ),
    ),
    facts=("units",),
)
