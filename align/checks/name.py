"""Names of people, places and bodies that the translation lost, replaced or brought in.

Why it matters: a wrong or missing name reads as smoothly as the right one, and it is what a reader
remembers of an article.
A name is there when any of its words is: spelled alike in Latin letters whatever the script, known
to CLDR, to the language's own list or to the desk's aliases ("Russia", "Nga"), or translated, which
the word relatedness shows ("White House", "Nhà Trắng"). A name that only the target has is reported
when it is plainly copied and nothing in the source explains it. Where nobody has written down what
a native word looks like, the verifier has to bear witness against the words of the name. Names that
the surrounding target text gives and the surrounding source does not have only moved.
Nationalities, titles, months and headlines are not looked at.
Known misses: a name that opens its sentence and stands nowhere else, acronyms, one first name for
another, source languages without capitals or with capitals on all nouns, names that were spelled
anew in another script; without an encoder nothing is reported,
since nothing tells a lost name from a translated one. See tests/cases/name.toml.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from align.bitext import Span
from align.checks.check import Check, Example, Mismatch, Pair
from align.finding import ErrorType, Severity
from align.judgement import WordOdds
from align.languages.language import Language
from align.names import (
    AKIN,
    PIECE,
    is_acronym,
    is_headline,
    is_inside,
    is_native,
    is_people,
    known,
    opens,
    runs,
    spelled,
)
from align.predicates import Reading, readings

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
WITNESS = 0.15
"""Probability that one of a name's words is lost or changed, from which the verifier bears witness.
It alone says little, but of 192 faithful German development pairs none has such a name that is
spelled nowhere, and of planted errors in names three in four; Japanese pairs have both less often,
and more false ones."""
ALIKE = 60.0
"""Similarity in per cent of spellings that the verifier is not believed against: Lavrov, Lawrow."""
_LATIN = regex.compile(r"\p{Latin}")
LOST = 0.6
"""Confidence of a name that is gone; one that another name replaces is surer."""


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
    if not pair.target_language.native_word:
        yield from _witnessed(pair)
        return
    languages = pair.source_language, pair.target_language
    texts = readings((pair.source, pair.target), languages, pair.related)
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
    for other in strangers:
        message = f"“{other.of(pair.target)}” is not in the source."
        yield Mismatch(message, (), (other,), confidence=LOST)


def _witnessed(pair: Pair) -> Iterator[Mismatch]:
    """Yield the names that are spelled nowhere and whose words the verifier misses."""
    # In another script names are spelled anew, each translator in his own way.
    script = pair.target_language.script
    letters = regex.findall(r"\p{L}", pair.target)
    latin = "Latin" in script if script else len(_LATIN.findall(pair.target)) * 2 >= len(letters)
    if pair.judgement is None or not latin:
        return
    odds = pair.judgement.source
    for name in _names(pair):
        words = [word.of(pair.source) for word in name.words]
        alike = any(spelled(word, PIECE.findall(pair.target), ALIKE) for word in words)
        if alike or _spelled_out(name, pair):
            continue
        mine = [i for i, word in enumerate(odds.spans) if any(map(word.overlaps, name.words))]
        lost = max((float(odds.lacking[i]) for i in mine), default=0.0)
        changed = max((float(odds.changed[i]) for i in mine), default=0.0)
        if max(lost, changed) < WITNESS:
            continue
        text = name.span.of(pair.source)
        if lost >= changed:
            message = f"“{text}” is missing from the translation."
            yield Mismatch(message, (name.span,), error_type=ErrorType.OMISSION)
        else:
            other = _most_changed(pair.judgement.target)
            message = f"“{text}” seems to have become “{other.of(pair.target)}”."
            yield Mismatch(message, (name.span,), (other,))


def _most_changed(odds: WordOdds) -> Span:
    return odds.spans[int(odds.changed.argmax())]


def _names(pair: Pair) -> Iterator[_Name]:
    """Yield the names of the source, without titles, peoples, dates and common words."""
    if is_headline(pair.source):
        return
    language = pair.source_language
    common = set(regex.findall(r"(?<![\p{L}\p{M}])\p{Ll}+", f"{pair.source} {pair.source_nearby}"))
    common |= _excluded(language)
    for run in runs(pair.source, language):
        supporting = [w for w in run if _supports(w, pair)]
        own = [w for w in supporting if _is_own(w, pair, common)]
        if own:
            yield _Name(tuple(own), tuple(supporting))


def _supports(span: Span, pair: Pair) -> bool:
    word = span.of(pair.source)
    if word.lower() in pair.source_language.honorifics:
        return False
    # Every sentence opens with a capital; only one inside a sentence tells a name.
    return (
        not opens(pair.source, span.start)
        or is_inside(word, pair.source, span.start)
        or is_inside(word, pair.source_nearby)
    )


def _is_own(span: Span, pair: Pair, common: set[str]) -> bool:
    word = span.of(pair.source)
    if len(word) < 3 or is_acronym(word):
        return False
    if word.lower() in common or word.lower().removesuffix("s") in common:
        return False
    return not is_people(word, pair.source_language.tag)


def _excluded(language: Language) -> set[str]:
    dates = (name.lower() for names in (*language.months, *language.weekdays) for name in names)
    return {*dates, *language.honorifics, *language.peoples, *language.generic_names}


def _present(name: _Name, pair: Pair, texts: tuple[Reading, Reading], least: float) -> bool:
    return _spelled_out(name, pair) or _translated(name, pair, texts, least)


def _spelled_out(name: _Name, pair: Pair) -> bool:
    """Tell whether the target, or what surrounds it, has the name as anybody would write it."""
    words = [word.of(pair.source) for word in name.words]
    if any(spelled(word, PIECE.findall(pair.target)) for word in words):
        return True
    listed = known(pair.source, pair.source_language, pair.house.names)
    forms = {form for span, form in listed if span.overlaps(name.span)}
    forms.add(name.span.of(pair.source).lower())
    if forms & {form for _, form in known(pair.target, pair.target_language, pair.house.names)}:
        return True
    return _moved(words, pair)


def _moved(words: list[str], pair: Pair) -> bool:
    # What the neighbours give on both sides is no excuse: it is the neighbours' own.
    def count(text: str) -> int:
        return sum(spelled(words[-1], [piece]) for piece in PIECE.findall(text))

    return count(pair.target_nearby) > count(pair.source_nearby)


def _translated(name: _Name, pair: Pair, texts: tuple[Reading, Reading], least: float) -> bool:
    """Tell whether a word of the target stands for the name, and is not another copied name."""
    source, target = texts
    given = PIECE.findall(pair.source)
    for own in name.run:
        # "Trump's" relates to the word for its ending, such as "của".
        bare = own.end == len(pair.source) or pair.source[own.end] not in "'’"
        for j, cosine in source.claimed(source.at(own), TRANSLATED, SLACK).items():
            word = target.words[j].of(pair.target)
            if spelled(word, given):
                # "Damascus" for "Syria": no other word, "Syrian" neither, is as near to it.
                if cosine >= DOUBTED and cosine >= float(source.links[:, j].max()):
                    return True
                continue
            if not is_native(word, pair.target_language):
                continue
            if cosine >= SURE and spelled(own.of(pair.source), [word], AKIN):
                return True
            capital = _is_capital(target.words[j], pair.target) and least == COMMON
            if capital or (bare and cosine >= least):
                return True
    return False


def _is_capital(span: Span, text: str) -> bool:
    return text[span.start].isupper() and not opens(text, span.start)


def _strangers(pair: Pair, source: Reading, target: Reading) -> list[Span]:
    """Return the copied names of the target that no word of the source explains."""
    language = pair.target_language
    if not language.native_word:
        return []
    given = [w for w in PIECE.findall(f"{pair.source} {pair.source_nearby}") if len(w) > 2]
    listed = [span for span, _ in known(pair.target, language, pair.house.names)]
    found = []
    for run in runs(pair.target, language):
        copied = [w for w in run if not is_native(w.of(pair.target), language)]
        copied = [w for w in copied if len(w) > 2 and not is_acronym(w.of(pair.target))]
        if not copied or any(spelled(w.of(pair.target), given, AKIN) for w in copied):
            continue
        if any(span.overlaps(w) for w in copied for span in listed):
            continue
        if not any(_is_of_people(source, target, w, pair.source_language) for w in copied):
            found.append(Span(copied[0].start, copied[-1].end))
    return found


def _is_of_people(source: Reading, target: Reading, word: Span, language: Language) -> bool:
    # "Wales" stands for "Welsh".
    for j in target.at(word):
        best = source.words[int(source.links[:, j].argmax())].of(source.text)
        if best.lower() in language.peoples or is_people(best, language.tag):
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
    version=4,
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
    needs_encoder=True,
)
