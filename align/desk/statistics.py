"""What the decisions say: which checks to trust, and what kinds of errors come from where."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from align.desk.decided import REVISER
from align.desk.decisions import OPEN, Standing, standings
from align.desk.log import read_logs
from align.desk.tables import articles, findings

_Z = 1.959964
"""Standard deviations of a normal distribution within which 95 % lie."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far revisers agree with one check.

    `precision` is the share of decided findings with which they agreed, and `low` and `high` its
    95 % interval after Wilson (1927); None where nothing is decided.
    """

    check: str
    found: int
    agreed: int
    dismissed: int
    disputed: int
    precision: float | None
    low: float | None
    high: float | None

    @property
    def open(self) -> int:
        """Return how many findings nobody has decided on."""
        return self.found - self.agreed - self.dismissed - self.disputed


@dataclass(frozen=True, slots=True)
class Share:
    """The errors of one translator: all that stand and, of these, the agreed ones, by type."""

    translator: str
    articles: int
    by_type: Mapping[str, int]
    agreed: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything that is counted. `missed` are the added findings, by type."""

    checks: tuple[Agreement, ...]
    translators: tuple[Share, ...]
    missed: Mapping[str, int]


@dataclass(slots=True)
class _Counts:
    articles: int = 0
    by_type: Counter[str] = field(default_factory=Counter)
    agreed: Counter[str] = field(default_factory=Counter)


def count(connection: Connection) -> Statistics:
    """Count the findings of the newest version of every article, and what became of them."""
    known = {article: standings(log) for article, log in read_logs(connection).items()}
    names = _translators(connection)
    verdicts: dict[str, Counter[str]] = {}
    people: dict[str, _Counts] = {}
    for name in names.values():
        people.setdefault(name, _Counts()).articles += 1
    missed: Counter[str] = Counter()
    for row in connection.execute(select(findings)):
        standing = known.get(int(row.article), {}).get(str(row.key), OPEN)
        verdict = "dismissed" if row.accepted and not standing.opinions else standing.verdict
        kind = _type(str(row.type), standing)
        if row.check == REVISER:
            missed[kind] += verdict != "dismissed"
        elif not row.accepted:
            verdicts.setdefault(str(row.check), Counter())[verdict] += 1
        share = people[names[int(row.article)]]
        share.by_type[kind] += verdict != "dismissed"
        share.agreed[kind] += verdict == "agreed"
    return Statistics(
        tuple(_agreement(check, verdicts[check]) for check in sorted(verdicts)),
        tuple(_share(name, people[name]) for name in sorted(people)),
        +missed,
    )


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson, 1927).

    >>> tuple(round(edge, 3) for edge in wilson(8, 10))
    (0.49, 0.943)
    """
    share, weight = successes / trials, _Z**2 / trials
    middle = (share + weight / 2) / (1 + weight)
    reach = _Z * math.sqrt(share * (1 - share) / trials + weight / (4 * trials)) / (1 + weight)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def types(shares: Sequence[Share]) -> list[str]:
    """Return the types that any translator has, in their order."""
    return sorted({kind for share in shares for kind, n in share.by_type.items() if n})


def _translators(connection: Connection) -> dict[int, str]:
    rows: Iterable[tuple[int, str]] = (
        (int(row.id), str(row.translator))
        for row in connection.execute(select(articles.c.id, articles.c.translator))
    )
    return dict(rows)


def _type(found: str, standing: Standing) -> str:
    opinion = standing.deciding
    if opinion is None or opinion.error_type is None:
        return found
    return str(opinion.error_type)


def _agreement(check: str, verdicts: Counter[str]) -> Agreement:
    agreed, dismissed = verdicts["agreed"], verdicts["dismissed"]
    decided = agreed + dismissed
    low, high = wilson(agreed, decided) if decided else (None, None)
    return Agreement(
        check=check,
        found=verdicts.total(),
        agreed=agreed,
        dismissed=dismissed,
        disputed=verdicts["disputed"],
        precision=agreed / decided if decided else None,
        low=low,
        high=high,
    )


def _share(name: str, counts: _Counts) -> Share:
    return Share(name, counts.articles, +counts.by_type, +counts.agreed)
