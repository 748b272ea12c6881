"""The work of a batch: two files to a report, with the models of this process."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from align import baseline, detect, pipeline
from align.baseline import Accepted
from align.batch import places
from align.batch.engine import Work
from align.batch.outcome import Digested, Failure, Outcome
from align.batch.pair import Pair
from align.config import Config
from align.copies import default_cache
from align.defaults import preload_verifier
from align.encoder import Encoder, load_remembered
from align.errors import ReadError
from align.manifest import Manifest, find_manifest
from align.read import choice
from align.read.pieces import Origin


@dataclass(frozen=True, slots=True)
class Job:
    """All that decides the report of a pair, besides the pair.

    Args:
        folder: Where the paths of pairs start.
        config: Settings.
        accepted: Findings that a person accepted.
        stamp: The signature of reports, and what it does not cover.
        cache: The folder for caches; the platform's, if not given.
    """

    folder: str
    config: Config
    accepted: tuple[Accepted, ...]
    stamp: str
    cache: Path | None = None


def plan(
    folder: str, config: Config, accepted: Sequence[Accepted] = (), cache: Path | None = None
) -> Job:
    """Put together what decides the reports of a batch. No model is loaded.

    Raises:
        ConfigError: A check is named that there is not.
        ModelError: There is no such encoder.
    """
    manifest = find_manifest(config.encoder)
    known = sorted((entry.key, entry.reason) for entry in accepted)
    stamp = json.dumps([pipeline.signature(config, manifest), _folder_stamp(manifest), known])
    return Job(folder, config, tuple(accepted), stamp, cache)


def prepare(job: Job) -> Work:
    """Load what every pair needs, and return the work.

    Raises:
        ModelError: A model is missing, or not sound.
    """
    cache = job.cache or default_cache()
    detect.load(cache)
    manifest = find_manifest(job.config.encoder)
    encoder = load_remembered(manifest, cache, job.config.cache.size_mb)
    preload_verifier(encoder)
    return partial(compare, job, encoder)


def compare(job: Job, encoder: Encoder, pair: Pair) -> Outcome:
    """Compare the files of one pair.

    Raises:
        ConfigError: A setting is wrong.
        ModelError: A model cannot be loaded.
    """
    sides: list[bytes | Failure] = []
    for path, side in ((pair.source, "original"), (pair.target, "translation")):
        sides.append(_content(job, path, side))
    digests = (_digest(sides[0]), _digest(sides[1]))
    outcome = Outcome(
        pair.name,
        Digested(pair.source, digests[0]),
        Digested(pair.target, digests[1]),
        pair.fields,
        key_of(job, pair, digests),
    )
    try:
        documents = []
        for data, path, tag in zip(sides, (pair.source, pair.target), pair.languages, strict=True):
            if isinstance(data, Failure):
                return replace(outcome, error=data)
            origin = Origin(path.replace("\\", "/").rpartition("/")[2], path)
            documents.append(choice.parse(data, origin, job.config.read, tag))
        report = pipeline.compare(documents[0], documents[1], job.config, encoder)
    except ReadError as error:
        return replace(outcome, error=Failure(error.what, error.where, error.fix))
    return replace(outcome, report=baseline.apply(report, job.accepted))


def current_key(job: Job, pair: Pair) -> str:
    """Return the key that the outcome of a pair would have now, as its files are."""
    sides = (_content(job, pair.source, "original"), _content(job, pair.target, "translation"))
    return key_of(job, pair, (_digest(sides[0]), _digest(sides[1])))


def key_of(job: Job, pair: Pair, digests: tuple[str, str]) -> str:
    """Return the digest of all that decides the outcome of a pair."""
    paths = (pair.source, pair.target)
    told = [pair.name, paths, pair.fields, pair.languages, digests, job.stamp]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _content(job: Job, path: str, side: str) -> bytes | Failure:
    if not path:
        return Failure(f"The manifest names no {side} for this pair.")
    place = places.beside(job.folder, path)
    try:
        if not places.is_remote(place):
            places.check_ordinary(place)
        return places.read_bytes(place, job.config.read.limit_mb)
    except ReadError as error:
        # Where the folder lies is no matter of the pair's: elsewhere its line is the same.
        return Failure(error.what, path, error.fix)


def _digest(data: bytes | Failure) -> str:
    return "" if isinstance(data, Failure) else hashlib.sha256(data).hexdigest()


def _folder_stamp(manifest: Manifest) -> list[tuple[str, int, int]]:
    """Return what changes with a stranger's model, whose name may stay: sizes and times."""
    if manifest.folder is None:
        return []
    files = sorted(path for path in manifest.folder.rglob("*") if path.is_file())
    states = [(path.relative_to(manifest.folder).as_posix(), path.stat()) for path in files]
    return [(name, state.st_size, state.st_mtime_ns) for name, state in states]
