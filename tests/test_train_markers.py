"""The fit of the weights of unanswered markers."""

from random import Random

import numpy as np
import pytest

from align.bitext import Span
from align.markers import SIGNS
from models.train.markers import Bag, found_at, logistic, regression, turned
from models.train.planted import Planted

RNG = np.random.default_rng(0)


def row(answered: float) -> tuple[float, ...]:
    """Return signs of which only the answer says anything."""
    values = RNG.normal(0, 0.3, len(SIGNS))
    values[0], values[SIGNS.index("answered")] = 1.0, answered
    return tuple(values.tolist())


def bags(count: int) -> list[Bag]:
    """Return faithful pairs, whose markers are answered, and as many with one that is not."""
    return [
        Bag(f"l{k % 3}", f"a{k % 5}", "negation", is_wrong, (row(1.0), row(float(not is_wrong))))
        for k in range(count)
        for is_wrong in (False, True)
    ]


def test_lines_are_turned_in_either_language() -> None:
    """Each edit says where it is, and questions are left alone."""
    line = Planted("a", "", "The minister may not be there.", "Bộ trưởng có thể sẽ không có mặt.")
    found = list(turned([line], "vi", Random(1)))
    assert {p.kind for p in found} >= {"negation", "tense", "modality"}
    for one in found:
        assert (one.source == line.source) != (one.target == line.target)
        spans = one.source_spans or one.target_spans
        text = one.source if one.source_spans else one.target
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert not list(turned([Planted("a", "", "Will he not sign?", "Ký không?")], "vi", Random(1)))


def test_the_fit_finds_the_sign_that_tells() -> None:
    """An answer speaks against an error, and the bag's worst marker is the one that counts."""
    weights = regression(bags(60))
    assert weights[SIGNS.index("answered")] == min(weights)
    figures = found_at(bags(60), np.array([0.0, 1.0] * 60))
    assert figures["1.0"][1] == 1.0


def test_few_errors_are_worth_what_they_stand_for() -> None:
    """The offset says how frequent errors are, when no sign does."""
    sound, wrong = np.ones((90, 2)), np.ones((30, 2))
    sound[:, 1] = wrong[:, 1] = 0.0
    weights = logistic(sound, wrong, 0.75)
    assert weights[0] == pytest.approx(np.log(30 * 0.75 / 90), abs=1e-3)


def test_spans_are_given_for_what_is_taken_out() -> None:
    """Where a word is gone, its neighbour shows it."""
    line = Planted("a", "", "x", "Họ không muốn ký.")
    (edit,) = (p for p in turned([line], "vi", Random(3)) if "không" not in p.target)
    assert isinstance(edit.target_spans[0], Span)
