"""Pairs counted: by kind and severity, by whatever the manifest says of them, and over time."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from align.finding import ErrorType, Severity
from align.site import periods
from align.site.facts import Facts
from align.write.words import language_name

BINS = 20
"""Bars of the picture of risks, each of five percent."""

_CONFIDENCE = 1.96  # standard deviations on either side of 95 of 100 cases
TRANSLATOR = "translator"
"""The manifest's column that names the translator."""

_LANGUAGES, _FOLDER = "languages", "source folder"
_AGREED, _DISMISSED = ("agreed", "changed"), ("dismissed", "accepted")


def wilson(number: int, of: int) -> tuple[float, float]:
    """Return between what a share truly is in 95 of 100 cases (Wilson's interval)."""
    if not of:
        return 0.0, 1.0
    share, z2 = number / of, _CONFIDENCE**2
    centre = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _CONFIDENCE * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return max(centre - half, 0.0), min(centre + half, 1.0)


@dataclass(frozen=True, slots=True)
class Share:
    """Pairs that have something in common, and how many of them have a grave finding.

    `low` and `high` are between what the true share of them is in 95 of 100 cases (Wilson's
    interval): with few pairs it says that little is known.
    """

    name: str
    pairs: int
    grave: int

    @property
    def share(self) -> float:
        """Return the share of pairs with a grave finding."""
        return self.grave / self.pairs if self.pairs else 0.0

    def interval(self) -> tuple[float, float]:
        """Return between what the true share is in 95 of 100 cases."""
        return wilson(self.grave, self.pairs)


@dataclass(frozen=True, slots=True)
class Facet:
    """Something by which pairs differ: a column of the manifest, the languages, a folder.

    `values` are those of the pairs, in their order; empty where one has none.
    """

    name: str
    values: tuple[str, ...]

    def distinct(self) -> tuple[str, ...]:
        """Return the different values, in order."""
        return tuple(sorted({value for value in self.values if value}))

    def has_dates(self) -> bool:
        """Tell whether all values begin with a day."""
        return all(map(periods.day, self.distinct()))


@dataclass(frozen=True, slots=True)
class Group:
    """The compared pairs by the values of a facet, the most frequent first."""

    name: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """The compared pairs over time; `unit` is day, week, month or year."""

    field: str
    unit: str
    shares: tuple[Share, ...]
    undated: int


@dataclass(frozen=True, slots=True)
class Decided:
    """The findings of a check, or of a translator, by what people have said of them.

    `agreed` are errors, changed ones included; `dismissed` are none; `undecided` are open or
    disputed.
    """

    name: str
    agreed: int
    dismissed: int
    undecided: int

    @property
    def decided(self) -> int:
        """Return how many are decided."""
        return self.agreed + self.dismissed

    @property
    def total(self) -> int:
        """Return how many there are."""
        return self.decided + self.undecided


@dataclass(frozen=True, slots=True)
class Rights:
    """Who was right: for each check and each translator, and errors that no check has found."""

    checks: tuple[Decided, ...]
    translators: tuple[Decided, ...]
    missed: int

    @property
    def agreed(self) -> int:
        """Return how many findings are errors."""
        return sum(row.agreed for row in self.checks)

    @property
    def decided(self) -> int:
        """Return how many findings are decided."""
        return sum(row.decided for row in self.checks)


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the overview counts.

    `kinds` are the open findings of each kind that was found, by severity; `risks` how many
    compared pairs have a risk in each of `BINS` bins; `checks` how many findings of each check are
    open and how many accepted.
    """

    pairs: int
    compared: int
    not_compared: int
    errors: int
    critical: int
    grave: int
    findings: int
    accepted: int
    kinds: tuple[tuple[ErrorType, tuple[tuple[Severity, int], ...]], ...]
    risks: tuple[int, ...]
    checks: tuple[tuple[str, int, int], ...]
    groups: tuple[Group, ...]
    times: Times | None
    rights: Rights


def count(facts: Sequence[Facts]) -> Overview:
    """Count pairs."""
    compared = [one for one in facts if one.is_compared]
    errors = sum(one.is_error for one in facts)
    cells = Counter[tuple[ErrorType, Severity]]()
    for one in facts:
        cells.update(one.counts)
    return Overview(
        pairs=len(facts),
        compared=len(compared),
        not_compared=len(facts) - len(compared) - errors,
        errors=errors,
        critical=sum(one.of(Severity.CRITICAL) > 0 for one in compared),
        grave=sum(one.is_grave for one in compared),
        findings=cells.total(),
        accepted=sum(one.accepted for one in facts),
        kinds=_kinds(cells),
        risks=_risks(compared),
        checks=_checks(facts),
        groups=tuple(_group(facet, compared) for facet in facets(compared) if is_telling(facet)),
        times=_times(compared),
        rights=_rights(facts),
    )


def decided(one: Facts) -> Decided:
    """Return what people have said of the findings of a pair."""
    return _decided(one.pair, _by_verdict(one.verdicts))


def worst(facts: Iterable[Facts], number: int) -> tuple[Facts, ...]:
    """Return the compared pairs that most need a reader: by risk, then by grave findings."""

    def rank(one: Facts) -> tuple[float, int, int, str]:
        return -(one.risk or 0), -one.of(Severity.CRITICAL), -one.of(Severity.MAJOR), one.pair

    return tuple(sorted((one for one in facts if one.is_compared), key=rank)[:number])


def facets(facts: Sequence[Facts]) -> tuple[Facet, ...]:
    """Return all by which pairs differ: languages, the manifest's columns, folders of sources."""
    names = dict.fromkeys(name for one in facts for name, _ in one.fields)
    tables = [dict(one.fields) for one in facts]
    columns = (Facet(name, tuple(table.get(name, "") for table in tables)) for name in names)
    return (
        Facet(_LANGUAGES, tuple(map(route, facts))),
        *columns,
        Facet(_FOLDER, tuple(_folder(one.source) for one in facts)),
    )


