"""Tokens to words, and words of one side to words of the other."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.bitext import Span
from align.relate import (
    centred_tokens,
    counterparts,
    join,
    relate,
    usual_expansion,
    word_spans,
    word_vectors,
)
from align.vectors import Relatedness, TokenVectors, Usual, unit
from tests.fakes import HashEncoder

ENCODER = HashEncoder(64)

WORDS = ["peace", "talks", "U.S.-led", "don't", "3,000", "km²", "—", "...", "猫が好き"]
texts = st.lists(st.sampled_from(WORDS), max_size=9)


def tokens_of(*spans: tuple[int, int]) -> TokenVectors:
    """Make tokens at the given places with vectors that are pairwise orthogonal."""
    return TokenVectors(tuple(Span(*s) for s in spans), np.eye(8, dtype=np.float32)[: len(spans)])


def words_of(text: str) -> list[str]:
    """Split a text that is written with spaces into its words."""
    return [span.of(text) for span in word_spans(text, ())]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Peace talks, again!", ["Peace", "talks", "again"]),
        ("a well-known U.S.-led force", ["a", "well-known", "U.S", "led", "force"]),
        ("don't l’homme d'État", ["don't", "l’homme", "d'État"]),
        ("3,000 of 1.5 – 2.5%", ["3,000", "of", "1.5", "2.5"]),
        ("Thủ tướng Phạm", ["Thủ", "tướng", "Phạm"]),
        ("e\u0301te\u0301 हिन्दी", ["e\u0301te\u0301", "हिन्दी"]),
        ("rock 'n' roll-", ["rock", "n", "roll"]),
        ("— ... !?", []),
        ("", []),
    ],
)
def test_words_are_runs_of_letters_and_digits(text: str, words: list[str]) -> None:
    """Hyphens, apostrophes and points join a word only where letters stand on both sides."""
    assert words_of(text) == words


def test_scripts_without_spaces_take_the_tokens() -> None:
    """Chinese and Thai words are the encoder's tokens, cut to the run of letters."""
    text = "谈判代表。会面"
    tokens = [Span(0, 2), Span(2, 5), Span(5, 7)]
    assert [s.of(text) for s in word_spans(text, tokens)] == ["谈判", "代表", "会面"]
    thai = "สันติภาพ วันนี้"
    tokens = [Span(0, 5), Span(5, 8), Span(9, 15)]
    assert [s.of(thai) for s in word_spans(thai, tokens)] == ["สันติ", "ภาพ", "วันนี้"]


def test_tokens_that_share_characters_are_one_word() -> None:
    """The bytes of one character are no words, nor is a bare word sign at its beginning."""
    tokens = [Span(0, 1), Span(0, 2), Span(2, 3), Span(2, 3)]
    assert word_spans("谈判代", tokens) == (Span(0, 2), Span(2, 3))


def test_a_words_vector_is_the_mean_of_its_tokens() -> None:
    """A word of two tokens stands halfway between them; white space and punctuation add nothing."""
    (words,) = word_vectors(["peaceful, talks"], [tokens_of((0, 5), (5, 8), (8, 9), (10, 15))])
    eye = np.eye(8, dtype=np.float32)
    assert words.spans == (Span(0, 8), Span(10, 15))
    np.testing.assert_allclose(words.vectors, unit(np.stack([eye[0] + eye[1], eye[3]])), atol=1e-6)


def test_a_token_of_two_words_serves_both() -> None:
    """A token such as 24/7 gives each of its words a vector."""
    (words,) = word_vectors(["24/7 news"], [tokens_of((0, 4), (5, 9))])
    assert words.spans == (Span(0, 2), Span(3, 4), Span(5, 9))
    np.testing.assert_allclose(words.vectors, np.eye(8, dtype=np.float32)[[0, 0, 1]])


@given(st.lists(texts.map(" ".join), max_size=5))
def test_word_vectors_are_one_record_a_text(batch: list[str]) -> None:
    """Each text has its words in order, apart from each other, and a unit row for each."""
    records = word_vectors(batch, ENCODER.encode_tokens(batch).tokens)
    assert len(records) == len(batch)
    for text, record in zip(batch, records, strict=True):
        spans = record.spans
        assert all(a.end <= b.start for a, b in pairwise(spans))
        assert all(span.of(text).strip() for span in spans)
        assert record.vectors.shape == (len(spans), 64)
        np.testing.assert_allclose(np.linalg.norm(record.vectors, axis=1), 1, atol=1e-5)


