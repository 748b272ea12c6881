"""The report as a Word review table: both texts side by side, with comments at the marked words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_UNDERLINE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from align.bitext import Document
from align.finding import Finding, Report, Severity
from align.write.marks import Piece, marks_by_segment, passage
from align.write.slices import tidy, visible
from align.write.words import (
    REASONS,
    SIDES,
    TYPES,
    bead_facts,
    count,
    direction,
    language_name,
    percent,
    ranked,
    skipped_by_reason,
    verdict,
)
from align.write.xml import writable

_AUTHOR = "veralign"
_INITIALS = "va"
_FILL = {
    Severity.NEUTRAL: "D8E8FF",
    Severity.MINOR: "FFEFB8",
    Severity.MAJOR: "FFDDD0",
    Severity.CRITICAL: "FFC9CF",
}
_UNDERLINE = {
    Severity.NEUTRAL: WD_UNDERLINE.DOTTED,
    Severity.MINOR: WD_UNDERLINE.DASH,
    Severity.MAJOR: WD_UNDERLINE.SINGLE,
    Severity.CRITICAL: WD_UNDERLINE.DOUBLE,
}
_GAP_FILL = "E8EAEF"
_QUIET = RGBColor(0x55, 0x57, 0x5E)
_EXCLUDED_CHARACTERS = 300
# What a zip archive and Word ask for, and a pure function does not know.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


def render(report: Report) -> bytes:
    """Return a document with a table of two columns, a row for each bead under a repeated header.

    Marked words are shaded and underlined as grave as they are. A comment with severity, kind and
    reason stands at the first marked words of the translation, or of the source where it has none.
    A side without a counterpart is an empty, grey cell. The bytes are the same at each run.
    """
    word = docx.Document()
    _page(word, report)
    word.add_heading(_text(verdict(report).rstrip(".")), level=1)
    for line in _heading(report):
        word.add_paragraph(_text(line))
    if report.bitext.beads:
        _fill(_table(word, report), word, report)
    for line in _leftovers(report):
        word.add_paragraph(_text(line))
    signature = word.add_paragraph().add_run(_text(report.signature))
    signature.font.size, signature.font.color.rgb = Pt(7), _QUIET
    return _packed(word)


def _page(word: Word, report: Report) -> None:
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(15)
    word.styles["Normal"].font.size = Pt(10)
    facts = word.core_properties
    facts.title, facts.author, facts.comments = _text(verdict(report)), _AUTHOR, ""
    facts.created = facts.modified = _NO_DATE


def _heading(report: Report) -> Iterator[str]:
    if report.risk is None:
        yield "; ".join(skipped_by_reason(report)) or "The report gives no reason."
    else:
        yield f"Risk: {percent(report.risk)} chance of at least one major error."
    accepted = len(report.accepted())
    if accepted:
        yield f"Accepted besides: {count(accepted, 'finding')}."


def _table(word: Word, report: Report) -> Table:
    # All rows at once: added one by one, each takes longer than the one before.
    rows = 1 + len(report.bitext.beads)
    table: Table = word.add_table(rows=rows, cols=2, style="Table Grid")
    table.autofit = False
    for cell, (side, document, _) in zip(table.rows[0].cells, report.bitext.sides(), strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.add_run(SIDES[side]).bold = True
        name = tidy(document.name) or "unnamed"
        paragraph.add_run(_text(f" {name} · {language_name(document.language)}"))
    _mark_row(table.rows[0], "tblHeader")
    return table


def _fill(table: Table, word: Word, report: Report) -> None:
    findings = dict(ranked(report))
    marks = dict(zip(SIDES, marks_by_segment(report), strict=True))
    runs: dict[tuple[str, int], list[Run]] = {}
    anywhere: dict[int, list[Run]] = {}
    _, *rows = table.rows
    for number, (bead, row) in enumerate(zip(report.bitext.beads, rows, strict=True)):
        _mark_row(row, "cantSplit")
        for cell, (side, document, segments) in zip(row.cells, report.bitext.sides(), strict=True):
            numbers = bead.source if side == "source" else bead.target
            pieces = passage(segments, numbers, marks[side]).pieces()
            if not pieces:
                _shade(cell, _GAP_FILL)
            for found, run in _write(cell, document, pieces, findings):
                runs.setdefault((side, found), []).append(run)
            anywhere[number] = cell.paragraphs[0].runs or anywhere.get(number, [])
            if side == "target" and pieces and bead_facts(bead):
                said = f"About the alignment: {bead_facts(bead)}"
                word.add_comment(cell.paragraphs[0].runs, said, _AUTHOR, _INITIALS)
    # All of them first: a comment puts its own elements between runs that follow each other.
    anchors = {
        number: _together(marked) if marked else anywhere.get(finding.bead)
        for number, finding in findings.items()
        # Without a mark, the whole translation of the bead is meant, or its source.
        for marked in [runs.get(("target", number)) or runs.get(("source", number))]
    }
    for number, anchor in anchors.items():
        if anchor:
            said = _comment(number, findings[number])
            word.add_comment(anchor, _text(said), _AUTHOR, _INITIALS)


def _write(
    cell: _Cell, document: Document, pieces: Sequence[Piece], findings: Mapping[int, Finding]
) -> Iterator[tuple[int, Run]]:
    """Write a side of a bead; yield each run that a finding marks, with the finding's number."""
    paragraph = cell.paragraphs[0]
    is_rtl = direction(document.language) == "rtl"
    if is_rtl:
        _set_direction(paragraph)
    for piece in pieces:
        run = paragraph.add_run(_text(piece.text))
        # In this order, which is the schema's.
        if piece.findings:
            _highlight(run, max(findings[number].severity for number in piece.findings))
        if is_rtl:
            run.font.rtl = True
        if document.language:
            _set_language(run, document.language)
        for number in piece.findings:
            yield number, run


