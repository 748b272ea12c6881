"""The fit of the risk: what it puts into the verifier's manifest."""

import tomllib

import pytest

from align.risk import Signs, risk_of
from models.train.risk import Sample, alarm_rows, with_alarms


def sample(verifier: float, kind: str = "") -> Sample:
    """Return a pair of which only the verifier says anything."""
    return Sample("deu", "article", kind, (verifier, 0.0, 0.0, 0.0), -3.0)


def test_alarms_are_counted_on_faithful_pairs_by_the_risk_of_the_product() -> None:
    """One of a hundred faithful pairs reaches the first risk, ten the last; errors do not count."""
    faithful = [sample(k / 20 - 4) for k in range(101)]
    rows = alarm_rows([*faithful, *[sample(9.0, "delete")] * 50])
    assert [alarms for alarms, _ in rows] == [0.5, 1.0, 2.0, 5.0, 10.0]
    risks = {row[0]: row[1] for row in rows}
    for alarms, k in ((1.0, 99), (10.0, 90)):
        assert risks[alarms] == pytest.approx(risk_of(Signs(*faithful[k].signs), -3.0), abs=1e-4)


def test_only_the_alarms_of_a_manifest_change() -> None:
    """Whatever else it says stays as it was, to the letter."""
    before = '# alarms = none\nname = "x"\nalarms = [[1.0, 1.0]]\n\n[calibration]\n'
    after = with_alarms(before, [[0.5, 0.9], [1.0, 0.8]])
    assert tomllib.loads(after)["alarms"] == [[0.5, 0.9], [1.0, 0.8]]
    assert after.replace("[[0.5, 0.9], [1.0, 0.8]]", "[[1.0, 1.0]]") == before