def test_vectors_are_centred_over_all_texts() -> None:
    """The mean of one side's tokens goes, whichever text they stand in; so does the prior."""
    batch = ["one two three four", "five six seven"]
    tokens = ENCODER.encode_tokens(batch).tokens
    shifted = [TokenVectors(t.spans, unit(t.vectors + 0.3)) for t in tokens]
    plain = np.concatenate([w.vectors for w in word_vectors(batch, shifted)])
    assert abs(plain.mean(axis=0)).max() < 0.02
    prior = np.full(64, 0.1, np.float32)
    leaning = np.concatenate([w.vectors for w in word_vectors(batch, shifted, prior)])
    assert not np.allclose(plain, leaning, atol=1e-3)


def test_no_texts_have_no_words() -> None:
    """A side without a text is no error."""
    assert word_vectors([], []) == ()


def test_join_shifts_each_part() -> None:
    """Words of the second segment stand where the segment does."""
    batch = ["peace talks", "begin"]
    parts = word_vectors(batch, ENCODER.encode_tokens(batch).tokens)
    joined = join(parts, [0, 12])
    assert [span.of("peace talks begin") for span in joined.spans] == ["peace", "talks", "begin"]
    np.testing.assert_array_equal(joined.vectors, np.concatenate([p.vectors for p in parts]))


def test_relate_gives_cosines() -> None:
    """The words of a translation relate to their own and to no other."""
    batch = ["peace talks begin in the capital"]
    source = word_vectors(batch, ENCODER.encode_tokens(batch).tokens)[0]
    target = word_vectors(["X"], ENCODER.encode_tokens([batch[0].upper()]).tokens)[0]
    assert target.spans == (Span(0, 1),)
    target = word_vectors([batch[0].upper()], ENCODER.encode_tokens([batch[0].upper()]).tokens)[0]
    related = relate(source, target, Usual(1.4))
    assert related.matrix.dtype == np.float32
    assert related.usual.expansion == 1.4
    np.testing.assert_allclose(np.diag(related.matrix), 1, atol=1e-5)
    assert related.matrix[~np.eye(6, dtype=bool)].max() < 0.5


def test_expansion_is_the_usual_ratio() -> None:
    """Many beads are believed, one hardly; beads with an empty side are not counted."""
    assert usual_expansion([]) == 1.0
    assert usual_expansion([(0, 5), (5, 0)]) == 1.0
    assert usual_expansion([(10, 14)] * 400) == pytest.approx(1.4, abs=0.01)
    assert usual_expansion([(10, 20)]) == pytest.approx(2**0.2)


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=12).filter(
        lambda c: len(c) % 2
    )
)
def test_expansion_of_swapped_sides_is_the_inverse(counts: list[tuple[int, int]]) -> None:
    """What the target has more, the source has less; ties of the median aside."""
    whole = [(a, b) for a, b in counts if a and b]
    if len(whole) % 2:
        swapped = usual_expansion([(b, a) for a, b in whole])
        assert usual_expansion(whole) == pytest.approx(1 / swapped)


def test_tokens_are_centred_over_all_texts() -> None:
    """The mean that goes is that of the side, not of each text."""
    tokens = HashEncoder().encode_tokens(["a b c d e", "f g h i j"]).tokens
    together = centred_tokens(tokens)
    assert [len(t.spans) for t in together] == [5, 5]
    stacked = np.concatenate([t.vectors for t in together])
    assert np.abs(stacked.mean(axis=0)).max() < 0.05
    assert centred_tokens(()) == ()


def test_counterparts_are_each_others_best() -> None:
    """Words pair up only if neither has a better one, and if they are related at all."""
    spans = tuple(Span(n, n + 1) for n in range(3))
    matrix = np.array([[0.9, 0.2, 0.1], [0.8, 0.1, 0.5], [0.1, 0.2, 0.1]], np.float32)
    pairs = counterparts(Relatedness(spans, spans, matrix))
    assert pairs == ((spans[0], spans[0]),)
    matrix[1, 0] = 0.1
    assert counterparts(Relatedness(spans, spans, matrix))[1:] == ((spans[1], spans[2]),)
    empty = Relatedness((), spans, np.zeros((0, 3), np.float32))
    assert counterparts(empty) == ()
