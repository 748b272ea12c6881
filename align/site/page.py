"""The overview of a batch as one page: pictures, the worst pairs, and a list of all of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from align import __version__
from align.finding import ErrorType, Severity
from align.site import pictures, tally
from align.site.facts import Facts
from align.site.tally import Facet, Overview
from align.write.html import hash_of
from align.write.slices import tidy
from align.write.words import TYPES, count, percent

WORST = 100
"""Pairs that are listed where no script runs."""

_MOST_PROBLEMS = 200
_MOST_CHOICES = 300
_FIELDS_SHOWN = 3
_GRADES = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR)

_STYLE = "".join(
    (files(package) / name).read_text("utf-8")
    for package, name in (("align.write", "report.css"), ("align.site", "index.css"))
)
_SCRIPT = (files("align.site") / "list.js").read_text("utf-8")
_PAGE = Environment(
    loader=PackageLoader("align", "site"), autoescape=True, undefined=StrictUndefined
).get_template("index.html.jinja")


@dataclass(frozen=True, slots=True)
class _Row:
    """A pair in the plain list."""

    page: str
    pair: str
    title: str
    lang: str
    risk: str
    route: str
    numbers: tuple[int, ...]
    values: tuple[str, ...]
    worst: str
    problem: str

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """Return the severities that were found, with how many findings have them."""
        known = zip((severity.label for severity in _GRADES), self.numbers, strict=False)
        return tuple((label, number) for label, number in known if number)


def render(
    facts: Sequence[Facts], signatures: Sequence[str], digest: str, *, is_ruled: bool = False
) -> str:
    """Return the page over all pairs.

    Without a script it has everything but the list, of which it has the worst. Names and texts are
    foreign input: all are escaped, and isolated from the direction of what is around them; a policy
    in the page allows its own script and style and no request.

    Args:
        facts: All pairs, in the order of the manifest.
        signatures: What could change the reports, each once.
        digest: What names all that decides the page.
        is_ruled: People have decided on findings, so that it can be said who was right.
    """
    overview = tally.count(facts)
    facets = tally.facets(facts)
    shown = [n for n, facet in enumerate(facets[1:-1], 1) if facet.distinct()][:_FIELDS_SHOWN]
    return _PAGE.render(
        style=Markup(_STYLE),  # noqa: S704 - our own file
        style_hash=hash_of(_STYLE),
        script=Markup(_SCRIPT),  # noqa: S704 - our own file
        script_hash=hash_of(_SCRIPT),
        version=__version__,
        digest=digest,
        headline=_headline(overview),
        summary=_summary(overview),
        figures=_figures(overview, is_ruled=is_ruled),
        overview=overview,
        severities=[s.label for s in sorted(Severity, reverse=True)],
        kinds=pictures.kinds(overview),
        risks=pictures.risks(overview),
        times=overview.times,
        time_columns=pictures.times(overview.times) if overview.times else None,
        groups=[(group.name, pictures.shares(group)) for group in overview.groups],
        checks=pictures.checks(overview) if overview.accepted and not is_ruled else (),
        rights=overview.rights if is_ruled else None,
        right_checks=pictures.rights(overview.rights.checks),
        right_translators=pictures.rights(overview.rights.translators, tally.TRANSLATOR),
        heads=[
            "Risk",
            "Pair",
            facets[0].name,
            *_counts(overview),
            *(facets[n].name for n in shown),
        ],
        worst=_worst(facts, facets, shown, overview),
        problems=_problems(facts),
        signatures=[tidy(signature) for signature in signatures],
        data=_data(facts, facets, shown, overview),
    )


def _headline(overview: Overview) -> str:
    if not overview.pairs:
        return "No pairs"
    if not overview.compared:
        return f"{_number(overview.pairs, 'pair')}, none compared"
    has = "has" if overview.grave == 1 else "have"
    pairs = _number(overview.compared, "pair")
    return f"{overview.grave:,} of {pairs} {has} a major or critical finding"


def _summary(overview: Overview) -> str:
    if not overview.pairs:
        return "The batch has no results yet."
    accepted = f"; {overview.accepted:,} more accepted" if overview.accepted else ""
    return f"{_number(overview.findings, 'open finding')} in all{accepted}."


def _number(number: int, noun: str) -> str:
    return count(number, noun).replace(str(number), f"{number:,}", 1)


def _figures(overview: Overview, *, is_ruled: bool) -> tuple[tuple[str, str, str], ...]:
    figures = (
        (overview.compared, "pairs compared", "#.status=compared"),
        (overview.critical, "with a critical finding", "#.severity=critical"),
        (overview.grave, "with a major or critical finding", "#.severity=major"),
        (overview.accepted, "findings accepted", ""),
        (overview.rights.decided if is_ruled else 0, "findings decided", ""),
        (overview.not_compared, "could not be compared", "#not-compared"),
        (overview.errors, "with an error", "#errors"),
    )
    always = 3
    return tuple(
        (f"{number:,}", name, address if number else "")
        for place, (number, name, address) in enumerate(figures)
        if number or place < always
    )


def _counts(overview: Overview) -> list[str]:
    names = [severity.label.capitalize() for severity in _GRADES]
    return [*names, "Accepted"] if overview.accepted else names


def _numbers(one: Facts, overview: Overview) -> tuple[int, ...]:
    numbers = tuple(one.of(severity) for severity in _GRADES)
    return (*numbers, one.accepted) if overview.accepted else numbers


def _row(one: Facts, values: tuple[str, ...], overview: Overview) -> _Row:
    risk = "" if one.risk is None else percent(one.risk)
    lang = one.languages[0] or "und"
    numbers = _numbers(one, overview)
    head = one.page, tidy(one.pair), one.title, lang, risk, tally.route(one)
    return _Row(*head, numbers, values, one.worst, one.problem)


def _worst(
    facts: Sequence[Facts], facets: Sequence[Facet], shown: Sequence[int], overview: Overview
) -> list[_Row]:
    names = [facets[n].name for n in shown]
    rows = []
    for one in tally.worst(facts, WORST):
        table = dict(one.fields)
        rows.append(_row(one, tuple(table.get(name, "") for name in names), overview))
    return rows


def _problems(facts: Sequence[Facts]) -> list[tuple[str, str, list[Facts], int]]:
    kinds = (
        (
            "Could not be compared",
            "not-compared",
            [f for f in facts if not (f.is_compared or f.is_error)],
        ),
        ("Errors", "errors", [f for f in facts if f.is_error]),
    )
    return [
        (title, name, rows[:_MOST_PROBLEMS], max(len(rows) - _MOST_PROBLEMS, 0))
        for title, name, rows in kinds
        if rows
    ]


def _data(
    facts: Sequence[Facts], facets: Sequence[Facet], shown: Sequence[int], overview: Overview
) -> Markup:
    """Return the list for the script, as JSON in which nothing ends the element it stands in.

    A value of a facet is the number of one in its list; kinds are bits of a number.
    """
    kinds = [kind for kind, _ in overview.kinds]
    values = [("", *facet.distinct()) for facet in facets]
    places = [{value: n for n, value in enumerate(known)} for known in values]
    table = {
        "fields": [
            {"name": f.name, "values": v, "chosen": _is_choice(f)}
            for f, v in zip(facets, values, strict=True)
        ],
        "kinds": [TYPES[kind] for kind in kinds],
        "counts": _counts(overview),
        "shown": shown,
        "rows": [
            _data_row(
                one, kinds, overview, [p[f.values[n]] for p, f in zip(places, facets, strict=True)]
            )
            for n, one in enumerate(facts)
        ],
    }
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028"))  # noqa: S704 - escaped here


def _is_choice(facet: Facet) -> bool:
    return 2 <= len(facet.distinct()) <= _MOST_CHOICES and not facet.has_dates()


def _data_row(
    one: Facts, kinds: Sequence[ErrorType], overview: Overview, values: list[int]
) -> list[object]:
    found = {kind for kind, _ in one.counts}
    status = -2 if one.is_error else -1
    return [
        one.page,
        tidy(one.pair),
        one.title,
        one.languages[0] or "",
        status if one.risk is None else round(one.risk * 1000),
        _numbers(one, overview),
        sum(1 << n for n, kind in enumerate(kinds) if kind in found),
        values,
        one.problem,
    ]
