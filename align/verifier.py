"""Reads both sides of a bead together, and says which words are lost, added or changed.

The verifier is a small network over the encoder's token vectors; `models/verifier/card.md` says how
it was trained and what it finds. It runs in ONNX Runtime.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from align.bitext import Span
from align.cores import count_cores
from align.errors import ModelError
from align.judgement import ERRORS, Floats, Judgement, WordOdds
from align.manifest import VerifierManifest, check_verifier
from align.relate import word_spans
from align.vectors import TokenVectors

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MARKS = 6
"""What is told about a token besides its vector: see `marks`."""

WINDOW = 480
"""Most tokens of both sides that are read at once; longer pairs are read in windows."""
BATCH_TOKENS = 256
"""Most tokens, padding included, of one batch. What a batch needs then stays in a core's cache, and
an article has a batch for each core: with 512 it takes a quarter longer on two cores and an eighth
on one, with 4,096 twice as long."""
_FEWEST = 8
_OVERLAP = 0.25
_CERTAIN = 0.999


@dataclass(frozen=True, slots=True)
class Passage:
    """One side of a pair: its text, and the tokens with centred vectors."""

    text: str
    tokens: TokenVectors


Pair = tuple[Passage, Passage]


class Verifier(Protocol):
    """What the pipeline needs of a verifier."""

    @property
    def identity(self) -> str:
        """Name and version, for the report's signature."""

    def judge(self, pairs: Sequence[Pair]) -> tuple[Judgement, ...]:
        """Return what there is to say of each pair, in order."""

    def risk_at(self, alarms: float) -> float:
        """Return the risk that `alarms` of 100 faithful pairs reach."""


def join_passages(text: str, parts: Sequence[TokenVectors], offsets: Sequence[int]) -> Passage:
    """Return several segments as one passage of `text`; `offsets` say where each begins in it."""
    spans = tuple(s.shift(o) for part, o in zip(parts, offsets, strict=True) for s in part.spans)
    vectors = np.concatenate([part.vectors for part in parts])
    return Passage(text, TokenVectors(spans, vectors))


class OnnxVerifier:
    """A network in ONNX Runtime behind the `Verifier` protocol."""

    def __init__(self, session: "InferenceSession", manifest: VerifierManifest) -> None:
        """Take a loaded session; `load_verifier` is the usual way to get one."""
        self._session = session
        self._manifest = manifest
        self._calibration = Calibration(manifest.calibration)

    @property
    def identity(self) -> str:
        """Name and version, for the report's signature."""
        return self._manifest.identity

    def judge(self, pairs: Sequence[Pair]) -> tuple[Judgement, ...]:
        """Return what there is to say of each pair, in order.

        A side without tokens has no counterpart for the other, all of which is then lacking. A
        pair longer than `WINDOW` tokens is read in overlapping windows of both sides: a word is
        lacking only if no window has its counterpart, and the pair's probabilities are the mean
        over the windows.
        """
        windows = [(k, w) for k, pair in enumerate(pairs) for w in _windows(pair)]
        read = self._read([_cut(pairs[k], window) for k, window in windows])
        collected = [_Collected(pair) for pair in pairs]
        for (k, window), (tokens, errors) in zip(windows, read, strict=True):
            collected[k].add(window, tokens, errors)
        return tuple(c.judgement(self._calibration) for c in collected)

    def risk_at(self, alarms: float) -> float:
        """Return the risk that `alarms` of 100 faithful pairs reach, as measured in training."""
        return risk_at(self._manifest, alarms)

    def _read(self, pairs: Sequence[Pair]) -> list[tuple[Floats, Floats]]:
        sizes = [len(a.tokens.spans) + len(b.tokens.spans) for a, b in pairs]
        order = sorted(range(len(pairs)), key=lambda k: sizes[k])
        found: dict[int, tuple[Floats, Floats]] = {}
        batches = list(_batches(order, sizes))
        with ThreadPoolExecutor(count_cores()) as pool:
            results = list(pool.map(lambda batch: self._run([pairs[k] for k in batch]), batches))
        for batch, (tokens, errors) in zip(batches, results, strict=True):
            for row, k in enumerate(batch):
                found[k] = (tokens[row, 1 : sizes[k] + 1], errors[row])
        return [found[k] for k in range(len(pairs))]

    def _run(self, pairs: Sequence[Pair]) -> tuple[Floats, Floats]:
        tokens, errors = self._session.run(["tokens", "pairs"], _inputs(pairs))
        return tokens, errors


