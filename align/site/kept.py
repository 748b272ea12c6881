"""What the report says of each pair, kept so that after a change only what changed is read anew."""

import hashlib
import json
from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from align.finding import ErrorType, Severity
from align.site.facts import Facts

FILE = ".report.jsonl"
"""What the file is called, beside the results. It may be removed: the next report costs more."""

FORM = 1
"""Rises whenever the same results may give other rows."""

_DIGITS = 64  # of a SHA-256


@dataclass(frozen=True, slots=True)
class Rows:
    """All that tables, workbook and overview say of one pair, without its texts.

    `findings`, `cells` and `sheet` have a row for each finding, the most serious first: for
    Parquet, for CSV and for the workbook. `page` is the digest that its page carries; it and the
    `signature` are empty where there is no report.
    """

    facts: Facts
    signature: str = ""
    page: str = ""
    findings: tuple[Mapping[str, object], ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    sheet: tuple[tuple[str | float, ...], ...] = ()


class Kept(AbstractContextManager["Kept"]):
    """The rows of the last report, and a file for those of this one.

    A line has the key of a pair, the digest of its rows, and these. What does not fit its digest is
    as if it were not there.
    """

    def __init__(self, old: Path, new: Path) -> None:
        """Open what the last report has left, if anything, and begin a new file."""
        self._stack = ExitStack()
        self._places: dict[bytes, tuple[int, int]] = {}
        self._old = None
        with suppress(FileNotFoundError):
            self._old = self._stack.enter_context(old.open("rb"))
            offset = 0
            for line in self._old:
                self._places[line[:_DIGITS]] = offset, len(line)
                offset += len(line)
        self._new = self._stack.enter_context(new.open("wb"))

    def take(self, key: str) -> Rows | None:
        """Return the rows that were kept under a key, and keep them again; None if there are none.

        Args:
            key: The digest of all that decides the rows.
        """
        place = self._places.get(key.encode())
        if place is None or self._old is None:
            return None
        self._old.seek(place[0])
        line = self._old.read(place[1])
        digest, _, payload = line[_DIGITS + 1 :].partition(b" ")
        if hashlib.sha256(payload).hexdigest().encode() != digest:
            return None
        self._new.write(line)
        return _parsed(json.loads(payload))

    def add(self, key: str, rows: Rows) -> None:
        """Keep rows that are new."""
        table = asdict(rows) | {"facts": _facts_table(rows.facts)}
        payload = json.dumps(table, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
        digest = hashlib.sha256(payload).hexdigest()
        self._new.write(b"%b %b %b" % (key.encode(), digest.encode(), payload))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close both files."""
        self._stack.close()


def _facts_table(facts: Facts) -> dict[str, Any]:
    """Return facts as JSON has them: keys of two parts become lists."""
    return asdict(facts) | {
        "counts": [[str(kind), grade.name, n] for (kind, grade), n in facts.counts.items()],
        "verdicts": [[*key, n] for key, n in facts.verdicts.items()],
    }


def _parsed(table: Mapping[str, Any]) -> Rows:
    said = table["facts"]
    tuples = {
        "fields": tuple((name, value) for name, value in said["fields"]),
        "languages": tuple(said["languages"]),
        "counts": {(ErrorType(kind), Severity[grade]): n for kind, grade, n in said["counts"]},
        "checks": {name: (left, let_pass) for name, (left, let_pass) in said["checks"].items()},
        "verdicts": {(check, verdict): n for check, verdict, n in said["verdicts"]},
    }
    return Rows(
        Facts(**{**said, **tuples}),
        table["signature"],
        table["page"],
        tuple(table["findings"]),
        tuple(map(tuple, table["cells"])),
        tuple(map(tuple, table["sheet"])),
    )
