"""The store of vectors, and the encoder that remembers through it."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.bitext import Span
from align.encoder import load_remembered
from align.encoder.embedded import EmbeddedEncoder
from align.encoder.remembered import RememberedEncoder, _packed, _unpacked
from align.encoder.store import Store, remove
from align.errors import ModelError
from align.manifest import Manifest, find_manifest
from align.vectors import Embedding, TokenVectors, Vectors
from tests.fakes import HashEncoder

MANIFEST = Manifest("hash", "x/hash", "1", "MIT", 256, 1, "", ())
ROOT = Path(__file__).parent.parent


class Counting(HashEncoder):
    """An encoder that says what it was asked for."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        super().__init__(32)
        self.asked: list[str] = []

    def encode_tokens(self, texts: Sequence[str]) -> Embedding:
        """Remember the texts, and encode them."""
        self.asked += texts
        return super().encode_tokens(texts)


def remembering(path: Path, size_mb: float = 10) -> tuple[RememberedEncoder, Counting]:
    """Return an encoder with a store, and the one behind it."""
    behind = Counting()
    return RememberedEncoder(lambda: behind, MANIFEST, None, Store(path, size_mb)), behind


def key(number: int) -> bytes:
    """Return a key."""
    return number.to_bytes(32, "big")


def same(one: Embedding, two: Embedding) -> None:
    """Demand that two embeddings are equal to the last digit."""
    np.testing.assert_array_equal(one.sentences, two.sentences)
    for a, b in zip(one.tokens, two.tokens, strict=True):
        assert a.spans == b.spans
        np.testing.assert_array_equal(a.vectors, b.vectors)


def test_a_known_text_is_not_encoded_again(tmp_path: Path) -> None:
    """Of a text with one new sentence, only that one is computed, in this process or the next."""
    texts = ["the cat", "the dog", "", "the cat"]
    encoder, behind = remembering(tmp_path / "s")
    first = encoder.encode_tokens(texts)
    assert behind.asked == ["the cat", "the dog", ""]
    same(first, HashEncoder(32).encode_tokens(texts))
    again, behind = remembering(tmp_path / "s")
    second = again.encode_tokens([*texts, "new"])
    assert behind.asked == ["new"]
    same(Embedding(second.sentences[:4], second.tokens[:4]), first)


def test_nothing_to_do_has_the_right_shape(tmp_path: Path) -> None:
    """No text gives no rows of the encoder's dimension."""
    encoder, _ = remembering(tmp_path / "s")
    assert encoder.encode([]).shape == (0, 32)
    assert encoder.encode_tokens([]).tokens == ()


def test_sentences_alone_are_kept_apart(tmp_path: Path) -> None:
    """Who asks for sentences only gets no tokens, and does not spoil what others ask for."""
    encoder, _ = remembering(tmp_path / "s")
    alone = encoder.encode(["the cat"])
    with_tokens = encoder.encode_tokens(["the cat"])
    np.testing.assert_array_equal(alone, with_tokens.sentences)
    assert len(with_tokens.tokens[0].spans) == 2


def test_another_encoder_has_its_own_entries(tmp_path: Path) -> None:
    """What one encoder has given is not taken for another's."""
    encoder, _ = remembering(tmp_path / "s")
    encoder.encode_tokens(["the cat"])
    other = Counting()
    manifest = Manifest("hash", "x/hash", "2", "MIT", 256, 1, "", ())
    RememberedEncoder(lambda: other, manifest, None, Store(tmp_path / "s", 10)).encode_tokens(
        ["the cat"]
    )
    assert other.asked == ["the cat"]


@given(
    st.integers(1, 9),
    st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=5),
    st.booleans(),
)
def test_entries_come_back_as_they_were(
    dimension: int, places: list[tuple[int, int]], with_tokens: bool
) -> None:
    """Vectors and places survive packing to the last digit."""
    rng = np.random.default_rng(3)
    sentence: Vectors = rng.standard_normal(dimension).astype(np.float32)
    rows: Vectors = rng.standard_normal((len(places), dimension)).astype(np.float32)
    tokens = TokenVectors(tuple(Span(*place) for place in places), rows)
    found, found_tokens = _unpacked(_packed(sentence, tokens if with_tokens else None))
    np.testing.assert_array_equal(found, sentence)
    if with_tokens:
        assert found_tokens.spans == tokens.spans
        np.testing.assert_array_equal(found_tokens.vectors, rows)


def test_a_damaged_entry_is_computed_again(tmp_path: Path) -> None:
    """Bytes that do not fit their checksum are never trusted, nor is one entry for another."""
    encoder, _ = remembering(tmp_path / "s")
    expected = encoder.encode_tokens(["the cat", "the dog", "the sea"])
    with sqlite3.connect(tmp_path / "s") as database:
        rows = database.execute("SELECT key, value FROM entries ORDER BY key").fetchall()
        broken = rows[0][1][:-1] + bytes([rows[0][1][-1] ^ 1])
        for row, value in zip(rows, (broken, rows[2][1], "text"), strict=True):
            database.execute("UPDATE entries SET value = ? WHERE key = ?", (value, row[0]))
    database.close()
    again, behind = remembering(tmp_path / "s")
    same(again.encode_tokens(["the cat", "the dog", "the sea"]), expected)
    assert sorted(behind.asked) == ["the cat", "the dog", "the sea"]
    last, behind = remembering(tmp_path / "s")
    same(last.encode_tokens(["the cat", "the dog", "the sea"]), expected)
    assert behind.asked == []


