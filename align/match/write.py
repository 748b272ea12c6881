"""Matches as text: for a terminal, as JSON, and as a manifest that `veralign batch` takes."""

import csv
import json
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

from align.match.matches import Candidate, Match, Matches, Text
from align.write.csv import harmless
from align.write.slices import tidy
from align.write.words import count, language_name, percent

SCHEMA = "veralign-match/1"

COLUMNS = (
    "source",
    "target",
    "status",
    "confidence",
    "source_coverage",
    "target_coverage",
    "runner_up",
    "margin",
)
"""Of a manifest; `batch` passes those behind the first two through."""

Place = Callable[[str], str]
"""A path as it should be written, given as it was read."""


def render_terminal(matches: Matches) -> str:
    """Return a paragraph for each translation, and what is left over."""
    lines = []
    for match in matches.matches:
        text = matches.targets[match.target]
        lines.append(f"{_named(text)} · {language_name(text.language)}")
        lines.extend(f"   {line}" for line in _said(match, matches))
    unused = [_named(matches.sources[number]) for number in matches.unused()]
    if unused:
        lines.append(f"Originals without a translation here: {', '.join(unused)}")
    lines += ["", summary(matches)]
    return "\n".join(lines) + "\n"


def render_json(matches: Matches) -> str:
    """Return everything that is known, candidates included, as one JSON object."""
    table = {
        "schema": SCHEMA,
        "sources": [_text(text) for text in matches.sources],
        "targets": [_text(text) for text in matches.targets],
        "matches": [_match(match) for match in matches.matches],
        "unused": list(matches.unused()),
    }
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def render_csv(matches: Matches, place: Place) -> str:
    """Return a manifest of the pairs, those that are ambiguous included, as CSV."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(matches, place):
        # A path must stay one; only what nobody opens is kept from being a formula.
        writer.writerow((*row[:2], *map(harmless, row[2:])))
    return written.getvalue()


def render_jsonl(matches: Matches, place: Place) -> str:
    """Return a manifest of the pairs, those that are ambiguous included, an object a line."""
    lines = (dict(zip(COLUMNS, row, strict=True)) for row in _rows(matches, place))
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def summary(matches: Matches) -> str:
    """Say in one sentence how many translations have an original."""
    counts = {
        status: sum(match.status == status for match in matches.matches)
        for status in ("matched", "ambiguous", "unmatched")
    }
    said = ", ".join(f"{number} {status}" for status, number in counts.items() if number)
    return f"{count(len(matches.matches), 'translation')}: {said or 'none to match'}."


def _said(match: Match, matches: Matches) -> Iterator[str]:
    if match.best:
        source = matches.sources[match.best.source]
        yield f"{match.status}: {_named(source)}, {percent(match.confidence)} sure"
        yield _covered(match.best)
    else:
        yield "unmatched"
    if match.reason:
        yield match.reason
    if match.best and match.runner_up:
        name = _named(matches.sources[match.runner_up.source])
        yield f"runner-up: {name}, coverage {match.runner_up.coverage:.2f}, {match.margin:.2f} less"


def _covered(found: Candidate) -> str:
    return (
        f"covers {percent(found.target_coverage)} of the translation, "
        f"which covers {percent(found.source_coverage)} of it"
    )


def _named(text: Text) -> str:
    return tidy(text.origin or text.name) or "unnamed"


def _text(text: Text) -> dict[str, Any]:
    return {
        "name": text.name,
        "path": text.origin,
        "language": text.language,
        "segments": text.segments,
    }


def _match(match: Match) -> dict[str, Any]:
    return {
        "target": match.target,
        "status": match.status,
        "source": match.best.source if match.best else None,
        "confidence": match.confidence,
        "margin": round(match.margin, 4),
        "reason": match.reason,
        "candidates": [
            {
                "source": found.source,
                "source_coverage": found.source_coverage,
                "target_coverage": found.target_coverage,
            }
            for found in match.candidates
        ],
    }


def _rows(matches: Matches, place: Place) -> Iterator[tuple[str, ...]]:
    for match in matches.matches:
        if match.best is None:
            continue
        second = matches.sources[match.runner_up.source] if match.runner_up else None
        yield (
            place(matches.sources[match.best.source].origin),
            place(matches.targets[match.target].origin),
            match.status,
            f"{match.confidence:.4f}",
            f"{match.best.source_coverage:.4f}",
            f"{match.best.target_coverage:.4f}",
            place(second.origin) if second else "",
            f"{match.margin:.4f}",
        )
