"""Fits what each sign of an error is worth, for align/risk.py.

    python models/train/risk.py --data DIR [--out eval/results/risk.json] [--kept FOLDER]
        [--language vie …] [--groups N] [--seed N] [--manifest models/verifier/manifest.toml]

Errors of the verifier's own generator are planted in the development articles of NTREX, which it
was not trained on, in languages other than Vietnamese; the faithful lines of the articles stand
beside them. A logistic regression without negative weights, held out by article and by language in
turn, says how well it carries over. Prints the constants, and stores them with the figures.

With `--manifest`, the `alarms` of the verifier's manifest are set to the risk that so many of 100
of the faithful lines reach, by the constants that align/risk.py has. So a new verifier takes two
runs, the second with the constants that the first has found; it takes seconds, for FOLDER has all.

FOLDER keeps the signs of each language's pairs, so that a run that was interrupted goes on where it
was, and the vectors of the faithful lines.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from align.checks import CHECKS
from align.copies import default_cache
from align.coverage import worst_run
from align.encoder import Encoder, load_remembered
from align.manifest import find_manifest, find_verifier
from align.risk import SIGNS, Signs, log_odds, risk_of, signs
from align.verifier import Verifier, load_verifier
from align.verify import text_findings
from eval.curves import balanced, recall_at, reliability
from models.train.corpus import SHORT
from models.train.frozen import Frozen
from models.train.planted import Place, Planted, asked, faithful, wrong
from models.train.real import read_critical

LANGUAGES = (
    "deu", "fra", "jpn", "zho-CN", "arb", "spa", "rus", "kor", "ces", "hin", "ind", "ita", "tha",
    "fin",
)  # fmt: skip
PRIOR = 0.2
"""Share of pairs with an error for which the risk holds; the same as the verifier's."""
CRITICAL_PRIOR = 0.1
"""The same for critical errors, about as many as WMT21 has of English-Japanese."""
STORE_MB = 400
"""Vectors that are kept between runs."""
RESISTANCE = 0.05
STEPS = 4000
FOLDS = 4
DRAWN_DOCUMENTS = 6
MOST_PLANTED = 3
MACHINE_PAIRS = 400
"""Pairs of each pair of languages of WMT21 that the critical error is fitted on."""
ALARMS = (0.5, 1.0, 2.0, 5.0, 10.0)
"""False alarms per 100 faithful pairs for which the manifest gives the risk."""
JUDGED_ON = "ende"
"""The pair of languages that is kept for judging."""

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """A pair: where it comes from, the kind of its error or nothing, its signs.

    `signs` are those of `align.risk.SIGNS`, `machine` the log odds of a critical error.
    """

    language: str
    article: str
    kind: str
    signs: tuple[float, ...]
    machine: float


