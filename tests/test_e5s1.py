"""The E5S1 format: what is read from a small file made here, and what damage does."""

import json
import struct
import unicodedata
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from align.e5s1 import bert_tensors, build_tokenizer, convert, parse
from align.encoder import Encoder
from align.errors import ModelError
from align.manifest import find_manifest, locate
from tests.fakes import DROPPED, PIECES, SPACED, TinyE5S1

TINY = TinyE5S1()
FILE = TINY.file()


@pytest.fixture(scope="module")
def tiny() -> Tokenizer:
    """Build the tokenizer of the small file."""
    return build_tokenizer(parse(FILE))


@pytest.fixture(scope="session")
def real() -> Tokenizer:
    """Build the tokenizer of the embedded encoder; tests that take it are marked `model`."""
    weights = find_manifest("e5-small").weights
    assert weights is not None
    return build_tokenizer(parse(locate(weights).read_bytes()))


def dequantised(raw: bytes) -> list[float]:
    """Undo the 4-bit blocks of 32 weights, one weight at a time."""
    values = []
    for start in range(0, len(raw), 18):
        (scale,) = struct.unpack_from("<e", raw, start)
        for k in range(32):
            byte = raw[start + 2 + k % 16]
            values.append(((byte & 15 if k < 16 else byte >> 4) - 8) * scale)
    return values


def test_the_header_is_read() -> None:
    """Sizes, special tokens, pieces with their scores and the map come back as written."""
    weights = parse(FILE)
    assert weights.shape.hidden == 32
    assert weights.shape.vocabulary == len(PIECES) + 5
    assert weights.special == (0, 2, 1, 3)
    assert tuple(piece for piece, _ in weights.pieces) == PIECES
    assert weights.pieces[0][1] == -1.0
    assert weights.replacements == TINY.replacements


def test_tensors_have_the_names_and_shapes_of_bert() -> None:
    """Every tensor of transformers' BERT is there, in PyTorch's order of output by input."""
    shapes = {name: tensor.shape for name, tensor in bert_tensors(parse(FILE)).items()}
    expected: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(PIECES) + 5, 32),
        "embeddings.position_embeddings.weight": (40, 32),
        "embeddings.token_type_embeddings.weight": (2, 32),
        "embeddings.LayerNorm.weight": (32,),
        "embeddings.LayerNorm.bias": (32,),
        "pooler.dense.weight": (32, 32),
        "pooler.dense.bias": (32,),
    }
    for i in range(2):
        layer = f"encoder.layer.{i}"
        for part in ("self.query", "self.key", "self.value", "output.dense"):
            expected |= {f"{layer}.attention.{part}.weight": (32, 32)}
            expected |= {f"{layer}.attention.{part}.bias": (32,)}
        for part in ("attention.output", "output"):
            expected |= {f"{layer}.{part}.LayerNorm.{kind}": (32,) for kind in ("weight", "bias")}
        expected |= {f"{layer}.intermediate.dense.weight": (64, 32)}
        expected |= {f"{layer}.intermediate.dense.bias": (64,)}
        expected |= {f"{layer}.output.dense.weight": (32, 64), f"{layer}.output.dense.bias": (32,)}
    assert shapes == expected


@pytest.mark.parametrize(
    ("ours", "berts"),
    [
        ("emb.word", "embeddings.word_embeddings.weight"),
        ("l1.fi.w", "encoder.layer.1.intermediate.dense.weight"),
        ("l0.v.w", "encoder.layer.0.attention.self.value.weight"),
    ],
)
def test_blocks_are_dequantised(ours: str, berts: str) -> None:
    """The quick way over whole arrays gives what the slow way gives for each weight."""
    tensor = bert_tensors(parse(FILE))[berts]
    assert tensor.dtype == np.float32
    np.testing.assert_array_equal(
        tensor.ravel(), np.array(dequantised(TINY.tensors[ours][1]), np.float32)
    )


def test_plain_tensors_are_kept() -> None:
    """A tensor that is not quantised is the float32 values of the file."""
    written = np.frombuffer(TINY.tensors["l1.fo.b"][1], "<f4")
    np.testing.assert_array_equal(
        bert_tensors(parse(FILE))["encoder.layer.1.output.dense.bias"], written
    )


@given(st.integers(0, len(FILE) - 1) | st.integers(0, 2500))
def test_a_file_cut_short_is_a_model_error(length: int) -> None:
    """Wherever the file ends early, the user is told so and sees no other exception."""
    with pytest.raises(ModelError):
        parse(FILE[:length])


@settings(max_examples=400)
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=8))
def test_damage_is_a_model_error_or_goes_unseen(at: int, bytes_: bytes) -> None:
    """Bytes overwritten in the head of the file never cause any exception but a ModelError."""
    damaged = FILE[:at] + bytes_ + FILE[at + len(bytes_) :]
    try:
        build_tokenizer(parse(damaged))
    except ModelError as error:
        assert error.fix  # noqa: PT017  # that nothing is raised is right, too


@pytest.mark.parametrize("data", [b"", b"E5", b"E5S2" + FILE[4:], b"PK\x03\x04" * 100])
def test_another_file_is_refused(data: bytes) -> None:
    """A file without the magic number is named for what it is."""
    with pytest.raises(ModelError, match="not an E5S1 file"):
        parse(data)


def test_another_block_size_is_refused() -> None:
    """Blocks of another size would be read as noise."""
    with pytest.raises(ModelError, match="blocks of 64"):
        parse(TinyE5S1(block=64).file())


