"""The embedded encoder: its pieces, its vectors against the reference, and what it never loads."""

import json
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tokenizers import Tokenizer

from align.bitext import Span, running
from align.config import Config
from align.e5s1 import build_tokenizer, parse
from align.encoder import Encoder, embedded, load_encoder, load_reference
from align.encoder.embedded import EmbeddedEncoder, WordTable, _Window, write_embedded
from align.encoder.pieces import Pieces, write_pieces
from align.manifest import Manifest, find_manifest, locate
from align.pipeline import compare
from align.read.text import parse as parse_text
from tests.fakes import DROPPED, SPACED, TinyE5S1

ROOT = Path(__file__).parent.parent
TINY = TinyE5S1()
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,-:'"
ODD = [*DROPPED, *SPACED, "～", "é", "Щ", "ﬁ", "▁", "<s>", "<unk>", "<pad>", "</s>", "  "]

strange = st.lists(st.sampled_from([*LETTERS, *ODD, " ", "the", "cat"]), max_size=60).map("".join)

SCRIPTS = (
    "Negotiators met in Geneva, 60,000 of them.",
    "Các nhà đàm phán gặp nhau tại Genève; đường phố đông nghẹt.",
    "谈判代表在日内瓦会面，讨论停火问题。",
    "交渉担当者は１２月、ジュネーブで会談した。",
    "협상가들은 제네바에서 만났다.",
    "Переговорщики встретились в Женеве.",
    "Οι διαπραγματευτές συναντήθηκαν στη Γενεύη.",
    "التقى المفاوضون في جنيف يوم الثلاثاء.",
    "המשא ומתן נערך בז'נבה.",
    "वार्ताकार जिनेवा में मिले।",
    "ผู้เจรจาพบกันที่เจนีวา",
    "អ្នកចរចាបានជួបគ្នានៅទីក្រុងហ្សឺណែវ",
    "პოლიტიკოსები ჟენევაში შეხვდნენ.",
    "Բանակցողները հանդիպեցին Ժնևում։",
    "ပြည်သူများ တွေ့ဆုံခဲ့သည်။",
    "🙂 👩‍👩‍👧‍👦 🇻🇳 flags and families 🏳️‍🌈",
    "𓀀𓁐 ᚠᚢᚦ \U0010ffff \ue000 unknown characters",
    "<s> and </s> and <unk>, <pad> and <mask>",
    "▁ a▁b  two   spaces\u00a0\u3000\t\nand\u200bnone\x01",
    "e\u0301te\u0301 ﬁne ｆｕｌｌ　ｗｉｄｔｈ ㍿ ﷺ 10～20",
    "",
    " ",
    "x" * 10_000,
    "Đại biểu Quốc hội họp tại Hà Nội. " * 300,
    "谈判代表在日内瓦会面" * 1000,
)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Pieces:
    """Write the vocabulary of the small file, and open it."""
    folder = tmp_path_factory.mktemp("pieces")
    write_pieces(parse(TINY.file()), folder)
    return Pieces(folder)


@pytest.fixture(scope="module")
def whole() -> Tokenizer:
    """Build the tokenizer of all pieces of the small file."""
    return build_tokenizer(parse(TINY.file()))


@pytest.fixture(scope="session")
def real_whole() -> Tokenizer:
    """Build the tokenizer of all pieces of the real weights; tests that take it are `model`."""
    weights = find_manifest("e5-small").weights
    assert weights is not None
    return build_tokenizer(parse(locate(weights).read_bytes()))


@pytest.fixture(scope="session")
def reference(cache: Path) -> Encoder:
    """Load the real weights through sentence-transformers; tests that take it are `model`."""
    return load_reference(find_manifest("e5-small"), cache)


def same_tokens(pieces: Pieces, whole: Tokenizer, texts: list[str]) -> None:
    """Demand that both give the same numbers and places for each text."""
    expected = whole.encode_batch(texts, add_special_tokens=False)
    for text, tokens, encoding in zip(texts, pieces.tokenize(texts), expected, strict=True):
        assert tokens.numbers.tolist() == encoding.ids, text[:60]
        assert list(tokens.offsets) == encoding.offsets, text[:60]


