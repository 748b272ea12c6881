"""Events that changed their time, and possibilities that became duties or facts.

Why it matters: "held" rendered as "sẽ" reports as planned what has happened, "may" rendered as
"phải" turns an option into a duty; each changed word reads well in its sentence.
A marker is only judged at its predicate, which is followed to the other text: the words around the
counterpart must bear a marker of another kind and none of its own.
Known misses: a time that only the tense of the context shows, since Vietnamese need not mark it;
markers near another of the same kind; present against future. See tests/cases/tense.toml.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from align.bitext import Span
from align.checks.check import Check, Example, Mismatch, Pair
from align.finding import ErrorType, Severity
from align.languages.language import Language
from align.predicates import Reading, find_markers, near, predicate_words, readings

SURE = 0.36
"""The cosine a predicate and its counterpart need. Chosen on NTREX English-Vietnamese, train."""
BARE = 0.5
"""The same where the finding is that nothing stands at the counterpart."""
UNMARKED = 0.5
"""Confidence of such a finding: a language may leave its future unmarked."""
LICENCE, PAST = (3, 0), (4, 1)
"""How many words before and after a counterpart may hold the markers it bears."""
CERTAIN, POSSIBLE, NECESSARY = "to come", "possible", "necessary"

KINDS = (CERTAIN, POSSIBLE, NECESSARY)
MAYBE = "only possible"
CHANGES = (
    (POSSIBLE, NECESSARY),
    (NECESSARY, POSSIBLE),
    (CERTAIN, POSSIBLE),
    (MAYBE, CERTAIN),
)
"""The changes reported. MAYBE leaves out ability: Vietnamese may render "can" by "sẽ"."""

_Kinds = dict[str, list[Span]]


@dataclass(frozen=True, slots=True)
class _Marked:
    """A text with the places of its markers; `ahead` holds whatever lets an event lie ahead."""

    reading: Reading
    future: list[Span]
    ahead: list[Span]
    past: list[Span]
    modal: _Kinds

    def word(self, index: int) -> Span:
        return self.reading.words[index]

    def bears(self, spans: list[Span], index: int, before: int = 4, after: int = 2) -> list[Span]:
        """Return those of `spans` that stand at one word."""
        return near(self.reading, spans, index, before, after)


def find(pair: Pair) -> Iterator[Mismatch]:
    """Yield each predicate whose time or modality is another one in the other text."""
    if pair.related is None:
        return
    first, second = readings(pair.source, pair.target, pair.related)
    source = _marked(first, pair.source_language)
    target = _marked(second, pair.target_language)
    for past, future in _postponed(source, target):
        old, new = past.of(pair.source), future.of(pair.target)
        message = f"“{old}” is past, but “{new}” says it is still to come."
        yield Mismatch(message, (past,), (future,))
    for future, past in _settled(source, target):
        old, new = future.of(pair.source), past.of(pair.target)
        message = f"“{old}” is still to come, but “{new}” says it is past."
        yield Mismatch(message, (future,), (past,))
    for future, predicate in _unmarked(source, target, pair):
        will, word = future.of(pair.source), predicate.of(pair.target)
        message = f"“{will}” is still to come; the translation does not say so at “{word}”."
        yield Mismatch(message, (future,), (predicate,), Severity.MINOR, UNMARKED)
    yield from _modality(source, target)


def _marked(reading: Reading, language: Language) -> _Marked:
    def places(patterns: tuple[str, ...]) -> list[Span]:
        return find_markers(reading.text, patterns)

    future = places(language.future)
    return _Marked(
        reading,
        future,
        future + places(language.prospective),
        places(language.past),
        {
            CERTAIN: future,
            POSSIBLE: places(language.possible + language.ability),
            NECESSARY: places(language.necessary),
            MAYBE: places(language.possible),
        },
    )


def _postponed(source: _Marked, target: _Marked) -> Iterator[tuple[Span, Span]]:
    """Yield past forms of the source, each with the future marker of the target that it got."""
    for marker in target.future:
        mates = _mates(target, marker)
        if not mates or any(source.bears(source.ahead, j, *LICENCE) for j in mates):
            continue
        past = [span for j in mates for span in source.bears(source.past, j, *PAST)]
        if past:
            yield past[-1], marker


def _settled(source: _Marked, target: _Marked) -> Iterator[tuple[Span, Span]]:
    """Yield future markers of the source, each with the past marker of the target that it got."""
    for marker in source.future:
        mates = _mates(source, marker)
        if any(target.bears(target.ahead, j, 4, 2) for j in mates):
            continue
        past = [span for j in mates for span in target.bears(target.past, j, *PAST)]
        if past:
            yield marker, past[-1]


def _unmarked(source: _Marked, target: _Marked, pair: Pair) -> Iterator[tuple[Span, Span]]:
    """Yield future markers whose predicate stands bare in a text that marks no future at all."""
    if target.future or "?" in pair.source:
        return
    # "không thể", "may", "need" and the like leave no room for a future marker of their own.
    excuses = target.ahead + find_markers(pair.target, pair.target_language.negation)
    excuses += target.modal[POSSIBLE] + target.modal[NECESSARY] + target.past
    opened = find_markers(pair.source, pair.source_language.subordinate)
    for marker in source.future:
        mates = _mates(source, marker, BARE)
        first = source.reading.at(marker)[0]
        if source.bears(opened, first, 4, 0):
            continue
        if mates and not any(target.bears(excuses, j, 6, 3) for j in mates):
            yield marker, target.word(mates[0])


def _mates(own: _Marked, marker: Span, least: float = SURE) -> list[int]:
    return sorted(own.reading.counterparts(predicate_words(own.reading, marker), least))


def _modality(source: _Marked, target: _Marked) -> Iterator[Mismatch]:
    """Yield predicates that are possible in one text and necessary, or certain, in the other."""
    for old, new in CHANGES:
        for marker in source.modal[old]:
            mates = _mates(source, marker)
            found = _at(target, target.modal[new], mates)
            spared = any(_at(target, target.modal[k], mates) for k in KINDS if k != new)
            if (
                found
                and not spared
                and not _at(source, source.modal[new], _mates(target, found[0]))
            ):
                yield _changed(source, target, (old, marker), (new, found[0]))


def _at(marked: _Marked, spans: list[Span], indices: list[int]) -> list[Span]:
    return [span for j in indices for span in marked.bears(spans, j)]


def _changed(
    source: _Marked, target: _Marked, old: tuple[str, Span], new: tuple[str, Span]
) -> Mismatch:
    was, now = old[1].of(source.reading.text), new[1].of(target.reading.text)
    message = f"“{was}” says it is {old[0]}, but “{now}” says it is {new[0]}."
    severity = Severity.MINOR if CERTAIN in (old[0], new[0]) else Severity.MAJOR
    return Mismatch(message, (old[1],), (new[1],), severity)


CHECK = Check(
    name="tense",
    code="TENSE",
    version=1,
    error_type=ErrorType.TENSE,
    severity=Severity.MAJOR,
    confidence=0.7,
    find=find,
    examples=(
        Example(
            source="Biden instead held separate meetings with Lavrov.",
            wrong="Tuy nhiên ông Biden sẽ gặp riêng ông Lavrov.",
            right="Tuy nhiên ông Biden đã gặp riêng ông Lavrov.",
        ),
        Example(
            source="The president may resign in March.",
            wrong="Tổng thống phải từ chức vào tháng 3.",
            right="Tổng thống có thể từ chức vào tháng 3.",
        ),
    ),
    facts=("future", "past"),
    needs_encoder=True,
)
