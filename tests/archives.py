"""Small office files and e-books, written by hand so that a test sees what is in them."""

import io
import zipfile
from collections.abc import Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, notes: Mapping[str, str] | None = None) -> bytes:
    """Return a Word document with this body, and parts such as `footnotes` with their content."""
    notes = notes or {}
    relations = "".join(
        f'<Relationship Id="r{i}" Type="{RELATIONS}/{name}" Target="{name}.xml"/>'
        for i, name in enumerate(notes)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    members = {
        "_rels/.rels": f'<Relationships xmlns="{space}"><Relationship Id="r"'
        f' Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{space}">{relations}'
        "</Relationships>",
    }
    for name, content in notes.items():
        members[f"word/{name}.xml"] = f"<w:{name} {W}>{content}</w:{name}>"
    return zipped(members)


def p(*runs: str, properties: str = "") -> str:
    """Return a paragraph of Word with these runs, each plain text or XML."""
    inner = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{properties}{inner}</w:p>"


def r(text: str, name: str = "t") -> str:
    """Return a run of Word with a text."""
    return f'<w:r><w:{name} xml:space="preserve">{text}</w:{name}></w:r>'


def odt(body: str, styles: str = "") -> bytes:
    """Return an OpenDocument text with this body, and these styles of its own."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {OFFICE}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}"
            "</office:text></office:body></office:document-content>",
        }
    )


def epub(chapters: Mapping[str, str], spine: tuple[str, ...], folder: str = "OEBPS/") -> bytes:
    """Return an e-book: its chapters by file name, and the order in which they are read."""
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in chapters
    )
    order = "".join(f'<itemref idref="{name}"/>' for name in spine)
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="'
        f'{folder}book.opf"/></rootfiles></container>',
        f"{folder}book.opf": f"<package><manifest>{items}</manifest><spine>{order}</spine>"
        "</package>",
    }
    pages = {
        f"{folder}{name}": f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{text}</body></html>'
        for name, text in chapters.items()
    }
    return zipped({**members, **pages})
