"""Names of people, places and bodies that the translation lost or replaced.

Why it matters: a wrong or missing name reads as smoothly as the right one, and it is what a reader
remembers of an article.
A name is there when any of its words is: spelled alike in Latin letters whatever the script, known
to CLDR or to the language's own list ("Russia", "Nga"), or translated, which the word relatedness
shows ("White House", "Nhà Trắng"). Names that the surrounding target text gives and the surrounding
source does not have only moved. Nationalities, titles, months and headlines are not looked at.
Known misses: a name that opens its sentence and stands nowhere else, acronyms, names that only the
target has (a pronoun may rightly become a name), names that changed places, source languages
without capitals or with capitals on all nouns, target languages that nobody has written facts for
(on faithful Arabic news one pair in ten would have a finding); without an encoder nothing is
reported, since nothing tells a lost name from a translated one. See tests/cases/name.toml.
"""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex
from anyascii import anyascii
from babel import Locale, UnknownLocaleError
from rapidfuzz import fuzz

from align.bitext import Span
from align.checks.check import Check, Example, Mismatch, Pair
from align.finding import ErrorType, Severity
from align.languages.language import Language
from align.predicates import Reading, readings

ALIKE = 80.0
"""Similarity in per cent from which two spellings are one name: Mouaz and Moaz 89."""
AKIN = 70.0
"""The same where the word relatedness agrees: Munich and München 77."""
TRANSLATED = 0.3
"""Least cosine of a name with the word that translates it, if no other word claims that word
better. Chosen on NTREX English-Vietnamese, train; lost names have no such word."""
COMMON = 0.38
"""The same for a word in small letters."""
DOUBTED = 0.5
"""The same for any word, if the target has a name that the source does not explain."""
SURE = 0.45
"""The same for a word that is spelled a little alike."""
SLACK = 0.05
"""How far below the best of its column the cosine may lie."""
LOST = 0.6
"""Confidence of a name that is gone; one that another name replaces is surer."""
HEADLINE = 0.9
"""From this share of capitals among its words of four letters and more, a line is a headline."""
LONG = 4
"""Words of fewer letters must be spelled the same to be alike."""

_WORD = r"(?:\p{Ll}{1,3}[-’'])?\p{Lu}[\p{L}\p{M}\p{N}]*(?:[’']\p{Lu}[\p{L}\p{M}]*|-[\p{L}\p{M}]+)*"
_CAPITAL = regex.compile(rf"(?<![\p{{L}}\p{{M}}\p{{N}}]){_WORD}")
_OPENING = regex.compile(r"(?:^|[.!?:;…“”\"‘'«(\[–—-]\s*|\s-\s*)$")
_ACRONYM = regex.compile(r"\p{Lu}+|\p{Lu}{2,}\p{Ll}?|\p{Lu}\p{Ll}?\p{Lu}|\p{Lu}-.*")
_PIECE = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_ENDINGS = (
    "n",
    "ns",
    "an",
    "ans",
    "ian",
    "ians",
    "ean",
    "eans",
    "ish",
    "ese",
    "i",
    "is",
    "er",
    "ers",
)
_CUT = 3
"""How many letters a territory's name may lose before the ending: Germany, German."""


@dataclass(frozen=True, slots=True)
class _Name:
    """Words of a run of capitals that name something.

    `words` are the name's own; `run` is the whole run, where a translated word shows that the
    name is there: the "Prison" of "Prison Service". Titles are in neither.
    """

    words: tuple[Span, ...]
    run: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """The words of the name and what stands between them."""
        return Span(self.words[0].start, self.words[-1].end)


def find(pair: Pair) -> Iterator[Mismatch]:
    """Yield the names of the source that have no counterpart, those just lost in one mismatch."""
    if pair.related is None or not pair.target or not pair.source_language.name_capitals:
        return
    texts = readings(pair.source, pair.target, pair.related)
    strangers = _strangers(pair, *texts)
    # A copied name that the source does not explain asks for better proof of a translation.
    least = DOUBTED if strangers else COMMON
    lost = [name for name in _names(pair) if not _present(name, pair, texts, least)]
    gone = []
    for name in lost:
        other = _replacement(name, texts, strangers, len(lost) == 1)
        if other is None:
            gone.append(name.span)
            continue
        strangers.remove(other)
        message = f"“{name.span.of(pair.source)}” became “{other.of(pair.target)}”."
        yield Mismatch(message, (name.span,), (other,))
    if gone:
        names = ", ".join(f"“{span.of(pair.source)}”" for span in gone)
        verb = "is" if len(gone) == 1 else "are"
        message = f"{names} {verb} missing from the translation."
        yield Mismatch(message, tuple(gone), confidence=LOST, error_type=ErrorType.OMISSION)


