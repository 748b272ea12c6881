"""Measures what matching costs where there are many texts on both sides.

    python -m eval.match_scale --data DIR [--texts 1000] [--sentences 8]

Each original has so many sentences, drawn from NTREX in English; its translation has them in
Vietnamese. Nothing is known from before: each sentence is encoded wherever it occurs. Detecting,
splitting and encoding grow with the number of texts; what is told of matching alone is all that
would not have to. Writes eval/results/match-scale.json.
"""

import argparse
import json
import random
import resource
import time
from pathlib import Path

from align.bitext import Document
from align.config import Config
from align.copies import default_cache
from align.encoder import load_encoder
from align.manifest import find_manifest
from align.match.decide import decide
from align.match.profiles import profiles
from align.read import text
from eval.alignment_data import Files
from eval.speed import machine

RESULT = Path(__file__).parent / "results" / "match-scale.json"
LANGUAGES = (("en", "eng"), ("vi", "vie"))


def main() -> None:
    """Match, print the figures, and store them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds ntrex/")
    parser.add_argument("--texts", type=int, default=1000)
    parser.add_argument("--sentences", type=int, default=8)
    options = parser.parse_args()
    encoder = load_encoder(find_manifest("e5-small"), default_cache())
    config = Config()
    sides = drawn(Files(options.data), options.texts, options.sentences)
    started = time.perf_counter(), time.process_time()
    ours, theirs = (tuple(profiles(side, config, encoder)) for side in sides)
    encoded = time.perf_counter(), time.process_time()
    found = decide(ours, theirs, config.beads, encoder.centre)
    ended = time.perf_counter(), time.process_time()
    right = sum(
        match.best is not None and match.best.source == n for n, match in enumerate(found.matches)
    )
    figures = {
        "machine": machine(),
        "originals": options.texts,
        "translations": options.texts,
        "sentences of each": options.sentences,
        "read and encode, s": round(encoded[0] - started[0], 1),
        "read and encode, cpu s": round(encoded[1] - started[1], 1),
        "match, s": round(ended[0] - encoded[0], 1),
        "match, cpu s": round(ended[1] - encoded[1], 1),
        "right": right,
        "most MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
    }
    written = json.dumps(figures, indent=1)
    RESULT.write_text(written + "\n", "utf-8")
    print(written)


def drawn(files: Files, count: int, sentences: int) -> list[list[Document]]:
    """Return originals and their translations, the same for the same data."""
    columns = [
        [line for split in ("dev", "train") for line in files.lines(f"ntrex/{split}/{name}.txt")]
        for _, name in LANGUAGES
    ]
    chance = random.Random(1)  # noqa: S311 - it draws articles
    sides: list[list[Document]] = [[], []]
    for number in range(count):
        chosen = chance.sample(range(len(columns[0])), sentences)
        for side, lines, (tag, _) in zip(sides, columns, LANGUAGES, strict=True):
            content = "\n\n".join(lines[k] for k in chosen).encode()
            side.append(text.parse(content, f"{number}.{tag}.txt"))
    return sides


if __name__ == "__main__":
    main()
