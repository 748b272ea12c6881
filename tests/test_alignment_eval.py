"""The alignment benchmark itself: scores by hand, noise that keeps count, vectors stored once."""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.bitext import Bead as OwnBead
from align.vectors import Embedding
from eval import peers
from eval.alignment import ours
from eval.alignment_data import Files, VectorStore, cases
from eval.alignment_oracle import Aligned, align_case, errors, reachable
from eval.alignment_plot import draw
from eval.bead_scores import Tally, calibration_error, with_gaps
from eval.given import bead_of
from eval.noise import FEWEST_TO_MOVE, KINDS, Bead, Case, Noise, noised, scaled
from eval.peers import Input, installed, windows
from tests.fakes import HashEncoder

STRANGERS = [("stranger", "STRANGER")]

# Two joined sentences face one, one is lost, and two became one.
TRUE: list[Bead] = [((0,), (0, 1)), ((1,), (2,)), ((2,), ()), ((3, 4), (3,))]


def figures(given: Sequence[Bead], true: Sequence[Bead], *size: int) -> dict[str, float]:
    """Score one case."""
    tally = Tally()
    tally.add(given, true, (size[0], size[1]))
    return tally.figures()


def article(count: int, noise: Noise, seed: int = 1) -> Case:
    """Return an article of numbered sentences after noise; its translation is in capitals."""
    pairs = [(f"sentence {i}", f"SENTENCE {i}") for i in range(count)]
    return noised("article", pairs, noise, STRANGERS, random.Random(seed))


def test_the_true_beads_score_full_marks() -> None:
    """What is right in everything has every F1 at 1 and no false alarm."""
    assert figures(TRUE, TRUE, 5, 4) == {"strict": 1, "lax": 1, "alone": 1, "alarms": 0}


def test_half_right_beads_score_as_counted_by_hand() -> None:
    """Of four beads two are right, three touch a true one; the lost sentence was paired."""
    given: list[Bead] = [((0,), (0,)), ((1,), (2,)), ((2,), (1,)), ((3, 4), (3,))]
    found = figures(given, TRUE, 5, 4)
    assert found["strict"] == pytest.approx(2 * (2 / 4) * (2 / 3) / (2 / 4 + 2 / 3), abs=1e-4)
    assert found["lax"] == pytest.approx(2 * (3 / 4) * 1 / (3 / 4 + 1), abs=1e-4)
    assert (found["alone"], found["alarms"]) == (0, 0)


def test_saying_nothing_is_nine_gaps() -> None:
    """Who pairs nothing finds the one lost sentence and cries wolf over all others."""
    found = figures([], TRUE, 5, 4)
    assert (found["strict"], found["lax"]) == (0, 0)
    assert found["alone"] == pytest.approx(0.2)
    assert found["alarms"] == 1


def test_what_gold_does_not_mention_is_alone_but_no_missing_bead() -> None:
    """A segment that no true bead has is a gap for the flag, and a wrong one for precision."""
    found = figures([((0,), (0,))], [((0,), (0,))], 2, 1)
    assert found["strict"] == pytest.approx(2 * 0.5 * 1 / 1.5, abs=1e-4)
    assert found["alone"] == 1


def test_where_nothing_is_alone_there_are_only_alarms() -> None:
    """An F1 of what does not exist would say 0 of a perfect answer."""
    assert figures([((0,), (0,))], [((0,), (0,))], 1, 1) == {"strict": 1, "lax": 1, "alarms": 0}


def test_tallies_pool_their_cases() -> None:
    """Two cases count by their beads, not by halves."""
    tally = Tally()
    tally.add([((0,), (0,))], [((0,), (0,))], (1, 1))
    tally.add([((0,), ()), ((), (0,))], [((0,), (0,))], (1, 1))
    assert tally.figures()["strict"] == pytest.approx(2 * (1 / 3) * (1 / 2) / (5 / 6), abs=1e-4)


def test_empty_beads_are_dropped_and_gaps_filled() -> None:
    """A bead of nothing is none; a segment that no bead has becomes a gap."""
    assert with_gaps([((), ()), ((0,), (1,))], (2, 2)) == {
        ((0,), (1,)),
        ((1,), ()),
        ((), (0,)),
    }


