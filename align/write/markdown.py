"""The report as Markdown (GitHub's), for a comment, a ticket or a message."""

from collections.abc import Iterator, Sequence

import regex

from align.bitext import Bitext, Segment
from align.finding import Finding, Mark, Report
from align.write.marks import Piece, passage
from align.write.places import find_marks, target_of_bead
from align.write.slices import tidy
from align.write.words import (
    REASONS,
    SIDES,
    TYPES,
    count,
    language_name,
    percent,
    ranked,
    skipped_by_reason,
    verdict,
)

# Whatever Markdown, its tables, or HTML inside it could take for a sign, at the beginning of a line
# or anywhere. "@" and "#" name people and tickets where such a text is pasted.
_SIGNS = regex.compile(r"[\\`*_\[\]<>#|~&@$]|:(?=//)|^[-+=]|(?<=^\d{1,9})[.)]")
_EXCLUDED_CHARACTERS = 200


def render(report: Report) -> str:
    """Return verdict, findings with both texts and marked words in bold, and what was left out."""
    lines = [*_heading(report)]
    for number, finding in ranked(report):
        lines += _finding(report.bitext, number, finding)
        lines += _texts(report.bitext, finding)
    lines += [*_excluded(report.bitext), *_skipped(report), "", f"`{report.signature}`"]
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    r"""Return a text on one line that Markdown shows as it is.

    >>> plain("*not* <b>")
    '\\*not\\* \\<b\\>'
    """
    return str(_SIGNS.sub(lambda match: "\\" + match.group(), tidy(text)))


def _heading(report: Report) -> Iterator[str]:
    yield f"# {plain(verdict(report).rstrip('.'))}"
    yield ""
    if report.risk is None:
        yield f"Why: {plain('; '.join(skipped_by_reason(report)))}"
    else:
        yield f"Risk: {percent(report.risk)} chance of at least one major error."
    accepted = len(report.accepted())
    if accepted:
        yield f"Accepted besides: {count(accepted, 'finding')}."
    yield from ("", "| | text | language | segments |", "| --- | --- | --- | --- |")
    for side, document, segments in report.bitext.sides():
        name, language = plain(document.name or "unnamed"), plain(language_name(document.language))
        yield f"| {SIDES[side]} | {name} | {language} | {len(segments)} |"


def _finding(bitext: Bitext, number: int, finding: Finding) -> Iterator[str]:
    accepted = " · accepted" if finding.accepted else ""
    yield ""
    yield (
        f"## {number}. {finding.severity.label} · {TYPES[finding.error_type]} · "
        f"{percent(finding.confidence)} sure{accepted}"
    )
    yield from ("", plain(finding.message), "")
    for line in finding.grounds():
        yield f"- Evidence: {plain(line)}"
    if finding.accepted:
        yield f"- Accepted: {plain(finding.accepted)}"
    places = [next((w.label for w in found), "") for found in find_marks(bitext, finding)]
    places[1] = places[1] or target_of_bead(bitext, finding.bead).label
    said = [
        f"{SIDES[side].casefold()} {plain(place)}"
        for side, place in zip(SIDES, places, strict=True)
        if place
    ]
    facts = (f"{plain(finding.check)} check", *said, f"key `{finding.key}`")
    yield f"- {'; '.join(facts)}"


def _texts(bitext: Bitext, finding: Finding) -> Iterator[str]:
    bead = bitext.beads[finding.bead]
    sides = (
        ("source", bitext.source_segments, bead.source, finding.source),
        ("target", bitext.target_segments, bead.target, finding.target),
    )
    for side, segments, run, marks in sides:
        yield from ("", f"> **{SIDES[side]}**: {_text(segments, run, marks)}")


def _text(segments: Sequence[Segment], run: range, marks: Sequence[Mark]) -> str:
    # A mark outside the bead would be lost from sight; its segment is shown as well.
    shown = sorted({*run, *(mark.segment for mark in marks)})
    spans = {number: [(m.span, 1) for m in marks if m.segment == number] for number in shown}
    pieces = passage(segments, shown, spans).pieces()
    return "".join(map(_piece, pieces)) or "_no counterpart_"


def _piece(piece: Piece) -> str:
    core = piece.text.strip()
    if not core:
        return " "
    before, _, after = piece.text.partition(core)
    # Two asterisks beside punctuation or between Chinese characters are not always bold.
    words = f"<b>{plain(core)}</b>" if piece.findings else plain(core)
    return f"{' ' if before else ''}{words}{' ' if after else ''}"


def _excluded(bitext: Bitext) -> Iterator[str]:
    for side, document, _ in bitext.sides():
        if not document.excluded:
            continue
        yield from ("", f"## {SIDES[side]}, left out of the comparison", "")
        for block in document.excluded:
            text = tidy(block.span.of(document.text)[: 2 * _EXCLUDED_CHARACTERS])
            short = text if len(text) <= _EXCLUDED_CHARACTERS else text[:_EXCLUDED_CHARACTERS] + "…"
            yield f"- {REASONS[block.reason]}: {plain(short)}"


def _skipped(report: Report) -> Iterator[str]:
    # Without a risk, the heading has given the reasons already.
    if report.risk is None or not report.skipped:
        return
    yield from ("", "## Not checked", "")
    for reason, checks in skipped_by_reason(report).items():
        yield f"- {plain(', '.join(checks))}: {plain(reason)}"
