"""Terms of the desk's glossary that are translated otherwise, or by a forbidden word.

Why it matters: a desk agrees on its terms so that readers meet one name for one thing; a synonym is
fluent, and slips through.
A term is looked for as whole words whose endings may be inflected; its translations likewise. Where
the glossary allows several translations, an article that uses two of them is noted.
Known misses: terms that no glossary lists, words inside compounds, prefixes that inflect. Without a
glossary (`[checks.terminology] glossary = "terms.csv"`) nothing is looked at.
See tests/cases/terminology.toml.
"""

import functools
from collections.abc import Iterator

import regex

from align.bitext import Span
from align.checks.check import Check, Example, Mismatch, Pair
from align.finding import ErrorType, Severity
from align.house import Term
from align.languages.language import Language

STEM = 3
"""A word of an inflected language keeps at least so many letters."""
LISTED = 0.8
"""Confidence of a forbidden word that stands there."""
NOTED = 0.5
"""Confidence of a note on two translations of one term."""


def find(pair: Pair) -> Iterator[Mismatch]:
    """Yield the terms of the source whose translation the glossary does not allow."""
    for term in pair.house.terms if pair.target else ():
        if not _applies(term, pair):
            continue
        source = _places(term.source, pair.source, pair.source_language, term.case_sensitive)
        if source:
            yield from _judged(term, source, pair)


def _applies(term: Term, pair: Pair) -> bool:
    tags = (
        (term.source_language, pair.source_language),
        (term.target_language, pair.target_language),
    )
    return all(tag in ("", language.tag) for tag, language in tags)


def _judged(term: Term, source: list[Span], pair: Pair) -> Iterator[Mismatch]:
    def places(words: str, text: str = pair.target) -> list[Span]:
        return _places(words, text, pair.target_language, term.case_sensitive)

    used = {words: found for words in term.required if (found := places(words))}
    wrong = [
        span
        for words in term.forbidden
        for span in places(words)
        # A forbidden word may be a part of the right one.
        if not any(span.overlaps(right) for found in used.values() for right in found)
    ]
    wanted = " or ".join(f"“{words}”" for words in term.required)
    name = source[0].of(pair.source)
    if wrong:
        instead = f", but {wanted}" if wanted else ""
        message = f"“{name}” is not to be “{wrong[0].of(pair.target)}”{instead}."
        yield Mismatch(message, (source[0],), (wrong[0],), confidence=LISTED)
    elif wanted and not used and not any(places(w, pair.target_nearby) for w in term.required):
        message = f"“{name}” is to be translated as {wanted}."
        yield Mismatch(message, (source[0],))
    elif len(used) == 1:
        (here, found), *_ = used.items()
        others = [w for w in term.required if w != here and places(w, pair.target_article)]
        if others:
            message = f"“{name}” is “{others[0]}” elsewhere in this article."
            yield Mismatch(message, (source[0],), (found[0],), Severity.NEUTRAL, NOTED)


def _places(words: str, text: str, language: Language, exact: bool) -> list[Span]:
    pattern = _pattern(words, 0 if exact else language.ending, exact)
    return [Span(*match.span()) for match in pattern.finditer(text)]


@functools.lru_cache(maxsize=10_000)
def _pattern(words: str, ending: int, exact: bool) -> regex.Pattern[str]:
    """Compile a term: each word may lose its last letters and gain some more."""
    parts = []
    for word in words.split():
        kept = max(min(STEM, len(word)), len(word) - ending)
        gained = len(word) - kept + ending
        parts.append(regex.escape(word[:kept]) + (rf"\p{{L}}{{0,{gained}}}" if ending else ""))
    joined = r"\s+".join(parts)
    letter = r"[[\p{L}\p{M}\p{N}]--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]]"
    flags = regex.V1 | (0 if exact else regex.I)
    return regex.compile(rf"(?<!{letter}){joined}(?!{letter})", flags)


CHECK = Check(
    name="terminology",
    code="TERM",
    version=1,
    error_type=ErrorType.TERMINOLOGY,
    severity=Severity.MINOR,
    confidence=0.7,
    find=find,
    examples=(
        Example(
            source="The ceasefire held through the night.",
            wrong="Sự đình chiến được giữ suốt đêm.",
            right="Lệnh ngừng bắn được giữ suốt đêm.",
            terms=(Term("ceasefire", ("lệnh ngừng bắn",)),),
        ),
    ),
)
