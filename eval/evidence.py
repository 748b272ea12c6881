"""Measures what other reports are said to support: whose version, and how often at all.

    python -m eval.evidence --data DIR [--language vie …] [--witness deu] [--split dev]

DIR/ntrex/SPLIT holds NTREX-128 (Federmann et al., 2022; CC BY-SA 4.0; on GitHub under
MicrosoftTranslator/NTREX). In each translation errors are planted (numbers, scales, dates and units
of `eval/checks.py`; sentences lost; sentences added), and each article is compared with

    faithful   the same article in the witness's language: only the source can be supported,
    wrong      the erroneous translation itself, as a report: only the translation can be,
    unrelated  another article in the witness's language: nothing can be.

Figures are per kind of evidence: findings on what was planted; the share of these with a quote;
their quotes, and the shares of them that support the source and the target; and `elsewhere`, quotes
on findings where nothing was planted, whose right stance nobody knows. Writes
eval/results/evidence-SPLIT.json.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from align import pipeline
from align.bitext import Document
from align.config import Config
from align.copies import default_cache
from align.corroborate import corroborate
from align.encoder import Encoder, load_remembered
from align.finding import Finding, Report
from align.languages import find_language
from align.manifest import find_manifest
from align.read import text
from eval.alignment_data import Files
from eval.checks import EDITS, TAGS

ROOT = Path(__file__).parent.parent
LANGUAGES = ("vie", "deu", "spa")
KINDS = ("number", "scale", "date", "unit")
EVERY = 6
"""Sentences of which one is lost and one added."""
STORE_MB = 400

Lines = list[str]


@dataclass(frozen=True, slots=True)
class Case:
    """An article, its erroneous translation, and where the errors are."""

    source: Lines
    target: Lines
    lost: frozenset[int]
    wrong: frozenset[int]


def main() -> None:
    """Measure each language, print a line for it, and store the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--language", action="append", choices=sorted(TAGS))
    parser.add_argument("--witness", default="fra", choices=sorted(TAGS))
    parser.add_argument("--split", default="dev")
    options = parser.parse_args()
    encoder = load_remembered(find_manifest("e5-small"), default_cache(), STORE_MB)
    files, figures = Files(options.data), {}
    witness = files.articles(options.witness, options.split)
    for language in options.language or LANGUAGES:
        articles = files.articles(language, options.split)
        strangers = [pair[1] for own in articles.values() for pair in own]
        counts: dict[str, Counter[str]] = {}
        for name, pairs in articles.items():
            case = plant(pairs, TAGS[language], strangers, Random(f"{language} {name}"))  # noqa: S311
            other = next(own for key, own in witness.items() if key != name)
            tags = (TAGS[language], TAGS[options.witness])
            for kind, count in measure(case, witness[name], other, tags, encoder):
                counts.setdefault(kind, Counter()).update(count)
        figures[language] = {kind: shares(count) for kind, count in counts.items()}
        print(json.dumps({language: figures[language]}), flush=True)
    path = ROOT / "eval" / "results" / f"evidence-{options.split}.json"
    about = {"encoder": encoder.identity, "witness": options.witness, "figures": figures}
    path.write_text(json.dumps(about, indent=1) + "\n", "utf-8")


def plant(
    pairs: Sequence[tuple[str, str]], tag: str, strangers: Sequence[str], random: Random
) -> Case:
    """Return an article whose translation has errors; what it lost and gained is known by place."""
    target: Lines = []
    lost, wrong = set(), set()
    for number, (source, faithful) in enumerate(pairs):
        chance = random.randrange(EVERY)
        if chance == 0 and len(pairs) > EVERY:
            lost.add(number)
            continue
        if chance == 1:
            wrong.add(len(target))
            target.append(random.choice(strangers))
        edited = next(
            (
                new[0]
                for kind in random.sample(KINDS, len(KINDS))
                if (new := EDITS[kind](source, faithful, find_language(tag), random))
            ),
            None,
        )
        if edited:
            wrong.add(len(target))
        target.append(edited or faithful)
    return Case([one for one, _ in pairs], target, frozenset(lost), frozenset(wrong))


def measure(
    case: Case,
    witness: Sequence[tuple[str, str]],
    other: Sequence[tuple[str, str]],
    tags: tuple[str, str],
    encoder: Encoder,
) -> Iterator[tuple[str, Counter[str]]]:
    """Yield, for each kind of evidence, what was counted in one article."""
    config = Config(segmented=True)
    report = pipeline.compare(
        document("source", "en", case.source),
        document("target", tags[0], case.target),
        config,
        encoder,
    )
    evidence = {
        "faithful": document("faithful", tags[1], [line for _, line in witness]),
        "wrong": document("wrong", tags[0], case.target),
        "unrelated": document("unrelated", tags[1], [line for _, line in other]),
    }
    for kind, text_of in evidence.items():
        yield kind, count(corroborate(report, [text_of], config, encoder), case)


def document(name: str, language: str, lines: Sequence[str]) -> Document:
    """Return an article of one segment a line."""
    read = text.by_line(text.parse("\n".join(lines).encode(), name))
    return replace(read, language=language, language_confidence=1.0)


def count(report: Report, case: Case) -> Counter[str]:
    """Count findings on what was planted, those with quotes, and the stances of these."""
    counted: Counter[str] = Counter()
    for finding in report.findings:
        if is_planted(finding, case):
            counted["planted"] += 1
            counted["quoted"] += bool(finding.reports)
            counted.update(quote.stance for quote in finding.reports)
        else:
            counted["elsewhere"] += len(finding.reports)
    return counted


def is_planted(finding: Finding, case: Case) -> bool:
    """Tell whether a finding points at something that was planted."""
    return any(mark.segment in case.wrong for mark in finding.target) or (
        not finding.target and any(mark.segment in case.lost for mark in finding.source)
    )


def shares(counted: Counter[str]) -> dict[str, float]:
    """Return what was counted, and the shares of it."""
    quotes = counted["supports source"] + counted["supports target"]
    return {
        "planted": counted["planted"],
        "quoted": round(counted["quoted"] / max(1, counted["planted"]), 3),
        "quotes": quotes,
        "source": round(counted["supports source"] / max(1, quotes), 3),
        "target": round(counted["supports target"] / max(1, quotes), 3),
        "elsewhere": counted["elsewhere"],
    }


if __name__ == "__main__":
    main()
