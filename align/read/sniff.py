"""What a file is by its content, whatever its name says."""

import re

from align.config import ReadSettings
from align.errors import ReadError
from align.read.archive import Archive, open_archive, read_member

_TIMES = re.compile(r"\d+\s*\r?\n\s*\d+:\d{2}:\d{2}[,.]\d{1,3}\s*-->")
_HEAD = 4096
_MIMETYPE = "mimetype"
_TEXT = (
    (re.compile(r"WEBVTT\b"), ".vtt"),
    (re.compile(r"\[Script Info\]", re.IGNORECASE), ".ass"),
    (_TIMES, ".srt"),
    (
        re.compile(
            r"(?:<!--.*?-->\s*)*<!doctype html|(?:<!--.*?-->\s*)*<html[\s>]",
            re.IGNORECASE | re.DOTALL,
        ),
        ".html",
    ),
    (re.compile(r"(?:<\?xml.*?\?>\s*)?(?:<!--.*?-->\s*)*<(?:\w+:)?xliff[\s>]", re.DOTALL), ".xlf"),
    (
        re.compile(
            r"(?:<\?xml.*?\?>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE tmx.*?>\s*)?<tmx[\s>]", re.DOTALL
        ),
        ".tmx",
    ),
    (re.compile(r"<\?xml.*?\?>.{0,600}?<html[\s>]", re.DOTALL | re.IGNORECASE), ".html"),
    (re.compile(r'(?:#.*\n)*\s*msgid ""'), ".po"),
    (re.compile(r'\{\s*"'), ".jsonl"),
)
_PARTS = (
    ("word/document.xml", ".docx"),
    ("xl/workbook.xml", ".xlsx"),
    ("META-INF/container.xml", ".epub"),
)
_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/epub+zip": ".epub",
}


def suffix_of(data: bytes, limits: ReadSettings) -> str:
    """Return the suffix that a file should have by its content, empty where nobody can be sure.

    Args:
        data: The whole file, or of a text its beginning.
        limits: Those that an archive is opened with.
    """
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(b"PK\x03\x04"):
        return _archived(data, limits)
    head = data[:_HEAD]
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    begin = head.decode(encoding, "ignore").lstrip("\ufeff \t\r\n")
    return next((suffix for pattern, suffix in _TEXT if pattern.match(begin)), "")


def _archived(data: bytes, limits: ReadSettings) -> str:
    try:
        archive = open_archive(data, "", limits)
        told = _MIMETYPES.get(_mimetype(archive), "")
    except ReadError:
        return ""  # its reader says what is wrong with it
    return told or next((suffix for part, suffix in _PARTS if part in archive), "")


def _mimetype(archive: Archive) -> bytes:
    return read_member(archive, _MIMETYPE).strip() if _MIMETYPE in archive else b""
