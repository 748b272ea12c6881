"""Measures how well sentences are put together, beside the aligners that are installed.

    python -m eval.alignment --data DIR [--language vie …] [--split dev] [--vectors FOLDER]
    python -m eval.alignment --data DIR --curve           F1 against the strength of noise
    python -m eval.alignment --data DIR --oracle          causes of errors, and what is within reach
    python -m eval.alignment --scale 5000 --scale 50000   seconds and memory, vectors given

DIR holds `ntrex/SPLIT/` (NTREX-128, Federmann et al., 2022; CC BY-SA 4.0; on GitHub under
MicrosoftTranslator/NTREX: `document_ids.txt` and a file a language) and `textberg/` (Text+Berg as
published with Bleualign, GPL 2; on GitHub under rsennrich/Bleualign: `dev.de`, `dev.fr`,
`dev.gold`). `data.toml` beside this file has the digests of the files that the stored figures were
measured on.

Figures: strict and lax F1 (see `bead_scores.py`), F1 of "this segment has no counterpart" on both
sides together, the share of segments with one that are said to have none, and seconds of processor
time. For veralign also how far its probabilities are off (expected calibration error).

Writes eval/results/alignment-SPLIT.json, -curve.json, -oracle.json or -scale.json, with the
signature.
"""

import argparse
import hashlib
import json
import os
import platform
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import platformdirs

from align import __version__
from align.beads import VERSION, find_beads
from align.config import Config
from align.encoder import Encoder, load_encoder
from align.manifest import find_manifest, find_verifier
from eval import alignment_oracle, alignment_scale
from eval.alignment_data import Files, VectorStore, cases
from eval.bead_scores import Tally, calibration_error, with_gaps
from eval.given import bead_of, own_beads, sides_of
from eval.noise import KINDS, Bead, Case, Noise, scaled
from eval.peers import Aligner, Input, installed

RESULTS = Path(__file__).parent / "results"
OURS = "veralign"
LANGUAGES = ("vie", "deu", "arb", "jpn", "hin")
DRAWS = 3
DELETED = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5)
STRENGTHS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)

Figures = dict[str, float]
Groups = dict[str, list[Case]]


def main() -> None:
    """Measure what was asked for, print it line by line, and store it."""
    options = _options()
    if options.one:
        aligners = {**ours(None), **installed()[0]}
        alignment_scale.run_one(aligners[options.one[0]], Path(options.one[1]))
    elif options.scale:
        _measure_scale(options.scale)
    elif options.oracle:
        _measure_oracle(options)
    else:
        _measure_quality(options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--language", action="append", help="a file name of NTREX, such as vie")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--draws", type=int, default=DRAWS, help="times each article is noised")
    parser.add_argument("--vectors", type=Path, help="keep vectors in this folder between runs")
    parser.add_argument("--cache", type=Path, default=platformdirs.user_cache_path("veralign"))
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--oracle", action="store_true")
    parser.add_argument("--scale", action="append", type=int, metavar="N")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not (options.data or options.scale or options.one):
        parser.error("--data DIR is needed")
    return options


def ours(encoder: Encoder | None) -> dict[str, Aligner]:
    """Return veralign in the shape of a peer, without its verifier, and with sentences only."""
    centre = encoder.centre if encoder else None

    def by_vectors(given: Input) -> list[Bead]:
        return [bead_of(bead) for bead in find_beads(*sides_of(given, centre), Config().beads)]

    def by_sentences(given: Input) -> list[Bead]:
        source, target = (replace(side, tokens=None) for side in sides_of(given, centre))
        return [bead_of(bead) for bead in find_beads(source, target, Config().beads)]

    return {
        OURS: lambda given: [bead_of(bead) for bead in own_beads(given, encoder)],
        f"{OURS}, vectors only": by_vectors,
        f"{OURS}, sentences only": by_sentences,
    }


def _measure_quality(options: argparse.Namespace) -> None:
    encoder = load_encoder(find_manifest("e5-small"), options.cache)
    store = VectorStore(encoder, options.vectors)
    files = Files(options.data)
    peers, missing = installed()
    for name, why in missing.items():
        print(f"{name} is left out: {why}")
    aligners = {**ours(encoder), **peers}
    languages = tuple(options.language or LANGUAGES)
    _warm_up(aligners.values(), store)
    figures: dict[str, dict[str, Figures]] = {}
    for title, group in _groups(files, languages, options).items():
        figures[title] = _compared(title, group, aligners, store)
    for name in files.unlike_the_known():
        print(f"note: {name} is not the file that the stored figures were measured on")
    name = "curve" if options.curve else options.split
    about = {"languages": languages, "draws": options.draws, "files": files.digests}
    stamp = _signature(encoder.identity)
    _store(name, stamp, {**about, "missing": list(missing), "figures": figures})