def main() -> None:
    """Draw, ask, fit, and store."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("eval/results/risk.json"))
    parser.add_argument("--kept", type=Path, default=Path("vectors"))
    parser.add_argument("--language", action="append", choices=sorted(SHORT))
    parser.add_argument("--groups", type=int, default=45)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--manifest", type=Path, help="the manifest whose `alarms` are set")
    options = parser.parse_args()
    encoder = load_remembered(find_manifest("e5-small"), default_cache(), STORE_MB)
    manifest = find_verifier()
    verifier, frozen = load_verifier(manifest), Frozen()
    place = Place(options.data, options.kept)
    folder = options.kept / f"signs-{manifest.sha256[:12]}-{options.groups}-{options.seed}"
    folder.mkdir(parents=True, exist_ok=True)
    samples: list[Sample] = []
    for language in options.language or LANGUAGES:

        def planted(language: str = language) -> list[Sample]:
            drawn = faithful(place, language)
            drawn += wrong(place, language, options.groups, options.seed, frozen)
            return ask(drawn, language, SHORT[language], encoder, verifier)

        samples += kept(folder / f"{language}.json", planted)
        sys.stderr.write(f"{language}: {len(samples)} pairs\n")
    machine = kept(
        folder / "machine.json", lambda: list(machine_pairs(options.data, encoder, verifier))
    )
    if options.manifest:
        text = options.manifest.read_text("utf-8")
        options.manifest.write_text(with_alarms(text, alarm_rows(samples)), "utf-8")
    stored = {"verifier": verifier.identity, **fitted(samples, machine)}
    options.out.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")
    sys.stdout.write(json.dumps(stored, indent=1) + "\n")


def kept(path: Path, make: Callable[[], list[Sample]]) -> list[Sample]:
    """Return the samples of a file, which is written first if it is not there."""
    if not path.exists():
        partial = path.with_suffix(".part")
        partial.write_text(json.dumps([asdict(sample) for sample in make()]), "utf-8")
        partial.rename(path)
    return [
        Sample(**row | {"signs": tuple(row["signs"])})
        for row in json.loads(path.read_text("utf-8"))
    ]


def ask(
    drawn: Sequence[Planted], language: str, tag: str, encoder: Encoder, verifier: Verifier
) -> list[Sample]:
    """Return the signs of each pair, as the rows of a bilingual file show them."""
    found: list[Sample] = []
    for one in asked(drawn, tag, encoder, verifier):
        findings = text_findings(one.pair, CHECKS, 0, one.sides)
        seen = signs(findings, one.judgement, worst_run(one.related))
        values = tuple(getattr(seen, sign) for sign in SIGNS)
        machine = log_odds(one.judgement.critical)
        found.append(Sample(language, one.planted.article, one.planted.kind, values, machine))
    return found


def machine_pairs(data: Path, encoder: Encoder, verifier: Verifier) -> list[Sample]:
    """Return machine translations of WMT21, their kind `critical` or nothing."""
    found: list[Sample] = []
    for name, rows in read_critical(data, "dev"):
        if name != JUDGED_ON:
            some = rows[:MACHINE_PAIRS]
            kinds = ["critical" if r.critical else "" for r in some]
            drawn = [
                Planted(name, kind, r.source, r.target) for kind, r in zip(kinds, some, strict=True)
            ]
            found += ask(drawn, name, name[2:], encoder, verifier)
    return found


def fitted(samples: Sequence[Sample], machine: Sequence[Sample]) -> dict[str, object]:
    """Return the constants of align/risk.py, and how well they hold."""
    design = np.array([s.signs for s in samples])
    wrong = np.array([bool(s.kind) for s in samples])
    counts = balanced([s.kind for s in samples], PRIOR)
    found = regression(design, wrong, counts)
    held = {
        name: held_out(design, wrong, counts, groups)
        for name, groups in (
            ("article", [s.article for s in samples]),
            ("language", [s.language for s in samples]),
        )
    }
    critical = regression(
        np.array([[s.machine] for s in machine]),
        np.array([bool(s.kind) for s in machine]),
        balanced([s.kind for s in machine], CRITICAL_PRIOR),
    )
    planted = design @ found[:-1] + found[-1]
    odds = np.logaddexp(
        planted, np.array([s.machine for s in samples]) * critical[0] + critical[-1]
    )
    documents, errors = drawn_documents(samples, odds)
    document = regression(documents, errors, np.ones(len(errors)), signed=True)
    return {
        "pairs": len(samples),
        "with an error": int(wrong.sum()),
        "WEIGHTS": rounded(found, (*SIGNS, "offset")),
        "CRITICAL": rounded(critical, ("critical", "offset")),
        "DOCUMENT": rounded(document, ("worst", "beads", "offset")),
        "held out by": {
            name: recalls(samples, odds_of)
            | {"reliability": reliability(chances(odds_of), wrong, counts)}
            for name, odds_of in held.items()
        },
        "documents": {
            "reliability": reliability(chances(documents @ document[:-1] + document[-1]), errors)
        },
    }


def alarm_rows(samples: Sequence[Sample]) -> list[list[float]]:
    """Return the risk that so many of 100 faithful pairs reach, of all signs together."""
    risks = [risk_of(Signs(*s.signs), s.machine) for s in samples if not s.kind]
    return [[a, round(float(np.quantile(risks, 1 - a / 100)), 4)] for a in ALARMS]


def with_alarms(manifest: str, rows: Sequence[Sequence[float]]) -> str:
    """Return a manifest with other `alarms`."""
    return re.sub("^alarms = .*$", f"alarms = {rows}", manifest, flags=re.MULTILINE)


def chances(odds: Doubles) -> Doubles:
    """Return probabilities for log odds."""
    found: Doubles = 1 / (1 + np.exp(-odds))
    return found


def rounded(values: Doubles, names: Sequence[str]) -> dict[str, float]:
    """Return named values to two decimals."""
    return {name: round(float(value), 2) for name, value in zip(names, values, strict=True)}


def regression(
    design: Doubles, wrong: NDArray[np.bool_], counts: Doubles, *, signed: bool = False
) -> Doubles:
    """Return slopes and offset of a logistic regression; no slope is negative if not `signed`.

    Projected gradient steps on columns of unit spread.
    """
    spread = np.maximum(design.std(axis=0), 1e-9)
    columns = np.hstack([design / spread, np.ones((len(design), 1))])
    bend = np.linalg.eigvalsh(columns.T @ (counts[:, None] * columns)).max() / 4 + RESISTANCE
    found = np.zeros(columns.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-columns @ found))
        found -= (columns.T @ (counts * (chance - wrong)) + RESISTANCE * found) / bend
        if not signed:
            found[:-1] = np.maximum(found[:-1], 0.0)
    return np.append(found[:-1] / spread, found[-1])


def held_out(
    design: Doubles, wrong: NDArray[np.bool_], counts: Doubles, groups: Sequence[str]
) -> Doubles:
    """Return log odds for each pair by a fit on the other groups."""
    names = sorted(set(groups))
    fold = np.array([names.index(group) % FOLDS for group in groups])
    odds = np.zeros(len(design))
    for k in range(FOLDS):
        seen = fold != k
        found = regression(design[seen], wrong[seen], counts[seen])
        odds[~seen] = design[~seen] @ found[:-1] + found[-1]
    return odds


def recalls(samples: Sequence[Sample], odds: Doubles) -> dict[str, object]:
    """Return the mean recall of the kinds where 5 and 1 of 100 faithful pairs are alarmed."""
    kind = np.array([s.kind for s in samples])
    figures: dict[str, object] = {}
    for alarms in (5, 1):
        sound = odds[kind == ""]
        kinds = [recall_at(odds[kind == k], sound, alarms) for k in sorted(set(kind) - {""})]
        figures[f"recall at {alarms}"] = round(float(np.mean(kinds)), 3)
    return figures


def drawn_documents(samples: Sequence[Sample], odds: Doubles) -> tuple[Doubles, NDArray[np.bool_]]:
    """Put articles together: half faithful, half with up to `MOST_PLANTED` errors.

    Returns:
        The log odds of the worst pair and the log of how many there are; whether there is an error.
    """
    rng = np.random.default_rng(0)
    rows, errors = [], []
    for home in sorted({(s.language, s.article) for s in samples}):
        mine = np.array([(s.language, s.article) == home for s in samples])
        wrong = np.array([bool(s.kind) for s in samples])
        sound, bad = odds[mine & ~wrong], odds[mine & wrong]
        for _ in range(DRAWN_DOCUMENTS if len(sound) > MOST_PLANTED <= len(bad) else 0):
            planted = int(rng.integers(1, MOST_PLANTED + 1)) * bool(rng.random() < 1 / 2)
            pairs = [*rng.permutation(sound)[planted:], *rng.permutation(bad)[:planted]]
            rows.append((max(pairs), np.log(len(pairs))))
            errors.append(planted > 0)
    return np.array(rows), np.array(errors)


if __name__ == "__main__":
    main()
