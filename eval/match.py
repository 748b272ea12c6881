"""Measures whether translations find their originals, and say so when there is none.

    python -m eval.match --data DIR [--pair eng-vie …] [--split dev] [--draws 3]

DIR/ntrex/SPLIT holds NTREX-128 (Federmann et al., 2022; CC BY-SA 4.0; on GitHub under
MicrosoftTranslator/NTREX): articles in many languages. For each article the originals have

    true       the original itself, which is missing for a third of the articles,
    version    two later versions of it: an eighth of the sentences replaced by others,
    half       one in which half of the sentences are another article's,
    retold     half of its sentences, reordered, among others: in its own and in a third language.

Versions are missing with their original, since a translation of one is a translation of the other.
Each is measured with whole articles and with runs of three to five sentences. Figures:

    first      share of translations whose original is the first candidate,
    matched    share of them that are said to be matched or ambiguous, with it first,
    unmatched  share of translations without an original that are said to be unmatched,
    confidence mean of what was said of those with an original, beside `first`.

Writes eval/results/match-SPLIT.json.
"""

import argparse
import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from align.config import BeadSettings
from align.copies import default_cache
from align.encoder import Encoder, load_remembered
from align.manifest import find_manifest
from align.match.decide import decide
from align.match.matches import Text
from align.match.profiles import Profile, profile
from eval.alignment_data import Files

ROOT = Path(__file__).parent.parent
PAIRS = ("eng-vie", "eng-jpn", "eng-arb", "deu-vie", "jpn-zho-CN", "tha-fin")
THIRD = {"eng": "deu", "deu": "eng", "jpn": "eng", "tha": "arb"}
ABSENT = 1 / 3
STORE_MB = 400

Lines = list[str]


@dataclass(frozen=True, slots=True)
class Original:
    """One text of the originals: whose article, what has become of it, and in which language."""

    article: str
    kind: str
    language: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class World:
    """The originals, and the translations with the name of their article."""

    originals: list[Original]
    translations: dict[str, Lines]
    absent: frozenset[str]


