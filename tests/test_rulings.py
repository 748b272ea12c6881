"""What people ruled on findings: the file reads back, and a report says what follows."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align import rulings
from align.errors import ReadError
from align.finding import ErrorType, Severity
from align.rulings import Ruling
from tests.reports import accepting, rich_report

WORDS = st.text(st.characters(exclude_categories=["Cs"]))
RULINGS = st.builds(
    Ruling,
    pair=WORDS,
    key=st.text("0123456789abcdef", min_size=1),
    verdict=st.sampled_from(["agreed", "changed", "dismissed", "disputed", "missed"]),
    reason=WORDS,
    who=WORDS,
    error_type=st.none() | st.sampled_from(ErrorType),
    severity=st.none() | st.sampled_from(Severity),
)


@given(st.lists(RULINGS, unique_by=lambda ruling: (ruling.pair, ruling.key)))
def test_a_file_of_rulings_reads_back(given: list[Ruling]) -> None:
    """Whatever was ruled is there again, and in any order it is the same file."""
    text = rulings.render(given)
    assert sorted(rulings.parse(text), key=str) == sorted(given, key=str)
    assert rulings.render(reversed(given)) == text


GOOD = json.loads(rulings.render([Ruling("a", "k", "dismissed", "style", "Minh")]))


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "[" * 100_000,
        json.dumps({**GOOD, "schema": "veralign-batch/1"}),
        json.dumps({**GOOD, "verdict": "maybe"}),
        json.dumps({**GOOD, "verdict": ["agreed"]}),
        json.dumps({**GOOD, "severity": "awful"}),
        json.dumps({**GOOD, "type": "accuracy/no"}),
        json.dumps({**GOOD, "who": 5}),
        json.dumps({name: value for name, value in GOOD.items() if name != "key"}),
    ],
)
def test_what_is_no_ruling_is_refused_by_its_line(line: str) -> None:
    """A damaged line is one clear error that names it."""
    text = rulings.render([Ruling("a", "k", "agreed")]) + line + "\n"
    with pytest.raises(ReadError, match="no decision of the desk") as caught:
        rulings.parse(text, "decisions.jsonl")
    assert caught.value.where == "decisions.jsonl:2"


def test_a_report_follows_what_was_ruled() -> None:
    """Dismissed findings count for nothing, changed ones are what they became, others stay."""
    report = rich_report()
    keys = [finding.key for finding in report.findings]
    kind = ErrorType.NAME, Severity.MINOR
    ruled = rulings.by_pair(
        [
            Ruling("a", keys[0], "dismissed", "style", "Minh"),
            Ruling("a", keys[1], "changed", "", "Lan", *kind),
            Ruling("a", keys[2], "disputed"),
            Ruling("a", keys[3], "agreed", "", "Lan"),
            Ruling("b", keys[4], "dismissed"),
        ]
    )["a"]
    report = accepting(report, {keys[3]: "known"})
    found = rulings.apply(report, ruled).findings
    assert [finding.accepted for finding in found[:5]] == ["style", "", "", "", ""]
    assert (found[1].error_type, found[1].severity) == kind
    assert found[2] == report.findings[2]
    said = [rulings.verdict(finding, ruled) for finding in found]
    assert said[:5] == ["dismissed", "changed", "disputed", "agreed", "open"]
    assert rulings.verdict(report.findings[3], {}) == "accepted"


def test_a_dismissal_without_a_reason_is_one_all_the_same() -> None:
    """Nothing but an empty reason makes a finding an open one, so there is always some."""
    report = rich_report()
    key = report.findings[0].key
    found = rulings.apply(report, {key: Ruling("a", key, "dismissed")}).findings
    assert found[0].accepted
