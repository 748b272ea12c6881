"""E-books: the chapters of an EPUB in the order in which they are read."""

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from align.bitext import Document
from align.config import READ_DEFAULTS, ReadSettings
from align.errors import ReadError
from align.read import html
from align.read.archive import Archive, open_archive, read_member
from align.read.pieces import Origin, Paragraph, assemble
from align.read.tree import parse as parse_xml

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def parse(
    data: bytes, name: str, origin: str = "", limits: ReadSettings = READ_DEFAULTS
) -> Document:
    """Read an EPUB.

    Returns:
        A document whose places name the chapter, with its file as their path, and the paragraph.

    Raises:
        ReadError: It is damaged, copy-protected, larger than the limits, or has no text.
    """
    where = origin or name
    archive = open_archive(data, where, limits)
    _refuse_protected(archive)
    return assemble(_chapters(archive), Origin(name, origin), limits)


def _refuse_protected(archive: Archive) -> None:
    if _ENCRYPTION not in archive:
        return
    root = _xml(archive, _ENCRYPTION)
    methods = [e.get("Algorithm", "") for e in _named(root, "EncryptionMethod")]
    if any(method not in _FONTS for method in methods):  # fonts alone may be disguised
        raise ReadError(
            "The book is copy-protected.",
            where=archive.where,
            fix="Ask for a copy without protection.",
        )


def _chapters(archive: Archive) -> Iterator[Paragraph]:
    package = _package(archive)
    root = _xml(archive, package)
    items = {item.get("id", ""): item for item in _named(root, "item")}
    chapter = 0
    for reference in _named(root, "itemref"):
        item = items.get(reference.get("idref", ""))
        if item is None or item.get("media-type") not in _PAGES or _is_contents(item):
            continue
        path = _inside(package, item.get("href", ""))
        if path not in archive:
            raise ReadError(f"The book lacks its chapter {path}.", where=archive.where, fix=_WHOLE)
        chapter += 1
        where = f"{archive.where} ({path})"
        page = html.decode(read_member(archive, path), where)
        for number, block in enumerate(html.page_blocks(page, where, archive.limits), 1):
            label = f"chapter {chapter}, paragraph {number}"
            runs = [replace(run, label=label, path=path) for run in block.paragraph.runs]
            yield replace(block.paragraph, runs=tuple(runs))


_WHOLE = "Get a whole copy of it and try again."


def _package(archive: Archive) -> str:
    for file in _named(_xml(archive, _CONTAINER), "rootfile"):
        return _inside("", file.get("full-path", ""))
    raise ReadError("The book does not say where its text is.", where=archive.where, fix=_WHOLE)


def _is_contents(item: Element) -> bool:
    return "nav" in item.get("properties", "").split()


def _inside(base: str, address: str) -> str:
    """Return the member that an address means; one that leads out of the archive means none."""
    path = posixpath.join("/", posixpath.dirname(base), unquote(address.partition("#")[0]))
    return posixpath.normpath(path).lstrip("/")


def _xml(archive: Archive, name: str) -> Element:
    return parse_xml(read_member(archive, name), f"{archive.where} ({name})", archive.limits)


def _named(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if element.tag.rpartition("}")[2] == name)
