"""Tests of the tables of language facts: what the checks take for granted about them."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields

import pytest
import regex

from align.bitext import Span
from align.dates import PartKind, find_date_parts
from align.languages import LANGUAGES, Language, find_language
from align.measures import UNITS, find_measures
from align.numerals import find_lexicon
from align.quantities import find_quantities

IDS = [language.tag for language in LANGUAGES]
NUMBER_TABLES = (
    "number_words", "scale_words", "ordinal_words", "unit_words", "fraction_words",
)  # fmt: skip
PATTERNS = (
    "not_numbers", "century_words", "approximations", "hour_words", "hour_cues", "date_cues",
    "date_joiners", "relative_dates", "furniture", "negation", "implied_negation", "future",
    "prospective", "past", "possible", "necessary",
)  # fmt: skip
MONEY = {
    "dollar", "euro", "pound sterling", "yen", "yuan", "rupee", "rouble", "won", "dong", "lira",
    "baht", "rupiah", "zloty", "hryvnia", "koruna",
}  # fmt: skip


def texts(value: object) -> Iterator[str]:
    """Yield all the words and patterns inside a field."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts(key)
            yield from texts(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)


@pytest.mark.parametrize("language", LANGUAGES, ids=IDS)
def test_words_are_in_nfc(language: Language) -> None:
    """Texts are compared in NFC, so a table in another form would match nothing."""
    for entry in fields(language):
        for word in texts(getattr(language, entry.name)):
            assert unicodedata.is_normalized("NFC", word), (entry.name, word)


@pytest.mark.parametrize("language", LANGUAGES, ids=IDS)
def test_patterns_compile(language: Language) -> None:
    """Every pattern of a table is one, and none matches the empty text unless it means to."""
    for name in PATTERNS:
        for pattern in getattr(language, name):
            regex.compile(pattern, regex.IGNORECASE)
    for name in ("number_prefix", "number_suffix", "year_sign", "day_sign", "native_word"):
        re.compile(getattr(language, name))


@pytest.mark.parametrize("language", LANGUAGES, ids=IDS)
def test_number_words_are_lower_case(language: Language) -> None:
    """Number words are looked up in lower case."""
    for name in NUMBER_TABLES:
        for forms in getattr(language, name):
            assert all(form and form == form.lower() for form in forms.split("|")), (name, forms)


@pytest.mark.parametrize("language", LANGUAGES, ids=IDS)
def test_unclear_words_are_number_words(language: Language) -> None:
    """A word can only be unclear if a table of numbers has it at all."""
    known = find_lexicon(language).words
    assert {word for word in language.unclear_numbers if word.lower() not in known} == set()


@pytest.mark.parametrize("language", LANGUAGES, ids=IDS)
def test_calendar_is_whole(language: Language) -> None:
    """There are twelve months and seven weekdays, and each first name is read as its own number."""
    assert (len(language.months), len(language.weekdays)) == (12, 7)
    for kind, table in ((PartKind.MONTH, language.months), (PartKind.WEEKDAY, language.weekdays)):
        for number, names in enumerate(table, start=1):
            plain = [name for name in names if not re.search(r"[\[\](){}?*+\\]", name)]
            for name in plain[:1]:
                parts = [part for part in find_date_parts(name, language) if part.kind is kind]
                assert [part.values for part in parts] == [{number}], name


@pytest.mark.parametrize("language", LANGUAGES, ids=IDS)
def test_numbers_are_what_their_table_says(language: Language) -> None:
    """A clear number word alone is read with its value."""
    for forms, value in language.number_words.items():
        for form in forms.split("|"):
            if form in language.unclear_numbers or language.number_prefix or value > 10**6:
                continue
            found = [v for q in find_quantities(form, language) for v in q.values]
            stem = not found and language.fused_numbers
            assert stem or value in found, form


@pytest.mark.parametrize("language", LANGUAGES, ids=IDS)
def test_units_are_known(language: Language) -> None:
    """A unit is called as `measures.py` calls it, and its names are in lower case."""
    for unit, forms in language.units.items():
        assert unit in UNITS or unit in MONEY, unit
        assert all(form and form == form.lower() for form in forms.split("|")), forms
    assert {"kilometre", "mile", "dollar", "euro"} <= language.units.keys()


@pytest.mark.parametrize("language", LANGUAGES, ids=IDS)
def test_a_unit_is_found_behind_its_number(language: Language) -> None:
    """The first name of a unit, written behind a number, is found to be that unit."""
    for unit, forms in language.units.items():
        text = f"12 {forms.split('|')[0]}"
        (measure,) = find_measures(text, language)
        assert unit in measure.units, text
        assert measure.span == Span(0, len(text)), text


def test_tags_are_unique_and_found() -> None:
    """Each language is found by its tag, with or without a country, and by no other."""
    assert len(set(IDS)) == len(IDS)
    for language in LANGUAGES:
        assert find_language(f"{language.tag}-XX") is language


def test_twenty_languages_have_facts() -> None:
    """English, Vietnamese and at least eighteen more have their numbers and scripts."""
    assert len(LANGUAGES) >= 20
    for tag in IDS:
        language = find_language(tag)
        assert language.number_words, tag
        assert language.scale_words, tag
        assert language.script, tag
