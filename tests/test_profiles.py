"""langdetect's profiles unpacked in the cache."""

import json
from pathlib import Path

import pytest
from langdetect.detector_factory import PROFILES_DIRECTORY

from align import copies
from align.profiles import load_detectors

VIETNAMESE = "Cây cầu bị đóng sau trận lũ."


@pytest.mark.parametrize("cached", [False, True], ids=["as they come", "unpacked"])
def test_every_run_has_the_shares_of_its_profiles(tmp_path: Path, cached: bool) -> None:
    """A run's share in a language is its count there, of all runs of that length."""
    cache = tmp_path if cached else None
    load_detectors(cache, 0)
    factory = load_detectors(cache, 0)
    paths = sorted(Path(PROFILES_DIRECTORY).iterdir())
    profiles = [json.loads(path.read_text("utf-8")) for path in paths]
    assert factory.langlist == [profile["name"] for profile in profiles]
    for run in {run for profile in profiles for run in profile["freq"]}:
        assert run in factory.word_lang_prob_map
        assert factory.word_lang_prob_map[run] == [
            profile["freq"].get(run, 0) / profile["n_words"][len(run) - 1] for profile in profiles
        ]
    assert "xyzq" not in factory.word_lang_prob_map
    assert None not in factory.word_lang_prob_map


def test_a_copy_is_used_again_and_a_damaged_one_made_again(tmp_path: Path) -> None:
    """What is not as it was sealed is never read."""
    load_detectors(tmp_path, 0)
    (folder,) = tmp_path.iterdir()
    runs = folder / "runs.marisa"
    made = runs.stat().st_mtime_ns
    load_detectors(tmp_path, 0)
    assert runs.stat().st_mtime_ns == made
    runs.write_bytes(runs.read_bytes()[:1000])
    assert language(tmp_path) == "vi"
    assert copies.is_sound(folder)


def test_without_a_place_the_profiles_are_read_as_they_come(tmp_path: Path) -> None:
    """A file where the cache should be is no obstacle."""
    (tmp_path / "file").touch()
    assert language(tmp_path / "file") == "vi"


def language(cache: Path) -> str:
    """Return what a detector says of a Vietnamese sentence."""
    detector = load_detectors(cache, 0).create()
    detector.append(VIETNAMESE)
    return str(detector.detect())
