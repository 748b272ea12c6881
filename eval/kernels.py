"""Measures what other kernels would gain, and how far they would move what the models say.

    python -m eval.kernels --data DIR [--rounds 4]

The encoder's body is written once more with plain products of float32. It and the verifier run on
one core, batch for batch as veralign makes them; the ways take turns in one process. OpenVINO is no
dependency: `pip install openvino`, or only ONNX Runtime is measured.
Writes eval/results/kernels.json.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper

from align import e5s1, verifier
from align.config import Config
from align.encoder.body import _Graph
from align.encoder.embedded import EmbeddedEncoder, _batches
from align.encoder.load import load_encoder
from align.judgement import Judgement
from align.manifest import check_verifier, find_manifest, find_verifier, locate
from align.pipeline import compare
from align.vectors import unit
from align.verifier import OnnxVerifier, Pair, load_verifier
from eval.speed import ROOT, machine
from eval.speed_tasks import ARTICLE, Figures, article, sentences

RESULTS = ROOT / "eval" / "results" / "kernels.json"
SENTENCES = 400
"""Of them 194 and 194 translate each other, in order."""
PAIRS = 194
ARTICLES = 3

Feed = dict[str, NDArray[Any]]
Rows = NDArray[np.float32]
Way = Callable[[Feed], Sequence[Rows]]
Tell = Callable[[Sequence[Sequence[Rows]], Sequence[Sequence[Rows]]], Figures]


class PlainBody(_Graph):
    """The encoder's body of standard operators, with float32 weights, as any runtime reads it."""

    def model(self) -> onnx.ModelProto:
        """Return the graph; instead of `lengths` it takes `mask`, what is added to the scores."""
        model = super().model()
        sizes: list[str | int | None] = ["batch", 1, 1, "tokens"]
        del model.graph.input[1]
        model.graph.input.insert(1, helper.make_tensor_value_info("mask", TensorProto.FLOAT, sizes))
        return model

    def _layer(self, k: int, given: str) -> str:
        attended = self._product(self._attention(k, given), f"l{k}.ao")
        middle = self._normalised(
            self._node("Add", [attended, given], f"l{k}.sum"), f"l{k}.aln", f"l{k}.middle"
        )
        inner = self._node("Gelu", [self._product(middle, f"l{k}.fi")], f"l{k}.inner")
        total = self._node("Add", [self._product(inner, f"l{k}.fo"), middle], f"l{k}.total")
        return self._normalised(total, f"l{k}.oln", f"layer{k + 1}")

    def _attention(self, k: int, given: str) -> str:
        heads = self._weights.shape.heads
        size = self._weights.shape.hidden // heads
        turned = []
        for part, order in (("q", [0, 2, 1, 3]), ("k", [0, 2, 3, 1]), ("v", [0, 2, 1, 3])):
            name = f"l{k}.{part}"
            shape = self._constant(f"{name}.shape", np.array([0, 0, heads, size]))
            parted = self._node("Reshape", [self._product(given, name), shape], f"{name}.parted")
            turned.append(self._turned(parted, f"{name}.turned", order))
        scale = self._constant(f"l{k}.scale", np.array(size**-0.5, np.float32))
        scores = self._node("MatMul", turned[:2], f"l{k}.raw")
        scores = self._node("Mul", [scores, scale], f"l{k}.scores")
        scores = self._node("Add", [scores, "mask"], f"l{k}.masked")
        shares = self._node("Softmax", [scores], f"l{k}.shares")
        mixed = self._node("MatMul", [shares, turned[2]], f"l{k}.mixed")
        shape = self._constant(f"l{k}.whole", np.array([0, 0, heads * size]))
        together = self._turned(mixed, f"l{k}.together", [0, 2, 1, 3])
        return self._node("Reshape", [together, shape], f"l{k}.attention")

    def _turned(self, given: str, output: str, order: list[int]) -> str:
        self._nodes.append(helper.make_node("Transpose", [given], [output], perm=order))
        return output

    def _product(self, given: str, part: str) -> str:
        bias = self._plain(f"{part}.b")
        weights = self._plain(f"{part}.w").reshape(len(bias), -1).T
        product = self._node("MatMul", [given, self._constant(f"{part}.w", weights)], f"{part}.raw")
        return self._node("Add", [product, self._constant(f"{part}.b", bias)], f"{part}.product")