def _comment(number: int, finding: Finding) -> str:
    lines = [
        f"{number}. {finding.severity.label} · {TYPES[finding.error_type]} · "
        f"{percent(finding.confidence)} sure",
        tidy(finding.message),
        *(f"Evidence: {tidy(line)}" for line in finding.grounds()),
        f"{tidy(finding.check)} check, key {finding.key}",
    ]
    if finding.accepted:
        lines.append(f"Accepted: {tidy(finding.accepted)}")
    return "\n".join(lines)


def _together(runs: Sequence[Run]) -> list[Run]:
    """Return the runs up to the first that does not follow: a comment spans words that touch."""
    joined = [runs[0]]
    for run in runs[1:]:
        if joined[-1]._r.getnext() is not run._r:
            break
        joined.append(run)
    return joined


def _leftovers(report: Report) -> Iterator[str]:
    for side, document, _ in report.bitext.sides():
        for block in document.excluded:
            words = tidy(block.span.of(document.text)[:_EXCLUDED_CHARACTERS])
            yield f"{SIDES[side]}, left out ({REASONS[block.reason]}): {words}"
    # Without a risk, the heading has given the reasons already.
    if report.risk is not None:
        for reason, checks in skipped_by_reason(report).items():
            yield f"Not checked: {', '.join(checks)}: {reason}"


# What python-docx has no name for


def _text(text: str) -> str:
    return writable(visible(text))


def _mark_row(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(_element(name))


def _shade(cell: _Cell, fill: str) -> None:
    cell._tc.get_or_add_tcPr().append(_element("shd", val="clear", color="auto", fill=fill))


def _highlight(run: Run, severity: Severity) -> None:
    run.underline = _UNDERLINE[severity]
    shading = _element("shd", val="clear", color="auto", fill=_FILL[severity])
    run._r.get_or_add_rPr().append(shading)


def _set_direction(paragraph: Paragraph) -> None:
    paragraph._p.get_or_add_pPr().append(_element("bidi"))


def _set_language(run: Run, language: str) -> None:
    element = _element("lang", val=language, eastAsia=language, bidi=language)
    run._r.get_or_add_rPr().append(element)


def _element(name: str, /, **attributes: str) -> etree._Element:
    element: etree._Element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _packed(word: Word) -> bytes:
    """Return the file, without the times at which its comments and its parts were made."""
    for comment in word.part._comments_part.element:
        comment.attrib.pop(qn("w:date"), None)
    written, result = BytesIO(), BytesIO()
    word.save(written)
    with ZipFile(written) as given, ZipFile(result, "w", ZIP_DEFLATED) as packed:
        for member in given.infolist():
            info = ZipInfo(member.filename, _NO_TIME)
            info.compress_type = ZIP_DEFLATED
            packed.writestr(info, given.read(member))
    return result.getvalue()
