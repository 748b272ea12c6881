"""Measures how silent the checks are on faithful translations, and how they find lost sentences.

    python eval/findings.py --data DIR [--language vie --language deu …] [--split dev]

DIR/ntrex/SPLIT holds NTREX-128 (Federmann et al., 2022; CC BY-SA 4.0; on GitHub under
MicrosoftTranslator/NTREX): one file a language, one segment a line, and document_ids.txt.
Two figures a language:

    faithful   findings of severity minor and above, and major and above, on 100 pairs, per check.
               Not all are false: the translations have errors of their own.
    lost       articles of which every tenth target sentence is deleted: precision and recall of the
               sentences that are reported as lost.

Writes eval/results/findings-SPLIT.json with the signature.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from align import pipeline
from align.bitext import Document
from align.config import CheckSettings, Config
from align.encoder import Encoder, load_encoder
from align.finding import Severity
from align.manifest import find_manifest
from align.read import text

ROOT = Path(__file__).parent.parent
EVERY = 10
TAGS = {
    "vie": "vi", "deu": "de", "fra": "fr", "spa": "es", "rus": "ru", "arb": "ar", "jpn": "ja",
    "zho-CN": "zh", "kor": "ko", "tha": "th", "tur": "tr", "hin": "hi", "ind": "id", "fin": "fi",
}  # fmt: skip

Article = list[tuple[str, str]]


def main() -> None:
    """Measure each language, print a line for it, and store the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--language", action="append", choices=TAGS)
    parser.add_argument("--split", default="dev")
    options = parser.parse_args()
    encoder = load_encoder(find_manifest("e5-small"), platformdirs.user_cache_path("veralign"))
    figures = {}
    for language in options.language or TAGS:
        articles = read(options.data / "ntrex" / options.split, language)
        faithful_figures = faithful(articles, TAGS[language], encoder)
        lost_figures = lost(articles, TAGS[language], encoder)
        figures[language] = {"faithful": faithful_figures, "lost": lost_figures}
        print(f"{language:8}{json.dumps(figures[language])}", flush=True)
    stored = {"signature": pipeline.signature(Config(), encoder), "languages": figures}
    path = ROOT / "eval" / "results" / f"findings-{options.split}.json"
    path.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")


def read(folder: Path, language: str) -> list[Article]:
    """Return the articles of a language as lists of English sentences and their translations."""
    names = ("document_ids", "eng", language)
    columns = [(folder / f"{name}.txt").read_text("utf-8").splitlines() for name in names]
    articles: dict[str, Article] = defaultdict(list)
    for document, source, target in zip(*columns, strict=True):
        articles[document].append((source.strip(), target.strip()))
    return list(articles.values())


def faithful(articles: Sequence[Article], tag: str, encoder: Encoder) -> dict[str, object]:
    """Return the share of pairs with a finding, of any kind and per check, in percent."""
    pairs = [pair for article in articles for pair in article]
    any_, major, by_check = 0, 0, Counter[str]()
    for report in pipeline.check_pairs(pairs, Config(), encoder, ("en", tag)):
        grave = [f for f in report.findings if f.severity >= Severity.MINOR]
        any_ += bool(grave)
        major += any(f.severity >= Severity.MAJOR for f in grave)
        by_check.update({f.check for f in grave})
    share = {name: percent(count, len(pairs)) for name, count in sorted(by_check.items())}
    return {
        "pairs": len(pairs),
        "any": percent(any_, len(pairs)),
        "major": percent(major, len(pairs)),
        "by check": share,
    }


def lost(articles: Sequence[Article], tag: str, encoder: Encoder) -> dict[str, float]:
    """Return precision and recall of the sentences reported as lost."""
    right = said = deleted = 0
    config = Config(segmented=True, checks=CheckSettings(select=("omission",)))
    for article in articles:
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


def percent(count: int, total: int) -> float:
    """Return a share in percent, to two decimals."""
    return round(100 * count / max(1, total), 2)


if __name__ == "__main__":
    main()
