"""The files of a batch's report, written from its results: only what has changed."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from align import __version__, baseline, rulings
from align.baseline import Accepted
from align.batch.outcome import Entry, Failure, Outcome, entries, parse, read_line
from align.errors import ReadError
from align.rulings import Rulings
from align.site import facts as pair_facts
from align.site import kept, page, tables, tally, workbook
from align.site.facts import Facts, page_name
from align.site.kept import Kept, Rows
from align.site.tables import Tables
from align.site.workbook import Summary
from align.write import html
from align.write.slices import tidy

RESULTS = "results.jsonl"
TABLES = ("findings.parquet", "findings.csv", "pairs.csv")
SUMMARY = "summary.xlsx"
INDEX = Path("site", "index.html")
ARTICLES = Path("site", "articles")

_DIGEST = re.compile(rb'<meta name="veralign-digest" content="([0-9a-f]{64})">')
_HEAD = 2048  # bytes of a page within which its digest stands
_SOURCES = (
    ("align.write", ("report.css", "report.html.jinja")),
    ("align.site", ("index.css", "index.html.jinja", "list.js")),
)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Decided:
    """What people decided: findings that they let pass, and their rulings on each pair.

    `file` and `let_pass` are both as bytes, of which digests are made.
    """

    accepted: Sequence[Accepted]
    rulings: Mapping[str, Rulings]
    file: bytes
    let_pass: bytes

    def on(self, pair: str) -> Rulings:
        """Return what was ruled on a pair."""
        return self.rulings.get(tidy(pair), {})


@dataclass(frozen=True, slots=True)
class Written:
    """What was done: pairs in the report, pages that were new or changed, pages removed."""

    pairs: int
    pages: int
    removed: int


def write_all(
    out: Path, accepted: Sequence[Accepted] = (), progress: Progress | None = None
) -> Written:
    """Write the tables, the workbook and the site of a batch, from its `results.jsonl`.

    Where there is a `decisions.jsonl`, which `veralign desk decisions` writes, its rulings hold.

    The same results give the same bytes. Pages whose pair has not changed are left alone, those of
    pairs that are gone are removed, and if nothing has changed nothing is written. Each file is
    replaced whole.

    Args:
        out: The folder of a batch.
        accepted: Findings that a person let pass; they are marked as such everywhere.
        progress: Is told after each pair how many are done, and of how many.

    Returns:
        What was done.

    Raises:
        ReadError: There are no results, or they or the decisions cannot be read; or a file cannot
            be written.
    """
    results = out / RESULTS
    known = entries(results)
    decided = _read_decided(out / rulings.FILE, accepted)
    digest = _digest(results, decided)
    articles = out / ARTICLES
    try:
        if _is_done(out, known, digest):
            return Written(len(known), 0, 0)
        articles.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=out, prefix=".report-") as folder:
            written = _write(Path(folder), out, known, decided, progress, digest)
    except OSError as error:
        raise ReadError(
            f"The report cannot be written: {error.strerror or error}.",
            where=str(error.filename or out),
            fix="See that the disk has room and the folder may be written to; "
            "what stands in results.jsonl is safe.",
        ) from error
    return written


def _read_decided(path: Path, accepted: Sequence[Accepted]) -> _Decided:
    try:
        content = path.read_bytes() if path.exists() else b""
        found = rulings.parse(content.decode(), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"The decisions cannot be read: {error}.", where=str(path)) from error
    let_pass = baseline.render(accepted).encode()
    return _Decided(accepted, rulings.by_pair(found), content, let_pass)


def _digest(results: Path, decided: _Decided) -> str:
    """Return what names all that decides the report: results, decisions, this program."""
    digest = hashlib.sha256(_FINGERPRINT)
    digest.update(decided.let_pass)
    digest.update(decided.file)
    try:
        with results.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    except OSError as error:
        raise ReadError(
            f"The results cannot be read: {error.strerror}.", where=str(results)
        ) from error
    return digest.hexdigest()


def _fingerprint() -> bytes:
    sources = (files(package) / name for package, names in _SOURCES for name in names)
    return b"\0".join((__version__.encode(), *(source.read_bytes() for source in sources)))


_FINGERPRINT = _fingerprint()


def _is_done(out: Path, known: Sequence[Entry], digest: str) -> bool:
    """Tell whether the whole report of these results is there."""
    pages = {page_name(entry.pair) for entry in known if entry.error is None}
    return (
        _digest_in(out / INDEX) == digest
        and all((out / name).exists() for name in (*TABLES, SUMMARY))
        and {path.name for path in (out / ARTICLES).glob("*")} == pages
    )


def _digest_in(path: Path) -> str:
    """Return the digest with which a page was written; empty if it is not there."""
    try:
        with path.open("rb") as file:
            match = _DIGEST.search(file.read(_HEAD))
    except FileNotFoundError:
        return ""
    return match[1].decode() if match else ""


def _write(
    folder: Path,
    out: Path,
    known: Sequence[Entry],
    decided: _Decided,
    progress: Progress | None,
    digest: str,
) -> Written:
    """Write everything beside its place first, and the overview last, which says it is whole."""
    facts: list[Facts] = []
    signatures: dict[str, None] = {}
    pages = 0
    is_ruled = bool(decided.rulings)
    with (
        Kept(out / kept.FILE, folder / kept.FILE) as old,
        _writers(folder, known, is_ruled=is_ruled) as (tables, summary),
    ):
        for number, entry in enumerate(known, 1):
            rows, is_new = _rows(folder, out, entry, decided, old)
            facts.append(rows.facts)
            tables.add(rows)
            summary.add(rows)
            if rows.signature:
                signatures.setdefault(rows.signature)
            pages += is_new
            if progress:
                progress(number, len(known))
        summary.finish(tally.count(facts))
    for name in (*TABLES, SUMMARY, kept.FILE):
        (folder / name).replace(out / name)
    removed = _remove_stale(out / ARTICLES, {one.page for one in facts})
    index = folder / "index.html"
    overview = page.render(facts, tuple(signatures), digest, is_ruled=is_ruled)
    index.write_text(overview, "utf-8")
    index.replace(out / INDEX)
    return Written(len(known), pages, removed)


def _rows(folder: Path, out: Path, entry: Entry, decided: _Decided, old: Kept) -> tuple[Rows, bool]:
    """Return the rows of a pair, and whether its page was written: only what is not there is made.

    Args:
        folder: Where a page is made.
        out: The folder of the batch.
        entry: The pair.
        decided: What people decided.
        old: The rows of the last report.
    """
    line = read_line(out / RESULTS, entry)
    key = _key(line, entry.pair, decided)
    rows = old.take(key)
    if rows is not None and (not rows.page or _is_page(out, rows)):
        return rows, False
    outcome = _outcome(line, entry, decided, out / RESULTS)
    ruled = decided.on(entry.pair)
    if rows is None:
        rows = _gathered(outcome, ruled, line)
        old.add(key, rows)
    if outcome.report is None or _is_page(out, rows):
        return rows, False
    frame = _frame(rows, ruled)
    new = folder / rows.facts.page
    new.write_text(html.render(outcome.report, frame), "utf-8")
    new.replace(out / ARTICLES / rows.facts.page)
    return rows, True


def _key(line: bytes, pair: str, decided: _Decided) -> str:
    """Return what names all that decides the rows of a pair."""
    form = f"{kept.FORM}".encode()
    ruled = rulings.render(decided.on(pair).values()).encode()
    parts = (_FINGERPRINT, form, decided.let_pass, ruled, line)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _gathered(outcome: Outcome, ruled: Rulings, line: bytes) -> Rows:
    """Return the rows of a pair that is new, or was decided on anew."""
    facts = pair_facts.gather(outcome, ruled)
    report = outcome.report
    if report is None:
        return Rows(facts)
    reasons = "\0".join(f"{f.key} {f.accepted}" for f in report.accepted())
    reasons += rulings.render(ruled.values())
    return Rows(
        facts,
        report.signature,
        hashlib.sha256(b"\0".join((_FINGERPRINT, reasons.encode(), line))).hexdigest(),
        tuple(tables.finding_rows(report, ruled)),
        tuple(tables.finding_cells(report, ruled)),
        tuple(workbook.finding_cells(report, ruled)),
    )


def _is_page(out: Path, rows: Rows) -> bool:
    return _digest_in(out / ARTICLES / rows.facts.page) == rows.page


@contextmanager
def _writers(
    folder: Path, known: Sequence[Entry], *, is_ruled: bool
) -> Iterator[tuple[Tables, Summary]]:
    names = tuple(dict.fromkeys(name for entry in known for name, _ in entry.fields))
    with ExitStack() as stack:
        paths = {name: folder / name for name in TABLES}
        tables = stack.enter_context(Tables(paths, names, is_ruled=is_ruled))
        yield tables, stack.enter_context(Summary(folder / SUMMARY, names, is_ruled=is_ruled))


def _outcome(line: bytes, entry: Entry, decided: _Decided, results: Path) -> Outcome:
    """Return an outcome as people decided on it; if its report is damaged, with an error."""
    try:
        outcome = parse(line, str(results))
    except ReadError as error:
        failure = Failure(error.what, error.where, error.fix)
        head = entry.pair, entry.source, entry.target, entry.fields, entry.key
        return Outcome(*head, error=failure)
    report = outcome.report
    if report is not None and decided.accepted:
        report = baseline.apply(report, decided.accepted)
    if report is not None and (ruled := decided.on(entry.pair)):
        report = rulings.apply(report, ruled)
    return outcome if report is outcome.report else replace(outcome, report=report)


def _frame(rows: Rows, ruled: Rulings) -> html.Frame:
    """Return what stands around the two texts on the page of a pair."""
    facts = rows.facts
    files_of = ("source file", facts.source), ("translation file", facts.target)
    said = {key: html.Said(one.verdict, one.who, one.reason) for key, one in ruled.items()}
    return html.Frame("../index.html", facts.pair, (*files_of, *facts.fields), rows.page, said)


def _remove_stale(articles: Path, wanted: set[str]) -> int:
    stale = [path for path in articles.glob("*.html") if path.name not in wanted]
    for path in stale:
        path.unlink()
    return len(stale)