@settings(max_examples=300)
@given(st.lists(strange, max_size=5))
@example(["", "the<s>cat", "a\u0301"])
def test_few_pieces_split_as_all_do(tiny: Pieces, whole: Tokenizer, texts: list[str]) -> None:
    """Numbers and places are those of the tokenizer of the whole vocabulary."""
    same_tokens(tiny, whole, texts)


def test_no_text_has_no_tokens(tiny: Pieces) -> None:
    """Nothing to do is no error."""
    assert tiny.tokenize([]) == []
    assert tiny.tokenize([""])[0].numbers.shape == (0,)


def test_the_word_table_is_the_files(tmp_path: Path) -> None:
    """Rows read from the file are those of its parsed table."""
    path = tmp_path / "tiny.bin"
    path.write_bytes(TINY.file())
    weights = parse(TINY.file())
    word = weights.tensors["emb.word"]
    table = WordTable(path, word.offset, weights.shape.vocabulary, 32)
    numbers = np.array([3, 0, 41, 3])
    np.testing.assert_array_equal(table.rows(numbers), word.values().reshape(-1, 32)[numbers])


def test_vectors_are_those_of_transformers(packaged: Manifest, tmp_path: Path) -> None:
    """Of weights made here, texts of all lengths have the vectors that the reference gives."""
    ours, theirs = load_encoder(packaged, tmp_path), load_reference(packaged, tmp_path)
    texts = ["the cat", "", "a", "sea sun " * 30, "the " * 17, *ODD, "x" * 200]
    _demand_alike(ours, theirs, texts, worst=(0.99999, 0.99999))


@pytest.mark.parametrize("layer", [0, 2, -1])
def test_any_layer_can_be_asked_for(packaged: Manifest, tmp_path: Path, layer: int) -> None:
    """Tokens come from the layer that the manifest names, and from a middle one by default."""
    manifest = replace_layer(packaged, layer)
    ours, theirs = load_encoder(manifest, tmp_path), load_reference(manifest, tmp_path)
    _demand_alike(ours, theirs, ["the cat sat"], worst=(0.99999, 0.99999))


def replace_layer(manifest: Manifest, layer: int) -> Manifest:
    """Return the manifest with another token layer."""
    return Manifest(
        **{name: getattr(manifest, name) for name in manifest.__slots__} | {"token_layer": layer}
    )


def _demand_alike(
    ours: Encoder, theirs: Encoder, texts: list[str], worst: tuple[float, float]
) -> None:
    mine, expected = ours.encode_tokens(texts), theirs.encode_tokens(texts)
    assert _cosines(mine.sentences, expected.sentences).min() >= worst[0]
    for text, a, b in zip(texts, mine.tokens, expected.tokens, strict=True):
        assert a.spans == b.spans, text[:60]
        assert _cosines(a.vectors, b.vectors).min(initial=1) >= worst[1], text[:60]
    np.testing.assert_allclose(ours.encode(texts), mine.sentences, atol=1e-6)


def _cosines(a: NDArray[np.float32], b: NDArray[np.float32]) -> NDArray[np.float32]:
    product: NDArray[np.float32] = (a * b).sum(axis=-1)
    return product


@settings(max_examples=25)
@given(st.lists(strange, min_size=1, max_size=8))
def test_a_text_has_the_same_vectors_in_any_company(
    packaged_encoder: EmbeddedEncoder, texts: list[str]
) -> None:
    """Batches are made by length, and no vector hangs on what shares its batch."""
    together = packaged_encoder.encode_tokens(texts)
    for text, sentence, tokens in zip(texts, together.sentences, together.tokens, strict=True):
        alone = packaged_encoder.encode_tokens([text])
        np.testing.assert_allclose(sentence, alone.sentences[0], atol=1e-5)
        np.testing.assert_allclose(tokens.vectors, alone.tokens[0].vectors, atol=1e-5)


