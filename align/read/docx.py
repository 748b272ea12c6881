"""Word documents: what a reader sees when all changes are accepted.

Paragraphs, tables, text boxes, footnotes and endnotes. Headers, footers and comments are not the
article; hidden text, field codes and deleted text are not seen. The XML is read as it is, since
`python-docx` passes over tracked changes, notes, text boxes and fields.
"""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from align.bitext import Document
from align.config import READ_DEFAULTS, ReadSettings
from align.errors import ReadError
from align.read.archive import Archive, open_archive, open_member, read_member
from align.read.pieces import Origin, Paragraph, assemble, from_lines
from align.read.tree import built, decoded, events
from align.read.tree import parse as parse_xml

_UNSEEN = frozenset({
    "del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "tblPr", "trPr",
    "tcPr", "sdtPr", "sectPr", "rt", "Fallback", "footnoteRef", "endnoteRef", "annotationRef",
    "comment", "commentReference",
})  # fmt: skip
"""Elements that hold nothing a reader of the accepted text sees, or what is read elsewhere."""
_DRAWN = frozenset({"drawing", "pict", "object"})
_CHARACTERS = {"tab": "\t", "noBreakHyphen": "\u2011", "ptab": "\t"}
_SYMBOLS = {
    **{sign: sign for sign in " !()+,./0123456789:;<=>?"},
    **dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip("abcdefghijklmnopqrstuvwxyz", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **dict(zip("%-\xa0\xa2\xa3\xa5\xac\xae\xb0\xb1\xb2\xb3\xb4\xb7\xb8\xb9\xbb\xbc\xd2\xd3\xd4",
               "%−€′≤∞←→°±″≥×•÷≠≈…®©™", strict=True)),
}  # fmt: skip
"""What the font Symbol shows for each character; the signs of other such fonts are no text."""
_PRIVATE = range(0xF000, 0xF100)
"""Where Word keeps the characters of such fonts."""
_BREAKS = frozenset({"br", "cr"})
_HEX = re.compile("[0-9A-Fa-f]{1,4}")
_OFF = frozenset({"0", "false", "off"})
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


@dataclass(slots=True)
class _Text:
    """A paragraph under way: its lines of runs, its text boxes, and the fields that are open."""

    lines: list[list[str]] = field(default_factory=lambda: [[]])
    boxes: list[Element] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """A document under way: where it is, and which notes it has referred to."""

    tables: int = 0
    paragraphs: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the archive: its name and its root."""

    name: str
    root: Element


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: the numbers of both from 1, the part it stands in, what its cells say."""

    table: int
    number: int
    path: str
    cells: tuple[str, ...]
    is_header: bool


def parse(
    data: bytes, name: str, origin: str = "", limits: ReadSettings = READ_DEFAULTS
) -> Document:
    """Read a Word document.

    Returns:
        A document with a block for each line of a paragraph; places name paragraph, cell and note.

    Raises:
        ReadError: It is damaged, encrypted, larger than the limits, or has no text.
    """
    where = origin or name
    archive = open_archive(data, where, limits)
    main = _main_part(archive)
    return assemble(_all(archive, main), Origin(name, origin), limits)


def _main_part(archive: Archive) -> _Part:
    name = _main_name(archive)
    root = parse_xml(read_member(archive, name), f"{archive.where} ({name})", archive.limits)
    _refuse_other(_local(root), archive)
    return _Part(name, root)


def _main_name(archive: Archive) -> str:
    """Return the name of the part that holds the text."""
    return _related(archive, "").get("officeDocument", "word/document.xml")


def _refuse_other(root: str, archive: Archive) -> None:
    if root != "document":
        raise ReadError(
            "This is no Word document.", where=archive.where, fix="Save it as .docx and try again."
        )


def _cell_text(cell: Element) -> str:
    """Return what a reader sees in a table cell, a line for each paragraph."""
    lines = (run.text for paragraph in _blocks(cell, _Reading(), "") for run in paragraph.runs)
    return "\n".join(lines)


def table_rows(archive: Archive) -> Iterator[TableRow]:
    """Yield the rows of all tables while the document is read; nested ones follow their row.

    Raises:
        ReadError: The document is damaged or larger than the limits.
    """
    path = _main_name(archive)
    where = f"{archive.where} ({path})"
    stream = events(decoded(open_member(archive, path), where), where, archive.limits)
    first = next(stream)
    _refuse_other(first.local, archive)
    tables, number = 0, 0
    for event in stream:
        if event.kind != "start" or event.local not in ("tbl", "tr"):
            continue
        if event.local == "tbl":
            tables, number = tables + 1, 0
            continue
        outer = Element("tbl")
        outer.append(built(event, stream, where, archive.limits))
        for row in _children(outer, "tr"):
            number += 1
            yield _table_row(row, tables, number, path)
        for nested in (e for e in outer.iter() if e is not outer and _local(e) == "tbl"):
            tables += 1
            for inner, row in enumerate(_children(nested, "tr"), 1):
                yield _table_row(row, tables, inner, path)


def _table_row(row: Element, table: int, number: int, path: str) -> TableRow:
    marks = [e for e in row for e in e if _local(e) == "tblHeader"]
    is_header = any(_value(mark, "val") not in _OFF for mark in marks)
    return TableRow(table, number, path, tuple(map(_cell_text, _children(row, "tc"))), is_header)


def _local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def _all(archive: Archive, main: _Part) -> Iterator[Paragraph]:
    reading = _Reading()
    for body in main.root:
        if _local(body) == "body":
            yield from _placed(_blocks(body, reading, "paragraph"), main.name)
    related = _related(archive, main.name)
    for kind in ("footnote", "endnote"):
        wanted = [number for note, number in reading.notes if note == kind]
        name = related.get(f"{kind}s", "")
        if wanted and name in archive:
            yield from _notes(archive, name, kind, wanted)


def _notes(archive: Archive, name: str, kind: str, wanted: Sequence[str]) -> Iterator[Paragraph]:
    """Yield the notes in the order in which the text refers to them."""
    root = parse_xml(read_member(archive, name), f"{archive.where} ({name})", archive.limits)
    notes = {_value(note, "id"): note for note in root if _local(note) == kind}
    for number, key in enumerate(dict.fromkeys(wanted), 1):
        if key in notes:
            label = f"{kind} {number}"
            yield from _placed(_blocks(notes[key], _Reading(), label), name)


def _placed(paragraphs: Iterator[Paragraph], path: str) -> Iterator[Paragraph]:
    for paragraph in paragraphs:
        runs = tuple(replace(run, path=path) for run in paragraph.runs)
        yield replace(paragraph, runs=runs)


def _blocks(parent: Element, reading: _Reading, label: str) -> Iterator[Paragraph]:
    """Yield the paragraphs below an element; `paragraph` as a label is numbered."""
    text = _Text(fields=reading.fields)
    for element in _seen(parent):
        if _local(element) == "p":
            _gather(element, text, reading)
            if _has(element, "pPr", "rPr", "del"):
                continue  # its end was deleted: what follows goes on with it
            yield from _finished(text, reading, label)
            text = _Text(fields=reading.fields)
        elif _local(element) == "tbl":
            yield from _table(element, reading)
    yield from _finished(text, reading, label)


def _seen(parent: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables below an element, through what only wraps them."""
    for element in parent:
        if _local(element) in ("p", "tbl"):
            yield element
        elif _local(element) not in _UNSEEN:
            yield from _seen(element)


def _table(table: Element, reading: _Reading) -> Iterator[Paragraph]:
    reading.tables += 1
    number = reading.tables
    for row_number, row in enumerate(_children(table, "tr"), 1):
        column = 1
        for cell in _children(row, "tc"):
            label = f"table {number}, row {row_number}, column {column}"
            yield from _blocks(cell, reading, label)
            column += _span(cell)


def _children(parent: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table, or the cells of a row, but for deleted ones."""
    for element in parent:
        if _local(element) == name:
            if not _has(element, "trPr", "del") and not _has(element, "tcPr", "cellDel"):
                yield element
        elif _local(element) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _children(element, name)


def _span(cell: Element) -> int:
    for element in cell.iter():
        if _local(element) == "gridSpan":
            value = _value(element, "val")
            return max(int(value), 1) if value.isdecimal() and len(value) < 4 else 1
        if _local(element) == "p":
            break
    return 1


def _gather(parent: Element, text: _Text, reading: _Reading) -> None:
    """Add what a reader sees of an element within a paragraph."""
    for element in parent:
        name = _local(element)
        if name in _UNSEEN or (name == "r" and _is_hidden(element)):
            continue
        if name == "t":
            if not any(text.fields):
                text.lines[-1].append(element.text or "")
        elif name in _DRAWN:
            text.boxes += (e for e in _boxes(element))
        elif not _mark(element, name, text, reading):
            _gather(element, text, reading)


def _mark(element: Element, name: str, text: _Text, reading: _Reading) -> bool:
    """Add what is no letter: breaks, tabs, notes and the borders of fields."""
    if name in _CHARACTERS:
        text.lines[-1].append(_CHARACTERS[name])
    elif name == "sym":
        text.lines[-1].append(_symbol(element))
    elif name in _BREAKS:
        text.lines.append([])
    elif name in _NOTES:
        reading.notes.append((_NOTES[name], _value(element, "id")))
    elif name == "fldChar":
        _field(_value(element, "fldCharType"), text.fields)
    else:
        return False
    return True


def _symbol(element: Element) -> str:
    """Return what is shown for a character of a font of signs, as far as it is text."""
    digits = _value(element, "char")
    if not _HEX.fullmatch(digits):
        return ""
    code = int(digits, 16)
    if code in _PRIVATE:
        is_known = _value(element, "font").casefold() == "symbol"
        return _SYMBOLS.get(chr(code - _PRIVATE.start), "") if is_known else ""
    return chr(code) if chr(code).isprintable() else ""


def _field(kind: str, fields: list[bool]) -> None:
    """Keep, for each field that is open, whether its code is being read and not yet its result."""
    if kind == "begin":
        fields.append(True)
    elif kind == "separate" and fields:
        fields[-1] = False
    elif kind == "end" and fields:
        fields.pop()


def _boxes(parent: Element) -> Iterator[Element]:
    """Yield the text boxes in a drawing, of two alternatives only the first."""
    for element in parent:
        if _local(element) == "txbxContent":
            yield element
        elif _local(element) not in _UNSEEN:
            yield from _boxes(element)


def _finished(text: _Text, reading: _Reading, label: str) -> Iterator[Paragraph]:
    lines = ["".join(line) for line in text.lines]
    reading.paragraphs += label == "paragraph" and any(line.strip() for line in lines)
    place = f"paragraph {reading.paragraphs}" if label == "paragraph" else label
    yield from from_lines(lines, place)
    for box in text.boxes:
        yield from _blocks(box, reading, "text box")


def _is_hidden(run: Element) -> bool:
    for properties in run:
        if _local(properties) == "rPr":
            hidden = [e for e in properties if _local(e) == "vanish"]
            return any(_value(e, "val") not in _OFF for e in hidden)
    return False


def _has(element: Element, *names: str) -> bool:
    """Tell whether there is a way down through children of these names."""
    level = [element]
    for name in names:
        level = [child for parent in level for child in parent if _local(child) == name]
    return bool(level)


def _value(element: Element, name: str) -> str:
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""


def _related(archive: Archive, part: str) -> dict[str, str]:
    """Return the parts that a part refers to, by the last word of their relation's type."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in archive:
        return {}
    root = parse_xml(read_member(archive, relations), archive.where, archive.limits)
    found: dict[str, str] = {}
    for relation in root:
        if relation.get("TargetMode") != "External":
            target = posixpath.join("/", folder, relation.get("Target", ""))
            kind = relation.get("Type", "").rpartition("/")[2]
            found.setdefault(kind, posixpath.normpath(target).lstrip("/"))
    return found
