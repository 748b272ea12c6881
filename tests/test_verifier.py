"""The verifier: both sides of a bead read together, judged word by word."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from align import manifest as manifests
from align import verifier as stage
from align.bitext import Span
from align.encoder import Encoder
from align.errors import ModelError
from align.judgement import ERRORS, Judgement, find_runs
from align.manifest import VerifierManifest, find_verifier
from align.relate import centred_tokens
from align.vectors import TokenVectors
from align.verifier import (
    OnnxVerifier,
    Passage,
    join_passages,
    load_verifier,
    marks,
)
from tests.fakes import HashEncoder


@pytest.fixture
def verifier(tiny_verifier: VerifierManifest) -> OnnxVerifier:
    """Load the tiny verifier."""
    return load_verifier(tiny_verifier)


def passage(text: str) -> Passage:
    """Return a text with the hash encoder's tokens."""
    return Passage(text, HashEncoder().encode_tokens([text]).tokens[0])


def words(text: str, judgement: Judgement, side: int = 0) -> dict[str, float]:
    """Return the probability that each word of a side is lacking."""
    odds = (judgement.source, judgement.target)[side]
    return {span.of(text): float(p) for span, p in zip(odds.spans, odds.lacking, strict=True)}


def test_lost_and_added_words_are_told_on_their_sides(verifier: OnnxVerifier) -> None:
    """What the other side has not is lacking, what it has is not."""
    source, target = "the old ship sailed south", "THE SHIP SAILED TODAY"
    (judged,) = verifier.judge([(passage(source), passage(target))])
    lost, added = words(source, judged), words(target, judged, 1)
    assert {word for word, p in lost.items() if p > 0.5} == {"old", "south"}
    assert {word for word, p in added.items() if p > 0.5} == {"TODAY"}
    assert judged.risk > 0.8
    assert set(judged.errors) == set(ERRORS)


def test_a_faithful_pair_has_little_risk(verifier: OnnxVerifier) -> None:
    """Nothing lacks, so nothing is said."""
    (judged,) = verifier.judge([(passage("a ship sailed"), passage("A SHIP SAILED"))])
    assert judged.risk < 0.1
    assert max(words("a ship sailed", judged).values()) < 0.1


def test_a_pair_is_judged_alike_in_any_company(verifier: OnnxVerifier) -> None:
    """Padding and batches leave no trace, and answers keep their order."""
    texts = ["one", "one two three", "one two three four five six seven", "nine " * 40]
    pairs = [(passage(text), passage(text.upper() + " more")) for text in texts]
    together = verifier.judge(pairs)
    for pair, judged in zip(pairs, together, strict=True):
        (alone,) = verifier.judge([pair])
        np.testing.assert_allclose(alone.source.lacking, judged.source.lacking, atol=1e-5)
        np.testing.assert_allclose(alone.target.lacking, judged.target.lacking, atol=1e-5)
        assert alone.risk == pytest.approx(judged.risk, abs=1e-5)


@pytest.mark.parametrize(
    ("source", "target"), [("a ship", ""), ("", "a ship"), ("", ""), ("…", "a")]
)
def test_a_side_without_words_faces_nothing(
    verifier: OnnxVerifier, source: str, target: str
) -> None:
    """All of the other side is then lacking; two empty sides are no error."""
    (judged,) = verifier.judge([(passage(source), passage(target))])
    assert (judged.source.lacking > 0.99).all()
    assert (judged.target.lacking > 0.99).all()
    assert (judged.source.changed < 0.01).all()
    assert (judged.risk > 0.8) == bool(judged.source.spans or judged.target.spans)


def test_no_pairs_no_answers(verifier: OnnxVerifier) -> None:
    """An empty list is answered by one."""
    assert verifier.judge([]) == ()