def risk_at(manifest: VerifierManifest, alarms: float) -> float:
    """Return the risk that `alarms` of 100 faithful pairs reach, as the manifest has it."""
    counts, risks = zip(*manifest.alarms, strict=True)
    return float(np.interp(alarms, counts, risks))


def load_verifier(manifest: VerifierManifest) -> OnnxVerifier:
    """Load a verifier.

    Raises:
        ModelError: Its file is missing, fails its digest, or is no model.
    """
    # Who remembers all judgements needs no ONNX Runtime.
    import onnxruntime

    path = check_verifier(manifest)
    options = onnxruntime.SessionOptions()
    # Batches run beside each other, one on each core.
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    # What goes beyond gains nothing, and takes longer to load.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    try:
        session = onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own kinds share no public parent
        raise ModelError(
            "The verifier cannot be loaded.", where=str(path), fix="Install veralign again."
        ) from error
    return OnnxVerifier(session, manifest)


class Calibration:
    """Turns the network's log odds into probabilities that are true to their name."""

    def __init__(self, table: Mapping[str, Sequence[float]]) -> None:
        """Take a slope and an offset for each of the outputs, and the weights of the risk.

        Args:
            table: `lacking`, `changed` and each of `ERRORS` with slope and offset; `risk` with
                the weights of the log odds of a major error, of the worst token and of a critical
                error, and an offset.
        """
        self._table = table

    def probabilities(self, name: str, odds: Floats) -> Floats:
        """Return the calibrated probabilities of the outputs called `name`."""
        slope, offset = self._table[name]
        return _sigmoid(slope * odds + offset)

    def errors(self, odds: Floats) -> dict[str, float]:
        """Return the probability of each error, given all log odds of a pair."""
        return {
            name: float(self.probabilities(name, odds[k : k + 1])[0])
            for k, name in enumerate(ERRORS)
        }

    def risk(self, odds: Floats, worst: float) -> float:
        """Return the probability of a major error, given the log odds of the worst token too."""
        *weights, offset = self._table["risk"]
        place = len(ERRORS)
        total = np.dot(weights, (odds[place], worst, odds[place + 1])) + offset
        return float(_sigmoid(np.array([total], np.float32))[0])


def _sigmoid(odds: Floats) -> Floats:
    probabilities: Floats = (1 / (1 + np.exp(-np.clip(odds, -30, 30)))).astype(np.float32)
    return probabilities


class _Collected:
    """What the windows of one pair have said."""

    def __init__(self, pair: Pair) -> None:
        self._pair = pair
        # Log odds; where nothing faces a side, everything is lacking and nothing has changed.
        self._odds = [np.full((len(side.tokens.spans), 2), np.inf, np.float32) for side in pair]
        self._errors: list[Floats] = []

    def add(self, window: tuple[slice, slice], tokens: Floats, errors: Floats) -> None:
        cut = window[0].stop - window[0].start
        for odds, place, said in zip(self._odds, window, (tokens[:cut], tokens[cut:]), strict=True):
            odds[place] = np.minimum(odds[place], said[:, :2])
        self._errors.append(errors)

    def judgement(self, calibration: Calibration) -> Judgement:
        sides = []
        for passage, odds in zip(self._pair, self._odds, strict=True):
            alone = not self._errors
            changed = np.full(len(odds), -np.inf, np.float32) if alone else odds[:, 1]
            lacking = calibration.probabilities("lacking", odds[:, 0])
            sides.append(_by_word(passage, lacking, calibration.probabilities("changed", changed)))
        if self._errors:
            means = np.mean(self._errors, axis=0)
            worst = float(max(odds.max() for odds in self._odds))
            risk = calibration.risk(means, worst)
            critical = float(_sigmoid(means[len(ERRORS) + 1]))
            return Judgement(sides[0], sides[1], calibration.errors(means), risk, critical)
        return _one_sided(sides[0], sides[1])


def _one_sided(source: WordOdds, target: WordOdds) -> Judgement:
    errors = dict.fromkeys(ERRORS, 0.0)
    errors["omission"] = _CERTAIN if source.spans else 0.0
    errors["addition"] = _CERTAIN if target.spans else 0.0
    return Judgement(source, target, errors, max(errors.values()))


