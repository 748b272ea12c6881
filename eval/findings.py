"""Measures what the checks find, and how silent they are where nothing is wrong.

    python -m eval.findings --data DIR [--language vie …] [--split dev] [--worst FILE]

DIR/ntrex/SPLIT holds NTREX-128 (Federmann et al., 2022; CC BY-SA 4.0; on GitHub under
MicrosoftTranslator/NTREX): one file a language, one segment a line, and document_ids.txt;
DIR/wmt21-critical-errors, DIR/mqm-ted and DIR/mlqe-pe what people said of machines' translations.
Figures for each language:

    faithful   pairs of 100 with a finding of severity minor and above, with a major one, and per
               check. Not all are false: the translations have errors of their own.
    planted    per kind of error of the verifier's generator, drawn by another seed than the fit of
               the risk: how many; AUROC; recall by the risk where 5 and 1 of 100 faithful pairs
               are alarmed; the share of which a finding touches the words concerned.
    lost       articles of which every tenth target sentence is deleted: precision and recall of the
               sentences that are reported as lost.
    real       machine translation that people judged, see eval/findings_real.py: AUROC and the
               best correlation of the risk with critical errors of WMT21 and with kinds of errors
               of MQM, and of marked words with those that post-editors of MLQE-PE changed.

Writes eval/results/findings-SPLIT.json with the signature, and, with --worst, a page of the fifty
riskiest faithful pairs and the fifty least suspected errors, to be read: it quotes the data.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from align import pipeline
from align.bitext import Document
from align.config import CheckSettings, Config
from align.copies import default_cache
from align.encoder import Encoder, load_remembered
from align.finding import PairReport, Severity
from align.manifest import find_manifest
from align.read import text
from eval import curves, findings_real
from models.train.corpus import SHORT
from models.train.frozen import Frozen
from models.train.planted import Place, Planted, faithful, wrong

ROOT = Path(__file__).parent.parent
LANGUAGES = (
    "vie", "deu", "fra", "spa", "rus", "arb", "jpn", "zho-CN", "kor", "tha", "tur", "hin", "ind",
    "fin",
)  # fmt: skip
EVERY = 10
GROUPS, SEED = 45, 11
PRIOR = 0.2
"""Share of errors for which the risk is meant to hold."""
WORST = 50
STORE_MB = 400
"""Vectors that are kept between runs."""

Article = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answered:
    """A pair with the answer it got."""

    language: str
    pair: Planted
    report: PairReport


def main() -> None:
    """Measure each language, print a line for it, and store the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--language", action="append", choices=sorted(SHORT))
    parser.add_argument("--split", default="dev")
    parser.add_argument("--vectors", type=Path, default=Path("vectors"))
    parser.add_argument("--worst", type=Path)
    options = parser.parse_args()
    encoder = load_remembered(find_manifest("e5-small"), default_cache(), STORE_MB)
    place, frozen = Place(options.data, options.vectors, options.split), Frozen()
    figures: dict[str, dict[str, object]] = {}
    answered: list[Answered] = []
    for language in options.language or LANGUAGES:
        pairs = [*faithful(place, language), *wrong(place, language, GROUPS, SEED, frozen)]
        own = answer(pairs, language, SHORT[language], encoder)
        figures[language] = {"faithful": silence(own), "planted": planted(own)}
        figures[language]["lost"] = lost(articles(own), SHORT[language], encoder)
        figures[language] |= shapes(own)
        print(language, json.dumps(figures[language]["planted"]), flush=True)
        answered += own
    stored = {
        "signature": pipeline.signature(Config(), encoder),
        "languages": figures,
        "all": together(answered),
        "real": findings_real.judged(options.data, _asking(encoder)),
    }
    path = ROOT / "eval" / "results" / f"findings-{options.split}.json"
    path.write_text(tidy(json.dumps(stored, indent=1)) + "\n", "utf-8")
    if options.worst:
        options.worst.write_text(page(answered), "utf-8")


def tidy(rows: str) -> str:
    """Return JSON with each list of numbers on a line."""
    return re.sub(r"\[[\d.,\s-]+\]", lambda found: re.sub(r"\s+", " ", found[0]), rows)


def answer(pairs: Sequence[Planted], language: str, tag: str, encoder: Encoder) -> list[Answered]:
    """Check pairs as the rows of a bilingual file."""
    reports = _asking(encoder)([(pair.source, pair.target) for pair in pairs], "en", tag)
    return [Answered(language, pair, r) for pair, r in zip(pairs, reports, strict=True)]


def _asking(encoder: Encoder) -> findings_real.Check:
    def check(texts: Sequence[tuple[str, str]], one: str, other: str) -> list[PairReport]:
        return list(pipeline.check_pairs(texts, Config(), encoder, (one, other)))

    return check


def silence(answered: Sequence[Answered]) -> dict[str, object]:
    """Return the share of faithful pairs with a finding, of any kind and per check, in percent."""
    any_, major, by_check, total = 0, 0, Counter[str](), 0
    for one in answered:
        if not one.pair.kind:
            total += 1
            grave = [f for f in one.report.findings if f.severity >= Severity.MINOR]
            any_ += bool(grave)
            major += any(f.severity >= Severity.MAJOR for f in grave)
            by_check.update({f.check for f in grave})
    share = {name: percent(count, total) for name, count in sorted(by_check.items())}
    return {
        "pairs": total,
        "any": percent(any_, total),
        "major": percent(major, total),
        "by check": share,
    }


