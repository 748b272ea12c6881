"""Marks of notes in web pages and e-books: the raised number that leads to a note, or back.

They belong to the page and not to the sentence: read with it, "in 1939" and its first note would
be the number 19391.
"""

from collections.abc import Mapping

_ROLES = frozenset({"doc-noteref", "doc-backlink"})
_TYPES = frozenset({"noteref", "backlink"})
_CLASSES = frozenset({
    "sdfootnoteanc", "sdfootnotesym", "sdendnoteanc", "sdendnotesym",  # LibreOffice
    "MsoFootnoteReference", "MsoEndnoteReference",  # Word
    "footnote-ref", "footnote-back", "footnote-backref", "footnote-reference",  # Markdown, RST
})  # fmt: skip
_RAISED = frozenset({"a", "sup"})


def is_note_mark(
    name: str, attributes: Mapping[str, str], around: str, around_attributes: Mapping[str, str]
) -> bool:
    """Tell whether an element is the mark of a note.

    It says so, or it is a raised link to a place within a page: `sup` in `a`, or `a` in `sup`.

    Args:
        name: The name of the element.
        attributes: Its attributes.
        around: The name of the element that it stands in.
        around_attributes: The attributes of that one.
    """
    if attributes.get("role") in _ROLES:
        return True
    if _TYPES & set(attributes.get("epub:type", "").split()):
        return True
    if _CLASSES & set(attributes.get("class", "").split()):
        return True
    if {name, around} != _RAISED:
        return False
    link = attributes if name == "a" else around_attributes
    return "#" in link.get("href", "")
