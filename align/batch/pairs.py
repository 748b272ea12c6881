"""Which pairs a batch has: from a manifest, or from a folder by the names of its files."""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from align.batch import places
from align.batch.pair import Batch, Languages, Pair
from align.errors import ConfigError, ReadError
from align.read import formats, table, text
from align.read.row import primary

SOURCES, TARGETS = "source", "target"
"""The columns of a manifest that name both files; and the two folders of a folder of pairs."""

_OWN = (SOURCES, TARGETS, "pair", "source_language", "target_language")
_MANIFEST_MB = 1000.0
_SNIFFED = 20
_TAGGED = re.compile(r"(?P<stem>.+)\.(?P<tag>[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)")


@dataclass(frozen=True, slots=True)
class _File:
    """A file of a folder: what its pair is called, its language tag if it has one, its path."""

    stem: str
    tag: str
    path: str


def read_batch(place: str, languages: Languages = (None, None), without: str = "") -> Batch:
    """Read a manifest (CSV, TSV, JSON lines or Parquet), or look through a folder.

    In a folder with the folders `source` and `target`, files of equal names belong together; else
    `X.en.txt` and `X.vi.txt` do. Suffixes do not count, nor does a language tag before them.

    Args:
        place: The path of a manifest or a folder, or the URL of a manifest.
        languages: Tags of both sides where they are known; a manifest's own columns win. In a
            folder of `X.en.txt`, the first says which files are originals.
        without: A folder in it that is none of it: where results go.

    Raises:
        ReadError: It is neither, names no pairs, or names one twice.
        ConfigError: It does not say which files are originals.
    """
    if not places.is_remote(place) and Path(place).is_dir():
        batch = _from_folder(Path(place), languages, Path(without).resolve() if without else None)
    else:
        batch = _from_manifest(place, languages)
    if not batch.pairs:
        said = f" {batch.notes[0]}" if batch.notes else ""
        raise ReadError(
            f"There are no pairs here.{said}",
            where=place,
            fix="Give a manifest with the columns source and target, or a folder in which "
            "source/X.txt belongs to target/X.txt, or X.en.txt to X.vi.txt.",
        )
    _refuse_repeated(batch.pairs, place)
    return batch


def _refuse_repeated(pairs: Sequence[Pair], where: str) -> None:
    places_of: dict[str, int] = {}
    for number, pair in enumerate(pairs, 1):
        before = places_of.setdefault(pair.name, number)
        if before != number:
            raise ReadError(
                f"Pairs {before} and {number} are both called {pair.name!r}.",
                where=where,
                fix="Remove one, or give them names of their own in a column `pair`.",
            )


def _from_manifest(place: str, languages: Languages) -> Batch:
    suffix = Path(place).suffix.casefold()
    readers = {
        ".csv": _csv_rows,
        ".tsv": _tsv_rows,
        ".jsonl": _json_rows,
        ".ndjson": _json_rows,
        ".parquet": _parquet_rows,
    }
    if suffix not in readers:
        if not places.is_remote(place):
            places.check_readable(place)
        raise ReadError(
            "This is neither a folder nor a manifest.",
            where=place,
            fix=f"A manifest is called {', '.join(f'*{known}' for known in readers)}.",
        )
    rows = readers[suffix](places.read_bytes(place, _MANIFEST_MB), place)
    pairs = tuple(_pair(row, number, languages, place) for number, row in enumerate(rows, 1))
    return Batch(places.folder_of(place), pairs)


def _pair(row: Mapping[str, str], number: int, languages: Languages, where: str) -> Pair:
    for name in (SOURCES, TARGETS):
        if name not in row:
            raise ReadError(
                f"Row {number} of the manifest has no {name!r}.",
                where=where,
                fix=f"The columns {SOURCES} and {TARGETS} name the files; here are: "
                f"{', '.join(row) or 'none'}.",
            )
    source, target = row[SOURCES], row[TARGETS]
    return Pair(
        _writable(row.get("pair") or f"{source} | {target}"),
        source,
        target,
        tuple((name, value) for name, value in row.items() if name not in _OWN),
        (row.get("source_language") or languages[0], row.get("target_language") or languages[1]),
    )


def _writable(name: str) -> str:
    """Return a name as its line will have it: a file's name may hold what is no UTF-8."""
    return name.encode("utf-8", "replace").decode()


def _csv_rows(data: bytes, where: str) -> Iterator[dict[str, str]]:
    content = text.decode(data, where).removeprefix("\ufeff")
    sign = table.delimiter_of(content.splitlines()[:_SNIFFED])
    try:
        yield from _named(csv.reader(io.StringIO(content, newline=""), delimiter=sign), where)
    except csv.Error as error:
        raise ReadError(f"The manifest is no CSV: {error}.", where=where) from error


def _tsv_rows(data: bytes, where: str) -> Iterator[dict[str, str]]:
    content = text.decode(data, where).removeprefix("\ufeff")
    lines = (line.rstrip("\r").split("\t") for line in content.split("\n") if line.strip())
    return _named(lines, where)


def _named(rows: Iterable[list[str]], where: str) -> Iterator[dict[str, str]]:
    """Yield rows by the names in the first one."""
    names: list[str] = []
    for number, cells in enumerate(filter(any, rows)):
        if not names:
            names = [_column(cell) for cell in cells]
            _refuse_twins(names, where)
        elif len(cells) != len(names):
            raise ReadError(
                f"Row {number} of the manifest has {len(cells)} cells, "
                f"and the first row names {len(names)}.",
                where=where,
                fix="Mend the row; a cell with the delimiter in it needs quotation marks.",
            )
        else:
            yield dict(zip(names, (cell.strip() for cell in cells), strict=True))


