"""py3langid's model unpacked in the cache, and copies that nobody finished."""

import os
import time
from pathlib import Path

import numpy as np
import pytest

from align import copies
from align.identifier import load_identifier, shed

TEXTS = (
    "The bridge was closed after the flood.",
    "Cây cầu bị đóng sau trận lũ.",
    "После наводнения мост закрыли.",
    "洪水过后，这座桥被关闭了。",
    "สะพานถูกปิดหลังน้ำท่วม",
    "ŠTO JE TO?",
    "123",
    "",
)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache that holds the unpacked model."""
    cache = tmp_path_factory.mktemp("identifier")
    load_identifier(cache)
    return cache


def test_the_copy_answers_as_the_model_does(unpacked: Path) -> None:
    """Every language has the same probability, from the copy and as it comes."""
    copy, plain = load_identifier(unpacked), load_identifier(None)
    for text in TEXTS:
        ours, theirs = dict(copy.rank(text)), dict(plain.rank(text))
        assert ours.keys() == theirs.keys()
        np.testing.assert_array_equal([ours[tag] for tag in theirs], list(theirs.values()))


def test_the_copy_is_used_again(unpacked: Path) -> None:
    """The second process writes nothing."""
    (folder,) = unpacked.iterdir()
    before = {p.name: p.stat().st_mtime_ns for p in folder.iterdir()}
    load_identifier(unpacked)
    assert {p.name: p.stat().st_mtime_ns for p in folder.iterdir()} == before


def test_a_damaged_copy_is_made_again(tmp_path: Path) -> None:
    """What is not as it was sealed is never read."""
    load_identifier(tmp_path)
    (folder,) = tmp_path.iterdir()
    (folder / "tk_row.npy").write_bytes(b"short")
    assert load_identifier(tmp_path).classify(TEXTS[1])[0] == "vi"
    assert copies.is_sound(folder)


def test_without_a_place_the_model_is_read_as_it_comes(tmp_path: Path) -> None:
    """A file where the cache should be is no obstacle."""
    (tmp_path / "file").touch()
    assert load_identifier(tmp_path / "file").classify(TEXTS[0])[0] == "en"


def test_what_killed_conversions_left_is_cleared(tmp_path: Path) -> None:
    """Old halves go with the next conversion; a young one may still be in work."""
    old, young = tmp_path / ".converting-old", tmp_path / ".converting-young"
    for folder in (old, young):
        folder.mkdir()
        (folder / "half").touch()
    long_ago = time.time() - 2 * copies.ABANDONED_SECONDS
    os.utime(old, (long_ago, long_ago))
    copies.make(tmp_path / "copy", lambda folder: (folder / "file").touch())
    assert sorted(p.name for p in tmp_path.iterdir()) == [".converting-young", "copy"]
    assert [copies.is_copy(p) for p in (young, tmp_path / "copy", tmp_path)] == [True, True, False]


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="counts pages as Linux does")
def test_a_copy_that_rests_holds_no_memory(unpacked: Path) -> None:
    """What a mapped model had read is given back, and read again when it is asked again."""
    identifier = load_identifier(unpacked)
    before = [identifier.classify(text) for text in TEXTS]
    assert resident(unpacked) > 0
    shed(identifier)
    assert resident(unpacked) == 0
    assert [identifier.classify(text) for text in TEXTS] == before


def test_a_model_as_it_comes_has_nothing_to_shed() -> None:
    """Without a cache the model is the process's own."""
    identifier = load_identifier(None)
    before = identifier.classify(TEXTS[1])
    shed(identifier)
    assert identifier.classify(TEXTS[1]) == before


def resident(folder: Path) -> int:
    """Return the kB of this process's memory that are pages of files in a folder."""
    total, inside = 0, False
    for line in Path("/proc/self/smaps").read_text("utf-8").splitlines():
        name, _, rest = line.partition(":")
        if "-" in name and " " in name:
            inside = str(folder) in line
        elif inside and name == "Rss":
            total += int(rest.split()[0])
    return total