@pytest.fixture(scope="module")
def packaged_encoder(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedEncoder:
    """Open a converted copy of the small file."""
    folder = tmp_path_factory.mktemp("tiny")
    (folder / "tiny.bin").write_bytes(TINY.file())
    copy = folder / "copy"
    copy.mkdir()
    write_embedded(parse(TINY.file()), copy)
    manifest = Manifest("tiny", "x/tiny", "r1", "MIT", 32, 1, "query: ", ("en",))
    return EmbeddedEncoder(folder / "tiny.bin", copy, manifest, None)


def test_batches_waste_little(
    packaged_encoder: EmbeddedEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of texts of all lengths, batches hold each once, no more than the limit, and one width."""
    monkeypatch.setattr(embedded, "BATCH_TOKENS", 64)
    texts = ["the " * (k % 30) for k in range(200)]
    windows = packaged_encoder._windows(texts, range(200))
    batches = embedded._batches(windows, 2)
    assert sorted(w.text for batch in batches for w in batch) == list(range(200))
    widths = [{embedded._width(w) for w in batch} for batch in batches]
    assert all(len(width) == 1 for width in widths)
    full = [len(b) * max(w) for b, w in zip(batches, widths, strict=True)]
    assert max(full) <= 64
    assert sum(full) <= sum(len(w.tokens.numbers) + 5 for w in windows)


def test_vectors_do_not_hang_on_neighbours(packaged_encoder: EmbeddedEncoder) -> None:
    """To its last digit a text has the same vectors alone and among others of any length."""
    texts = [f"{'the cat ' * (k % 9)}{k}" for k in range(40)]
    together = packaged_encoder.encode_tokens(texts)
    for k, text in enumerate(texts):
        alone = packaged_encoder.encode_tokens([text])
        np.testing.assert_array_equal(alone.sentences[0], together.sentences[k])
        np.testing.assert_array_equal(alone.tokens[0].vectors, together.tokens[k].vectors)


def test_chunks_keep_the_order(
    packaged_encoder: EmbeddedEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts that are tokenized in several chunks come back in the order they were given."""
    texts = [f"{'the cat ' * (k % 9)}{k}" for k in range(20)]
    expected = packaged_encoder.encode_tokens(texts)
    monkeypatch.setattr(embedded, "CHUNK_TEXTS", 3)
    chunked = packaged_encoder.encode_tokens(texts)
    np.testing.assert_allclose(chunked.sentences, expected.sentences, atol=1e-5)
    assert [t.spans for t in chunked.tokens] == [t.spans for t in expected.tokens]


def test_a_long_text_is_read_to_its_end(packaged_encoder: EmbeddedEncoder) -> None:
    """The tokens of all windows ascend and leave out nothing but white space."""
    text = "the cat sat " * 40 + "sun"
    spans = packaged_encoder.encode_tokens([text]).tokens[0].spans
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join(span.of(text) for span in spans) == "".join(text.split())
    assert spans[-1] == Span(len(text) - 3, len(text)) or spans[-1].end == len(text)


@pytest.mark.model
def test_real_pieces_split_as_all_do(encoder: EmbeddedEncoder, real_whole: Tokenizer) -> None:
    """In many scripts, with emoji and unknown characters, numbers and places are the same."""
    same_tokens(encoder._pieces, real_whole, list(SCRIPTS))


@pytest.mark.model
@settings(max_examples=150)
@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_any_text_splits_as_with_all_pieces(
    encoder: EmbeddedEncoder, real_whole: Tokenizer, text: str
) -> None:
    """Whatever the characters, no piece is missed."""
    same_tokens(encoder._pieces, real_whole, [text])


@pytest.mark.model
def test_real_vectors_are_those_of_transformers(encoder: Encoder, reference: Encoder) -> None:
    """Sentences agree with the torch reference at .9999 at worst, tokens at .999."""
    _demand_alike(encoder, reference, list(SCRIPTS), worst=(0.9999, 0.999))


@pytest.mark.model
def test_the_seed_pair_costs_few_tokens(
    encoder: EmbeddedEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work is counted, so that nobody pays for padding or for a text twice without noticing."""
    sizes = []
    inputs = encoder._inputs

    def counted(windows: Sequence[_Window]) -> dict[str, NDArray[np.generic]]:
        given = inputs(windows)
        sizes.append(given["words"].shape[:2])
        return given

    monkeypatch.setattr(encoder, "_inputs", counted)
    monkeypatch.setattr(embedded, "count_cores", lambda: 2)
    paths = [next((ROOT / "seeds").glob(f"{n}_*.txt")) for n in ("000", "004")]
    documents = [parse_text(path.read_bytes(), path.name) for path in paths]
    report = compare(documents[0], documents[1], Config(), encoder)
    segments = (*report.bitext.source_segments, *report.bitext.target_segments)
    texts = {running(segment.text) for segment in segments}
    windows = encoder._windows(list(texts), range(len(texts)))
    assert sum(rows for rows, _ in sizes) == len(texts)
    needed = sum(len(window.tokens.numbers) + 2 for window in windows)
    assert sum(rows * width for rows, width in sizes) <= 1.05 * needed


WITHOUT = """
import sys
for name in ("torch", "transformers", "sentence_transformers"):
    sys.modules[name] = None
from align.cli import main
sys.argv = ["veralign", "check", *sys.argv[1:], "--format", "json"]
main()
"""


@pytest.mark.model
def test_the_default_way_works_where_torch_is_missing(tmp_path: Path) -> None:
    """Weights are converted, texts compared, where torch cannot be imported."""
    pair = [str(next((ROOT / "seeds").glob(f"{n}_*.txt"))) for n in ("000", "004")]
    command = [sys.executable, "-c", WITHOUT, *pair, "--cache", str(tmp_path)]
    done = subprocess.run(  # noqa: S603  # our own program
        command, capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["findings"]


HEAVY = {"onnx", "pydantic", "sentence_transformers", "torch", "transformers"}
QUIET = """
import json, sys
from align.cli import main
sys.argv = ["veralign", "check", *sys.argv[1:], "--format", "json"]
try:
    main()
except SystemExit as status:
    sys.stderr.write(json.dumps([status.code, sorted(sys.modules)]))
"""


@pytest.mark.model
def test_the_default_way_needs_no_torch(encoder: Encoder, cache: Path) -> None:
    """A whole run of the seed pair in a fresh interpreter imports none of the heavy libraries."""
    assert encoder.centre is not None  # the copy is in the cache
    pair = [str(next((ROOT / "seeds").glob(f"{n}_*.txt"))) for n in ("000", "004")]
    command = [sys.executable, "-c", QUIET, *pair, "--cache", str(cache)]
    done = subprocess.run(  # noqa: S603  # our own program
        command, capture_output=True, text=True, cwd=ROOT, check=False
    )
    code, imported = json.loads(done.stderr.splitlines()[-1])
    assert (code, HEAVY & set(imported)) == (1, set())
    assert json.loads(done.stdout)["findings"]


@pytest.mark.model
def test_a_second_run_loads_no_model(encoder: Encoder, cache: Path, tmp_path: Path) -> None:
    """With everything known, neither what encodes nor what verifies is even imported."""
    assert encoder.centre is not None  # the copy is in the cache
    for copy in (path for path in cache.iterdir() if path.is_dir()):
        (tmp_path / copy.name).symlink_to(copy)
    pair = [str(next((ROOT / "seeds").glob(f"{n}_*.txt"))) for n in ("000", "004")]
    command = [sys.executable, "-c", QUIET, *pair, "--cache", str(tmp_path)]
    first, second = (
        subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)  # noqa: S603
        for _ in range(2)
    )
    models = {"onnxruntime", "tokenizers"}
    assert models <= set(json.loads(first.stderr.splitlines()[-1])[1])
    assert not models & set(json.loads(second.stderr.splitlines()[-1])[1])
    assert first.stdout == second.stdout