def main() -> None:
    """Measure, print, and store the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds ntrex/")
    parser.add_argument("--rounds", type=int, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        manifest = find_manifest("e5-small")
        encoder = load_encoder(manifest, Path(folder))
        if not isinstance(encoder, EmbeddedEncoder) or manifest.weights is None:
            raise ValueError("the default encoder is an embedded one")
        plain = Path(folder) / "plain.onnx"
        weights = e5s1.parse(locate(manifest.weights).read_bytes())
        onnx.save(PlainBody(weights).model(), plain)
        figures = {
            "machine": machine(),
            "encoder": encoding(encoder, plain, sentences(options.data), options.rounds),
            "verifier": verifying(encoder, options.data, options.rounds),
        }
    text = json.dumps(figures, indent=1)
    RESULTS.write_text(text + "\n", "utf-8")
    print(text)


def encoding(
    encoder: EmbeddedEncoder, plain: Path, texts: Sequence[str], rounds: int
) -> dict[str, Figures]:
    """Return what each way of encoding takes, and how far its vectors are from ours."""
    distinct = list(dict.fromkeys(texts))[:SENTENCES]
    batches = list(_batches(encoder._windows(distinct, range(len(distinct))), 1))
    feeds: list[Feed] = [dict(encoder._inputs(batch)) for batch in batches]
    order = np.argsort([window.text for batch in batches for window in batch])
    outputs = ["sentence", encoder._layer]
    now = encoder._session

    def tell(found: Sequence[Sequence[Rows]], reference: Sequence[Sequence[Rows]]) -> Figures:
        ours, theirs = (
            unit(np.concatenate([rows[0] for rows in answers]))[order]
            for answers in (found, reference)
        )
        tokens, others = (_tokens(answers, feeds) for answers in (found, reference))
        cosines = [(r[:PAIRS] * r[PAIRS : 2 * PAIRS]).sum(axis=1) for r in (ours, theirs)]
        moved = np.abs(cosines[0] - cosines[1]).mean() / cosines[1].std()
        return {
            "worst cosine": round(float((ours * theirs).sum(axis=1).min()), 6),
            "worst cosine of a token": round(float((tokens * others).sum(axis=1).min()), 5),
            "moved, of the spread": round(float(moved), 4),
        }

    ways: dict[str, Way] = {"4-bit blocks, as veralign does": lambda f: now.run(outputs, f)}
    plainly = {name: _of_mask(way) for name, way in runtimes(plain, outputs).items()}
    return compared(ways | plainly, feeds, rounds, tell)


def verifying(encoder: EmbeddedEncoder, data: Path, rounds: int) -> dict[str, Figures]:
    """Return what each way of verifying takes, and how far its log odds are from ours."""
    network = load_verifier(find_verifier())
    windows = [w for pairs in _pairs(encoder, data) for pair in pairs for w in _cuts(pair)]
    sizes = [len(a.tokens.spans) + len(b.tokens.spans) for a, b in windows]
    order = sorted(range(len(windows)), key=lambda k: sizes[k])
    feeds: list[Feed] = [
        dict(verifier._inputs([windows[k] for k in batch]))
        for batch in verifier._batches(order, sizes)
    ]
    outputs = ["tokens", "pairs"]
    now = network._session

    def tell(found: Sequence[Sequence[Rows]], reference: Sequence[Sequence[Rows]]) -> Figures:
        moved = [np.abs(a[1] - b[1]).max() for a, b in zip(found, reference, strict=True)]
        return {"log odds moved at most": round(float(max(moved)), 5)}

    ways: dict[str, Way] = {"as veralign does": lambda feed: now.run(outputs, feed)}
    return compared(ways | runtimes(check_verifier(find_verifier()), outputs), feeds, rounds, tell)


def runtimes(model: Path, outputs: list[str]) -> dict[str, Way]:
    """Return the ways to run a model on one core that can be had here."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(model), options, ["CPUExecutionProvider"])
    ways: dict[str, Way] = {"ONNX Runtime, all fusions": lambda feed: session.run(outputs, feed)}
    try:
        openvino = import_module("openvino")
    except ImportError:
        return ways
    for precision in ("f32", "bf16"):
        hints = {"INFERENCE_PRECISION_HINT": precision, "INFERENCE_NUM_THREADS": 1}
        request = openvino.compile_model(str(model), "CPU", hints).create_infer_request()

        def run(feed: Feed, request: object = request) -> Sequence[Rows]:
            found = request.infer(feed)  # type: ignore[attr-defined]  # OpenVINO need not be there
            return [np.array(found[name]) for name in outputs]

        ways[f"OpenVINO, {precision}"] = run
    return ways


def compared(
    ways: Mapping[str, Way], feeds: Sequence[Feed], rounds: int, tell: Tell
) -> dict[str, Figures]:
    """Let the ways take turns; the first is what the others are measured by."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    answers = {name: [way(feed) for feed in feeds] for name, way in ways.items()}
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.perf_counter()
            for feed in feeds:
                way(feed)
            seconds[name].append(time.perf_counter() - start)
    first = next(iter(ways))
    usual = statistics.median(seconds[first])
    return {
        name: {
            "seconds on a core": round(statistics.median(seconds[name]), 2),
            "of the time of the first": round(statistics.median(seconds[name]) / usual, 2),
            **tell(answers[name], answers[first]),
        }
        for name in ways
    }


def _of_mask(way: Way) -> Way:
    return lambda feed: way(_masked(feed))


def _masked(feed: Feed) -> Feed:
    places = np.arange(feed["words"].shape[1])[None, :]
    mask = np.where(places < feed["lengths"][:, None], 0, -1e9).astype(np.float32)
    return {"words": feed["words"], "shares": feed["shares"], "mask": mask[:, None, None, :]}


def _tokens(answers: Sequence[Sequence[Rows]], feeds: Sequence[Feed]) -> Rows:
    """Return the unit vectors of all tokens but beginnings, ends and padding."""
    rows = [
        layer[row, 1 : size - 1]
        for (_, layer), feed in zip(answers, feeds, strict=True)
        for row, size in enumerate(feed["lengths"].tolist())
    ]
    return unit(np.concatenate(rows))


def _pairs(encoder: EmbeddedEncoder, data: Path) -> list[Sequence[Pair]]:
    """Return what the verifier is asked in some articles."""
    asked: list[Sequence[Pair]] = []
    judge = OnnxVerifier.judge

    def listening(self: OnnxVerifier, pairs: Sequence[Pair]) -> tuple[Judgement, ...]:
        asked.append(pairs)
        return judge(self, pairs)

    OnnxVerifier.judge = listening  # type: ignore[method-assign]  # to hear what it is asked
    try:
        for k in range(ARTICLES):
            compare(*article(data, k * ARTICLE), Config(segmented=True), encoder)
    finally:
        OnnxVerifier.judge = judge  # type: ignore[method-assign]
    return asked


def _cuts(pair: Pair) -> list[Pair]:
    return [verifier._cut(pair, window) for window in verifier._windows(pair)]


if __name__ == "__main__":
    main()
