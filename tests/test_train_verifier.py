"""The verifier's training: the whole of it on made-up sentences, and its parts."""

import io
import tarfile
import tomllib
from functools import partial
from pathlib import Path
from random import Random

import numpy as np
import onnxruntime
import pytest
import torch

from align.bitext import Span
from align.judgement import ERRORS
from align.vectors import unit
from align.verifier import MARKS
from models.train import calibrate, mean, stand_in, verifier
from models.train.beside import beside
from models.train.corpus import Text, load_corpus
from models.train.edited import load_edited, untokenised
from models.train.export import export, weights
from models.train.factory import Factory
from models.train.network import Network, Shape
from models.train.pairs import Example, batches, collate, project, touching, with_sentence

NAMES = ("deu", "eng", "xxx")


@pytest.fixture
def factory(tmp_path: Path) -> Factory:
    """Return a factory over the made-up corpus."""
    data = stand_in.write(tmp_path / "data")
    encoder = stand_in.Encoder()
    corpus = load_corpus(data, tmp_path / "vectors", "train", NAMES, encoder.encode)
    return Factory(corpus, encoder.prior, encoder.encode)


@pytest.fixture
def examples(factory: Factory) -> list[Example]:
    """Draw some examples."""
    return factory.groups(Random(1), 20)


def test_a_sentence_too_many_stands_anywhere(factory: Factory) -> None:
    """It is labelled where it stands, and the errors drawn have it first as well as last."""
    side = factory.corpus.sides["eng"]
    base = ([side.texts[1], side.texts[2]], [side.texts[1]])
    for place in range(3):
        example = with_sentence(base, 0, place, side.texts[3], 1)
        marked = [t for t, lost in zip(example.source.spans, example.lost[0], strict=True) if lost]
        words = example.source.text[marked[0].start : marked[-1].end]
        assert words == side.texts[3].text.strip()
        assert not example.lost[1].any()
        assert example.error == "omission"
    drawn = [e for e in factory.groups(Random(2), 300) if e.kind == "sentence"]
    firsts = {bool(e.lost[side][0]) for e in drawn for side in (0, 1) if e.lost[side].any()}
    assert firsts == {True, False}


