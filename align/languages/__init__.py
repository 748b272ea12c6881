"""Language facts, one file per language, and the way to find them."""

from align.languages import (
    ar,
    cs,
    de,
    en,
    es,
    fr,
    hi,
    it,
    ja,
    ko,
    nl,
    pl,
    pt,
    ru,
    th,
    tr,
    uk,
    vi,
    zh,
)  # fmt: skip
from align.languages import id as indonesian
from align.languages.language import Language

__all__ = ["LANGUAGES", "Language", "find_language"]

LANGUAGES: tuple[Language, ...] = tuple(
    module.LANGUAGE
    for module in (
        ar, cs, de, en, es, fr, hi, indonesian, it, ja, ko, nl, pl, pt, ru, th, tr, uk, vi, zh,
    )
)  # fmt: skip
"""Every language that has facts of its own."""

_BY_TAG = {language.tag: language for language in LANGUAGES}


def find_language(tag: str | None) -> Language:
    """Return the facts of a language, or a record without facts that only bears its tag."""
    tag = (tag or "und").split("-")[0].lower()
    return _BY_TAG.get(tag) or Language(tag=tag, name=tag)
