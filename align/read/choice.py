"""Which format a file is read as: what its content is where that is sure, or what its name says."""

import logging
from dataclasses import replace
from pathlib import Path

from align.bitext import Document
from align.config import ReadSettings
from align.errors import ReadError
from align.read import formats, sniff
from align.read.formats import Format, Kind
from align.read.pieces import Origin

log = logging.getLogger(__name__)

_WRONG_KIND = {
    "text": (
        "This file holds rows of both texts, and one text is needed here.",
        "Give it alone: `veralign check FILE` compares its rows.",
    ),
    "rows": (
        "One file alone must be bilingual, with both texts in its rows, and this one is not.",
        "Give two files, or a table, XLIFF, TMX or PO file.",
    ),
}


def parse(
    data: bytes, origin: Origin, settings: ReadSettings, language: str | None = None
) -> Document:
    """Read the content of a file of any format as one text.

    A name that promises another format than the content has is not believed, and the log says so.

    Args:
        data: The content.
        origin: What the file is called, and where it lies.
        settings: What may be read.
        language: The tag of its language; detected later, if not given.

    Raises:
        ReadError: It cannot be read as a text.
    """
    read = formats.document_reader(choose(data, origin, "text", settings))
    document = read(data, origin.name, origin.where, settings)
    if language is None:
        return document
    return replace(document, language=language, language_confidence=1.0)


def choose(data: bytes, origin: Origin, kind: Kind, settings: ReadSettings) -> Format:
    """Return the format of a file, by its content or the beginning of it.

    Raises:
        ReadError: The file holds rows and one text is wanted, or the other way round.
    """
    named = Path(origin.path).suffix
    content = sniff.suffix_of(data, settings)
    promised = formats.find(named, kind)
    found = formats.find(content, kind)
    if promised and (not content or content in formats.UNSURE or found is promised):
        return promised
    if found:
        if formats.is_known(named):
            log.warning(
                "%s: read as %s, which it is, whatever its name says.", origin.where, found.name
            )
        return found
    fallback = formats.fallback(named, kind)
    if content or fallback is None:
        raise ReadError(_WRONG_KIND[kind][0], where=origin.where, fix=_WRONG_KIND[kind][1])
    return fallback