def _names(pair: Pair) -> Iterator[_Name]:
    """Yield the names of the source, without titles, peoples, dates and common words."""
    if _is_headline(pair.source):
        return
    language = pair.source_language
    common = set(regex.findall(r"(?<![\p{L}\p{M}])\p{Ll}+", f"{pair.source} {pair.source_nearby}"))
    common |= _excluded(language)
    for run in _runs(pair.source, language):
        supporting = [w for w in run if _supports(w, pair)]
        own = [w for w in supporting if _is_own(w, pair, common)]
        if own:
            yield _Name(tuple(own), tuple(supporting))


def _runs(text: str, language: Language) -> Iterator[list[Span]]:
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


def _supports(span: Span, pair: Pair) -> bool:
    if span.of(pair.source).lower() in pair.source_language.honorifics:
        return False
    return not _OPENING.search(pair.source[: span.start]) or _corroborated(
        span.of(pair.source), pair, span.start
    )


def _is_own(span: Span, pair: Pair, common: set[str]) -> bool:
    word = span.of(pair.source)
    if len(word) < 3 or _ACRONYM.fullmatch(word):
        return False
    if word.lower() in common or word.lower().removesuffix("s") in common:
        return False
    return not _is_people(word, pair.source_language.tag)


def _is_headline(text: str) -> bool:
    words = regex.findall(r"\p{L}{4,}", text)
    capitals = [w for w in words if w[0].isupper()]
    return len(capitals) >= HEADLINE * len(words)


def _excluded(language: Language) -> set[str]:
    dates = (name.lower() for names in (*language.months, *language.weekdays) for name in names)
    return {*dates, *language.honorifics, *language.peoples, *language.generic_names}


def _corroborated(word: str, pair: Pair, start: int) -> bool:
    # Every sentence opens with a capital; only one inside a sentence tells a name.
    for text in (pair.source, pair.source_nearby):
        for match in regex.finditer(
            rf"(?<![\p{{L}}\p{{M}}]){regex.escape(word)}(?![\p{{L}}\p{{M}}])", text
        ):
            if text is pair.source and match.start() == start:
                continue
            if not _OPENING.search(text[: match.start()]):
                return True
    return False


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