@pytest.mark.parametrize("content", [b"no database" * 500, b"SQLite format 3\0" + b"\1" * 5000])
def test_a_file_that_is_no_database_is_replaced(tmp_path: Path, content: bytes) -> None:
    """A damaged file costs one computation, and no error."""
    (tmp_path / "s").write_bytes(content)
    for asked in (["the cat"], ["the cat"], []):
        encoder, behind = remembering(tmp_path / "s")
        encoder.encode_tokens(["the cat"])
        if behind.asked == []:
            break
        assert asked == behind.asked
    assert behind.asked == []


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    """Without a store, everything is computed."""
    (tmp_path / "file").touch()
    for path in (tmp_path / "file" / "s", tmp_path):
        encoder, behind = remembering(path)
        encoder.encode_tokens(["the cat"])
        assert behind.asked == ["the cat"]


def test_a_store_stays_within_its_size(tmp_path: Path) -> None:
    """The longest unused entries go first, and one process fills no more than half."""
    for number in range(40):
        store = Store(tmp_path / "s", 0.01)
        store.put({key(number): bytes(1000)})
        assert store.size()[1] <= 10_000
        with sqlite3.connect(tmp_path / "s") as database:
            database.execute("UPDATE entries SET used = used - 10")
        database.close()
    store = Store(tmp_path / "s", 0.01)
    assert key(39) in store.get([key(39)])
    assert store.get([key(0)]) == {}
    greedy = Store(tmp_path / "t", 0.01)
    greedy.put({key(number): bytes(1000) for number in range(40)})
    assert greedy.size() == (5, 5000)


def test_an_entry_in_use_is_kept(tmp_path: Path) -> None:
    """To be read is to be used."""
    for number in range(30):
        store = Store(tmp_path / "s", 0.01)
        store.put({key(number): bytes(1000)})
        with sqlite3.connect(tmp_path / "s") as database:
            database.execute("UPDATE entries SET used = used - 10")
        database.close()
        assert key(0) in store.get([key(0)])


WRITER = """
import sys
from pathlib import Path
from align.encoder.store import Store
store, name = Store(Path(sys.argv[1]), 1.0), int(sys.argv[2])
for number in range(60):
    key = (number % 20).to_bytes(32, "big")
    store.put({key: bytes([number % 20]) * 2000})
    for found, value in store.get([key]).items():
        assert set(value) == {found[-1]}
"""


def test_processes_at_once_share_a_store(tmp_path: Path) -> None:
    """Three processes that write and read the same entries find them whole."""
    writers = [
        subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-c", WRITER, str(tmp_path / "s"), str(k)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for k in range(3)
    ]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0]
    assert Store(tmp_path / "s", 1.0).size() == (20, 40_000)


def test_removing_leaves_nothing(tmp_path: Path) -> None:
    """A removed store leaves no file behind, and an absent one is no error."""
    Store(tmp_path / "s", 1.0).put({key(1): b"x"})
    remove(tmp_path / "s")
    remove(tmp_path / "s")
    assert list(tmp_path.iterdir()) == []


def test_the_encoder_is_loaded_when_it_is_needed(packaged: Manifest, tmp_path: Path) -> None:
    """What is known needs no weights; their loss is told at once all the same."""
    load_remembered(packaged, tmp_path / "cache", 10).encode_tokens(["the cat"])
    copies = [p for p in (tmp_path / "cache").iterdir() if p.is_dir()]
    encoder = load_remembered(packaged, tmp_path / "cache", 10)
    encoder.encode_tokens(["the cat"])
    assert isinstance(encoder, RememberedEncoder)
    assert encoder._loaded is None
    assert len(copies) == 1
    (tmp_path / "site" / "tinyweights" / "tiny.bin").unlink()
    with pytest.raises(ModelError, match="not installed"):
        load_remembered(packaged, tmp_path / "cache", 10)


def test_whole_texts_are_met_once(packaged: Manifest, tmp_path: Path) -> None:
    """One new text among known ones is enough to say that they were not met."""
    encoder = load_remembered(packaged, tmp_path / "cache", 10)
    assert isinstance(encoder, RememberedEncoder)
    assert not encoder.has_met(["the cat", "con mèo"])
    assert encoder.has_met(["con mèo", "the cat"])
    assert not encoder.has_met(["the cat", "the dog"])
    assert encoder.encode_tokens(["the cat"]).tokens[0].spans


def test_nothing_is_kept_where_nothing_should_be(packaged: Manifest, tmp_path: Path) -> None:
    """A size of 0 turns the store off, and a user's own folder is never remembered."""
    assert isinstance(load_remembered(packaged, tmp_path / "cache", 0), EmbeddedEncoder)
    assert not (tmp_path / "cache" / "vectors.sqlite3").exists()
    own = find_manifest(str(tmp_path))
    with pytest.raises(ModelError):
        load_remembered(own, tmp_path / "cache", 10)