def _by_word(passage: Passage, lacking: Floats, changed: Floats) -> WordOdds:
    words, index = _words(passage.text, passage.tokens.spans)
    sums, counts = np.zeros((len(words), 2)), np.zeros((len(words), 1))
    for k, word in enumerate(index):
        if word >= 0:
            sums[word] += lacking[k], changed[k]
            counts[word] += 1
    means = (sums / np.maximum(counts, 1)).astype(np.float32)
    return WordOdds(words, means[:, 0], means[:, 1])


def _windows(pair: Pair) -> Iterator[tuple[slice, slice]]:
    sizes = [len(side.tokens.spans) for side in pair]
    if not all(sizes):
        return
    count = 1
    while sum(sizes) * (1 + 2 * _OVERLAP * (count > 1)) / count > WINDOW:
        count += 1
    for k in range(count):
        yield (_share(sizes[0], k, count), _share(sizes[1], k, count))


def _share(size: int, k: int, count: int) -> slice:
    more = _OVERLAP if count > 1 else 0.0
    first = max(0, math.floor(size * (k - more) / count))
    return slice(first, max(first + 1, min(size, math.ceil(size * (k + 1 + more) / count))))


def _cut(pair: Pair, window: tuple[slice, slice]) -> Pair:
    source, target = (
        Passage(side.text, TokenVectors(side.tokens.spans[w], side.tokens.vectors[w]))
        for side, w in zip(pair, window, strict=True)
    )
    return source, target


def _batches(order: Sequence[int], sizes: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for k in order:
        # Sizes ascend, so the last of a batch sets its width.
        if batch and (len(batch) + 1) * (sizes[k] + 1) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(k)
    if batch:
        yield batch


def _inputs(pairs: Sequence[Pair]) -> dict[str, NDArray[np.float32] | NDArray[np.int64]]:
    width = max(_FEWEST, 1 + max(len(a.tokens.spans) + len(b.tokens.spans) for a, b in pairs))
    dimension = pairs[0][0].tokens.vectors.shape[1]
    vectors = np.zeros((len(pairs), width, dimension), np.float32)
    side = np.full((len(pairs), width), -1, np.int64)
    told = np.zeros((len(pairs), width, MARKS), np.float32)
    side[:, 0] = 0
    for row, pair in enumerate(pairs):
        start = 1
        for which, (own, other) in enumerate((pair, pair[::-1])):
            place = slice(start, start + len(own.tokens.spans))
            vectors[row, place], side[row, place] = own.tokens.vectors, which + 1
            told[row, place] = marks(own.text, own.tokens.spans, other.text, other.tokens.spans)
            start = place.stop
    return {"vectors": vectors, "side": side, "marks": told}


def marks(text: str, spans: Sequence[Span], other: str, other_spans: Sequence[Span]) -> Floats:
    """Return what can be read off each token of a text that faces another.

    Args:
        text: The text.
        spans: Its tokens.
        other: The text of the other side.
        other_spans: The tokens of that.

    Returns:
        Shape (tokens, `MARKS`): its word stands on the other side too; it has digits; its word is
        capitalised; it is punctuation; where it stands, from 0 to 1; the log of how much longer
        the text is than the other.
    """
    words, index = _words(text, spans)
    theirs = {_key(word.of(other)) for word in _words(other, other_spans)[0]}
    found = np.zeros((len(spans), MARKS), np.float32)
    longer = math.log((len(spans) + 1) / (len(other_spans) + 1))
    for k, span in enumerate(spans):
        piece = span.of(text)
        word = words[index[k]].of(text) if index[k] >= 0 else ""
        key = _key(word)
        digits = any(c.isdigit() for c in piece)
        same = key in theirs and (len(key) > 1 or digits)
        plain = not any(c.isalnum() for c in piece)
        place = (k + 0.5) / len(spans)
        found[k] = (same, digits, word[:1].isupper(), plain, place, longer)
    return found


def _words(text: str, spans: Sequence[Span]) -> tuple[tuple[Span, ...], list[int]]:
    """Return the words of a text, and for each token the word it stands in, or -1."""
    words = word_spans(text, spans)
    index, word = [], 0
    for span in spans:
        while word < len(words) and words[word].end <= span.start:
            word += 1
        index.append(word if word < len(words) and words[word].overlaps(span) else -1)
    return words, index


def _key(word: str) -> str:
    return "".join(c for c in word.casefold() if c.isalnum())
