"""What the viewer knows and shows, as plain values: every key is a function from view to view."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from align.bitext import Bitext, Document, Span
from align.finding import ErrorType, Finding, Report, Severity
from align.write.rows import CONTEXT

if TYPE_CHECKING:
    from align.evidence import WordPair


@dataclass(frozen=True, slots=True)
class Seen:
    """What one step of a check has brought to light.

    `words` has, for each bead, its words that are each other's counterparts; it is empty until
    they are known.
    """

    report: Report
    words: tuple[tuple["WordPair", ...], ...] = ()
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """Which findings are listed."""

    hidden_types: frozenset[ErrorType] = frozenset()
    hidden_severities: frozenset[Severity] = frozenset()
    with_accepted: bool = True

    def let_through(self, finding: Finding) -> bool:
        """Tell whether a finding is listed."""
        return (
            finding.error_type not in self.hidden_types
            and finding.severity not in self.hidden_severities
            and (self.with_accepted or not finding.accepted)
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words that were searched for stand."""

    bead: int
    is_source: bool
    segment: int
    span: Span


@dataclass(frozen=True, slots=True)
class View:
    """All that is on the screen.

    `bead` is the one that is looked at, `finding` the number of the finding among those listed,
    `pair` the number of the lit pair of words of that bead. `found` are the places where the words
    of `query` stand, `hit` the number of the one that is looked at. Where `is_folded`, faithful
    beads are left out, but for `context` of them around all others.
    """

    documents: tuple[Document, Document]
    seen: Seen | None = None
    filters: Filters = field(default_factory=Filters)
    bead: int = 0
    finding: int | None = None
    pair: int | None = None
    query: str = ""
    found: tuple[Hit, ...] = ()
    hit: int | None = None
    context: int = CONTEXT
    is_folded: bool = True

    @property
    def bitext(self) -> Bitext | None:
        """The segments and beads, once they are known."""
        return self.seen.report.bitext if self.seen else None

    def listed(self) -> tuple[Finding, ...]:
        """Return the findings that the filters let through, in reading order."""
        findings = self.seen.report.findings if self.seen else ()
        return tuple(finding for finding in findings if self.filters.let_through(finding))

    def current(self) -> Finding | None:
        """Return the finding that is looked at."""
        listed = self.listed()
        inside = self.finding is not None and self.finding < len(listed)
        return listed[self.finding] if inside and self.finding is not None else None

    def pairs(self) -> tuple["WordPair", ...]:
        """Return the pairs of words of the bead that is looked at."""
        words = self.seen.words if self.seen else ()
        return words[self.bead] if self.bead < len(words) else ()

    def lit(self) -> "WordPair | None":
        """Return the pair of words that is lit."""
        pairs = self.pairs()
        return pairs[self.pair] if self.pair is not None and self.pair < len(pairs) else None


def with_seen(view: View, seen: Seen) -> View:
    """Show what another step of a check has found; what is looked at stays where it can."""
    before = view.current()
    is_other = view.bitext is not seen.report.bitext
    moved = replace(view, seen=seen, pair=None if is_other else view.pair, hit=None)
    beads = len(seen.report.bitext.beads)
    moved = replace(moved, bead=min(moved.bead, max(beads - 1, 0)))
    if is_other:
        moved = replace(moved, found=hits(moved))
    if before is None:
        return look_first(moved) if view.finding is None and view.bead == 0 else moved
    return _look_again(moved, before)


def with_filters(view: View, filters: Filters) -> View:
    """List other findings; the one that is looked at stays if it is still among them."""
    before = view.current()
    filtered = replace(view, filters=filters, finding=None)
    return look_first(filtered) if before is None else _look_again(filtered, before)


def look_first(view: View) -> View:
    """Look at the first finding, if there is one."""
    return _look(view, 0) if view.listed() else replace(view, finding=None)


def step(view: View, by: int) -> View:
    """Look at the next finding, or at the one before, from the bead that is looked at.

    After the last comes the first.
    """
    listed = view.listed()
    if not listed:
        return view
    if view.current() is not None and view.finding is not None:
        return _look(view, (view.finding + by) % len(listed))
    behind = [n for n, finding in enumerate(listed) if finding.bead >= view.bead]
    before = [n for n, finding in enumerate(listed) if finding.bead < view.bead]
    if by > 0:
        return _look(view, behind[0] if behind else 0)
    return _look(view, before[-1] if before else len(listed) - 1)


def look_at(view: View, bead: int) -> View:
    """Look at a bead, and at its first finding if it has one."""
    bitext = view.bitext
    if bitext is None or not bitext.beads:
        return view
    bead = min(max(bead, 0), len(bitext.beads) - 1)
    own = [n for n, finding in enumerate(view.listed()) if finding.bead == bead]
    return replace(view, bead=bead, finding=own[0] if own else None, pair=None)


