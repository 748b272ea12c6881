"""Quotations that lost their marks, got marks, end early, or have another speaker.

Why it matters: quotation marks say whose words these are. Without them a claim becomes the paper's
own; with them, words are put into a mouth; with another name beside them, into the wrong one.
Passages of several words are compared, whatever marks a language quotes with. A passage that goes
on in the next segment is left alone, and so are titles and single words, which languages mark in
their own ways. Direct speech may rightly become reported speech: a short passage without marks is
only noted.
Known misses: a quotation inside another one, single words in marks, speech that a dash opens,
speakers that are no names. See tests/cases/quotation.toml.
"""

from collections.abc import Iterator

import regex

from align.bitext import Span
from align.checks.check import Check, Example, Mismatch, Pair
from align.finding import ErrorType, Severity
from align.languages.language import Language
from align.names import PIECE, is_acronym, is_people, known, runs, spelled
from align.predicates import find_markers
from align.quotations import Quotation, has_loose_mark, quotations

SHORT = 4
"""Passages of fewer words are titles, nicknames and doubts, which languages mark differently."""
LONG = 8
"""From so many words on a passage is a statement. On NTREX train, two German and Vietnamese pairs
in a hundred differ in marks on shorter ones, one in two hundred on longer ones."""
UNSPACED = 2
"""How many characters of a script without spaces count as one word."""
CUT = 0.5
"""Share of the sentence that a quotation must keep of the share it has in the source."""
BESIDE = 3
"""How many words may stand between a speaker and the verb of speaking."""
SPEAKER = 0.6
"""Confidence of a changed speaker."""

_NO_SPACES = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")


def find(pair: Pair) -> Iterator[Mismatch]:
    """Yield the passages whose marks differ, then the speaker that changed."""
    if not pair.source or not pair.target:
        return
    source, target = _passages(pair.source), _passages(pair.target)
    loose = has_loose_mark(pair.source) or has_loose_mark(pair.target)
    if not loose and source and not any(quotations(pair.target)):
        longest = max(source, key=lambda q: q.words)
        message = "These words are quoted; the translation does not quote them."
        yield Mismatch(message, (longest.span,), (), _severity(longest, pair.source))
    elif not loose and target and not any(quotations(pair.source)):
        longest = max(target, key=lambda q: q.words)
        message = "The translation quotes these words; the source does not."
        yield Mismatch(message, (), (longest.span,), _severity(longest, pair.target))
    elif not loose and len(source) == len(target) == 1:
        yield from _cut(pair, source[0], target[0])
    if source and target:
        yield from _speaker(pair)


def _passages(text: str) -> list[Quotation]:
    return [q for q in quotations(text) if _length(q, text) >= SHORT]


def _length(quotation: Quotation, text: str) -> float:
    unspaced = _NO_SPACES.search(quotation.span.of(text))
    return quotation.words / UNSPACED if unspaced else float(quotation.words)


def _severity(quotation: Quotation, text: str) -> Severity:
    return Severity.MINOR if _length(quotation, text) >= LONG else Severity.NEUTRAL


def _cut(pair: Pair, source: Quotation, target: Quotation) -> Iterator[Mismatch]:
    """Yield a quotation that covers much less of the translation than of the source."""
    if _length(source, pair.source) < LONG:
        return
    was = len(source.span.of(pair.source)) / len(pair.source)
    now = len(target.span.of(pair.target)) / len(pair.target)
    if now < CUT * was:
        message = "The quotation is much shorter in the translation."
        yield Mismatch(message, (source.span,), (target.span,), Severity.MINOR)


def _speaker(pair: Pair) -> Iterator[Mismatch]:
    """Yield the speaker of the translation if it is another name of the source."""
    was = _speakers(pair.source, pair.source_language)
    now = _speakers(pair.target, pair.target_language)
    if len(was) != 1 or len(now) != 1:
        return
    old, new = was[0].of(pair.source), now[0].of(pair.target)
    others = [name for name in _people(pair) if not name.overlaps(was[0])]
    if _same(old, new) or not any(_same(new, name.of(pair.source)) for name in others):
        return
    message = f"“{old}” says this; in the translation it is “{new}”."
    yield Mismatch(message, (was[0],), (now[0],), Severity.MAJOR, SPEAKER)


def _people(pair: Pair) -> Iterator[Span]:
    """Yield the names of the source that may speak: no place follows a preposition, none a map."""
    places = [span for span, _ in known(pair.source, pair.source_language, pair.house.names)]
    small = find_markers(pair.source, pair.source_language.small_words)
    for run in runs(pair.source, pair.source_language):
        name = Span(run[0].start, run[-1].end)
        placed = any(span.end == name.start - 1 for span in small)
        if placed or any(span.overlaps(name) for span in places):
            continue
        word = name.of(pair.source)
        if not is_people(word, pair.source_language.tag) and not is_acronym(word):
            yield name


def _same(one: str, other: str) -> bool:
    return any(spelled(piece, PIECE.findall(other)) for piece in PIECE.findall(one))


def _speakers(text: str, language: Language) -> list[Span]:
    """Return the names beside a verb of speaking, outside of the quoted words."""
    quoted = [quotation.span for quotation in quotations(text)]
    names = [
        Span(run[0].start, run[-1].end)
        for run in runs(text, language)
        if not any(span.overlaps(run[0]) for span in quoted)
    ]
    verbs = find_markers(text, language.reporting)
    verbs = [verb for verb in verbs if not any(span.overlaps(verb) for span in quoted)]
    return [name for name in names if any(_beside(text, name, verb) for verb in verbs)]


def _beside(text: str, name: Span, verb: Span) -> bool:
    low, high = sorted((name, verb))
    between = text[low.end : high.start]
    return (
        not regex.search(r"[,.;:!?“”\"«»、，。；：！？「」『』]", between)
        and len(PIECE.findall(between)) < BESIDE
    )


CHECK = Check(
    name="quotation",
    code="QUOT",
    version=3,
    error_type=ErrorType.QUOTATION,
    severity=Severity.MINOR,
    confidence=0.5,
    find=find,
    examples=(
        Example(
            source="“We will never sell the old harbour to anyone,” the mayor said.",
            wrong="Thị trưởng nói họ sẽ không bao giờ bán bến cảng cũ cho bất cứ ai.",
            right="“Chúng tôi sẽ không bao giờ bán bến cảng cũ cho bất cứ ai”, thị trưởng nói.",
        ),
    ),
)
