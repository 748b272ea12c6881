"""Fits what each sign of an unanswered marker is worth, for align/marker_weights.py.

    python models/train/markers.py --data DIR [--out eval/results/markers.json] [--kept FOLDER]
        [--language vie …] [--seed N]

In the lines of NTREX's development articles, which the verifier was not trained on, negation, time
and possibility are turned with the rules of the verifier's generator, in English and in the other
language. A marker at the place of an edit, or one whose counterpart is there, is an error; every
marker of a faithful line is none. Of several markers at an edit the one that looks most like an
error counts, after a first fit on those without an answer (Andrews et al., 2002, learn from such
bags in the same way). A logistic regression, held out by article and by language in turn, says how
many errors are found where so many of 100 faithful lines are alarmed. Prints the constants, and
stores them with the figures. FOLDER keeps the signs of each language.
"""

import argparse
import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from align.bitext import Span
from align.checks import modality, negation, tense
from align.checks.check import pair_readings, spans_of
from align.copies import default_cache
from align.encoder import Encoder, load_remembered
from align.manifest import find_manifest, find_verifier
from align.markers import GROUPS, SIGNS, Marked, find_marked
from align.verifier import Verifier, load_verifier
from models.train.corpus import SHORT
from models.train.lines import Context, Line
from models.train.meaning import negate, remode, retime
from models.train.planted import Asked, Place, Planted, asked, faithful

LANGUAGES = (
    "deu", "fra", "jpn", "zho-CN", "arb", "spa", "rus", "kor", "ces", "hin", "ind", "por", "tha",
    "tur", "nld", "fin", "vie",
)  # fmt: skip
EDITORS = {"negation": negate, "tense": retime, "modality": remode}
RULES = {
    "negation": negation.by_rules, "tense": tense.by_rules, "modality": modality.by_rules
}  # fmt: skip
PRIOR = 0.2
"""Share of pairs with such an error for which the probabilities hold."""
RESISTANCE = 1.0
ROUNDS = 4
STEPS, ENOUGH = 60, 1e-5
NONE = -20.0
"""The log odds of a pair without a marker."""
FOLDS = 4
STORE_MB = 400
ALARMS = (0.5, 1.0, 2.0, 5.0)

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bag:
    """The markers of a kind in one pair: those at an error, or all of a faithful one."""

    language: str
    article: str
    kind: str
    is_wrong: bool
    signs: tuple[tuple[float, ...], ...]


