"""What the overview counts, and the shapes of its pictures."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.finding import ErrorType, Severity
from align.rulings import Ruling, Verdict
from align.site import periods, pictures, tally
from align.site.facts import Facts, gather, page_name
from align.site.tally import BINS, Facet, Group, Share
from tests.outcomes import mixed, outcome
from tests.reports import accepting, rich_report

FACTS = [gather(one) for one in mixed()]


def facts(number: int, *fields: tuple[str, str], grave: bool = False) -> Facts:
    """Return a compared pair with these fields."""
    counts = {(ErrorType.NAME, Severity.MAJOR): 1} if grave else {}
    return Facts(f"p{number}", "a/b.txt", "c.txt", fields, "p.html", risk=0.1, counts=counts)


def test_everything_is_counted_once() -> None:
    """Compared pairs, those that could not be, and errors are all pairs; findings by severity."""
    found = tally.count(FACTS)
    assert (found.pairs, found.compared, found.not_compared, found.errors) == (12, 10, 1, 1)
    assert found.critical == 2
    assert found.grave == 4
    assert sum(found.risks) == found.compared
    per_kind = {kind: sum(n for _, n in numbers) for kind, numbers in found.kinds}
    assert per_kind[ErrorType.DATE] == 6
    assert sum(per_kind.values()) == found.findings


def test_accepted_findings_are_counted_by_check_and_nowhere_else() -> None:
    """A finding that a person let pass is no open one, and counts for its check."""
    report = rich_report()
    (first, *_) = report.findings
    accepted = gather(outcome("a", accepting(report, {first.key: "as agreed"})))
    assert accepted.accepted == 1
    assert sum(accepted.counts.values()) == len(report.findings) - 1
    table = {name: (left, let_pass) for name, left, let_pass in tally.count([accepted]).checks}
    assert table["omission"] == (1, 1)


def test_who_was_right_is_counted_by_check_and_by_translator() -> None:
    """Agreed and changed findings are errors, dismissed and accepted ones none; others wait."""
    report = rich_report()
    keys = [finding.key for finding in report.findings]
    verdicts: tuple[Verdict, ...] = ("agreed", "changed", "dismissed", "disputed")
    ruled = {key: Ruling("a", key, said) for key, said in zip(keys, verdicts, strict=False)}
    ruled["0"] = Ruling("a", "0", "missed", "", "Lan", ErrorType.NAME, Severity.MAJOR)
    accepted = accepting(report, {keys[4]: "known"})
    found = tally.count([gather(outcome("a", accepted, translator="Lan"), ruled)]).rights
    assert (found.agreed, found.decided, found.missed) == (2, 4, 1)
    assert found.translators == (tally.Decided("Lan", 2, 2, len(keys) - 4),)
    assert sum(row.total for row in found.checks) == len(keys)
    shown = pictures.rights(found.translators, tally.TRANSLATOR)
    assert (shown[0].link, shown[0].number) == ("#translator=Lan", "2 of 4, 15%–85%")
    widths = [float(shape.width.rstrip("%")) for shape in shown[0].shapes]
    assert sum(widths) == pytest.approx(100, abs=0.1)
    assert pictures.rights((tally.Decided("x", 0, 0, 3),))[0].number == "none decided"


def test_the_worst_come_first() -> None:
    """Pairs are ranked by risk, and what was not compared is not among them."""
    worst = tally.worst(FACTS, 100)
    assert worst[0].pair == "rich"
    risks = [one.risk or 0.0 for one in worst]
    assert risks == sorted(risks, reverse=True)
    assert len(worst) == 10


def test_pictures_are_drawn_of_what_pairs_have_in_common() -> None:
    """Translators and languages are compared; dates, numbers of articles and one value are not."""
    rows = [
        facts(
            n,
            ("translator", f"T{n % 3}"),
            ("id", str(n)),
            ("date", f"2026-01-{n:02d}"),
            ("desk", "World"),
        )
        for n in range(1, 13)
    ]
    assert [group.name for group in tally.count(rows).groups] == ["translator"]


@given(st.integers(1, 400), st.data())
def test_the_interval_is_around_the_share(pairs: int, data: st.DataObject) -> None:
    """The share is within its interval, which is within 0 and 1 and shrinks with more pairs."""
    grave = data.draw(st.integers(0, pairs))
    low, high = Share("x", pairs, grave).interval()
    assert -1e-9 <= low <= grave / pairs + 1e-9
    assert grave / pairs - 1e-9 <= high <= 1 + 1e-9
    wide = Share("x", pairs * 4, grave * 4).interval()
    assert wide[1] - wide[0] < high - low


def test_the_interval_is_wilsons() -> None:
    """Two of three say that the true share is between 21 and 94 percent."""
    low, high = Share("x", 3, 2).interval()
    assert (round(low, 2), round(high, 2)) == (0.21, 0.94)


def test_time_is_drawn_by_the_unit_that_fits() -> None:
    """Pairs of two months are drawn by week, a period without a pair too, undated ones counted."""
    rows = [
        facts(1, ("date", "2026-01-05"), grave=True),
        facts(2, ("date", "2026-01-06T10:00Z")),
        facts(3, ("date", "2026-03-02")),
        facts(4),
        facts(5, ("date", "03/04/2026")),
    ]
    times = tally.count(rows).times
    assert times is not None
    assert (times.field, times.unit, times.undated) == ("date", "week", 2)
    assert [share.name for share in times.shares][:2] == ["2026-01-05", "2026-01-12"]
    assert len(times.shares) == 9
    assert [(s.pairs, s.grave) for s in times.shares if s.pairs] == [(2, 1), (1, 0)]


@given(st.dates(), st.dates(), st.sampled_from(["day", "week", "month", "year"]))
def test_every_day_is_in_a_period(one: date, two: date, unit: periods.Unit) -> None:
    """The periods between two days ascend, and each day begins within one of them."""
    first, last = sorted((one, two))
    if unit in ("day", "week"):
        last = min(last, date.fromordinal(min(first.toordinal() + 800, date.max.toordinal())))
    begins = [periods.begin(day, unit) for day in (first, last)]
    known = list(periods.between(begins[0], begins[1], unit))
    assert known == sorted(set(known))
    assert known[0] == begins[0]
    assert known[-1] == begins[1]
    assert len({periods.name(day, unit) for day in known}) == len(known)


def test_the_unit_has_room_on_a_telephone() -> None:
    """However long the time, it is drawn in at most some sixty columns."""
    for days in (1, 45, 46, 350, 351, 1500, 1501, 9000):
        last = date.fromordinal(date(2000, 1, 1).toordinal() + days)
        unit = periods.unit(date(2000, 1, 1), last)
        begins = (periods.begin(date(2000, 1, 1), unit), periods.begin(last, unit))
        assert len(list(periods.between(*begins, unit))) <= 55


def test_shapes_stay_within_their_picture() -> None:
    """Bars, columns and whiskers begin and end between 0 and 100 percent, and add up."""
    found = tally.count(FACTS)
    shapes = [s for row in pictures.kinds(found) for s in row.shapes]
    shapes += [s for row in pictures.checks(found) for s in row.shapes]
    shapes += pictures.risks(found).shapes
    assert found.times
    shapes += pictures.times(found.times).shapes
    assert len(pictures.risks(found).shapes) == BINS
    for shape in shapes:
        for start, length in ((shape.x, shape.width), (shape.y, shape.height)):
            ends = [float(value.rstrip("%")) for value in (start, length)]
            assert min(ends) >= 0
            assert sum(ends) <= 100.02
    longest = pictures.kinds(found)[0].shapes
    assert sum(float(s.width.rstrip("%")) for s in longest) == pytest.approx(100, abs=0.1)


def test_a_picture_of_shares_says_what_it_leaves_out() -> None:
    """Of thirty translators the twelve with the most pairs are drawn, the worst first."""
    shares = tuple(Share(f"T{n:02d}", 40 - n, n % 7) for n in range(30))
    picture = pictures.shares(Group("translator", shares))
    assert len(picture.rows) == pictures.MOST_ROWS
    assert picture.left_out == 30 - pictures.MOST_ROWS
    places = [float(row.share.rstrip("%")) for row in picture.rows]
    assert places == sorted(places, reverse=True)


@given(st.text(), st.text())
def test_pages_of_different_pairs_have_different_names(one: str, two: str) -> None:
    """A page's name is a plain file name, and no two pairs share one."""
    assert (page_name(one) == page_name(two)) is (one == two)
    assert page_name(one).isascii()
    assert not set(page_name(one)) & set('/\\:*?"<>| ')
    assert len(page_name(one)) <= 60


def test_an_empty_batch_has_an_overview() -> None:
    """Without pairs there is nothing to draw, and nothing fails."""
    found = tally.count([])
    assert found.pairs == found.findings == 0
    assert found.groups == ()
    assert found.times is None


def test_a_value_that_is_missing_is_no_value() -> None:
    """Pairs without a field are in no group of that field."""
    rows = [replace(facts(n), fields=(("desk", "W"),) if n % 2 else ()) for n in range(6)]
    desk = Facet("desk", tuple(dict(row.fields).get("desk", "") for row in rows))
    assert desk.distinct() == ("W",)
    assert not tally.is_telling(desk)