def _measure_oracle(options: argparse.Namespace) -> None:
    store = VectorStore(load_encoder(find_manifest("e5-small"), options.cache), options.vectors)
    files = Files(options.data)
    languages = tuple(options.language or LANGUAGES)
    figures, causes, errors = {}, {}, {}
    for language in languages:
        judged = alignment_oracle.judge(files, language, options.split, options.draws, store)
        for kind, said in judged:
            title = f"{language} {kind}"
            figures[title], causes[title], errors[title] = said.figures, said.causes, said.errors
            print(title, said.causes)
            for name, reached in said.figures.items():
                print(f"    {name:34}{reached}", flush=True)
    about = {"languages": languages, "draws": options.draws, "files": files.digests}
    found = {"figures": figures, "causes": causes, "errors": errors}
    _store("oracle", _signature(store.encoder.identity), {**about, **found})


def _warm_up(aligners: Iterable[Aligner], store: VectorStore) -> None:
    """Let every aligner compile what it compiles before the clock starts."""
    lines = [f"This is sentence {i}." for i in range(8)]
    store.learn(lines)
    said = store.embedding(lines)
    for aligner in aligners:
        aligner(Input(lines, lines, said, said))


def _groups(files: Files, languages: Sequence[str], options: argparse.Namespace) -> Groups:
    """Return the cases that are scored together, under the title of their figures."""
    noises = dict(_curves()) if options.curve else KINDS
    groups = {} if options.curve else {"Text+Berg": [files.book()]}
    for kind, noise in noises.items():
        for language in languages:
            # All strengths of one curve share their articles, but not their dice.
            drawn = cases(
                files, language, options.split, noise, options.draws, f"{kind} {language}"
            )
            title = kind if options.curve else f"{language} {kind}"
            groups.setdefault(title, []).extend(drawn)
    return groups


def _curves() -> Iterator[tuple[str, Noise]]:
    for share in DELETED:
        yield f"deleted {share}", Noise(deleted=share)
    for strength in STRENGTHS:
        yield f"web {strength}", scaled(KINDS["web"], strength)


def _compared(
    title: str, group: Sequence[Case], aligners: Mapping[str, Aligner], store: VectorStore
) -> dict[str, Figures]:
    """Score every aligner on the same cases, and print a line for each."""
    store.learn(text for case in group for text in (*case.source, *case.target))
    inputs = [
        Input(case.source, case.target, store.embedding(case.source), store.embedding(case.target))
        for case in group
    ]
    compared = {}
    for name, aligner in aligners.items():
        compared[name] = _scored(aligner, group, inputs)
        if name == OURS:
            compared[name] |= _calibration(group, inputs, store.encoder)
        line = "  ".join(f"{key} {value:.3f}" for key, value in compared[name].items())
        print(f"{title:18}{name:28}{line}", flush=True)
    return compared


def _scored(aligner: Aligner, group: Sequence[Case], inputs: Sequence[Input]) -> Figures:
    tally = Tally()
    seconds = 0.0
    for case, given in zip(group, inputs, strict=True):
        start = time.process_time()
        beads = aligner(given)
        seconds += time.process_time() - start
        tally.add(beads, case.beads, (len(case.source), len(case.target)))
    return {**tally.figures(), "seconds": round(seconds, 2)}


def _calibration(group: Sequence[Case], inputs: Sequence[Input], encoder: Encoder) -> Figures:
    """Return how far scores and probabilities are from the shares that come true."""
    scores: list[tuple[float, bool]] = []
    alone: list[tuple[float, bool]] = []
    for case, given in zip(group, inputs, strict=True):
        true = with_gaps(case.beads, (len(case.source), len(case.target)))
        for bead in own_beads(given, encoder):
            scores.append((bead.score, bead_of(bead) in true))
            # A bead may come without these probabilities.
            source = zip(bead.source_alone, bead.source, strict=False)
            target = zip(bead.target_alone, bead.target, strict=False)
            alone += [(p, ((i,), ()) in true) for p, i in source]
            alone += [(p, ((), (j,)) in true) for p, j in target]
    return {"score off by": calibration_error(scores), "alone off by": calibration_error(alone)}


def _measure_scale(sizes: Sequence[int]) -> None:
    peers, missing = installed()
    figures: dict[str, dict[str, dict[str, float | str]]] = {}
    for size in sizes:
        figures[str(size)] = {}
        # A name with a comma is a peer with another cost, which takes the same time.
        for name in (OURS, *(name for name in peers if "," not in name)):
            figures[str(size)][name] = alignment_scale.measure(name, size)
            print(f"{size:8} {name:28}{figures[str(size)][name]}", flush=True)
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    content = {"machine": machine, "missing": list(missing), "figures": figures}
    _store("scale", _signature("none"), content)


def _signature(encoder: str) -> str:
    """Return what can change these figures; of a report's signature, the part before the checks."""
    digest = hashlib.sha256(repr(Config().beads).encode()).hexdigest()[:6]
    reader = f"verifier:{find_verifier().identity}|" if encoder != "none" else ""
    return f"veralign:{__version__}|encoder:{encoder}|{reader}beads:{VERSION}|config:{digest}"


def _store(name: str, stamp: str, content: Mapping[str, object]) -> None:
    path = RESULTS / f"alignment-{name}.json"
    path.write_text(json.dumps({"signature": stamp, **content}, indent=1) + "\n", "utf-8")
    print(f"written: {path}", file=sys.stderr)


if __name__ == "__main__":
    main()
