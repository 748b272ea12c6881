"""What `speed.py` has a process of its own do: one task each, whose figures it prints as JSON."""

import json
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from onnx import TensorProto, helper

from align import e5s1
from align.bitext import Document, Span
from align.config import Config
from align.encoder import Encoder, load_encoder, load_reference
from align.manifest import find_manifest, locate
from align.pipeline import compare
from align.vectors import Vectors
from eval.alignment_data import Files

BODY_MFLOP = 42.5
"""Millions of multiplications and additions that the transformer needs for a token."""

LANGUAGES = ("vie", "deu", "fra", "rus", "jpn", "zho-CN", "arb", "hin", "tha", "fin")
ARTICLE = 20
"""Sentences of an article whose pairs are counted."""

SQUARE = 2048
_ROUNDS = 3

Figures = dict[str, float]


def bulk(data: Path, cache: Path, vectors: Path) -> Figures:
    """Encode sentences with the default encoder, and keep the vectors for comparison."""
    encoder = load_encoder(find_manifest("e5-small"), cache)
    return _encoded(encoder.encode, sentences(data), vectors)


def bulk_tokens(data: Path, cache: Path, vectors: Path) -> Figures:
    """Encode sentences and their tokens."""
    encoder = load_encoder(find_manifest("e5-small"), cache)
    return _encoded(lambda texts: encoder.encode_tokens(texts).sentences, sentences(data), vectors)


def bulk_sentence_transformers(data: Path, cache: Path, vectors: Path) -> Figures:
    """Encode the same with sentence-transformers as it comes, from the same weights."""
    from sentence_transformers import SentenceTransformer

    manifest = find_manifest("e5-small")
    load_reference(manifest, cache)
    folder = next(cache.glob("e5-small-*-reference"))
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)

    def encode(texts: Sequence[str]) -> Vectors:
        prompted = [manifest.prompt + text for text in texts]
        found: Vectors = model.encode(prompted, normalize_embeddings=True)
        return found

    return _encoded(encode, sentences(data), vectors)


def _encoded(encode: Callable[[Sequence[str]], Vectors], texts: list[str], kept: Path) -> Figures:
    encode(texts[:20])
    seconds, rows = [], np.empty(0, np.float32)
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        rows = encode(texts)
        seconds.append(time.perf_counter() - start)
    np.save(kept, rows)
    return {"sentences a second": round(len(texts) / min(seconds), 1), "peak MB": peak_mb()}


def sentences(data: Path) -> list[str]:
    """Return 194 English sentences, their Vietnamese translations, and some in other languages."""
    files = Files(data)
    english, vietnamese = (files.lines(f"ntrex/dev/{name}.txt") for name in ("eng", "vie"))
    others = [line for name in LANGUAGES[1:] for line in files.lines(f"ntrex/dev/{name}.txt")[:60]]
    return [*english, *vietnamese, *others]


def tokens(data: Path) -> Figures:
    """Return how many tokens a sentence has on average, those of the prompt included."""
    weights = find_manifest("e5-small").weights
    assert weights is not None  # noqa: S101 - the default encoder has them
    tokenizer = e5s1.build_tokenizer(e5s1.parse(locate(weights).read_bytes()))
    counts = [len(tokenizer.encode(f"query: {text}").ids) for text in sentences(data)]
    return {"tokens a sentence": float(np.mean(counts))}


def articles(data: Path, cache: Path, count: int) -> Figures:
    """Compare pairs of articles of 20 sentences, with all stages, everything loaded."""
    files = Files(data)
    config = Config(segmented=True)
    encoder = load_encoder(find_manifest("e5-small"), cache)
    columns = [
        [line for split in ("dev", "train") for line in files.lines(f"ntrex/{split}/{name}.txt")]
        for name in ("eng", "vie")
    ]
    starts = range(0, len(columns[0]) - ARTICLE, ARTICLE)
    _compare(columns, 0, config, encoder)
    begun, before = time.perf_counter(), peak_mb()
    for k in range(count):
        # A different article each time, so that nothing is known from before.
        _compare(columns, starts[k % len(starts)] + k // len(starts), config, encoder)
    seconds = time.perf_counter() - begun
    return {
        "pairs a second": round(count / seconds, 2),
        "peak MB": peak_mb(),
        "MB after the first": before,
    }


def _compare(columns: list[list[str]], start: int, config: Config, encoder: Encoder) -> None:
    sides = [_document(lines[start : start + ARTICLE]) for lines in columns]
    compare(sides[0], sides[1], config, encoder)


def length(data: Path, cache: Path, count: int) -> Figures:
    """Compare one pair of texts of that many sentences."""
    files = Files(data)
    config = Config(segmented=True)
    encoder = load_encoder(find_manifest("e5-small"), cache)
    sides = []
    for name in ("eng", "vie"):
        lines = [line for s in ("dev", "train") for line in files.lines(f"ntrex/{s}/{name}.txt")]
        sides.append(_document(lines[:count]))
    compare(_document(["One."] * 3), _document(["Một."] * 3), config, encoder)
    start = time.perf_counter()
    compare(sides[0], sides[1], config, encoder)
    return {"seconds": round(time.perf_counter() - start, 2), "peak MB": peak_mb()}


def _document(lines: Sequence[str]) -> Document:
    spans, start = [], 0
    for line in lines:
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return Document("", "\n".join(lines), tuple(spans))


def peaks() -> Figures:
    """Multiply large matrices: what the machine can do at most, in billions a second."""
    real = np.random.default_rng(1).standard_normal((SQUARE, SQUARE)).astype(np.float32)
    whole = np.random.default_rng(1).integers(0, 100, (SQUARE, SQUARE))
    session = _whole_product()
    given = {"a": whole.astype(np.uint8), "b": whole.astype(np.int8)}
    return {
        "float32 GFLOP/s": _rate(lambda: real @ real),
        "int8 GOP/s": _rate(lambda: session.run(None, given)),
    }


def _whole_product() -> onnxruntime.InferenceSession:
    info, sizes = helper.make_tensor_value_info, [SQUARE, SQUARE]
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["a", "b"], ["c"])],
        "product",
        [info("a", TensorProto.UINT8, sizes), info("b", TensorProto.INT8, sizes)],
        [info("c", TensorProto.INT32, sizes)],
    )
    opset = helper.make_opsetid("", 18)
    model = helper.make_model(graph, opset_imports=[opset], ir_version=10)
    return onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )


def _rate(work: Callable[[], object]) -> float:
    work()
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return round(2 * SQUARE**3 / min(seconds) / 1e9, 1)


def peak_mb() -> float:
    """Return the largest resident size of this process so far, in megabytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6)


def main(arguments: Sequence[str]) -> None:
    """Do the task that the arguments name, and print its figures."""
    task, data, cache, *rest = arguments
    places = (Path(data), Path(cache))
    tasks: Mapping[str, Callable[[], Figures]] = {
        "bulk": lambda: bulk(*places, Path(rest[0])),
        "bulk with tokens": lambda: bulk_tokens(*places, Path(rest[0])),
        "sentence-transformers": lambda: bulk_sentence_transformers(*places, Path(rest[0])),
        "tokens": lambda: tokens(places[0]),
        "articles": lambda: articles(*places, int(rest[0])),
        "length": lambda: length(*places, int(rest[0])),
        "peaks": peaks,
    }
    print(json.dumps(tasks[task]()))


if __name__ == "__main__":
    main(sys.argv[1:])
