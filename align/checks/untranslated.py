"""Words, sentences and whole rows that were left in the language of the original.

Why it matters: what nobody translated is no error of wording but a hole in the work, and it is the
first thing that a reader sees.
Names stay as they are, and so do titles, brands and what is set in quotation marks or brackets as
the original of a term; so a word only counts here if it is written in lower case, or if it is of a
script that the language does not use.
Known misses: one or two words between languages of one script; a sentence in a third language of
the same script; see tests/cases/untranslated.toml.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from align.bitext import Span
from align.checks.check import Check, Example, Mismatch, Pair
from align.finding import ErrorType, Severity
from align.languages.language import Language

_WORD = regex.compile(
    r"(?:\S+@\S+|\w+://\S+|[@#]\w+)(*SKIP)(*FAIL)|\p{Latin}[\p{Latin}\p{M}]*"
    r"(?:[-'’.]\p{Latin}[\p{Latin}\p{M}]*)*|(?:(?!\p{Latin})[\p{L}\p{M}])+"
)
_PLAIN = regex.compile(r"\p{Ll}[\p{Ll}\p{M}]+(?:[-'’]\p{Ll}+)*|\p{Lo}[\p{Lo}\p{M}]+")
_SET_OFF = regex.compile(r"[(\[（「『“\"«„‘][^()\[\]（）「」『』“”\"«»„]{1,40}?[)\]）」』”\"»“’]")
_LEAST_LETTERS = 12
"""Letters from which the script of a text tells its language."""
_RUN = 3
"""Words that must have been left standing between languages of one script."""
_CLEAR_RUN = 5
"""The same where no small word of the original's language is among them."""
_LONG_WORD = 4
"""Letters of a single word that is told from an abbreviation or a unit by its length."""


@dataclass(frozen=True, slots=True)
class _Copy:
    """A run of words that stands in both texts, each run given by its words' numbers."""

    source: range
    target: range
    plain: int
    """How many of the words are written as common words are."""


def find(pair: Pair) -> Iterator[Mismatch]:
    """Yield the whole translation if it is none, else each run of words left standing."""
    if not (pair.source.strip() and pair.target.strip()):
        return
    source, target = _words(pair.source), _words(pair.target)
    if pair.source_language.tag == pair.target_language.tag or not target:
        return
    copies = list(_copies(source, target, pair)) if _share_words(pair) else []
    if whole := _whole(source, target, copies, pair):
        yield whole
        return
    shared = _share_script(pair.source_language, pair.target_language)
    for copy in copies:
        if _is_left(copy, source, pair, shared):
            old = Span(source[copy.source[0]].start, source[copy.source[-1]].end)
            new = Span(target[copy.target[0]].start, target[copy.target[-1]].end)
            grave = len(copy.target) > 1
            message = f"{new.of(pair.target)!r} was left in {pair.source_language.name}."
            severity = Severity.MAJOR if grave else Severity.MINOR
            yield Mismatch(message, source=(old,), target=(new,), severity=severity)


def _whole(
    source: Sequence[Span], target: Sequence[Span], copies: Sequence[_Copy], pair: Pair
) -> Mismatch | None:
    """Return the finding that the whole translation is in the wrong language, if it is."""
    copied = sum(len(copy.target) for copy in copies)
    plain = sum(copy.plain for copy in copies)
    text = Span(target[0].start, target[-1].end)
    original = Span(source[0].start, source[-1].end) if source else None
    severity = None
    if copied == len(target) > 1 and plain * 2 >= len(target):
        message = f"The translation is still in {pair.source_language.name}."
        common = {*pair.source_language.common_words}
        words = {span.of(pair.source).lower() for span in source}
        # A quotation in a third language may rightly stand in both texts.
        severity = Severity.MINOR if common and not common & words else None
    elif _is_foreign(pair):
        message = f"The translation is not in {pair.target_language.name}."
    else:
        return None
    return Mismatch(message, (original,) if original else (), (text,), severity=severity)


