"""Marks on texts, and the places where they stand in a file."""

from hypothesis import given
from hypothesis import strategies as st

from align.bitext import Bead, Bitext, Document, Place, Segment, Span
from align.finding import Mark
from align.write.marks import cut_at_marks, passage
from align.write.places import find_mark, find_span, target_of_bead
from align.write.tsv import side_text
from tests.reports import document
from tests.strategies import hostile_texts

spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: Span(*sorted(pair)))


@given(hostile_texts, st.lists(st.tuples(spans, st.integers(1, 5)), max_size=6))
def test_pieces_are_the_text_and_know_their_findings(
    text: str, marks: list[tuple[Span, int]]
) -> None:
    """Pieces put together are the text; each character knows all findings that mark it."""
    inside = [(Span(min(s.start, len(text)), min(s.end, len(text))), n) for s, n in marks]
    pieces = cut_at_marks(text, inside)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
    known = [piece.findings for piece in pieces for _ in piece.text]
    assert known == [
        tuple(sorted({n for span, n in inside if span.start <= i < span.end}))
        for i in range(len(text))
    ]


@given(st.lists(hostile_texts, max_size=4), st.lists(spans, max_size=4))
def test_passages_keep_marks_on_their_words(texts: list[str], marks: list[Span]) -> None:
    """Segments are joined as everywhere else, and a mark keeps to the words of its segment."""
    segments = tuple(Segment(Span(0, len(t)), t, i) for i, t in enumerate(texts))
    marked = {n: [(span, n) for span in marks] for n in range(len(texts))}
    line = passage(segments, range(len(texts)), marked)
    assert line.text == side_text(segments, range(len(texts)))
    found = [(n, span.of(line.text)) for span, n in line.marks]
    expected = [
        (n, "".join(" " if c.isspace() else c for c in span.of(text)))
        for n, text in enumerate(texts)
        for span in marks
        if span.of(text)
    ]
    assert found == expected


def test_places_are_those_of_the_file() -> None:
    """Offsets, lines and columns are the file's, and the name of a place is its surroundings'."""
    side = Document(
        "a.html",
        "Café closed.",
        (Span(0, 12),),
        offsets=tuple(range(10, 14)) + tuple(range(15, 24)),
        line_starts=(0, 8, 19),
        places=(Place(Span(0, 12), "headline"),),
    )
    where = find_span(side, Span(5, 11))
    assert (where.start, where.end) == (16, 22)
    assert (where.first, where.last) == ((2, 9), (3, 4))
    assert where.label == "headline, line 2, column 9"


def test_a_mark_that_reaches_beyond_its_segment_is_cut() -> None:
    """Whatever a finding claims, its place lies in its segment."""
    side, segments = document("a", "en", "One two.", "Three.")
    where = find_mark(side, segments, Mark(0, Span(4, 99), "two."))
    assert (where.start, where.end) == (4, 8)


def test_where_a_translator_would_mend_a_bead() -> None:
    """A lost sentence is missing behind its translated neighbour, or at the very beginning."""
    source, ours = document("a", "en", "One.", "Two.", "Three.")
    target, theirs = document("b", "vi", "Hai.", "Ba.")
    beads = (
        Bead(range(1), range(0), 1.0),
        Bead(range(1, 2), range(1), 1.0),
        Bead(range(2, 3), range(0), 1.0),
    )
    bitext = Bitext(source, target, ours, theirs, beads)
    found = [target_of_bead(bitext, number) for number in range(3)]
    assert [(where.start, where.end) for where in found] == [(0, 0), (0, 4), (4, 4)]
    empty = Bitext(source, Document("b", "", ()), ours, (), beads[:1])
    assert target_of_bead(empty, 0).start == 0