def main() -> None:
    """Draw, ask, fit, and store."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("eval/results/markers.json"))
    parser.add_argument("--kept", type=Path, default=Path("vectors"))
    parser.add_argument("--language", action="append", choices=sorted(SHORT))
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    encoder = load_remembered(find_manifest("e5-small"), default_cache(), STORE_MB)
    manifest = find_verifier()
    verifier = load_verifier(manifest)
    folder = options.kept / f"markers-{manifest.sha256[:12]}-{options.seed}"
    folder.mkdir(parents=True, exist_ok=True)
    bags: list[Bag] = []
    for language in options.language or LANGUAGES:
        path = folder / f"{language}.json"
        if not path.exists():
            lines = faithful(Place(options.data, options.kept), language)
            drawn = [*lines, *turned(lines, SHORT[language], Random(f"{options.seed}/{language}"))]
            rows = [asdict(bag) for bag in ask(drawn, language, encoder, verifier)]
            path.write_text(json.dumps(rows), "utf-8")
        bags += [
            Bag(**row | {"signs": tuple(map(tuple, row["signs"]))})
            for row in json.loads(path.read_text("utf-8"))
        ]
        sys.stderr.write(f"{language}: {len(bags)} bags\n")
    found = {kind: fitted([bag for bag in bags if bag.kind == kind]) for kind in GROUPS}
    stored = {"verifier": verifier.identity, **found}
    options.out.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")
    sys.stdout.write(table(found))


def turned(lines: Sequence[Planted], tag: str, rng: Random) -> Iterator[Planted]:
    """Yield lines with one edit each, in one of the two languages."""
    nothing = Context(())
    for line in lines:
        if "?" in line.source:  # asked with a negation as often as without
            continue
        for kind, editor in EDITORS.items():
            for text, language in ((line.source, "en"), (line.target, tag)):
                edit = editor(Line(text, language, (), (), ()), nothing, rng)
                if edit is None or edit.text in ("", text):
                    continue
                spans = edit.given or edit.taken
                if language == "en":
                    yield Planted(line.article, kind, edit.text, line.target, spans, ())
                else:
                    yield Planted(line.article, kind, line.source, edit.text, (), spans)


def ask(
    drawn: Sequence[Planted], language: str, encoder: Encoder, verifier: Verifier
) -> Iterator[Bag]:
    """Yield the markers at the error of each pair; of a faithful one all, for each kind."""
    for one in asked(drawn, SHORT[language], encoder, verifier):
        own = one.planted
        for kind in [own.kind] if own.kind else GROUPS:
            marked = [m for m in marked_in(one, kind) if not own.kind or is_at(m, own)]
            signs = tuple(m.signs for m in marked)
            yield Bag(language, own.article, kind, bool(own.kind), signs)


def marked_in(one: Asked, kind: str) -> Iterator[Marked]:
    """Yield the markers of a kind in a pair, as its check sees them."""
    ruled = RULES[kind](one.pair)
    yield from find_marked(
        kind, pair_readings(one.pair, one.related), one.judgement, spans_of(list(ruled))
    )


def is_at(marked: Marked, planted: Planted) -> bool:
    """Tell whether a marker or its counterparts stand where a pair was edited."""
    own, other = planted.source_spans, planted.target_spans
    if not marked.is_source:
        own, other = other, own
    return touch((marked.span,), own) or touch(marked.counterparts, other)


def touch(ones: Sequence[Span], others: Sequence[Span]) -> bool:
    """Tell whether some of the spans overlap."""
    return any(one.overlaps(other) for one in ones for other in others)


def fitted(bags: Sequence[Bag]) -> dict[str, object]:
    """Return the weights of a kind by sign, and how well they hold."""
    figures: dict[str, object] = {
        "faithful": sum(not bag.is_wrong for bag in bags),
        "errors": sum(bag.is_wrong for bag in bags),
        "errors without a marker": sum(bag.is_wrong and not bag.signs for bag in bags),
        "weights": [round(float(value), 3) for value in regression(bags)],
    }
    for name in ("article", "language"):
        of_bag = np.array([getattr(bag, name) for bag in bags])
        groups = np.searchsorted(np.unique(of_bag), of_bag) % FOLDS
        tops = np.zeros(len(bags))
        for k in range(FOLDS):
            weights = regression([bag for bag, g in zip(bags, groups, strict=True) if g != k])
            mine = groups == k
            tops[mine] = [top(bag, weights) for bag, own in zip(bags, mine, strict=True) if own]
        figures[f"held out by {name}"] = found_at(bags, tops)
    return figures


def top(bag: Bag, weights: Doubles) -> float:
    """Return the log odds of the marker that looks most like an error."""
    return float((np.array(bag.signs) @ weights).max()) if bag.signs else NONE


def found_at(bags: Sequence[Bag], tops: Doubles) -> dict[str, list[float]]:
    """Return the chance that so many of 100 faithful pairs reach, and the share of errors found."""
    wrong = np.array([bag.is_wrong for bag in bags])
    limits = [float(np.quantile(tops[~wrong], 1 - alarms / 100)) for alarms in ALARMS]
    return {
        str(alarms): [
            round(1 / (1 + math.exp(-limit)), 4),
            round(float((tops[wrong] > limit).mean()), 3),
        ]
        for alarms, limit in zip(ALARMS, limits, strict=True)
    }


def regression(bags: Sequence[Bag]) -> Doubles:
    """Return a weight for each sign, so that the chances hold where `PRIOR` of the pairs err."""
    seen = [bag for bag in bags if bag.signs]
    sound = np.array([row for bag in seen if not bag.is_wrong for row in bag.signs])
    wrong = [np.array(bag.signs) for bag in seen if bag.is_wrong]
    faithful_pairs = sum(not bag.is_wrong for bag in bags)
    worth = PRIOR / (1 - PRIOR) * faithful_pairs / len(wrong)
    picked = np.array([rows[rows[:, SIGNS.index("answered")].argmin()] for rows in wrong])
    weights = np.zeros(len(SIGNS))
    for _ in range(ROUNDS):
        weights = logistic(sound, picked, worth)
        picked = np.array([rows[(rows @ weights).argmax()] for rows in wrong])
    return weights


def logistic(sound: Doubles, wrong: Doubles, worth: float) -> Doubles:
    """Return the weights of a ridge regression on columns of unit spread, by Newton's method."""
    rows = np.concatenate([sound, wrong])
    spread = np.where(rows.std(axis=0) > 1e-6, rows.std(axis=0), 1.0)
    columns, errs = rows / spread, np.arange(len(rows)) >= len(sound)
    counts = np.where(errs, worth, 1.0)
    ridge = np.full(len(spread), RESISTANCE)
    ridge[0] = 1e-6
    weights = np.zeros(len(spread))
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-np.clip(columns @ weights, -30, 30)))
        slope = columns.T @ (counts * (chances - errs)) + ridge * weights
        bend = columns.T @ ((counts * chances * (1 - chances))[:, None] * columns) + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if float(np.abs(step).max()) < ENOUGH:
            break
    found: Doubles = weights / spread
    return found


def table(found: Mapping[str, Mapping[str, object]]) -> str:
    """Return the constants as align/marker_weights.py has them."""
    rows = "\n".join(f'        "{kind}": {own["weights"]},' for kind, own in found.items())
    return f"WEIGHTS = {{\n{rows}\n}}\n"


if __name__ == "__main__":
    main()
