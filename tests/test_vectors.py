"""Vectors: unit length, and the mean of a language taken out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.bitext import Span
from align.vectors import FEWEST_ROWS, PRIOR_ROWS, Relatedness, Vectors, centred, unit


def rows(count: int, seed: int, dimension: int = 24) -> Vectors:
    """Draw unit rows that share a direction, as the sentences of one language do."""
    drawn = np.random.default_rng(seed).standard_normal((count, dimension)) + 0.7
    return unit(drawn.astype(np.float32))


@given(st.integers(0, 30), st.integers(0, 99))
def test_unit_rows_have_length_one(count: int, seed: int) -> None:
    """Every row keeps its direction and has length one, in float32."""
    vectors = np.random.default_rng(seed).standard_normal((count, 8)).astype(np.float32) * 50
    scaled = unit(vectors)
    assert scaled.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(scaled, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(
        scaled * np.linalg.norm(vectors, axis=1)[:, None], vectors, atol=1e-3
    )


def test_rows_of_zeros_stay_zero() -> None:
    """Nothing is divided by zero."""
    assert not unit(np.zeros((2, 3), np.float32)).any()


@given(st.integers(FEWEST_ROWS, 40), st.integers(0, 99))
def test_centred_takes_the_mean_out(count: int, seed: int) -> None:
    """Without a prior, the rows' own mean is what goes; the rows are units again."""
    vectors = rows(count, seed)
    result = centred(vectors)
    np.testing.assert_allclose(np.linalg.norm(result, axis=1), 1, atol=1e-5)
    lengths = np.linalg.norm(vectors - vectors.mean(axis=0), axis=1, keepdims=True)
    np.testing.assert_allclose((result * lengths).mean(axis=0), 0, atol=1e-5)


@pytest.mark.parametrize("count", [0, 1, FEWEST_ROWS - 1])
def test_a_few_rows_are_left_alone(count: int) -> None:
    """The mean of a few rows says nothing of their language, so they stay as they are."""
    vectors = rows(count, 1)
    np.testing.assert_array_equal(centred(vectors), vectors)


@pytest.mark.parametrize("count", [0, 1, 5, 8, 300])
def test_the_prior_weighs_as_much_as_its_rows(count: int) -> None:
    """The mean is that of the rows and of eight more that are all the prior."""
    vectors, prior = rows(count, 2), rows(40, 3).mean(axis=0)
    stand_ins = np.repeat(prior[None], int(PRIOR_ROWS), axis=0)
    mean = np.concatenate([vectors, stand_ins]).mean(axis=0)
    result = centred(vectors, prior)
    assert result.dtype == np.float32
    assert result.shape == vectors.shape
    np.testing.assert_allclose(result, unit(vectors - mean), atol=1e-4)


def test_a_single_row_with_a_prior_is_a_unit() -> None:
    """One sentence is not swallowed by its own mean."""
    prior = rows(40, 3).mean(axis=0)
    assert np.linalg.norm(centred(rows(1, 4), prior)) == pytest.approx(1, abs=1e-5)


@given(st.integers(8, 40), st.integers(0, 99))
def test_centring_spreads_the_cosines(count: int, seed: int) -> None:
    """Unrelated rows of one language are less alike than before."""
    vectors = rows(count, seed)
    spread = centred(vectors)
    assert (spread @ spread.T).mean() < (vectors @ vectors.T).mean()


def test_indices_are_of_the_words_touched() -> None:
    """A span finds the words with which it shares a character, on either side."""
    words = (Span(0, 3), Span(4, 7), Span(8, 9))
    related = Relatedness(words, words[:2], np.zeros((3, 2), np.float32))
    assert related.source_indices(Span(2, 5)) == [0, 1]
    assert related.source_indices(Span(3, 4)) == []
    assert related.source_indices(Span(0, 99)) == [0, 1, 2]
    assert related.target_indices(Span(6, 9)) == [1]