def test_a_missing_tensor_is_an_error() -> None:
    """A tensor that is not in the file is not left for chance to fill."""
    partial = TinyE5S1()
    del partial.tensors["l1.ao.w"]
    with pytest.raises(ModelError, match=r"l1\.ao\.w|layer\.1\.attention\.output\.dense"):
        parse(partial.file())


def test_a_map_that_is_not_nfkc_is_refused(tmp_path: Path) -> None:
    """The tokenizer rests on NFKC, so a map that says otherwise is an error and not a guess."""
    with pytest.raises(ModelError, match="not NFKC"):
        convert(TinyE5S1(replacements={"a": "b", "\x01": "", "\t": " "}).file(), tmp_path)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("the cat", ["▁the", "▁cat"]),
        ("  the   cat", ["▁the", "▁cat"]),
        (f"the{SPACED[0]}{SPACED[2]}cat", ["▁the", "▁cat"]),
        (f"t{DROPPED[0]}he ca{DROPPED[1]}t", ["▁the", "▁cat"]),
        ("\ufb01x", ["▁", "fi", "x"]),
        ("a\uff5eb", ["▁", "a", "\uff5e", "b"]),
        ("ａ１", ["▁", "a", "1"]),
        ("é", ["▁", "é"]),
    ],
)
def test_texts_are_normalised(tiny: Tokenizer, text: str, tokens: list[str]) -> None:
    """Controls go, odd spaces are one space, NFKC is applied but to characters of the pieces."""
    assert tiny.encode(text, add_special_tokens=False).tokens == tokens


def test_special_tokens_stand_around_a_text(tiny: Tokenizer) -> None:
    """A text stands between `<s>` and `</s>`, and unknown characters are `<unk>`."""
    encoded = tiny.encode("the Щ")
    assert encoded.ids[0] == 0
    assert encoded.ids[-1] == 2
    assert 3 in encoded.ids


def test_convert_writes_a_folder_that_loads(tmp_path: Path) -> None:
    """Sentence-transformers loads the folder and gives unit rows that tell texts apart."""
    from sentence_transformers import SentenceTransformer  # torch takes seconds

    convert(FILE, tmp_path)
    model = SentenceTransformer(str(tmp_path), device="cpu", local_files_only=True)
    vectors = model.encode(["the cat", "the dog", "the cat"])
    assert model.max_seq_length == 40
    assert [type(module).__name__ for module in model] == ["Transformer", "Pooling", "Normalize"]
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(vectors[0], vectors[2], atol=1e-6)
    assert vectors[0] @ vectors[1] < 0.9999


def test_convert_keeps_the_weights(tmp_path: Path) -> None:
    """What transformers loads is what the parser read, and nothing else is made up."""
    from transformers import BertModel  # torch takes seconds

    convert(FILE, tmp_path)
    loaded = BertModel.from_pretrained(tmp_path).state_dict()
    parsed = bert_tensors(parse(FILE))
    assert {name for name in loaded if "position_ids" not in name} == set(parsed)
    for name, tensor in parsed.items():
        np.testing.assert_array_equal(loaded[name].numpy(), tensor)


def test_the_folder_holds_no_pickle(tmp_path: Path) -> None:
    """Weights travel as safetensors and settings as JSON."""
    convert(FILE, tmp_path)
    names = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert "model.safetensors" in names
    assert {Path(name).suffix for name in names} == {".safetensors", ".json"}
    assert json.loads((tmp_path / "config.json").read_text())["vocab_size"] == len(PIECES) + 5


def test_damaged_bytes_write_nothing(tmp_path: Path) -> None:
    """A file cut short leaves the folder as it was."""
    with pytest.raises(ModelError):
        convert(FILE[:-1], tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("peace\x01 talks\x1f", "peace talks"),
        ("peace\u00a0\u3000\t\ntalks", "peace talks"),
        ("the ﬁnal oﬀer", "the final offer"),
        ("ＡＢＣ１２３", "ABC123"),
        ("  two   words  ", "two words "),
        (unicodedata.normalize("NFD", "nạn nhân"), "nạn nhân"),
    ],
)
def test_real_normalisation(real: Tokenizer, text: str, same: str) -> None:
    """With the real map, both texts have the same tokens."""
    assert real.encode(text).ids == real.encode(same).ids


@pytest.mark.model
def test_the_wave_dash_is_kept(real: Tokenizer) -> None:
    """The full-width tilde is a piece of the vocabulary and does not become an ASCII one."""
    tokens = real.encode("10\uff5e20").tokens
    assert any("\uff5e" in token for token in tokens)
    assert not any("~" in token for token in tokens)


@pytest.mark.model
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30))
def test_the_prompts_tokens_are_stable(real: Tokenizer, text: str) -> None:
    """Whatever follows, the prompt is the same three tokens, which the encoder cuts away."""
    tokens = real.encode("query: " + text, add_special_tokens=False).tokens
    assert tokens[:3] == ["▁que", "ry", ":"]


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Negotiators met in Geneva.",
        "Các nhà đàm phán gặp nhau tại Genève.",
        "谈判代表在日内瓦会面。",
        "Les négociateurs l’ont dit : « Peut-être ».",
        "ผู้เจรจาพบกันที่เจนีวา",
        "التقى المفاوضون في جنيف",
        "A\u00a0ﬁne 🙂 day",
    ],
)
def test_token_spans_give_the_words_back(encoder: Encoder, text: str) -> None:
    """Spans ascend without overlap and leave out nothing but white space."""
    spans = encoder.encode_tokens([text]).tokens[0].spans
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join(span.of(text) for span in spans) == "".join(text.split())