def is_telling(facet: Facet) -> bool:
    """Tell whether a picture by the values of a facet says anything.

    With one value there is nothing to compare; with nearly as many values as pairs, as an address
    or a number has, there is nothing in common. Dates have a picture of their own.
    """
    values, distinct = [value for value in facet.values if value], len(facet.distinct())
    return 2 <= distinct <= max(len(values) / 2, 3) and not facet.has_dates()


def route(facts: Facts) -> str:
    """Return the two languages of a pair; empty if nothing was compared."""
    if facts.is_error:
        return ""
    source, target = (language_name(tag) for tag in facts.languages)
    return f"{source} → {target}"


def _folder(path: str) -> str:
    parts = re.split(r"[\\/]+", path)
    return parts[-2] if len(parts) > 1 else ""


def _kinds(
    cells: Counter[tuple[ErrorType, Severity]],
) -> tuple[tuple[ErrorType, tuple[tuple[Severity, int], ...]], ...]:
    grades = sorted(Severity, reverse=True)
    kinds = [(kind, tuple((s, cells[kind, s]) for s in grades)) for kind in ErrorType]
    found = [row for row in kinds if any(n for _, n in row[1])]
    return tuple(sorted(found, key=lambda row: -sum(n for _, n in row[1])))


def _risks(compared: Iterable[Facts]) -> tuple[int, ...]:
    found = Counter(min(int((one.risk or 0.0) * BINS), BINS - 1) for one in compared)
    return tuple(found[number] for number in range(BINS))


def _checks(facts: Iterable[Facts]) -> tuple[tuple[str, int, int], ...]:
    is_open, accepted = Counter[str](), Counter[str]()
    for one in facts:
        for name, (left, let_pass) in one.checks.items():
            is_open[name] += left
            accepted[name] += let_pass
    names = sorted({*is_open, *accepted}, key=lambda n: (-is_open[n] - accepted[n], n))
    return tuple((name, is_open[name], accepted[name]) for name in names)


def _rights(facts: Iterable[Facts]) -> Rights:
    checks: dict[str, Counter[str]] = {}
    translators: dict[str, Counter[str]] = {}
    missed = 0
    for one in facts:
        missed += one.missed
        name = dict(one.fields).get(TRANSLATOR, "")
        for (check, verdict), number in one.verdicts.items():
            checks.setdefault(check, Counter())[verdict] += number
            if name:
                translators.setdefault(name, Counter())[verdict] += number
    return Rights(_ranked(checks), _ranked(translators), missed)


def _ranked(found: Mapping[str, Mapping[str, int]]) -> tuple[Decided, ...]:
    rows = (_decided(name, verdicts) for name, verdicts in found.items())
    return tuple(sorted(rows, key=lambda row: (-row.total, row.name)))


def _by_verdict(verdicts: Mapping[tuple[str, str], int]) -> dict[str, int]:
    found = Counter[str]()
    for (_, verdict), number in verdicts.items():
        found[verdict] += number
    return found


def _decided(name: str, found: Mapping[str, int]) -> Decided:
    agreed, dismissed = (sum(found.get(v, 0) for v in group) for group in (_AGREED, _DISMISSED))
    return Decided(name, agreed, dismissed, sum(found.values()) - agreed - dismissed)


def _group(facet: Facet, compared: Sequence[Facts]) -> Group:
    pairs = Counter(value for value in facet.values if value)
    grave = Counter(v for v, one in zip(facet.values, compared, strict=True) if v and one.is_grave)
    shares = (Share(name, number, grave[name]) for name, number in pairs.items())
    return Group(facet.name, tuple(sorted(shares, key=lambda s: (-s.pairs, s.name))))


def _times(compared: Sequence[Facts]) -> Times | None:
    """Return the pairs over time, by the first column whose values begin with ISO dates."""
    for facet in facets(compared):
        days = [periods.day(value) for value in facet.values]
        known = [day for day in days if day]
        if len(known) * 2 > sum(map(bool, facet.values)) and len(set(known)) > 1:
            unit = periods.unit(min(known), max(known))
            begins = [periods.begin(day, unit) if day else None for day in days]
            pairs = Counter(filter(None, begins))
            grave = Counter(b for b, f in zip(begins, compared, strict=True) if b and f.is_grave)
            shares = tuple(
                Share(periods.name(day, unit), pairs[day], grave[day])
                for day in periods.between(min(pairs), max(pairs), unit)
            )
            return Times(facet.name, unit, shares, len(days) - len(known))
    return None