def test_calibration_error_is_the_mean_gap() -> None:
    """Two said .95 of which one came true, and a .15 that did not: (.9 + .15) / 3."""
    said = [(0.95, True), (0.95, False), (0.15, False)]
    assert calibration_error(said) == pytest.approx(0.35)
    assert calibration_error([(1.0, True), (0.0, False)]) == 0
    assert calibration_error([]) == 0


@given(st.integers(1, 40), st.sampled_from(sorted(KINDS)), st.integers(0, 10**6))
def test_noise_knows_its_beads(count: int, kind: str, seed: int) -> None:
    """Each sentence is in one bead, and the two sides of a bead say the same."""
    case = article(count, KINDS[kind], seed)
    assert sorted(i for one, _ in case.beads for i in one) == list(range(len(case.source)))
    assert sorted(j for _, two in case.beads for j in two) == list(range(len(case.target)))
    for one, two in case.beads:
        if one and two:
            source, target = (
                " ".join(side[k] for k in run)
                for side, run in ((case.source, one), (case.target, two))
            )
            assert source.upper() == target


def test_without_noise_nothing_happens() -> None:
    """A clean article is one to one."""
    case = article(5, Noise())
    assert case.beads == tuple(((i,), (i,)) for i in range(5))
    assert case == article(5, scaled(KINDS["web"], 0))


@pytest.mark.parametrize("seed", range(5))
def test_each_kind_does_what_it_says(seed: int) -> None:
    """At its highest rate each kind shows in the beads, and only in its own way."""
    merged = article(30, Noise(merged=1), seed)
    assert all(
        min(len(one), len(two)) == 1 < max(len(one), len(two)) for one, two in merged.beads[:-1]
    )
    deleted = article(30, Noise(deleted=1), seed)
    assert len(deleted.source) + len(deleted.target) == 30
    assert not any(all(bead) for bead in deleted.beads)
    inserted = article(30, Noise(inserted=1), seed)
    assert (len(inserted.source), len(inserted.target)) == (60, 60)
    moved = article(30, Noise(moved=1), seed)
    assert sorted(moved.target) == sorted(article(30, Noise()).target)
    assert [two for _, two in moved.beads] != [one for one, _ in moved.beads]
    repeated = article(30, Noise(repeated=1), seed)
    assert 61 <= len(repeated.source) + len(repeated.target) <= 63
    truncated = article(30, Noise(truncated=1), seed)
    assert 55 <= len(truncated.source) + len(truncated.target) <= 58


def test_a_short_article_is_not_moved_cut_or_repeated() -> None:
    """Below its least length a text keeps its order and its ends."""
    noise = Noise(moved=1, repeated=1, truncated=1)
    assert article(FEWEST_TO_MOVE - 1, noise) == article(FEWEST_TO_MOVE - 1, Noise())


def test_the_seed_decides() -> None:
    """The same seed gives the same case, another one another."""
    assert article(30, KINDS["web"], 3) == article(30, KINDS["web"], 3)
    assert article(30, KINDS["web"], 3) != article(30, KINDS["web"], 4)


def test_windows_are_weighted_means_of_what_ends_there() -> None:
    """A window of two is the mean by characters; before the text there is nothing to add."""
    vectors = np.array([[1, 0], [0, 1], [1, 0]], np.float32)
    found = windows(["aaaa", "bbb", "c"], vectors, 2)
    assert found.shape == (2, 3, 2)
    assert found[0] == pytest.approx(vectors)
    assert found[1] == pytest.approx(np.array([[1, 0], [0.8, 0.6], [1 / 10**0.5, 3 / 10**0.5]]))


def told(*texts: list[str]) -> Input:
    """Return two texts with their vectors."""
    encoder = HashEncoder()
    return Input(texts[0], texts[1], *(encoder.encode_tokens(side) for side in texts))


def faithful() -> Input:
    """Return twelve sentences and the same in capitals, with their vectors."""
    source = [f"sentence{i} is about thing{i} and place{i} alone" for i in range(12)]
    return told(source, [text.upper() for text in source])


@pytest.mark.parametrize("name", sorted(installed()[0]))
def test_installed_peers_align_a_faithful_text(name: str) -> None:
    """Whichever peers are there, they understand what they are given."""
    beads = installed()[0][name](faithful())
    assert set(beads) == {((i,), (i,)) for i in range(12)}