def _known(text: str, language: Language) -> list[tuple[Span, str]]:
    """Return where territories and other listed names stand, with their English forms."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return []
    found = []
    for name, english in (_territories(language.tag) | dict(language.names)).items():
        if name in lowered:
            pattern = rf"(?<![\p{{L}}\p{{M}}]){regex.escape(name)}(?![\p{{L}}\p{{M}}])"
            found += [(Span(*m.span()), english) for m in regex.finditer(pattern, lowered)]
    return found


def _is_people(word: str, tag: str) -> bool:
    # "Syrian", "Mexicans", "Chinese": the stem of a territory and an ending, which may be dropped.
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


def _present(name: _Name, pair: Pair, texts: tuple[Reading, Reading], least: float) -> bool:
    words = [word.of(pair.source) for word in name.words]
    if any(_spelled(word, _PIECE.findall(pair.target)) for word in words):
        return True
    known = {e for span, e in _known(pair.source, pair.source_language) if span.overlaps(name.span)}
    known.add(name.span.of(pair.source).lower())
    if known & {english for _, english in _known(pair.target, pair.target_language)}:
        return True
    return _moved(words, pair) or _translated(name, pair, texts, least)


def _latin(word: str) -> list[str]:
    return [str(anyascii(piece)).lower() for piece in _PIECE.findall(word)]


def _spelled(word: str, others: Iterable[str], least: float = ALIKE) -> bool:
    """Tell whether any part of a word is spelled like any of the others, in Latin letters."""
    latin = [piece for other in others for piece in _latin(other)]
    return any(_alike(own, other, least) for own in _latin(word) for other in latin)


def _alike(own: str, other: str, least: float) -> bool:
    if own == other:
        return len(own) > 1
    shorter, longer = sorted((own, other), key=len)
    if len(shorter) < LONG:
        return False
    if longer.startswith(shorter) or (len(shorter) > LONG and shorter in longer):
        return True
    return bool(fuzz.ratio(own, other) >= least)


def _moved(words: list[str], pair: Pair) -> bool:
    # What the neighbours give on both sides is no excuse: it is the neighbours' own.
    def count(text: str) -> int:
        return sum(_spelled(words[-1], [piece]) for piece in _PIECE.findall(text))

    return count(pair.target_nearby) > count(pair.source_nearby)


def _translated(name: _Name, pair: Pair, texts: tuple[Reading, Reading], least: float) -> bool:
    """Tell whether a word of the target stands for the name, and is not another copied name."""
    source, target = texts
    spelled = _PIECE.findall(pair.source)
    for own in name.run:
        # "Trump's" relates to the word for its ending, such as "của".
        bare = own.end == len(pair.source) or pair.source[own.end] not in "'’"
        for j, cosine in source.claimed(source.at(own), TRANSLATED, SLACK).items():
            word = target.words[j].of(pair.target)
            if _spelled(word, spelled):
                # "Damascus" for "Syria": no other word, "Syrian" neither, is as near to it.
                if cosine >= DOUBTED and cosine >= float(source.links[:, j].max()):
                    return True
                continue
            if not _is_native(word, pair.target_language):
                continue
            if cosine >= SURE and _spelled(own.of(pair.source), [word], AKIN):
                return True
            capital = _is_capital(target.words[j], pair.target) and least == COMMON
            if capital or (bare and cosine >= least):
                return True
    return False


def _is_capital(span: Span, text: str) -> bool:
    return text[span.start].isupper() and not _OPENING.search(text[: span.start])


def _is_native(word: str, language: Language) -> bool:
    # Without the fact every word may be the language's own, and the check stays silent.
    pattern = language.native_word
    return not pattern or all(regex.fullmatch(pattern, w, regex.I) for w in _PIECE.findall(word))


def _strangers(pair: Pair, source: Reading, target: Reading) -> list[Span]:
    """Return the copied names of the target that no word of the source explains."""
    language = pair.target_language
    if not language.native_word:
        return []
    spelled = _PIECE.findall(f"{pair.source} {pair.source_nearby}")
    found = []
    for run in _runs(pair.target, language):
        copied = [w for w in run if not _is_native(w.of(pair.target), language)]
        copied = [w for w in copied if len(w) > 2 and not _ACRONYM.fullmatch(w.of(pair.target))]
        if not copied or any(_spelled(w.of(pair.target), spelled, AKIN) for w in run):
            continue
        if not any(_is_of_people(source, target, w, pair.source_language) for w in copied):
            found.append(Span(copied[0].start, copied[-1].end))
    return found


def _is_of_people(source: Reading, target: Reading, word: Span, language: Language) -> bool:
    # "Wales" stands for "Welsh".
    for j in target.at(word):
        best = source.words[int(source.links[:, j].argmax())].of(source.text)
        if best.lower() in language.peoples or _is_people(best, language.tag):
            return True
    return False


def _replacement(
    name: _Name, texts: tuple[Reading, Reading], strangers: list[Span], single: bool
) -> Span | None:
    """Return the copied name that stands where the lost one should: the only one, or the likest."""
    source, target = texts
    if not strangers:
        return None
    if single and len(strangers) == 1:
        return strangers[0]
    own = source.at(name.span)

    def likeness(span: Span) -> float:
        return float(source.links[own][:, target.at(span)].max())

    best = max(strangers, key=likeness)
    return best if likeness(best) >= TRANSLATED else None


CHECK = Check(
    name="name",
    code="NAME",
    version=1,
    error_type=ErrorType.NAME,
    severity=Severity.MAJOR,
    confidence=0.7,
    find=find,
    examples=(
        Example(
            source="The envoy met Sergei Lavrov and Lakhdar Brahimi in Munich.",
            wrong="Đặc sứ đã gặp ông Sergei Lavrov tại Munich.",
            right="Đặc sứ đã gặp ông Sergei Lavrov và ông Lakhdar Brahimi tại Munich.",
        ),
        Example(
            source="The minister said that Syria had rejected the plan.",
            wrong="Bộ trưởng nói rằng Libya đã bác bỏ kế hoạch này.",
            right="Bộ trưởng nói rằng Syria đã bác bỏ kế hoạch này.",
        ),
    ),
    source_facts=("name_capitals",),
    target_facts=("native_word",),
    needs_encoder=True,
)
