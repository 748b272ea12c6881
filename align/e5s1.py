"""The E5S1 file format of the embedded encoder, and its conversion for sentence-transformers.

One file holds a BERT without pooler, quantised to 4 bits, and the XLM-R unigram vocabulary with its
normalisation map. Neither torch nor transformers is needed to convert it.
"""

import json
import struct
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import (
    AddedToken,
    Regex,
    Tokenizer,
    decoders,
    normalizers,
    pre_tokenizers,
    processors,
)
from tokenizers.models import Unigram

from align.errors import ModelError

CONVERSION = 1
"""Rises whenever the same weights file would be converted to another folder."""

_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_BYTES = 18  # one fp16 scale, then 32 weights of 4 bits
_QUANTISED = 1
_PRIVATE_USE = 0xE000

_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the transformer, in the order of the file's header."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    token_types: int


@dataclass(frozen=True, slots=True)
class Weights:
    """The content of one E5S1 file. `tensors` are float32 under the names of transformers' BERT."""

    shape: Shape
    layer_norm_epsilon: float
    pieces: tuple[tuple[str, float], ...]
    special: tuple[int, int, int, int]
    replacements: Mapping[str, str]
    tensors: Mapping[str, NDArray[np.float32]]


class _Reader:
    """A cursor over the bytes of the file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, layout: str) -> tuple[int | float | bytes, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def integers(self, layout: str) -> tuple[int, ...]:
        return tuple(int(value) for value in self.take(layout))

    def array(self, dtype: str, count: int) -> NDArray[np.generic]:
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values


def parse(data: bytes) -> Weights:
    """Read the bytes of an E5S1 file.

    Raises:
        ModelError: The bytes are not such a file, or end too early.
    """
    if data[:4] != _MAGIC:
        raise ModelError(
            "The weights are not an E5S1 file.", fix="Install the weights package again."
        )
    try:
        return _parse(_Reader(data))
    except (struct.error, LookupError, OverflowError, ValueError) as error:
        raise ModelError("The weights file is cut short or damaged.", fix=str(error)) from error


def convert(data: bytes, folder: Path) -> None:
    """Write the weights as a folder that `SentenceTransformer(folder)` loads.

    Args:
        data: The bytes of an E5S1 file.
        folder: An existing, empty folder.

    Raises:
        ModelError: The bytes are not a sound E5S1 file.
        OSError: The folder cannot be written.
    """
    weights = parse(data)
    save_file(dict(weights.tensors), folder / "model.safetensors", metadata={"format": "pt"})
    build_tokenizer(weights).save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "1_Pooling").mkdir()
    for name, content in _settings(weights).items():
        (folder / name).write_text(json.dumps(content, indent=1), "utf-8")


def build_tokenizer(weights: Weights) -> Tokenizer:
    """Build XLM-R's tokenizer from the vocabulary and the normalisation map of the file.

    The map is NFKC but for a few characters: controls are dropped, other white space becomes a
    space, and a few (the wave dash U+FF5E among them) stay what they are. NFKC would change those,
    so they take a detour through the private use area.
    """
    beginning, end, _, unknown = weights.special
    tokenizer = Tokenizer(Unigram(list(weights.pieces), unk_id=unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(_normalizers(weights))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", beginning), ("</s>", end)],
    )
    names = [weights.pieces[i][0] for i in weights.special]
    tokenizer.add_special_tokens([AddedToken(name, special=True) for name in names])
    return tokenizer


def _normalizers(weights: Weights) -> list[normalizers.Normalizer]:
    changed = {
        c: new for c, new in weights.replacements.items() if new != unicodedata.normalize("NFKC", c)
    }
    dropped = [c for c, new in changed.items() if new == ""]
    spaced = [c for c, new in changed.items() if new == " "]
    if len(dropped) + len(spaced) != len(changed):
        raise ModelError(
            "The weights file has a normalisation map that is not NFKC.", fix="Report it."
        )
    in_use = set("".join(piece for piece, _ in weights.pieces))
    kept = [
        c
        for c in sorted(in_use - set(weights.replacements))
        if unicodedata.normalize("NFKC", c) != c
    ]
    detour = [(c, chr(_PRIVATE_USE + i)) for i, c in enumerate(kept)]
    return [
        normalizers.Replace(Regex(_any_of(dropped)), ""),
        normalizers.Replace(Regex(_any_of(spaced)), " "),
        *(normalizers.Replace(c, private) for c, private in detour),
        normalizers.NFKC(),
        *(normalizers.Replace(private, c) for c, private in detour),
        normalizers.Replace(Regex(" {2,}"), " "),
    ]


def _any_of(characters: list[str]) -> str:
    return "[" + "".join(f"\\x{{{ord(c):X}}}" for c in characters) + "]"


def _parse(reader: _Reader) -> Weights:
    reader.take("4sI")
    shape = Shape(*reader.integers("7i"))
    (epsilon,) = reader.take("f")
    (block,) = reader.integers("i")
    if block != _BLOCK:
        raise ValueError(f"blocks of {block} weights, expected {_BLOCK}")
    pieces, special = _read_pieces(reader)
    replacements = _read_replacements(reader)
    return Weights(
        shape, float(epsilon), pieces, special, replacements, _read_tensors(reader, shape)
    )


def _read_pieces(
    reader: _Reader,
) -> tuple[tuple[tuple[str, float], ...], tuple[int, int, int, int]]:
    count, beginning, end, padding, unknown = reader.integers("5i")
    (length,) = reader.integers("Q")
    offsets = reader.array("<u4", count + 1).tolist()
    scores = reader.array("<f4", count).tolist()
    blob = reader.data[reader.at : reader.at + length]
    reader.at += length
    texts = (blob[a:b].decode("utf-8") for a, b in pairwise(offsets))
    special = (beginning, end, padding, unknown)
    if not all(0 <= i < count for i in special):
        raise ValueError(f"the special pieces {special} are not among the {count} pieces")
    return tuple(zip(texts, scores, strict=True)), special


def _read_replacements(reader: _Reader) -> dict[str, str]:
    count, length = reader.integers("iI")
    stop = reader.at + length
    replacements = {}
    for _ in range(count):
        code_point, size = reader.integers("IB")
        replacements[chr(code_point)] = "".join(map(chr, reader.integers(f"{size}I")))
    if reader.at != stop:
        raise ValueError("the normalisation map has not the length it claims")
    return replacements


def _read_tensors(reader: _Reader, shape: Shape) -> dict[str, NDArray[np.float32]]:
    (count,) = reader.integers("i")
    directory: list[tuple[str, int, int, int, int]] = []
    for _ in range(count):
        (size,) = reader.integers("H")
        name = reader.data[reader.at : reader.at + size].decode("ascii")
        reader.at += size
        kind, elements, offset, length = reader.integers("BIQQ")
        directory.append((name, kind, elements, offset, length))
    tensors = {}
    for tensor, kind, elements, offset, length in directory:
        raw = reader.data[offset : offset + length]
        values = _dequantise(raw) if kind == _QUANTISED else np.frombuffer(raw, "<f4")
        if values.size != elements:
            raise ValueError(f"tensor {tensor} has {values.size} of {elements} values")
        tensors[_bert_name(tensor)] = _in_shape(tensor, values, shape)
    missing = next((name for name in _names(shape) if name not in tensors), None)
    if missing:
        # transformers would draw it at random.
        raise ValueError(f"there is no tensor {missing}")
    # transformers builds BERT with a pooler that this model never had; zeros keep it quiet.
    tensors["pooler.dense.weight"] = np.zeros((shape.hidden, shape.hidden), np.float32)
    tensors["pooler.dense.bias"] = np.zeros(shape.hidden, np.float32)
    return tensors


def _names(shape: Shape) -> Iterator[str]:
    yield from _EMBEDDING_NAMES.values()
    for i in range(shape.layers):
        for part, kind in product(_LAYER_NAMES, "wb"):
            yield _bert_name(f"l{i}.{part}.{kind}")


def _dequantise(raw: bytes) -> NDArray[np.float32]:
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    if not np.isfinite(scales).all():
        raise ValueError("a block's scale is not a number")
    nibbles = blocks[:, 2:]
    values = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32)
    values -= 8.0
    values *= scales
    return values.reshape(-1)


def _bert_name(name: str) -> str:
    if name in _EMBEDDING_NAMES:
        return _EMBEDDING_NAMES[name]
    layer, part, kind = name.split(".")
    suffix = "weight" if kind == "w" else "bias"
    return f"encoder.layer.{layer[1:]}.{_LAYER_NAMES[part]}.{suffix}"


def _in_shape(name: str, values: NDArray[np.float32], shape: Shape) -> NDArray[np.float32]:
    rows = {"emb.word": shape.vocabulary, "emb.pos": shape.positions, "emb.type": shape.token_types}
    part = name.split(".")[1] if name not in rows else ""
    if name in rows:
        values = values.reshape(rows[name], shape.hidden)
    elif name.endswith(".w") and "ln" not in part:
        output = shape.intermediate if part == "fi" else shape.hidden
        values = values.reshape(output, -1)
    return np.ascontiguousarray(values)


def _settings(weights: Weights) -> dict[str, object]:
    shape = weights.shape
    beginning, end, padding, unknown = (weights.pieces[i][0] for i in weights.special)
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.intermediate,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.token_types,
            "layer_norm_eps": weights.layer_norm_epsilon,
            "hidden_act": "gelu",
            "pad_token_id": weights.special[2],
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "bos_token": beginning,
            "cls_token": beginning,
            "eos_token": end,
            "sep_token": end,
            "pad_token": padding,
            "unk_token": unknown,
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {
                "idx": 1,
                "name": "1",
                "path": "1_Pooling",
                "type": "sentence_transformers.models.Pooling",
            },
            {
                "idx": 2,
                "name": "2",
                "path": "2_Normalize",
                "type": "sentence_transformers.models.Normalize",
            },
        ],
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
        },
    }
