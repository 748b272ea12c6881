"""OpenDocument texts (LibreOffice): what a reader sees when all changes are accepted.

Paragraphs, headings, tables, text boxes, footnotes and endnotes. Headers, footers, comments and
what was deleted are not read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from align.bitext import Document
from align.config import READ_DEFAULTS, ReadSettings
from align.errors import ReadError
from align.read.archive import open_archive, read_member
from align.read.pieces import Origin, Paragraph, assemble, from_lines
from align.read.tree import parse as parse_xml

_CONTENT = "content.xml"
_UNSEEN = frozenset({
    "tracked-changes", "annotation", "annotation-end", "ruby-text", "forms", "sequence-decls",
    "variable-decls", "user-field-decls", "table-of-content-source", "title", "desc",
    "event-listeners",
})  # fmt: skip
_PARAGRAPHS = frozenset({"p", "h"})
_BOXED = frozenset({"frame", "custom-shape", "text-box", "rect", "g"})


@dataclass(slots=True)
class _Reading:
    """A document under way: how many paragraphs and tables were read, and the notes so far.

    `hidden` are the names of the styles of text that is not shown.
    """

    hidden: frozenset[str] = frozenset()
    tables: int = 0
    paragraphs: int = 0
    notes: dict[str, list[Element]] = field(default_factory=dict)


@dataclass(slots=True)
class _Text:
    """A paragraph under way: its lines, and the boxes that are anchored in it."""

    lines: list[list[str]] = field(default_factory=lambda: [[]])
    boxes: list[Element] = field(default_factory=list)


def parse(
    data: bytes, name: str, origin: str = "", limits: ReadSettings = READ_DEFAULTS
) -> Document:
    """Read an OpenDocument text.

    Returns:
        A document with a block for each line of a paragraph; places name paragraph, cell and note.

    Raises:
        ReadError: It is damaged, encrypted, larger than the limits, or has no text.
    """
    where = origin or name
    archive = open_archive(data, where, limits)
    root = parse_xml(read_member(archive, _CONTENT), f"{where} ({_CONTENT})", limits)
    body = next((e for e in root.iter() if _local(e) == "text" and "office" in e.tag), None)
    if body is None:
        raise ReadError(
            "This is no OpenDocument text.", where=where, fix="Save it as .odt and try again."
        )
    return assemble(_all(body, _hidden_styles(root)), Origin(name, origin), limits)


def _hidden_styles(root: Element) -> frozenset[str]:
    """Return the names of the styles whose text is hidden, as LibreOffice and Word write it."""
    names = (
        _value(style, "name")
        for style in root.iter()
        if _local(style) == "style"
        and _value(style, "family") in ("text", "paragraph")
        and any(_value(properties, "display") == "none" for properties in style)
    )
    return frozenset(filter(None, names))


def _all(body: Element, hidden: frozenset[str]) -> Iterator[Paragraph]:
    reading = _Reading(hidden)
    yield from _blocks(body, reading, "paragraph")
    for kind in ("footnote", "endnote"):
        for number, note in enumerate(reading.notes.get(kind, ()), 1):
            yield from _blocks(note, _Reading(hidden), f"{kind} {number}")


def _blocks(parent: Element, reading: _Reading, label: str) -> Iterator[Paragraph]:
    """Yield the paragraphs below an element; `paragraph` as a label is numbered."""
    for element in parent:
        name = _local(element)
        if _is_hidden(element, reading):
            continue
        if name in _PARAGRAPHS:
            text = _Text()
            _gather(element, text, reading)
            yield from _finished(text, reading, label)
        elif name == "table":
            yield from _table(element, reading)
        elif name not in _UNSEEN:
            yield from _blocks(element, reading, "text box" if name in _BOXED else label)


def _table(table: Element, reading: _Reading) -> Iterator[Paragraph]:
    reading.tables += 1
    number = reading.tables
    for row_number, row in enumerate(_rows(table), 1):
        column = 0
        for cell in row:
            if _local(cell) in ("table-cell", "covered-table-cell"):
                column += 1
                label = f"table {number}, row {row_number}, column {column}"
                yield from _blocks(cell, reading, label)


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if _local(element) == "table-row":
            yield element
        elif _local(element) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(element)


def _gather(element: Element, text: _Text, reading: _Reading) -> None:
    """Add what a reader sees of an element within a paragraph."""
    text.lines[-1].append(element.text or "")
    for child in element:
        name = _local(child)
        if name == "note":
            kind = _value(child, "note-class") or "footnote"
            bodies = [e for e in child if _local(e) == "note-body"]
            reading.notes.setdefault(kind, []).extend(bodies)
        elif name in _BOXED:
            text.boxes.append(child)
        elif name == "line-break":
            text.lines.append([])
        elif name in ("tab", "s"):
            text.lines[-1].append(" ")
        elif name not in _UNSEEN and not _is_hidden(child, reading):
            _gather(child, text, reading)
        text.lines[-1].append(child.tail or "")


def _finished(text: _Text, reading: _Reading, label: str) -> Iterator[Paragraph]:
    lines = ["".join(line) for line in text.lines]
    reading.paragraphs += label == "paragraph" and any(line.strip() for line in lines)
    place = f"paragraph {reading.paragraphs}" if label == "paragraph" else label
    yield from from_lines(lines, place, _CONTENT)
    for box in text.boxes:
        yield from _blocks(box, reading, "text box")


def _is_hidden(element: Element, reading: _Reading) -> bool:
    """Tell whether an element is not shown: by its style, or a section by itself."""
    return _value(element, "style-name") in reading.hidden or _value(element, "display") == "none"


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _value(element: Element, name: str) -> str:
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")