def main() -> None:
    """Measure each pair of languages, print a line for it, and store the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--pair", action="append", choices=PAIRS)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--draws", type=int, default=3)
    options = parser.parse_args()
    encoder = load_remembered(find_manifest("e5-small"), default_cache(), STORE_MB)
    files = Files(options.data)
    total: dict[str, Counter[str]] = {"whole": Counter(), "short": Counter()}
    figures: dict[str, dict[str, dict[str, float]]] = {}
    for pair in options.pair or PAIRS:
        source, target = pair.split("-", 1)
        names = (source, target, THIRD[source])
        texts = [by_article(files, name, options.split) for name in names]
        figures[pair] = {}
        for length, counted in total.items():
            own: Counter[str] = Counter()
            for draw in range(options.draws):
                random = Random(f"{pair} {length} {draw}")  # noqa: S311 - no secret
                own += measure(world(texts, names, length == "short", random), target, encoder)
            counted.update(own)
            figures[pair][length] = shares(own)
        print(json.dumps({pair: figures[pair]}), flush=True)
    figures["all"] = {length: shares(counted) for length, counted in total.items()}
    print(json.dumps(figures["all"]))
    path = ROOT / "eval" / "results" / f"match-{options.split}.json"
    table = {"encoder": encoder.identity, "draws": options.draws, "figures": figures}
    path.write_text(json.dumps(table, indent=1) + "\n", "utf-8")


def by_article(files: Files, language: str, split: str) -> dict[str, Lines]:
    """Return the lines of each article of a language."""
    folder = f"ntrex/{split}"
    articles: dict[str, Lines] = {}
    ids, lines = files.lines(f"{folder}/document_ids.txt"), files.lines(f"{folder}/{language}.txt")
    for name, line in zip(ids, lines, strict=True):
        articles.setdefault(name, []).append(line)
    return articles


def world(
    texts: Sequence[dict[str, Lines]], languages: Sequence[str], short: bool, random: Random
) -> World:
    """Draw originals with their distractors, and translations.

    Args:
        texts: The articles in the source's, the target's and a third language.
        languages: These languages.
        short: Only a run of three to five sentences of each.
        random: Draws.
    """
    if short:
        texts = _cut(texts, random)
    ours, theirs, third = texts
    absent = frozenset(random.sample(sorted(ours), int(len(ours) * ABSENT)))
    originals = []
    for name, lines in ours.items():
        own, far = (
            [line for other, rest in side.items() if other != name for line in rest]
            for side in (ours, third)
        )
        kinds = [("half", half(lines, own, random)), ("retold", retold(lines, own, random))]
        if name not in absent:
            kinds += [("true", lines), *(("version", version(lines, own, random)) for _ in "12")]
        originals += [Original(name, kind, languages[0], text) for kind, text in kinds]
        originals.append(Original(name, "retold", languages[2], retold(third[name], far, random)))
    return World(originals, theirs, absent)


def _cut(texts: Sequence[dict[str, Lines]], random: Random) -> list[dict[str, Lines]]:
    runs = {}
    for name, lines in texts[0].items():
        size = random.randint(3, 5)
        start = random.randrange(max(1, len(lines) - size + 1))
        runs[name] = slice(start, start + size)
    return [{name: lines[runs[name]] for name, lines in side.items()} for side in texts]


def half(lines: Lines, others: Lines, random: Random) -> Lines:
    """Put other sentences in the place of half of the lines."""
    gone = set(random.sample(range(len(lines)), math.ceil(len(lines) / 2)))
    return [random.choice(others) if k in gone else line for k, line in enumerate(lines)]


def retold(lines: Lines, others: Lines, random: Random) -> Lines:
    """Keep half of the lines, in another order, among other sentences."""
    kept = random.sample(lines, max(1, len(lines) // 2))
    added = [random.choice(others) for _ in range(max(1, len(lines) // 3))]
    return random.sample(kept + added, len(kept) + len(added))


def version(lines: Lines, others: Lines, random: Random) -> Lines:
    """Take an eighth of the lines out, and put as many others in elsewhere."""
    edited = list(lines)
    for _ in range(max(1, len(lines) // 8)):
        edited.pop(random.randrange(len(edited)))
        edited.insert(random.randrange(len(edited) + 1), random.choice(others))
    return edited


def measure(drawn: World, target: str, encoder: Encoder) -> Counter[str]:
    """Match one world and count what came of it."""
    ours = [_profile(o.language, o.lines, encoder) for o in drawn.originals]
    names = list(drawn.translations)
    theirs = [_profile(target, drawn.translations[name], encoder) for name in names]
    counted: Counter[str] = Counter()
    found = decide(ours, theirs, BeadSettings(), encoder.centre)
    for name, match in zip(names, found.matches, strict=True):
        if name in drawn.absent:
            counted["absent"] += 1
            counted["unmatched"] += match.status == "unmatched"
            continue
        first = drawn.originals[match.candidates[0].source]
        right = (first.article, first.kind) == (name, "true")
        counted["present"] += 1
        counted["first"] += right
        counted["matched"] += right and match.status != "unmatched"
        counted["ambiguous"] += match.status == "ambiguous"
        counted["confidence"] += round(1000 * match.confidence)
    return counted


def _profile(language: str, lines: Lines, encoder: Encoder) -> Profile:
    text = Text("", "", language, len(lines))
    return profile(text, lines, encoder.encode(lines), encoder.centre)


def shares(counted: Counter[str]) -> dict[str, float]:
    """Return what was counted as shares of the translations that it is about."""
    present, absent = max(1, counted["present"]), max(1, counted["absent"])
    return {
        "present": counted["present"],
        "first": round(counted["first"] / present, 4),
        "matched": round(counted["matched"] / present, 4),
        "ambiguous": round(counted["ambiguous"] / present, 4),
        "confidence": round(counted["confidence"] / present / 1000, 4),
        "absent": counted["absent"],
        "unmatched": round(counted["unmatched"] / absent, 4),
    }


if __name__ == "__main__":
    main()