def test_a_long_pair_is_read_in_windows(
    verifier: OnnxVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is cut off, and a word lost in the middle is found as in a short pair."""
    monkeypatch.setattr(stage, "WINDOW", 60)
    source = " ".join(f"w{k}" for k in range(100))
    target = " ".join(f"W{k}" for k in range(100) if k not in (50, 51))
    (judged,) = verifier.judge([(passage(source), passage(target))])
    lost = words(source, judged)
    assert len(lost) == 100
    assert {word for word, p in lost.items() if p > 0.5} == {"w50", "w51"}
    assert max(words(target, judged, 1).values()) < 0.5


def test_windows_cover_both_sides_whatever_their_lengths() -> None:
    """Every token of both sides is in a window, and no window is longer than allowed."""
    for sizes in ((1, 1), (300, 300), (1, 2000), (900, 7), (480, 1), (3, 477)):
        sides = [
            Passage(
                "",
                TokenVectors(tuple(Span(k, k + 1) for k in range(n)), np.zeros((n, 4), np.float32)),
            )
            for n in sizes
        ]
        seen: list[set[int]] = [set(), set()]
        for window in stage._windows((sides[0], sides[1])):
            assert sum(w.stop - w.start for w in window) <= stage.WINDOW + 2
            for which in (0, 1):
                seen[which] |= set(range(window[which].start, window[which].stop))
        assert [len(s) for s in seen] == list(sizes)


def test_segments_are_joined_with_their_places() -> None:
    """The spans of a joined passage are those of its text."""
    parts = HashEncoder().encode_tokens(["a ship.", "it sank."]).tokens
    joined = join_passages("a ship. it sank.", parts, [0, 8])
    assert [span.of(joined.text) for span in joined.tokens.spans] == ["a", "ship", "it", "sank"]
    assert len(joined.tokens.vectors) == 4


def test_marks_say_what_can_be_read_off() -> None:
    """Equal words, digits, capitals, punctuation, places and lengths."""
    text, other = "On 12 May, Rome won.", "Am 12. Mai gewann Rome"
    spans = [Span(0, 2), Span(3, 5), Span(6, 9), Span(9, 10), Span(11, 15), Span(16, 19)]
    theirs = [Span(0, 2), Span(3, 5), Span(7, 10), Span(11, 17), Span(18, 22)]
    told = marks(text, spans, other, theirs)
    assert told[:, 0].tolist() == [0, 1, 0, 0, 1, 0]
    assert told[:, 1].tolist() == [0, 1, 0, 0, 0, 0]
    assert told[:, 2].tolist() == [1, 0, 1, 0, 1, 0]
    assert told[:, 3].tolist() == [0, 0, 0, 1, 0, 0]
    assert (np.diff(told[:, 4]) > 0).all()
    assert told[0, 5] == pytest.approx(np.log(7 / 6))


def test_calibration_bends_the_odds(tiny_verifier: VerifierManifest) -> None:
    """Slope and offset of the manifest stand between the network and its probabilities."""
    pair = (passage("the old ship"), passage("THE SHIP"))
    calmer = tiny_verifier.calibration | {"lacking": (0.5, -1.0), "risk": (0.5, 0.0, 0.0, -2.5)}
    (plain,) = load_verifier(tiny_verifier).judge([pair])
    (calm,) = load_verifier(replace(tiny_verifier, calibration=calmer)).judge([pair])
    assert words("the old ship", calm)["old"] < words("the old ship", plain)["old"]
    assert 0 < calm.risk < plain.risk


def test_the_risk_of_a_wished_silence(tiny_verifier: VerifierManifest) -> None:
    """Fewer false alarms need more risk; between the measured points it is a straight line."""
    verifier = load_verifier(tiny_verifier)
    assert verifier.risk_at(1) == 0.8
    assert verifier.risk_at(3) == pytest.approx(0.6)
    assert verifier.risk_at(0.1) == 0.8


def test_a_run_is_whole_and_single_doubts_are_none() -> None:
    """A gap inside a phrase is bridged; a word that barely reaches the threshold is no run."""
    odds = np.array([0.1, 0.9, 0.95, 0.3, 0.9, 0.1, 0.1, 0.6, 0.1], np.float32)
    runs = list(find_runs(odds, threshold=0.5))
    assert [(run.first, run.last) for run in runs] == [(1, 4)]
    assert runs[0].confidence == pytest.approx(0.95)
    assert runs[0].span(tuple(Span(k, k + 1) for k in range(9))) == Span(1, 5)
    assert not list(find_runs(np.zeros(0, np.float32)))
    assert [(r.first, r.last) for r in find_runs(np.ones(3, np.float32))] == [(0, 2)]


def test_a_file_that_is_not_the_one_is_refused(
    tiny_verifier: VerifierManifest, tmp_path: Path
) -> None:
    """Missing, changed, or no model at all: an error that says what to do."""
    path = tmp_path / "verifier" / tiny_verifier.file
    path.write_bytes(b"no model")
    with pytest.raises(ModelError, match="digest"):
        load_verifier(tiny_verifier)
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_verifier(replace(tiny_verifier, sha256=manifests.sha256(path)))
    path.unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        load_verifier(tiny_verifier)


@pytest.mark.model
def test_the_real_verifier_finds_what_was_lost(encoder: Encoder) -> None:
    """A lost clause is marked and its pair riskier than the faithful one, which stays quiet."""
    source = "The mayor opened the new bridge on Monday, although engineers had warned against it."
    right = "Thị trưởng đã khánh thành cây cầu mới vào thứ Hai, mặc dù các kỹ sư đã cảnh báo."
    wrong = "Thị trưởng đã khánh thành cây cầu mới vào thứ Hai."
    sides = (encoder.encode_tokens([source, source]), encoder.encode_tokens([right, wrong]))
    assert encoder.centre is not None
    centred = [centred_tokens(side.tokens, encoder.centre.token) for side in sides]
    pairs = [
        (Passage(source, centred[0][k]), Passage(text, centred[1][k]))
        for k, text in enumerate((right, wrong))
    ]
    faithful, lossy = load_verifier(find_verifier()).judge(pairs)
    assert find_verifier().encoder == encoder.identity
    assert lossy.risk > 0.8 > faithful.risk + 0.3
    marked = [run.span(lossy.source.spans).of(source) for run in find_runs(lossy.source.lacking)]
    assert any("engineers had warned" in text for text in marked)
    assert max(lossy.errors, key=lambda name: lossy.errors[name]) == "omission"


def test_a_manifest_that_is_not_well_formed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key too many, or no file, is an error and not a guess."""
    real = manifests.models_folder() / "verifier"
    monkeypatch.setattr(manifests, "models_folder", lambda: tmp_path)
    with pytest.raises(ModelError, match="not well formed"):
        find_verifier()
    (tmp_path / "verifier").mkdir()
    copy = tmp_path / "verifier" / "manifest.toml"
    shutil.copy(real / "manifest.toml", copy)
    copy.write_text("colour = 'red'\n" + copy.read_text("utf-8"), "utf-8")
    with pytest.raises(ModelError, match="colour"):
        find_verifier()
