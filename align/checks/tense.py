"""Events that changed their time.

Why it matters: "held" rendered as "sẽ" reports as planned what has happened, and the changed word
reads well in its sentence.
A marker is only judged at its predicate, which is followed to the other text: a future marker must
find there something that lets an event lie ahead, a past marker must not find a future one. What
these rules say is weighed with other signs; see `align.markers`.
Known misses: a time that only the tense of the context shows, since Vietnamese need not mark it;
markers near another of the same kind; present against past. See tests/cases/tense.toml.
"""

from collections.abc import Iterator

from align.bitext import Span
from align.checks.check import Check, Example, Mismatch, Pair, pair_readings, weighed
from align.finding import ErrorType, Severity
from align.predicates import Reading, bears, is_verb_final, mates, near, unlicensed

NARROW, WIDE = (0, 0), (1, 1)
"""How many words further than usual before and after a counterpart its markers may stand."""
AT = 2
"""How many words before a predicate a past marker stands that leaves no doubt."""
BEHIND = 2
"""Characters between a verb of saying and its past marker, in languages whose verbs come last."""
OPENED = 3
"""How many words before a future marker the clause may open that need not repeat it."""
UNMARKED = 0.5
"""Confidence where one side is plainly to come and the other just does not say so."""


def find(pair: Pair) -> Iterator[Mismatch]:
    """Yield each predicate whose time is another one in the other text."""
    yield from weighed("tense", pair, list(by_rules(pair)))


def by_rules(pair: Pair) -> Iterator[Mismatch]:
    """Yield what the words around the markers tell, without the verifier."""
    if pair.related is None:
        return
    source, target = pair_readings(pair, pair.related)
    said: list[Span] = []
    for mismatch in (*_postponed(source, target), *_settled(source, target)):
        yield mismatch
        said += mismatch.source
    for mismatch in _over(source, target):
        if not any(span in said for span in mismatch.source):
            yield mismatch


def _ahead(reading: Reading) -> list[Span]:
    return reading.markers(reading.language.future + reading.language.prospective)


def _postponed(source: Reading, target: Reading) -> Iterator[Mismatch]:
    """Yield future markers of the target whose predicate is over, or going on, in the source."""
    past = source.markers(source.language.past)
    ongoing = source.markers(source.language.ongoing)
    markers = target.markers(target.language.future)
    for marker, found in unlicensed(target, source, markers, _ahead(source), NARROW):
        new = f"but “{marker.of(target.text)}” says it is still to come."
        now = [span for j in found for span in bears(source, ongoing, j, NARROW)]
        over = [span for j in found for span in bears(source, past, j, WIDE)]
        if over:
            message = f"“{over[-1].of(source.text)}” is past, {new}"
            yield Mismatch(message, (over[-1],), (marker,))
        elif now and target.language.ongoing:
            message = f"“{now[-1].of(source.text)}” goes on now, {new}"
            yield Mismatch(message, (now[-1],), (marker,), Severity.MINOR, UNMARKED)


def _settled(source: Reading, target: Reading) -> Iterator[Mismatch]:
    """Yield future markers of the source whose predicate does not lie ahead in the target."""
    future = target.markers(target.language.future)
    markers = source.markers(source.language.future)
    opened = source.markers(source.language.subordinate)
    # A future that stands elsewhere in the translation may be this one.
    answered = len(future) >= len(markers)
    for marker in markers:
        will, found = marker.of(source.text), mates(source, target, marker)
        over = _past_at(target, future, found)
        if over:
            yield _past_now(will, marker, over, target)
        elif (
            not answered
            and _is_bare(target, found)
            and not near(source, opened, source.at(marker)[0], OPENED, 0)
        ):
            yield _unsaid(will, marker, found, target)


def _past_at(target: Reading, future: list[Span], found: list[int]) -> Span | None:
    """Return the past marker that some of these words bear, if nothing there lies ahead."""
    past = [p for p in target.markers(target.language.past) if not _only_tells(target, p, found)]
    right_before = [span for j in found for span in near(target, past, j, AT, 0)]
    if right_before and not any(near(target, future, j, AT, 0) for j in found):
        return right_before[-1]
    around = [span for j in found for span in bears(target, past, j, WIDE)]
    if any(bears(target, _ahead(target), j, WIDE) for j in found):
        return None
    return around[-1] if around else None


def _only_tells(target: Reading, past: Span, found: list[int]) -> bool:
    """Tell whether a past marker is that of a verb of saying, behind what was said."""
    if not is_verb_final(target.language):
        return False
    said = target.markers(target.language.reporting)
    told = [span for span in said if 0 <= past.start - span.end <= BEHIND]
    return bool(told) and not any(s.overlaps(target.words[j]) for s in told for j in found)


def _is_bare(target: Reading, found: list[int]) -> bool:
    """Tell whether words of the target should say that they lie ahead, and do not."""
    ahead = _ahead(target)
    if any(bears(target, ahead, j, WIDE) for j in found):
        return False
    if target.language.prospective:
        return bool(found) or not ahead
    # Many languages say what is to come in the present tense; but what somebody "will say" is
    # seldom reported.
    said = target.markers(target.language.reporting)
    return any(span.overlaps(target.words[j]) for span in said for j in found)


def _past_now(will: str, marker: Span, over: Span, target: Reading) -> Mismatch:
    message = f"“{will}” is still to come, but “{over.of(target.text)}” says it is past."
    return Mismatch(message, (marker,), (over,))


def _unsaid(will: str, marker: Span, found: list[int], target: Reading) -> Mismatch:
    words = tuple(target.words[j] for j in found[:1])
    message = f"“{will}” is still to come; the translation does not say so."
    return Mismatch(message, (marker,), words, Severity.MINOR, UNMARKED)


def _over(source: Reading, target: Reading) -> Iterator[Mismatch]:
    """Yield past markers of the target whose predicate is foreseen in the source."""
    past = source.markers(source.language.past)
    foreseen = source.markers(source.language.future)
    # After a past verb of saying, most languages of Europe put what is to come into the past.
    if target.language.ongoing:
        foreseen += source.markers(source.language.foreseen)
    for marker in target.markers(target.language.past):
        if _only_tells(target, marker, []):
            continue
        for j in mates(target, source, marker):
            ahead = bears(source, foreseen, j, NARROW)
            # "would have gone" is over; in "said it would go" only the saying is.
            if ahead and not any(s.start >= ahead[-1].end for s in bears(source, past, j, NARROW)):
                yield _past_now(ahead[-1].of(source.text), ahead[-1], marker, target)
                break


CHECK = Check(
    name="tense",
    code="TENSE",
    version=4,
    error_type=ErrorType.TENSE,
    severity=Severity.MAJOR,
    confidence=0.7,
    least=0.8,
    find=find,
    examples=(
        Example(
            source="Biden instead held separate meetings with Lavrov.",
            wrong="Tuy nhiên ông Biden sẽ gặp riêng ông Lavrov.",
            right="Tuy nhiên ông Biden đã gặp riêng ông Lavrov.",
        ),
        Example(
            source="The minister will travel to Geneva.",
            wrong="Bộ trưởng đã đi Geneva.",
            right="Bộ trưởng sẽ đi Geneva.",
        ),
    ),
    facts=("future", "past"),
    needs_encoder=True,
)
