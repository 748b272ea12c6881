"""What a desk lays down, from files: a glossary (TBX or CSV) and the spellings of names (CSV)."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import permutations
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from align.errors import ReadError
from align.house import Term

COLUMNS = ("source", "target", "forbidden", "case")
"""What the columns of a glossary mean, if its first row does not name them."""
BETWEEN = "|"
"""What stands between several translations in one cell."""
_DELIMITERS = ",;\t"
_TRUE = frozenset({"1", "yes", "true", "case", "x"})
_ENTRIES = ("termEntry", "conceptEntry")
_LANGUAGES = ("langSet", "langSec")
_TERMS = ("tig", "ntig", "termSec")
_FORBIDDEN = ("deprecated", "superseded", "obsolete")
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def parse_names(data: bytes, origin: str) -> Mapping[str, str]:
    """Map each spelling of a name, in lower case, to the first one of its row.

    Raises:
        ReadError: The file is not UTF-8.
    """
    names: dict[str, str] = {}
    for row in _rows(_decoded(data, origin)):
        spellings = [cell.lower() for cell in row if cell]
        names.update(dict.fromkeys(spellings, spellings[0]) if spellings else {})
    return names


def parse_terms(data: bytes, origin: str) -> tuple[Term, ...]:
    """Return the terms of a glossary.

    TBX is taken in both of its versions, 2 (ISO 30042:2008) and 3 (2019): deprecated and superseded
    terms are forbidden, all others required. A CSV file has the columns `source`, `target`,
    `forbidden` and `case`; several translations stand in one cell with `|` between them.

    Raises:
        ReadError: The file is not UTF-8, not well-formed, or has no terms.
    """
    is_xml = data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
    terms = tuple(_tbx(data, origin) if is_xml else _csv(_decoded(data, origin)))
    if not terms:
        raise ReadError(
            "The glossary has no terms.",
            where=origin,
            fix="A CSV file needs the columns source and target, TBX at least two languages.",
        )
    return terms


def _decoded(data: bytes, origin: str) -> str:
    try:
        return unicodedata.normalize("NFC", data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ReadError(
            "The file is not UTF-8.", where=origin, fix="Save it as UTF-8 and run again."
        ) from error


def _rows(text: str) -> Iterator[list[str]]:
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    for row in csv.reader(io.StringIO(text), delimiter=delimiter):
        yield [cell.strip() for cell in row]


def _csv(text: str) -> Iterator[Term]:
    columns: tuple[str, ...] = COLUMNS
    for number, row in enumerate(_rows(text)):
        if number == 0 and "source" in (named := tuple(cell.lower() for cell in row)):
            columns = named
            continue
        cells = dict(zip(columns, row, strict=False))
        if cells.get("source"):
            yield Term(
                cells["source"],
                _several(cells.get("target", "")),
                _several(cells.get("forbidden", "")),
                cells.get("case", "").lower() in _TRUE,
            )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(BETWEEN) if part.strip())


def _tbx(data: bytes, origin: str) -> Iterator[Term]:
    try:
        root: Element = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise ReadError(
            "The glossary is not well-formed TBX.", where=origin, fix=str(error)
        ) from error
    for entry in _below(root, _ENTRIES):
        sections = [(_language(section), section) for section in _below(entry, _LANGUAGES)]
        for (own, source), (other, target) in permutations(sections, 2):
            rendered = list(_spellings(target))
            required = tuple(text for text, allowed in rendered if allowed)
            forbidden = tuple(text for text, allowed in rendered if not allowed)
            for text, _ in _spellings(source):
                yield Term(text, required, forbidden, False, own, other)


def _below(element: Element, names: tuple[str, ...]) -> Iterator[Element]:
    """Yield the elements of any of these names, whatever their namespace."""
    return (e for e in element.iter() if e.tag.rsplit("}", 1)[-1] in names)


def _language(section: Element) -> str:
    return section.get(_XML_LANGUAGE, section.get("lang", "")).split("-")[0].lower()


def _spellings(section: Element) -> Iterator[tuple[str, bool]]:
    """Yield the terms of one language, each with whether it may be used."""
    for group in _below(section, _TERMS):
        status = " ".join(
            note.text or ""
            for note in _below(group, ("termNote",))
            if note.get("type") in ("administrativeStatus", "normativeAuthorization")
        ).lower()
        for term in _below(group, ("term",)):
            text = unicodedata.normalize("NFC", "".join(term.itertext()).strip())
            if text:
                yield text, not any(word in status for word in _FORBIDDEN)