# torch's exporter warns of its own inner matters.
@pytest.mark.filterwarnings("ignore")
def test_a_dry_run_trains_and_exports(tmp_path: Path) -> None:
    """One command leaves a checkpoint and a model; it goes on from there, and gives the same."""
    verifier.main(["--out", str(tmp_path), "--dry-run", "--seed", "3"])
    first = torch.load(tmp_path / "checkpoint.pt", weights_only=False)
    assert first["step"] > 0
    verifier.main(["--out", str(tmp_path), "--dry-run", "--resume"])
    second = torch.load(tmp_path / "checkpoint.pt", weights_only=False)
    assert second["step"] >= first["step"]
    network = Network(second["shape"])
    network.load_state_dict(second["network"])
    read = weights(tmp_path / "model.onnx", network)
    for name, weight in network.state_dict().items():
        np.testing.assert_allclose(read[name].numpy(), weight.numpy(), atol=2e-3, err_msg=name)
    session = onnxruntime.InferenceSession(str(tmp_path / "model.onnx"))
    rng = np.random.default_rng(0)
    for rows, width in ((1, 8), (3, 21)):
        vectors = unit(rng.standard_normal((rows, width, 24)).astype(np.float32))
        side = np.repeat([[0, *[1] * (width // 2), *[2] * (width - width // 2 - 1)]], rows, 0)
        told = rng.random((rows, width, MARKS)).astype(np.float32)
        with torch.inference_mode():
            wanted = network.eval()(*map(torch.from_numpy, (vectors, side, told)))
        given = session.run(None, {"vectors": vectors, "side": side, "marks": told})
        for one, other in zip(wanted, given, strict=True):
            # Half precision of the stored weights is all that they may differ by.
            np.testing.assert_allclose(one.numpy(), other, atol=0.03)


@pytest.mark.filterwarnings("ignore")
def test_another_network_cannot_read_the_weights(tmp_path: Path) -> None:
    """The first tensor that does not fit is named."""
    network = Network(Shape(24, 3, 48, 2))
    for weight in network.parameters():
        torch.nn.init.normal_(weight)
    export(network, tmp_path / "model.onnx")
    with pytest.raises(ValueError, match=r"is \(48, 24\), not \(96, 24\)"):
        weights(tmp_path / "model.onnx", Network(Shape(24, 3, 96, 2)))


@pytest.mark.filterwarnings("ignore")
def test_a_mean_of_models_lies_between_them(tmp_path: Path) -> None:
    """Each weight is the mean of theirs; models of other networks are refused."""
    made = [Network(Shape(24, 3, 48, 2)) for _ in range(2)] + [Network(Shape(24, 3, 96, 2))]
    paths = [tmp_path / f"{k}.onnx" for k in range(3)]
    for network, path in zip(made, paths, strict=True):
        for weight in network.parameters():
            torch.nn.init.normal_(weight)
        export(network, path)
    mean.main(["--out", str(tmp_path / "mean.onnx"), *map(str, paths[:2])])
    read = weights(tmp_path / "mean.onnx", made[0])
    for name, one in made[0].state_dict().items():
        wanted = (one + made[1].state_dict()[name]) / 2
        np.testing.assert_allclose(read[name].numpy(), wanted.numpy(), atol=4e-3, err_msg=name)
    with pytest.raises(SystemExit, match="another network"):
        mean.main(["--out", str(tmp_path / "none.onnx"), *map(str, paths)])
    assert not (tmp_path / "none.onnx").exists()


def test_what_is_made_beside_arrives_in_order() -> None:
    """All of it, and then the end."""
    assert list(beside(partial(range, 3))) == [0, 1, 2]


def test_what_fails_beside_fails_here() -> None:
    """No run waits for ever for pairs that nobody draws."""
    with pytest.raises(ValueError, match="non-hexadecimal"):
        next(beside(partial(bytes.fromhex, "no digits")))


def test_opposites_are_found_through_english(tmp_path: Path) -> None:
    """What mostly translates "old" has what mostly translates "new" as its opposite."""
    encode = stand_in.Encoder().encode
    data = stand_in.write(tmp_path / "data")
    corpus = load_corpus(data, tmp_path / "vectors", "train", NAMES, encode)
    assert corpus.opposites("xxx")("OLD") == ["NEW"]
    assert not corpus.opposites("xxx")("OSLO")
    assert not corpus.opposites("eng")("old")


def test_post_edits_are_faithful_pairs_as_people_write_them(tmp_path: Path) -> None:
    """They come with their languages, marks close to the words, cousins from the wider corpus."""
    source = "\n".join(f"The mayor , no. {k} , said : it ( all ) sank ." for k in range(50))
    rows = {"src": source, "mt": source, "pe": source.swapcase()}
    rows |= dict.fromkeys(("source_tags", "tags"), "\n".join(["OK"] * 50))
    (tmp_path / "mlqe-pe").mkdir()
    for pair in ("en-de", "ne-en"):
        with tarfile.open(tmp_path / "mlqe-pe" / f"{pair}-train.tar.gz", "w:gz") as archive:
            for name, text in rows.items():
                member = tarfile.TarInfo(f"{pair}-train/train.{name}")
                content = text.encode()
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
    encode = stand_in.Encoder().encode
    data = stand_in.write(tmp_path / "data")
    wider = load_corpus(data, tmp_path / "vectors", "train", NAMES, encode)
    (corpus,) = load_edited(tmp_path, tmp_path / "vectors", encode, wider)
    assert set(corpus.sides) == {"eng", "deu"}
    assert all(" ," not in text.text for side in corpus.sides.values() for text in side.texts)
    assert "said: it (all) sank." in corpus.sides["eng"].texts[0].text
    assert corpus.cousins("deu") is wider.cousins("deu")
    examples = Factory(corpus, stand_in.Encoder.prior, encode).groups(Random(1), 10)
    assert {example.group for example in examples} == set(range(1, 11))


@pytest.mark.parametrize(
    ("apart", "close"),
    [
        ('He said , " no " .', 'He said, "no".'),
        ("the city 's name", "the city's name"),
        ("在 1997 年 ， 他 还 在", "在1997年，他还在"),
        ("a b", "a b"),
    ],
)
def test_marks_move_to_their_words(apart: str, close: str) -> None:
    """Text cut for a machine becomes text as it is written."""
    assert untokenised(apart) == close


def test_examples_are_whole(examples: list[Example]) -> None:
    """Each token has its labels, faithful pairs have none that is set, and wrong ones have some."""
    kinds = {example.kind for example in examples}
    assert {"clean", "delete", "insert"} <= kinds
    for example in examples:
        for pair in (example.lost, example.changed, example.bad):
            assert len(pair[0]) == len(example.source.spans)
            assert len(pair[1]) == len(example.target.spans)
        marked = sum(int((labels == 1).sum()) for labels in (*example.lost, *example.changed))
        if not example.error:
            assert marked == 0
        elif example.kind != "swap":
            assert marked > 0, example.kind


def test_a_group_shares_its_faithful_pair(examples: list[Example]) -> None:
    """Every error has the pair it was made of beside it, for the ranking."""
    clean = {example.group for example in examples if example.kind == "clean"}
    assert {example.group for example in examples} <= clean


def test_what_was_deleted_is_lost_on_the_other_side(examples: list[Example]) -> None:
    """The lost words of the other side are those that the edited side has no more."""
    for example in examples:
        if example.kind == "delete" and example.error == "omission":
            lost = np.flatnonzero(example.lost[0] == 1)
            target = {span.of(example.target.text).casefold() for span in example.target.spans}
            words = [example.source.spans[k].of(example.source.text).casefold() for k in lost]
            assert sum(word not in target for word in words) >= len(words) / 2


def test_projection_follows_the_alignment() -> None:
    """A token goes with what was taken if that is what it is closest to."""
    rows = unit(np.eye(4, 6, dtype=np.float32) + 0.01)
    spans = tuple(Span(2 * k, 2 * k + 1) for k in range(4))
    own = Text("a b c d", spans, rows.astype(np.float16), np.zeros(6, np.float32))
    other = Text("D C B A", spans, rows[::-1].astype(np.float16), np.zeros(6, np.float32))
    taken = touching(own, [Span(2, 5)])
    assert taken.tolist() == [False, True, True, False]
    assert project(taken, own, other).tolist() == [0, 1, 1, 0]


def test_batches_keep_groups_together_and_lose_nobody(examples: list[Example]) -> None:
    """All examples come once, within the budget, with labels that nobody knows at -1."""
    found = list(batches(examples, 300, Random(0)))
    assert sum(len(batch) for batch in found) == len(examples)
    for batch in found:
        arrays = collate(batch)
        rows, width, _ = arrays.vectors.shape
        assert rows == len(batch)
        assert (arrays.side[:, 0] == 0).all()
        assert (arrays.tokens[arrays.side < 1] == -1).all()
        assert arrays.marks.shape == (rows, width, MARKS)
        assert ((arrays.errors[:, : len(ERRORS)].sum(1) > 0) == (arrays.errors[:, -1] > 0)).all()


def test_padding_leaves_no_trace() -> None:
    """A pair has the same odds alone and beside a longer one."""
    torch.manual_seed(0)
    network = Network(Shape(12, 3, 24, 2)).eval()
    vectors = torch.nn.functional.normalize(torch.randn(1, 9, 12), dim=-1)
    side = torch.tensor([[0, 1, 1, 1, 1, 2, 2, 2, 2]])
    told = torch.rand(1, 9, MARKS)
    longer = [torch.nn.functional.pad(t, (0, 0, 0, 7)) for t in (vectors, told)]
    padded = torch.nn.functional.pad(side, (0, 7), value=-1)
    with torch.inference_mode():
        tokens, pair = network(vectors, side, told)
        more_tokens, same_pair = network(longer[0], padded, longer[1])
    torch.testing.assert_close(more_tokens[:, :9], tokens, atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(same_pair, pair, atol=1e-4, rtol=1e-4)


def test_calibration_finds_the_true_odds() -> None:
    """Odds that are twice too sure are halved, and the manifest reads back."""
    rng = np.random.default_rng(0)
    true = rng.normal(size=20_000)
    truth = (rng.random(20_000) < 1 / (1 + np.exp(-true))).astype(np.float64)
    slope, offset = calibrate.fit(calibrate.Answers(2 * true - 1, truth, np.ones_like(true)))
    assert slope == pytest.approx(0.5, abs=0.03)
    assert offset == pytest.approx(0.5, abs=0.05)
    large = calibrate.fit(calibrate.Answers(9 * true + 30, truth, np.ones_like(true)))
    assert large == pytest.approx((1 / 9, -30 / 9), abs=0.1)
    table: dict[str, tuple[float, ...]] = {"lacking": (slope, offset), "risk": (1.0, 1.0, 1.0, 0.0)}
    read = tomllib.loads(calibrate.render("1", "0" * 64, table))
    assert read["calibration"]["lacking"] == [slope, offset]
    assert read["alarms"] == [[1.0, 1.0]]
