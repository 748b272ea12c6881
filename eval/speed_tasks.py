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
from align.encoder import Encoder, load_encoder, load_reference, load_remembered
from align.manifest import find_manifest, locate
from align.pipeline import compare
from align.vectors import Vectors
from eval.alignment import ours
from eval.alignment_data import Files
from eval.peers import Input, installed

BODY_MFLOP = 42.5
"""Millions of multiplications and additions that the transformer needs for a token."""

LANGUAGES = ("vie", "deu", "fra", "rus", "jpn", "zho-CN", "arb", "hin", "tha", "fin")
ARTICLE = 20
"""Sentences of an article whose pairs are counted."""

LONGEST = 5
"""Most sentences of a short pair: 1 to 5 from each line on, so that the first 7,500 differ."""
STORE_MB = 2000.0
MARKS = 10
"""How often the memory of a long run is looked at."""

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
    config = Config(segmented=True)
    encoder = load_encoder(find_manifest("e5-small"), cache)
    columns = lines(data)
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


def aligners(data: Path, cache: Path, count: int) -> Figures:
    """Align two texts of that many sentences, their vectors given, by each aligner there is."""
    encoder = load_encoder(find_manifest("e5-small"), cache)
    sides = [column[:count] for column in lines(data)]
    given = Input(sides[0], sides[1], *(encoder.encode_tokens(side) for side in sides))
    figures = Figures()
    for name, aligner in (ours(encoder) | installed()[0]).items():
        seconds = []
        for _ in range(_ROUNDS):
            start = time.perf_counter()
            aligner(given)
            seconds.append(time.perf_counter() - start)
        figures[f"{name}, seconds"] = round(min(seconds), 3)
    return figures


def steady(data: Path, cache: Path, count: int) -> Figures:
    """Compare that many short pairs, their vectors known, and see whether memory grows."""
    config = Config(segmented=True)
    encoder = load_remembered(find_manifest("e5-small"), cache, STORE_MB)
    columns = lines(data)
    for column in columns:
        for start in range(0, len(column), ARTICLE):
            encoder.encode_tokens(column[start : start + ARTICLE])
    begun, figures = time.perf_counter(), Figures()
    for k in range(count):
        start = k // LONGEST % (len(columns[0]) - LONGEST)
        stop = start + 1 + k % LONGEST
        compare(
            _document(columns[0][start:stop]), _document(columns[1][start:stop]), config, encoder
        )
        if (k + 1) % max(1, count // MARKS) == 0:
            figures[f"MB after {k + 1}"] = resident_mb()
    figures["peak MB"] = peak_mb()
    figures["pairs a second"] = round(count / (time.perf_counter() - begun), 1)
    return figures


def lines(data: Path) -> list[list[str]]:
    """Return all English sentences there are, and their Vietnamese translations."""
    files = Files(data)
    return [
        [line for split in ("dev", "train") for line in files.lines(f"ntrex/{split}/{name}.txt")]
        for name in ("eng", "vie")
    ]


def article(data: Path, start: int) -> tuple[Document, Document]:
    """Return the pair of articles that begins with that sentence."""
    return _article(lines(data), start)


def _article(columns: list[list[str]], start: int) -> tuple[Document, Document]:
    source, target = (_document(column[start : start + ARTICLE]) for column in columns)
    return source, target


def _compare(columns: list[list[str]], start: int, config: Config, encoder: Encoder) -> None:
    compare(*_article(columns, start), config, encoder)


def length(data: Path, cache: Path, count: int) -> Figures:
    """Compare one pair of texts of that many sentences."""
    config = Config(segmented=True)
    encoder = load_encoder(find_manifest("e5-small"), cache)
    sides = [_document(column[:count]) for column in lines(data)]
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


def resident_mb() -> float:
    """Return the size of this process now, where the system tells; else its largest so far."""
    info = Path("/proc/self/statm")
    if not info.exists():
        return peak_mb()
    return round(int(info.read_text("utf-8").split()[1]) * resource.getpagesize() / 1e6)


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
        "aligners": lambda: aligners(*places, int(rest[0])),
        "steady": lambda: steady(*places, int(rest[0])),
        "length": lambda: length(*places, int(rest[0])),
        "peaks": peaks,
    }
    print(json.dumps(tasks[task]()))


if __name__ == "__main__":
    main(sys.argv[1:])