@pytest.mark.parametrize("name", sorted(ours(None)))
def test_ours_aligns_a_faithful_text(name: str) -> None:
    """Ours has the shape of a peer, with words and without."""
    assert ours(None)[name](faithful()) == [((i,), (i,)) for i in range(12)]


def test_peers_get_the_same_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in of sentweave is answered with all windows, the source's first."""
    asked: list[np.ndarray[tuple[int, ...], np.dtype[np.float32]]] = []

    def align(source: list[str], target: list[str], encoder: type) -> SimpleNamespace:
        asked.extend(encoder(side) for side in (source, target) for _ in range(8))
        return SimpleNamespace(alignments=[SimpleNamespace(src_indices=[0, 1], tgt_indices=[0])])

    stand_in = SimpleNamespace(align=align)
    monkeypatch.setattr(peers, "import_module", lambda _: stand_in)
    monkeypatch.setattr(peers, "version", lambda _: "1.0")
    pair = told(["one", "two"], ["ONE TWO"])
    assert installed()[0]["sentweave 1.0"](pair) == [((0, 1), (0,))]
    assert [rows.shape[0] for rows in asked] == [2] * 8 + [1] * 8
    assert asked[8] == pytest.approx(pair.target_embedding.sentences)


def test_missing_peers_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A peer that cannot be imported is named with the reason."""

    def missing(name: str) -> None:
        raise ImportError(f"No module named {name!r}")

    monkeypatch.setattr(peers, "import_module", missing)
    assert installed() == (
        {},
        {name: f"No module named {name!r}" for name in ("bertalign", "galechurch", "sentweave")},
    )


def write_data(folder: Path) -> Path:
    """Write two small articles and a small book as the data folder has them."""
    for split, count in (("dev", 14), ("train", 3)):
        place = folder / "ntrex" / split
        place.mkdir(parents=True)
        numbers = range(count)
        (place / "document_ids.txt").write_text("".join(f"a{i // 10}\n" for i in numbers))
        (place / "eng.txt").write_text("".join(f"{split} sentence {i} \n" for i in numbers))
        (place / "vie.txt").write_text("".join(f"{split} câu {i}\n" for i in numbers), "utf-8")
    book = folder / "textberg"
    book.mkdir()
    (book / "dev.de").write_text("Eins\nZwei\nDrei\n")
    (book / "dev.fr").write_text("Un, deux\nTrois\n")
    (book / "dev.gold").write_text("[0, 1]:[0]\n\n[2]:[1]\n")
    return folder


def test_articles_and_book_are_read(tmp_path: Path) -> None:
    """Articles come by document, the short one left out; the book comes with its beads."""
    files = Files(write_data(tmp_path))
    drawn = cases(files, "vie", "dev", Noise(), 2, "seed")
    assert [(case.name, len(case.source)) for case in drawn] == [("a0 0", 10), ("a0 1", 10)]
    assert drawn[0].source[3] == "dev sentence 3"
    assert drawn[0].target[3] == "dev câu 3"
    book = files.book()
    assert book.beads == (((0, 1), (0,)), ((2,), (1,)))
    assert book.target == ("Un, deux", "Trois")


def test_files_that_are_not_the_known_ones_are_said(tmp_path: Path) -> None:
    """Figures on other files are not the stored ones, and each such file is named."""
    files = Files(write_data(tmp_path))
    files.book()
    assert files.unlike_the_known() == ["textberg/dev.de", "textberg/dev.fr", "textberg/dev.gold"]


class CountingEncoder(HashEncoder):
    """Remembers what it was asked to encode."""

    def __init__(self, identity: str = "hash@1") -> None:
        """Take a name, which a store must tell from others."""
        super().__init__(8)
        self.identity = identity
        self.asked: list[str] = []

    def encode_tokens(self, texts: Sequence[str]) -> Embedding:
        """Encode, and remember."""
        self.asked += texts
        return super().encode_tokens(texts)


def test_vectors_are_encoded_once_and_kept(tmp_path: Path) -> None:
    """A text is encoded once, also over runs; another encoder starts anew."""
    folder = tmp_path / "vectors"
    first = CountingEncoder()
    store = VectorStore(first, folder)
    store.learn(["a b", "...", "a b"])
    store.learn(["...", "c"])
    assert first.asked == ["...", "a b", "c"]
    again = CountingEncoder()
    stored = VectorStore(again, folder)
    stored.learn(["c", "a b"])
    assert again.asked == []
    one, two = (s.embedding(["c", "...", "a b"]) for s in (store, stored))
    assert two.sentences == pytest.approx(one.sentences)
    assert [t.spans for t in two.tokens] == [t.spans for t in one.tokens]
    assert two.tokens[2].vectors == pytest.approx(one.tokens[2].vectors, abs=1e-3)
    other = CountingEncoder("hash@2")
    VectorStore(other, folder).learn(["c"])
    assert other.asked == ["c"]


@pytest.mark.parametrize("name", ["dev", "curve", "oracle", "scale"])
def test_stored_figures_carry_a_signature(name: str) -> None:
    """Whatever a document claims can be traced to the run that showed it."""
    path = Path(peers.__file__).parent / "results" / f"alignment-{name}.json"
    stored = json.loads(path.read_text("utf-8"))
    assert stored["signature"].startswith("veralign")
    assert all("veralign" in row for row in stored["figures"].values())


def test_the_picture_is_the_same_each_time(tmp_path: Path) -> None:
    """The same figures give the same file, with a line for each aligner and no date."""
    row = {"veralign": {"strict": 0.9, "alone": 0.8}, "galechurch 0.1.0": {"strict": 0.5}}
    curves = {"deleted 0.1": row, "deleted 0.0": row, "web 1.0": row}
    paths = [tmp_path / name for name in ("a.svg", "b.svg")]
    for path in paths:
        draw(curves, path)
    one, two = (path.read_text("utf-8") for path in paths)
    assert one == two
    assert "galechurch 0.1.0" in one
    assert "dc:date" not in one


def test_a_bead_is_plain_numbers() -> None:
    """Ranges become tuples, as peers give them."""
    assert bead_of(OwnBead(range(2, 4), range(0), 0.5)) == ((2, 3), ())


def paired(beads: Sequence[Bead], source: str, target: str) -> Aligned:
    """Align two texts of words that stand for sentences, whose true beads are known."""
    sides = [
        [f"{word} is about {word} alone" for word in text.split()] for text in (source, target)
    ]
    texts = [sides[0], [text.upper() for text in sides[1]]]
    said = told(*texts)
    case = Case("article 0", tuple(texts[0]), tuple(texts[1]), tuple(beads))
    return align_case(case, said, None)


WORDS = "one two three four five six seven eight nine ten"


def test_an_oracle_cuts_only_what_is_wrong() -> None:
    """Of ten pairs one is of two lost sentences: cut, all is right; where all is, nothing gains."""
    facing: list[Bead] = [((i,), (i,)) for i in range(9)]
    wrong = reachable([paired([*facing, ((9,), ()), ((), (9,))], WORDS, WORDS)])
    assert wrong["veralign"]["strict"] < 1
    assert wrong["veralign"]["alone"] == 0
    assert wrong["cut where it is wrong"] == {"strict": 1, "alone": 1}
    right = reachable([paired([*facing, ((9,), (9,))], WORDS, WORDS)])
    assert {figures["strict"] for figures in right.values()} == {1}


@pytest.mark.parametrize(
    ("beads", "unlike", "cause"),
    [
        ([((9,), ()), ((), (9,))], "", "facing"),
        ([((8,), ()), ((), (8,)), ((9,), ()), ((), (9,))], "", "facing"),
        ([((8, 9), (8, 9))], "nine is about nine alone", "published"),
        ([((8, 9), (8,)), ((), (9,))], "", "swallowed"),
        ([((8, 9), (8, 9))], "", "other"),
    ],
)
def test_each_error_has_its_cause(beads: list[Bead], unlike: str, cause: str) -> None:
    """What hangs together is one error, and the stated rule names its cause."""
    rest: list[Bead] = [((i,), (i,)) for i in range(min(i for one, _ in beads for i in one))]
    aligned = paired([*rest, *beads], WORDS, WORDS)
    found = list(errors(aligned, frozenset([unlike] if unlike else [])))
    assert {said for said, _ in found} == {cause}