def light(view: View, by: int) -> View:
    """Light the next pair of words of the bead that is looked at, or the one before."""
    count = len(view.pairs())
    if not count:
        return replace(view, pair=None)
    if view.pair is None:
        return replace(view, pair=0 if by > 0 else count - 1)
    return replace(view, pair=(view.pair + by) % count)


def light_at(view: View, *, is_source: bool, segment: int, position: int) -> View:
    """Light the pair of words of which one stands there; none if there is none."""
    bitext = view.bitext
    if bitext is None or view.seen is None:
        return view
    for bead, pairs in enumerate(view.seen.words):
        own = bitext.beads[bead].source if is_source else bitext.beads[bead].target
        if segment not in own:
            continue
        for number, pair in enumerate(pairs):
            where, span = pair.source if is_source else pair.target
            if where == segment and span.start <= position < span.end:
                return replace(view, bead=bead, pair=number)
    return replace(view, pair=None)


def hits(view: View) -> tuple[Hit, ...]:
    """Return where the words that are searched for stand, in reading order, case left aside."""
    bitext = view.bitext
    if bitext is None or not view.query:
        return ()
    wanted = view.query.casefold()
    found = []
    for place, bead in enumerate(bitext.beads):
        for is_source, segments, numbers in (
            (True, bitext.source_segments, bead.source),
            (False, bitext.target_segments, bead.target),
        ):
            for number in numbers:
                spans = _occurrences(segments[number].text, wanted)
                found += [Hit(place, is_source, number, span) for span in spans]
    return tuple(found)


def search(view: View, query: str) -> View:
    """Search for words, and look at the first place from here on where they stand."""
    searched = replace(view, query=query.strip(), hit=None)
    searched = replace(searched, found=hits(searched))
    return search_on(searched, 1) if searched.query else searched


def search_on(view: View, by: int) -> View:
    """Look at the next place where the words stand, or at the one before."""
    found = view.found
    if not found:
        return view
    if view.hit is None:
        start = next((n for n, hit in enumerate(found) if hit.bead >= view.bead), 0)
    else:
        start = (view.hit + by) % len(found)
    return replace(look_at(view, found[start].bead), hit=start)


def place_of(view: View, side: int) -> tuple[str, int, int] | None:
    """Return where the words that are looked at stand in a file.

    Args:
        view: What is looked at.
        side: 0 for the source, 1 for the target.

    Returns:
        Path, line and column, both from 1; None if the file has no lines, or is no file.
    """
    bitext = view.bitext
    # After a save, what is shown is of the text as it was; its places fit that one.
    documents = (bitext.source, bitext.target) if bitext else view.documents
    document = documents[side]
    place = document.line_and_column(_position(view, side))
    return (document.origin, *place) if place and document.origin else None


def _position(view: View, side: int) -> int:
    """Return where the marked words begin, else the bead, else what stands before the gap."""
    bitext = view.bitext
    if bitext is None or not bitext.beads:
        return 0
    segments = (bitext.source_segments, bitext.target_segments)[side]
    finding = view.current()
    marks = (finding.source, finding.target)[side] if finding else ()
    if marks:
        return segments[marks[0].segment].span.start + marks[0].span.start
    runs = [(bead.source, bead.target)[side] for bead in bitext.beads]
    if runs[view.bead]:
        return segments[runs[view.bead].start].span.start
    before = next((runs[n] for n in range(view.bead - 1, -1, -1) if runs[n]), None)
    return segments[before[-1]].span.end if before else 0


def _look(view: View, number: int) -> View:
    return replace(view, finding=number, bead=view.listed()[number].bead, pair=None)


def _look_again(view: View, before: Finding) -> View:
    """Look at the same finding as before, or at the first one from its bead on."""
    listed = view.listed()
    same = [n for n, f in enumerate(listed) if (f.key, f.bead) == (before.key, before.bead)]
    same += [n for n, f in enumerate(listed) if f.key == before.key]
    later = [n for n, f in enumerate(listed) if f.bead >= before.bead]
    numbers = (*same, *later, *(range(len(listed) - 1, -1, -1)))
    if not numbers:
        return replace(view, finding=None)
    moved = replace(view, finding=numbers[0], bead=listed[numbers[0]].bead)
    return moved if same else replace(moved, pair=None)


def _occurrences(text: str, wanted: str) -> Iterable[Span]:
    # Folding may lengthen a text, ß to ss; then positions are those of the text as it stands.
    folded = text.casefold()
    if len(folded) != len(text):
        folded = text.lower() if len(text.lower()) == len(text) else text
    start = folded.find(wanted)
    while start >= 0:
        yield Span(start, start + len(wanted))
        start = folded.find(wanted, start + len(wanted))