def planted(answered: Sequence[Answered]) -> dict[str, dict[str, object]]:
    """Return the figures of each kind of error."""
    risks = np.array([one.report.risk for one in answered])
    kind = np.array([one.pair.kind for one in answered])
    sound = risks[kind == ""]
    figures: dict[str, dict[str, object]] = {}
    for name in sorted(set(kind) - {""}):
        here = kind == name
        some = here | (kind == "")
        figures[str(name)] = {
            "pairs": int(here.sum()),
            "AUROC": round(curves.auroc(here[some], risks[some]), 3),
            "recall at 5": round(curves.recall_at(risks[here], sound, 5), 3),
            "recall at 1": round(curves.recall_at(risks[here], sound, 1), 3),
            "found": round(
                float(np.mean([is_found(a) for a in answered if a.pair.kind == name])), 3
            ),
        }
    return figures


def is_found(one: Answered) -> bool:
    """Tell whether a finding touches the words concerned, or says anything if there are none."""
    said = [f for f in one.report.findings if f.severity >= Severity.MINOR]
    marks = (
        [mark.span for f in said for mark in f.source],
        [mark.span for f in said for mark in f.target],
    )
    concerned = (one.pair.source_spans, one.pair.target_spans)
    if not any(concerned):
        return any(marks)
    return any(
        mark.overlaps(word)
        for spans, words in zip(marks, concerned, strict=True)
        for mark in spans
        for word in words
    )


def together(answered: Sequence[Answered]) -> dict[str, object]:
    """Return the figures over all languages: per kind, the curve, and how the risk holds."""
    own = planted(answered)
    sound = [one for one in answered if not one.pair.kind]
    for kind in own:
        own[kind] |= shapes([*sound, *(one for one in answered if one.pair.kind == kind)])
    return {"faithful": silence(answered), "planted": own, **shapes(answered)}


def shapes(answered: Sequence[Answered]) -> dict[str, object]:
    """Return the curve of precision against recall, and how the risk holds."""
    kinds = [one.pair.kind for one in answered]
    risks = np.array([one.report.risk for one in answered])
    is_wrong = np.array([bool(kind) for kind in kinds])
    return {
        "average precision": round(curves.average_precision(is_wrong, risks), 3),
        "precision-recall": curves.precision_recall(is_wrong, risks),
        "reliability": curves.reliability(risks, is_wrong, curves.balanced(kinds, PRIOR)),
    }


def articles(answered: Sequence[Answered]) -> list[Article]:
    """Return the faithful pairs by article."""
    found: dict[str, Article] = defaultdict(list)
    for one in answered:
        if not one.pair.kind:
            found[one.pair.article].append((one.pair.source, one.pair.target))
    return list(found.values())


def lost(texts: Sequence[Article], tag: str, encoder: Encoder) -> dict[str, float]:
    """Return precision and recall of the sentences reported as lost."""
    right = said = deleted = 0
    config = Config(segmented=True, checks=CheckSettings(select=("omission",)))
    for article in texts:
        gone = {i for i in range(len(article)) if i % EVERY == EVERY // 2}
        source = document([s for s, _ in article], "en")
        target = document([t for i, (_, t) in enumerate(article) if i not in gone], tag)
        beads = pipeline.align_documents(source, target, config, encoder).bitext.beads
        found = {i for bead in beads if not bead.target for i in bead.source}
        right += len(found & gone)
        said += len(found)
        deleted += len(gone)
    return {
        "deleted": deleted,
        "precision": round(right / max(1, said), 3),
        "recall": round(right / max(1, deleted), 3),
    }


def document(lines: Sequence[str], tag: str) -> Document:
    """Return lines as a document in a known language."""
    parsed = text.parse("\n".join(lines).encode("utf-8"), tag)
    return Document(tag, parsed.text, parsed.blocks, language=tag, language_confidence=1.0)


def page(answered: Sequence[Answered]) -> str:
    """Return the worst false alarms and misses with both sentences, in Markdown."""
    ordered = sorted(answered, key=lambda one: -one.report.risk)
    alarms = [one for one in ordered if not one.pair.kind][:WORST]
    misses = [one for one in reversed(ordered) if one.pair.kind][:WORST]
    return (
        "# Faithful pairs that look worst\n\n"
        + "".join(map(entry, alarms))
        + "# Errors that were suspected least\n\n"
        + "".join(map(entry, misses))
    )


def entry(one: Answered) -> str:
    """Return one pair with what was said of it."""
    pair = one.pair
    lines = [f"- {f.check}, {f.severity.label}: {f.message}" for f in one.report.findings]
    concerned = [
        f"“{span.of(side)}”"
        for side, spans in ((pair.source, pair.source_spans), (pair.target, pair.target_spans))
        for span in spans
    ]
    head = f"## {one.language} {pair.kind or 'faithful'}, risk {one.report.risk:.2f}"
    words = f"Concerned: {' '.join(concerned)}\n" if concerned else ""
    return "\n".join((head, "", pair.source, "", pair.target, "", words, *lines, "", ""))


def percent(count: int, total: int) -> float:
    """Return a share in percent, to two decimals."""
    return round(100 * count / max(1, total), 2)


if __name__ == "__main__":
    main()
