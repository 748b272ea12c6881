"""Runs of words without support, against a reference made from the definition."""

import string
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from align.bitext import Span
from align.coverage import (
    SUPPORTED,
    Matrix,
    Run,
    _maximal,
    added,
    lost,
    support,
    uncovered_runs,
    worst_run,
)
from align.finding import Severity
from align.relate import relate, word_vectors
from align.vectors import Relatedness, Usual
from tests.fakes import HashEncoder

ENCODER = HashEncoder(512)

gains = st.lists(st.integers(-9, 9).map(lambda k: k / 4), max_size=14)
matrices = arrays(
    np.float32,
    array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=9),
    # A model library may have set the processor to flush subnormal numbers to zero.
    elements=st.floats(-1, 1, width=16, allow_subnormal=False),
)
words = st.lists(
    st.text(string.ascii_lowercase, min_size=4, max_size=8), min_size=14, max_size=24, unique=True
)


def by_definition(values: list[float]) -> list[tuple[int, int, float]]:
    """Take the best run, then do the same before and after it (Ruzzo & Tompa, section 2)."""
    runs = [
        (sum(values[i:j]), i, j) for i in range(len(values)) for j in range(i + 1, len(values) + 1)
    ]
    best = max((run[0] for run in runs), default=0.0)
    if best <= 0:
        return []
    # Of runs with equal scores the shortest is meant, and of those any will do: take the first.
    score, i, j = min((r for r in runs if r[0] == best), key=lambda r: (r[2] - r[1], r[1]))
    after = [(first + j, last + j, s) for first, last, s in by_definition(values[j:])]
    return [*by_definition(values[:i]), (i, j - 1, score), *after]


def related(source: str, target: str) -> Relatedness:
    """Relate the words of two texts."""
    first, second = (
        word_vectors([t], ENCODER.encode_tokens([t]).tokens)[0] for t in (source, target)
    )
    return relate(first, second)


@given(gains)
@settings(max_examples=300)
def test_maximal_runs_are_those_of_the_definition(values: list[float]) -> None:
    """The linear algorithm finds what the recursive definition says."""
    found = [(run.first, run.last, run.score) for run in _maximal(values)]
    assert found == by_definition(values)


def test_maximal_joins_over_a_small_loss() -> None:
    """A run goes on over a word that costs less than what stands on both of its sides."""
    assert _maximal([2.0, -1.0, 3.0, -5.0, 1.0]) == [Run(0, 2, 4.0), Run(4, 4, 1.0)]


@given(matrices)
def test_support_is_one_value_a_row(matrix: Matrix) -> None:
    """Support is at most the best cosine, and no sum of two cosines takes it below -3."""
    supported = support(matrix)
    assert supported.shape == (len(matrix),)
    assert (supported <= matrix.max(axis=1, initial=-1.0)).all()
    assert (supported >= -3).all()


def test_a_rival_takes_support_away() -> None:
    """A column that likes another row better counts less, by how much better."""
    matrix = np.array([[0.9, 0.1], [0.5, 0.2]], np.float32)
    np.testing.assert_allclose(support(matrix), [0.9, 0.2], atol=1e-6)


@given(matrices, st.floats(0.3, 3))
def test_runs_are_apart_and_cross_no_supported_word(matrix: Matrix, expansion: float) -> None:
    """Runs ascend without overlap, have a score above 0 and hold no word that is surely there."""
    runs = uncovered_runs(matrix, expansion)
    sure = support(matrix) >= SUPPORTED
    assert all(a.last < b.first for a, b in pairwise(runs))
    for run in runs:
        assert 0 <= run.first <= run.last < len(matrix)
        assert run.score > 0
        assert not sure[run.first : run.last + 1].any()


@given(matrices, st.floats(0.3, 3))
def test_lost_and_added_mirror_each_other(matrix: Matrix, expansion: float) -> None:
    """What is lost one way is added the other way."""
    n, m = matrix.shape
    rows, columns = (tuple(Span(k, k + 1) for k in range(size)) for size in (n, m))
    there = Relatedness(rows, columns, matrix, Usual(expansion, 1.0, 1.5))
    back = Relatedness(columns, rows, matrix.T, Usual(1 / expansion, 1.5, 1.0))
    assert list(lost("x", "y", there)) == list(added("y", "x", back))
    assert worst_run(there) == worst_run(back)


@settings(max_examples=40, deadline=None)
@given(words, st.data())
def test_deleted_words_are_the_run(text: list[str], data: st.DataObject) -> None:
    """Words taken out of one side are exactly the run that the other side lacks."""
    first = data.draw(st.integers(0, len(text) - 4))
    count = data.draw(st.integers(2, 4))
    whole, gone = " ".join(text), " ".join(text[first : first + count])
    rest = " ".join(text[:first] + text[first + count :])
    (lack,) = lost(whole, rest.upper(), related(whole, rest.upper()))
    (gain,) = added(rest, whole.upper(), related(rest, whole.upper()))
    assert lack.span.of(whole) == gone
    assert gain.span.of(whole.upper()) == gone.upper()
    assert not lack.is_sentence
    assert 0 < lack.confidence < 1


@settings(max_examples=30, deadline=None)
@given(words)
def test_a_faithful_pair_has_no_runs(text: list[str]) -> None:
    """Nothing is lost or added where every word has its own."""
    source, target = " ".join(text), " ".join(text).upper()
    pair = related(source, target)
    assert list(lost(source, target, pair)) == []
    assert list(added(source, target, pair)) == []
    assert worst_run(pair) == 0


@pytest.mark.parametrize(
    ("shape", "losses", "gains_"),
    [((0, 0), 0, 0), ((0, 1), 0, 1), ((1, 0), 1, 0), ((3, 0), 1, 0), ((0, 3), 0, 1)],
)
def test_a_side_without_words_lacks_all(shape: tuple[int, int], losses: int, gains_: int) -> None:
    """Against a side that is all punctuation, the words of the other are one run."""
    rows, columns = (tuple(Span(k, k + 1) for k in range(size)) for size in shape)
    pair = Relatedness(rows, columns, np.zeros(shape, np.float32))
    assert len(list(lost("...", "...", pair))) == losses
    assert len(list(added("...", "...", pair))) == gains_


def test_a_missing_side_is_a_sentence() -> None:
    """A sentence without a counterpart is lost as a whole, whatever its words; "Yes." is minor."""
    (lack,) = lost("Talks were held again.", "", None)
    assert (lack.span, lack.severity, lack.is_sentence) == (Span(0, 22), Severity.MAJOR, True)
    (lack,) = added("", "Yes.", None)
    assert (lack.span, lack.severity) == (Span(0, 4), Severity.MINOR)
    assert list(lost("", "Yes.", None)) == list(added("Yes.", "", None)) == []


def test_without_word_vectors_no_run_is_claimed() -> None:
    """Where both sides have text and nobody has looked at their words, nothing is said."""
    assert list(lost("One side.", "The other.", None)) == []


@pytest.mark.parametrize(("cosine", "runs"), [(0.9, 0), (0.0, 0), (-0.4, 1)])
def test_one_word_against_one(cosine: float, runs: int) -> None:
    """A lone word is lost only where the other is nothing like it."""
    pair = Relatedness((Span(0, 1),), (Span(0, 1),), np.array([[cosine]], np.float32))
    assert len(list(lost("x", "y", pair))) == runs


def test_a_runs_span_is_from_its_first_to_its_last_word() -> None:
    """The span of a run covers what stands between its words."""
    assert Run(1, 2, 1.0).span((Span(0, 1), Span(2, 4), Span(5, 9))) == Span(2, 9)
