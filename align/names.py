"""Names in running text: where they stand, how they are spelled, and what CLDR knows of them."""

import functools
from collections.abc import Iterable, Iterator, Mapping

import regex
from anyascii import anyascii
from babel import Locale, UnknownLocaleError
from rapidfuzz import fuzz

from align.bitext import Span
from align.languages.language import Language

ALIKE = 80.0
"""Similarity in per cent from which two spellings are one name: Mouaz and Moaz 89."""
AKIN = 70.0
"""The same where something else agrees as well: Munich and München 77."""
LONG = 4
"""Words of fewer letters must be spelled the same to be alike."""
HEADLINE = 0.9
"""From this share of capitals among its words of four letters and more, a line is a headline."""

PIECE = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_WORD = r"(?:\p{Ll}{1,3}[-’'])?\p{Lu}[\p{L}\p{M}\p{N}]*(?:[’']\p{Lu}[\p{L}\p{M}]*|-[\p{L}\p{M}]+)*"
_CAPITAL = regex.compile(rf"(?<![\p{{L}}\p{{M}}\p{{N}}]){_WORD}")
_OPENING = regex.compile(r"(?:^|[.!?:;…“”\"‘'«(\[–—-]\s*|\s-\s*)$")
_ACRONYM = regex.compile(r"\p{Lu}+|\p{Lu}{2,}\p{Ll}?|\p{Lu}\p{Ll}?\p{Lu}|\p{Lu}-.*")
_LETTERS = regex.compile(r"\p{L}{4,}")
_ENDINGS = (
    *("n", "ns", "an", "ans", "ian", "ians", "ean", "eans", "ish", "ese", "i", "is", "er", "ers"),
)
_CUT = 3
"""How many letters a territory's name may lose before the ending: Germany, German."""


def runs(text: str, language: Language) -> Iterator[list[Span]]:
    """Yield the runs of capitalised words: "Hall of Fame" is one, a title and a name are one."""
    joiners = {" ", *(f" {word} " for word in language.name_joiners)}
    run: list[Span] = []
    for match in _CAPITAL.finditer(text):
        span = Span(*match.span())
        if run and text[run[-1].end : span.start] not in joiners:
            yield run
            run = []
        run.append(span)
    if run:
        yield run


def opens(text: str, start: int) -> bool:
    """Tell whether a word opens a sentence or a quotation, where every word has its capital."""
    return bool(_OPENING.search(text[max(0, start - 8) : start]))


def is_inside(word: str, text: str, besides: int = -1) -> bool:
    """Tell whether a word stands in a text with its capital, elsewhere than at an opening."""
    pattern = rf"(?<![\p{{L}}\p{{M}}]){regex.escape(word)}(?![\p{{L}}\p{{M}}])"
    return any(
        match.start() != besides and not opens(text, match.start())
        for match in regex.finditer(pattern, text)
    )


def is_headline(text: str) -> bool:
    """Tell whether nearly every word has a capital, so that capitals say nothing."""
    words: list[str] = _LETTERS.findall(text)
    return sum(word[0].isupper() for word in words) >= HEADLINE * len(words)


def is_acronym(word: str) -> bool:
    """Tell whether a word is made of initials, which languages translate: UN, LHQ, R-Arizona."""
    return _ACRONYM.fullmatch(word) is not None


def is_native(word: str, language: Language) -> bool:
    """Tell whether a word may be the language's own; without the fact, every word may."""
    pattern = language.native_word
    words = PIECE.findall(word)
    return not pattern or all(regex.fullmatch(pattern, w, regex.I) is not None for w in words)


def is_people(word: str, tag: str) -> bool:
    """Tell whether a word is a territory's people: its stem and an ending, "Syrian", "Chinese"."""
    lowered = word.lower()
    territories = _territories(tag)
    if lowered in territories:
        return False
    stems = {lowered.removesuffix(ending) for ending in _ENDINGS} - {lowered}
    return any(
        name.startswith(stem) and len(name) - len(stem) <= _CUT
        for stem in stems
        if len(stem) >= LONG
        for name in territories
    )


def spelled(word: str, others: Iterable[str], least: float = ALIKE) -> bool:
    """Tell whether any part of a word is spelled like any of the others, in Latin letters."""
    latin = [piece for other in others for piece in _latin(other)]
    return any(_alike(own, other, least) for own in _latin(word) for other in latin)


@functools.lru_cache(maxsize=20_000)
def _latin(word: str) -> tuple[str, ...]:
    return tuple(str(anyascii(piece)).lower() for piece in PIECE.findall(word))


def _alike(own: str, other: str, least: float) -> bool:
    if own == other:
        return len(own) > 1
    shorter, longer = sorted((own, other), key=len)
    if len(shorter) < LONG:
        return False
    if longer.startswith(shorter) or (len(shorter) > LONG and shorter in longer):
        return True
    return bool(fuzz.ratio(own, other) >= least)


def known(text: str, language: Language, more: Mapping[str, str]) -> list[tuple[Span, str]]:
    """Return where listed names stand, with the one form they share in all languages.

    Args:
        text: The text of one side.
        language: Its language, which names territories, cities and bodies in its own way.
        more: Further names in lower case, to that one form.
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        return []
    found = []
    for name, shared in (_listed(language.tag) | dict(language.names) | dict(more)).items():
        if name in lowered:
            pattern = rf"(?<![\p{{L}}\p{{M}}]){regex.escape(name)}(?![\p{{L}}\p{{M}}])"
            if regex.search(r"\p{Han}|\p{Hiragana}|\p{Katakana}|\p{Thai}", name):
                pattern = regex.escape(name)
            found += [(Span(*m.span()), shared) for m in regex.finditer(pattern, lowered)]
    return found


@functools.cache
def _territories(tag: str) -> dict[str, str]:
    """Map CLDR's territory names in one language, lower case, to their English ones."""
    try:
        own = Locale.parse(tag, sep="-").territories
    except (UnknownLocaleError, ValueError):
        return {}
    english = Locale("en").territories
    # Codes of digits are regions of the world: "Africa" is a name too.
    return {name.lower(): english[code].lower() for code, name in own.items() if code in english}


@functools.cache
def _listed(tag: str) -> dict[str, str]:
    """Map CLDR's names of territories, and of the cities of its time zones, to their English ones.

    CLDR lists a city only where its name is not the English one.
    """
    territories = _territories(tag)
    if not territories:
        return {}
    zones = Locale.parse(tag, sep="-").time_zones
    cities = {
        facts["city"].lower(): zone.rsplit("/", 1)[-1].replace("_", " ").lower()
        for zone, facts in zones.items()
        if "city" in facts and "/" in zone
    }
    return cities | territories
