"""Reports for the tests of the writers, made without a model."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from align.baseline import Accepted, marked
from align.bitext import Bead, Bitext, Document, Excluded, Place, Segment, Span
from align.finding import ErrorType, Finding, Mark, Report, Severity, Skipped, finding_key
from align.read import text

ROOT = Path(__file__).parent.parent
SEEDS = ("000_293dd51d06a938cd.txt", "004_7d26e8ad050225a4.txt")
SIGNATURE = "veralign:0|encoder:none|checks:omission.2+addition.2+number.2+tense.2|config:0"


def seed_report() -> Report:
    """Return the report of the first seed pair, as its golden file has it."""
    golden = json.loads((ROOT / "tests" / "golden" / "voa-vi.json").read_text("utf-8"))
    sides = {}
    for side, name in zip(("source", "target"), SEEDS, strict=True):
        document = text.parse((ROOT / "seeds" / name).read_bytes(), name, origin=f"seeds/{name}")
        sides[side] = _read_side(document, golden[side])
    source, target = sides["source"], sides["target"]
    beads = tuple(
        Bead(_run(bead["source"]), _run(bead["target"]), bead["score"], bead.get("moved", False))
        for bead in golden["beads"]
    )
    bitext = Bitext(source[0], target[0], source[1], target[1], beads)
    findings = tuple(_read_finding(finding) for finding in golden["findings"])
    return Report(bitext, findings, (), golden["signature"], golden["summary"]["risk"])


def _read_side(document: Document, table: dict[str, Any]) -> tuple[Document, tuple[Segment, ...]]:
    segments = tuple(
        Segment(Span(s["start"], s["end"]), s["text"], 0, table["language"])
        for s in table["segments"]
    )
    assert [s.span.of(document.text) for s in segments] == [s.text for s in segments]
    excluded = tuple(Excluded(Span(e["start"], e["end"]), e["reason"]) for e in table["excluded"])
    side = Document(
        document.name,
        document.text,
        document.blocks,
        document.origin,
        table["language"],
        table["language_confidence"],
        excluded,
        document.offsets,
        document.line_starts,
    )
    return side, segments


def _run(numbers: list[int]) -> range:
    return range(numbers[0], numbers[-1] + 1) if numbers else range(0)


def _read_finding(table: dict[str, Any]) -> Finding:
    sides = [
        tuple(Mark(m["segment"], Span(m["start"], m["end"]), m["text"]) for m in table[side])
        for side in ("source", "target")
    ]
    return Finding(
        table["key"],
        table["check"],
        ErrorType(table["type"]),
        Severity[table["severity"].upper()],
        table["confidence"],
        table["bead"],
        sides[0],
        sides[1],
        table["message"],
        tuple(table["evidence"]),
    )


def document(
    name: str, language: str | None, *texts: str, **more: Any
) -> tuple[Document, tuple[Segment, ...]]:
    """Return a document of one segment a line, and its segments."""
    segments, start = [], 0
    for number, line in enumerate(texts):
        segments.append(Segment(Span(start, start + len(line)), line, number, language))
        start += len(line) + 1
    blocks = tuple(segment.span for segment in segments)
    starts = tuple(block.start for block in blocks)
    given: dict[str, Any] = {"line_starts": starts, "origin": name, **more}
    side = Document(name, "\n".join(texts), blocks, language=language, **given)
    return side, tuple(segments)


def mark(segments: tuple[Segment, ...], segment: int, words: str) -> Mark:
    """Return the mark of the first such words of a segment."""
    start = segments[segment].text.index(words)
    return Mark(segment, Span(start, start + len(words)), words)


def finding(
    kind: tuple[str, ErrorType, Severity],
    bead: int,
    source: tuple[Mark, ...],
    target: tuple[Mark, ...],
    message: str,
    *evidence: str,
) -> Finding:
    """Return a finding whose key follows from its words, as the pipeline makes them."""
    check, error_type, severity = kind
    key = finding_key(check, *(m.text for m in (*source, *target)), message)
    confidence = 0.5 + bead / 100
    return Finding(
        key, check, error_type, severity, confidence, bead, source, target, message, evidence
    )


def astral_report(folder: Path | None = None) -> Report:
    """Return a report on texts with characters that UTF-16 writes as two; in a folder, as files."""
    sides = []
    for name, content in (
        ("a.txt", "😀 One.\n🎉🎉 It cost 𝟓😀 dollars."),
        ("b.txt", "😀\n🎉 Giá 6 đô."),
    ):
        path = folder / name if folder else Path(name)
        if folder:
            path.write_text(content, "utf-8")
        read = text.parse(content.encode(), name, str(path))
        segments = tuple(
            Segment(block, block.of(read.text), number) for number, block in enumerate(read.blocks)
        )
        sides.append((read, segments))
    (source, ours), (target, theirs) = sides
    beads = tuple(Bead(range(n, n + 1), range(n, n + 1), 1.0) for n in range(2))
    kind = ("number", ErrorType.NUMBER, Severity.MAJOR)
    marks = ((mark(ours, 1, "𝟓😀"),), (mark(theirs, 1, "6"),))
    found = finding(kind, 1, *marks, "5 became 6.")
    return Report(Bitext(source, target, ours, theirs, beads), (found,), (), SIGNATURE, 0.5)


def rich_report() -> Report:
    """Return a report with all that writers must cope with.

    An Arabic target, marks that overlap, cross and touch, several segments in a bead, gaps on both
    sides, moved and doubtful beads, each severity, words that are code or formulas elsewhere,
    characters that XML lacks, places with names, skipped checks and excluded blocks.
    """
    source, ours = document(
        "a <b>&.html",
        "en",
        "=HYPERLINK(1) The “port” <script>alert(1)</script> & all.",
        "It rained | all day; *nobody* [knows](http://x) why.\x1b[1m",
        "Twelve ships & 3 boats left on Monday.",
        "@lost sentence",
        "Moved here.",
        places=(Place(Span(0, 60), "headline"), Place(Span(60, 400), "table 1, row 2")),
    )
    target, theirs = document(
        "dịch: b%.txt",
        "ar",
        "+الميناء مغلق اليوم.",
        "غادرت اثنتا عشرة سفينة \u202eالثلاثاء.",
        "انتقلت إلى هنا.",
        "-جملة زائدة",
        "Post a Comment",
        line_starts=(),
        excluded=(Excluded(Span(62, 76), "furniture"),),
    )
    target = Document(
        target.name,
        target.text,
        target.blocks[:4],
        "folder with space/dịch: b%.docx",
        "ar",
        1.0,
        (Excluded(theirs[4].span, "furniture"),),
    )
    theirs = theirs[:4]
    beads = (
        Bead(range(2), range(1), 0.91, doubt="partly covered"),
        Bead(range(2, 3), range(1, 2), 0.88),
        Bead(range(3, 4), range(0), 0.7),
        Bead(range(4, 5), range(2, 3), 0.6, moved=True),
        Bead(range(0), range(3, 4), 0.5, doubt="suspect"),
    )
    lost = ("omission", ErrorType.OMISSION, Severity.CRITICAL)
    number = ("number", ErrorType.NUMBER, Severity.MAJOR)
    date = ("date", ErrorType.DATE, Severity.MINOR)
    tense = ("tense", ErrorType.TENSE, Severity.NEUTRAL)
    added = ("addition", ErrorType.ADDITION, Severity.MAJOR)
    findings = (
        finding(
            lost, 0, (mark(ours, 0, "“port” <script>alert(1)"),), (), "Lost: “<script>”.", "<i>!"
        ),
        finding(
            tense,
            0,
            (mark(ours, 0, "<script>alert(1)</script> & all"),),
            (mark(theirs, 0, "مغلق"),),
            "=cmd|' /C calc'!A0",
        ),
        finding(number, 0, (mark(ours, 1, "rained"), mark(ours, 1, "why.\x1b")), (), "Two marks."),
        finding(
            number, 1, (mark(ours, 2, "3"),), (mark(theirs, 1, "عشرة"),), "3 is “عشرة”.", "a", "b"
        ),
        finding(
            date,
            1,
            (mark(ours, 2, "3 boats left on Monday"),),
            (mark(theirs, 1, "\u202eالثلاثاء"),),
            "[Monday](javascript:alert) is {0}.",
        ),
        finding(
            lost, 2, (mark(ours, 3, "@lost sentence"),), (), "This sentence has no counterpart."
        ),
        finding(added, 4, (), (mark(theirs, 3, "-جملة زائدة"),), "Only the translation has this."),
    )
    bitext = Bitext(source, target, ours, theirs, beads)
    skipped = (Skipped("tense", "no tense facts for 'ar'"), Skipped("name", "no names in 'ar'"))
    return Report(bitext, findings, skipped, SIGNATURE, 0.97)


def accepting(report: Report, reasons: dict[str, str]) -> Report:
    """Return the report with some findings accepted, by their keys."""
    entries = [Accepted(key, reason) for key, reason in reasons.items()]
    return replace(report, findings=marked(report.findings, entries))


def silent_report() -> Report:
    """Return the report of two texts that could not be compared."""
    source, ours = document("a", "en", "One.")
    target, theirs = document("b", None, "Two.")
    bitext = Bitext(source, target, ours, theirs, ())
    return Report(
        bitext, (), (Skipped("all", "both texts are in English"),), "veralign:0|checks:", None
    )


def clean_report() -> Report:
    """Return the report of two texts in which nothing was found."""
    source, ours = document("a", "en", "One.")
    target, theirs = document("b", "vi", "Một.")
    bitext = Bitext(source, target, ours, theirs, (Bead(range(1), range(1), 1.0),))
    return Report(bitext, (), (), "veralign:0|checks:number.2", 0.01)


REPORTS = {
    "seed": seed_report,
    "rich": rich_report,
    "silent": silent_report,
    "clean": clean_report,
}
"""Every report that every writer must cope with."""
