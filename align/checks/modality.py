"""Possibilities that became duties or facts, and duties that became options.

Why it matters: "may" rendered as "phải" turns an option into a duty, and a forecast that loses its
"could" becomes a promise; each changed word reads well in its sentence.
A marker is judged at its predicate, which is followed to the other text: the words around the
counterpart must hold a marker of the same kind, or one that implies it. What these rules say is
weighed with other signs; see `align.markers`.
Known misses: "can" for "will", which translators exchange; a modality that only the mood of a verb
shows; two modal verbs that changed places. See tests/cases/modality.toml.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from align.bitext import Span
from align.checks.check import Check, Example, Mismatch, Pair, pair_readings, weighed
from align.finding import ErrorType, Severity
from align.predicates import Reading, bears, unlicensed

WIDE, FAR = (2, 2), (4, 3)
"""How many words further than usual before and after a counterpart its modality may be said: where
another kind is said there, and where none is. Chosen on NTREX English-Vietnamese, train."""
UNMARKED = 0.45
"""Confidence where the other text has no marker of another kind, just none of this one."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of modality, by fields of `Language`: its markers, what answers to them, its rivals.

    Where a kind has no `implied` words, its absence alone says nothing.
    """

    name: str
    markers: tuple[str, ...]
    licences: tuple[str, ...]
    rivals: tuple[str, ...]
    implied: str = ""


_LIKELY = ("possible", "ability", "implied_possibility")
_MUST = ("necessary", "implied_necessity")
_AHEAD = ("future", "foreseen")
_KINDS = (
    _Kind("possible", ("possible",), _LIKELY, ("necessary", *_AHEAD), "implied_possibility"),
    _Kind("possible", ("ability",), (*_LIKELY, *_AHEAD), ("necessary",)),
    _Kind("necessary", ("necessary",), _MUST, ("possible", "ability"), "implied_necessity"),
    _Kind("to come", ("future",), _AHEAD, ("possible",)),
)


def find(pair: Pair) -> Iterator[Mismatch]:
    """Yield each predicate whose modality is another one in the other text, or is not said."""
    yield from weighed("modality", pair, list(by_rules(pair)))


def by_rules(pair: Pair) -> Iterator[Mismatch]:
    """Yield what the words around the markers tell, without the verifier."""
    if pair.related is None:
        return
    source, target = pair_readings(pair, pair.related)
    said: set[Span] = set()
    for own, other, is_source in ((source, target, True), (target, source, False)):
        for kind in _KINDS:
            for marker, rival, words in _changed(own, other, kind):
                # Translators add a "can" where the source has none, and seldom drop one. Seen from
                # both sides it is one change.
                if marker not in said and (rival or is_source):
                    said |= {marker, *([rival] if rival else [])}
                    yield _mismatch((own, other), kind, (marker, rival), words, is_source)


def _changed(
    own: Reading, other: Reading, kind: _Kind
) -> Iterator[tuple[Span, Span | None, tuple[Span, ...]]]:
    """Yield markers with the rival that stands in their place, if any, and the words it is at."""
    licences = _places(other, kind.licences)
    rivals = _places(other, kind.rivals)
    for marker, found in unlicensed(own, other, _places(own, kind.markers), licences, WIDE):
        words = tuple(other.words[j] for j in found[:1])
        rival = [span for j in found for span in bears(other, rivals, j, WIDE)]
        if rival:
            yield marker, rival[-1], words
        elif (
            kind.implied
            and getattr(other.language, kind.implied)
            and not any(bears(other, licences, j, FAR) for j in found)
        ):
            yield marker, None, words


def _places(reading: Reading, fields: tuple[str, ...]) -> list[Span]:
    return reading.markers(tuple(p for field in fields for p in getattr(reading.language, field)))


def _mismatch(
    texts: tuple[Reading, Reading],
    kind: _Kind,
    change: tuple[Span, Span | None],
    words: tuple[Span, ...],
    is_source: bool,
) -> Mismatch:
    own, other = texts
    marker, rival = change
    word = marker.of(own.text)
    side = "the translation" if is_source else "the source"
    if rival is None:
        message = f"“{word}” says it is {kind.name}; {side} does not."
    else:
        message = f"“{word}” says it is {kind.name}; {side} has “{rival.of(other.text)}”."
    spans = ((marker,), (rival,) if rival else words)
    first, second = spans if is_source else spans[::-1]
    grave = rival is not None and kind.markers != ("future",)
    return Mismatch(
        message,
        first,
        second,
        Severity.MAJOR if grave else Severity.MINOR,
        None if rival else UNMARKED,
    )


CHECK = Check(
    name="modality",
    code="MOD",
    version=2,
    error_type=ErrorType.TENSE,
    severity=Severity.MAJOR,
    confidence=0.7,
    least=0.75,
    find=find,
    examples=(
        Example(
            source="The president may resign in March.",
            wrong="Tổng thống phải từ chức vào tháng 3.",
            right="Tổng thống có thể từ chức vào tháng 3.",
        ),
        Example(
            source="Farmers must register by Friday.",
            wrong="Nông dân có thể đăng ký trước thứ Sáu.",
            right="Nông dân phải đăng ký trước thứ Sáu.",
        ),
    ),
    facts=("possible", "necessary"),
    needs_encoder=True,
)