def _is_foreign(pair: Pair) -> bool:
    """Tell whether no letter of the translation is of a script that its language has."""
    scripts = pair.target_language.script
    if not scripts or _letters_of(scripts).search(pair.target):
        return False
    words = [span.of(pair.target) for span in _words(pair.target)]
    if sum(map(len, words)) < _LEAST_LETTERS or len(_PLAIN.findall(pair.target)) < 2:
        return False
    # A row of names and a title stay as they are: only common words make it a foreign text.
    common = {*pair.source_language.common_words, *_small_words(pair.source)}
    return sum(word in common for word in words) * 4 >= len(words)


def _share_words(pair: Pair) -> bool:
    """Tell whether any common word stands in both texts; mostly none does."""
    return not {*_small_words(pair.source)}.isdisjoint(_small_words(pair.target))


def _small_words(text: str) -> list[str]:
    return [match.group() for match in _PLAIN.finditer(text)]


def _copies(source: Sequence[Span], target: Sequence[Span], pair: Pair) -> Iterator[_Copy]:
    """Yield the longest runs of words that stand in both texts, from left to right."""
    old = [span.of(pair.source) for span in source]
    new = [span.of(pair.target) for span in target]
    places: dict[str, list[int]] = {}
    for i, word in enumerate(old):
        places.setdefault(word, []).append(i)
    j = 0
    while j < len(new):
        runs = [(_shared_length(old[i:], new[j:]), i) for i in places.get(new[j], ())]
        length, i = max(runs, default=(0, 0))
        if length:
            plain = sum(bool(_PLAIN.fullmatch(word)) for word in new[j : j + length])
            yield _Copy(range(i, i + length), range(j, j + length), plain)
        j += max(1, length)


def _shared_length(old: Sequence[str], new: Sequence[str]) -> int:
    pairs = zip(old, new, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))


def _is_left(copy: _Copy, source: Sequence[Span], pair: Pair, shared: bool) -> bool:
    """Tell whether a run that stands in both texts is something that had to be translated."""
    if not copy.plain or _is_set_off(copy, pair):
        return False
    words = [source[i].of(pair.source) for i in copy.source]
    if not shared:
        long = any(_PLAIN.fullmatch(w) and len(w) >= _LONG_WORD for w in words)
        return long and copy.plain * 2 >= len(words)
    theirs = {*pair.source_language.common_words} - {*pair.target_language.common_words}
    small = any(word in theirs for word in words)
    return copy.plain >= _CLEAR_RUN or (small and copy.plain >= _RUN and len(words) > _RUN)


def _is_set_off(copy: _Copy, pair: Pair) -> bool:
    """Tell whether a run stands in quotation marks or brackets in the translation."""
    target = _words(pair.target)
    run = Span(target[copy.target[0]].start, target[copy.target[-1]].end)
    return any(
        m.start() <= run.start and run.end <= m.end() for m in _SET_OFF.finditer(pair.target)
    )


def _share_script(one: Language, other: Language) -> bool:
    """Tell whether two languages have a script in common; so it is taken where one is not known."""
    known = one.script and other.script
    return not known or bool({*one.script.split("|")} & {*other.script.split("|")})


def _words(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _WORD.finditer(text)]


@cache
def _letters_of(scripts: str) -> regex.Pattern[str]:
    return regex.compile("".join(("[", *(rf"\p{{{name}}}" for name in scripts.split("|")), "]")))


CHECK = Check(
    name="untranslated",
    code="UNTR",
    version=1,
    error_type=ErrorType.UNTRANSLATED,
    severity=Severity.MAJOR,
    confidence=0.8,
    find=find,
    examples=(
        Example(
            source="The court will hear the case in the spring.",
            wrong="The court will hear the case in the spring.",
            right="Tòa án sẽ xét xử vụ án vào mùa xuân.",
        ),
        Example(
            source="Farmers lost most of their harvest to the flood.",
            wrong="Фермеры потеряли most of their harvest из-за наводнения.",
            right="Фермеры потеряли большую часть урожая из-за наводнения.",
            target_language="ru",
        ),
    ),
)