def _json_rows(data: bytes, where: str) -> Iterator[dict[str, str]]:
    for number, line in enumerate(text.decode(data, where).removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise ReadError(
                f"Line {number} of the manifest is no JSON: {error}.", where=where
            ) from error
        if not isinstance(row, dict):
            raise ReadError(f"Line {number} of the manifest is no JSON object.", where=where)
        yield _texts(row, where)


def _parquet_rows(data: bytes, where: str) -> Iterator[dict[str, str]]:
    # A library of 170 MB, which other manifests do without.
    parquet = import_module("pyarrow.parquet")
    try:
        rows = parquet.read_table(io.BytesIO(data)).to_pylist()
    except (OSError, ValueError) as error:
        raise ReadError(f"This is no Parquet file: {error}.", where=where) from error
    yield from (_texts(row, where) for row in rows)


def _texts(row: Mapping[str, object], where: str) -> dict[str, str]:
    """Return a row with every value as text; what is no text is written as JSON writes it."""
    names = [_column(name) for name in row]
    _refuse_twins(names, where)
    return {
        name: value.strip()
        if isinstance(value, str)
        else ""
        if value is None
        else json.dumps(value, ensure_ascii=False, default=str)
        for name, value in zip(names, row.values(), strict=True)
    }


def _column(name: str) -> str:
    plain = name.strip()
    return plain.casefold() if plain.casefold() in _OWN else plain


def _refuse_twins(names: Sequence[str], where: str) -> None:
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        raise ReadError(
            f"Two columns of the manifest are called {twins[0]!r}.",
            where=where,
            fix="Give each a name of its own.",
        )


def _from_folder(folder: Path, languages: Languages, without: Path | None) -> Batch:
    parts = [folder / SOURCES, folder / TARGETS]
    notes: list[str] = []
    if all(part.is_dir() for part in parts):
        sources, targets = (list(_files(folder, part, without, notes)) for part in parts)
    else:
        sources, targets = _by_tag(list(_files(folder, folder, without, notes)), languages, notes)
    pairs = tuple(_joined(sources, targets, languages, notes))
    return Batch(str(folder), pairs, tuple(notes))


def _files(folder: Path, part: Path, without: Path | None, notes: list[str]) -> Iterator[_File]:
    """Yield the files of a part of a folder that can be read as texts, in order."""
    others = 0
    for path in sorted(part.rglob("*")):
        inside = path.relative_to(part)
        if any(name.startswith(".") for name in inside.parts):
            continue
        if not path.is_file():
            if path.is_symlink() and not path.is_dir():
                notes.append(f"{path.relative_to(folder)} is a link to no file.")
            continue
        if without is not None and path.resolve().is_relative_to(without):
            continue
        if formats.find(path.suffix, "text") is None:
            others += 1
            continue
        stem = inside.with_suffix("").as_posix()
        tagged = _TAGGED.fullmatch(stem)
        name, tag = tagged.group("stem", "tag") if tagged else (stem, "")
        yield _File(name, tag, path.relative_to(folder).as_posix())
    if others:
        notes.append(f"{others} files of {part} are of no format that is read as one text.")


def _by_tag(
    files: Sequence[_File], languages: Languages, notes: list[str]
) -> tuple[list[_File], list[_File]]:
    """Part files into originals and translations by the language tags in their names."""
    tagged = [file for file in files if file.tag]
    notes.extend(f"{file.path} has no language in its name." for file in files if not file.tag)
    if tagged and languages[0] is None:
        known = ", ".join(sorted({file.tag for file in tagged}))
        raise ConfigError(
            f"Which files are the originals? The names have the languages {known}.",
            fix="Say it with --source-language, or put the files into source/ and target/.",
        )
    wanted, other = (primary(tag) if tag else None for tag in languages)
    sources = [file for file in tagged if primary(file.tag) == wanted]
    targets = [file for file in tagged if primary(file.tag) != wanted]
    if other is not None:
        targets = [file for file in targets if primary(file.tag) == other]
    return sources, targets


def _joined(
    sources: Sequence[_File], targets: Sequence[_File], languages: Languages, notes: list[str]
) -> Iterator[Pair]:
    """Yield a pair for each translation with one original, in order of their names."""
    originals: dict[str, list[str]] = defaultdict(list)
    translations: dict[tuple[str, str], list[str]] = defaultdict(list)
    for file in sources:
        originals[file.stem].append(file.path)
    for file in targets:
        translations[file.stem, file.tag].append(file.path)
    used = set()
    for (stem, tag), found in sorted(translations.items()):
        known = originals.get(stem, [])
        used.update(known)
        if not known:
            notes.extend(f"{path} has no original." for path in found)
        elif len(known) + len(found) > 2:
            both = ", ".join([*known, *found])
            notes.append(f"{both} could be paired in more than one way, and are not.")
        else:
            name = _writable(f"{stem}.{tag}" if tag else stem)
            yield Pair(name, known[0], found[0], (), languages)
    lone = [path for paths in originals.values() for path in paths if path not in used]
    notes.extend(f"{path} has no translation." for path in sorted(lone))
