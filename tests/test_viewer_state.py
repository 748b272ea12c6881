"""The viewer without a screen: what each key makes of a view, and where each word is drawn."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from align import baseline
from align.bitext import Span
from align.evidence import WordPair
from align.finding import ErrorType, Severity
from align.viewer import state
from align.viewer.draw import FOUND, LIT, draw, lights
from align.viewer.layout import Layout, lay_out
from align.viewer.outside import editor_command
from align.viewer.state import Filters, Seen, View
from align.viewer.summary import head, reason
from align.write.slices import tidy, tidy_offsets
from tests.reports import REPORTS, rich_report, seed_report, silent_report


def seen(name: str = "rich", *pairs: tuple[WordPair, ...]) -> View:
    """Return a view of a whole report."""
    report = REPORTS[name]()
    documents = (report.bitext.source, report.bitext.target)
    return state.with_seen(View(documents), Seen(report, pairs, is_whole=True))


def key(view: View) -> str:
    """Return the key of the finding that is looked at."""
    finding = view.current()
    return finding.key if finding else ""


def unfolded(name: str = "rich", *pairs: tuple[WordPair, ...]) -> View:
    """Return a view of a whole report in which nothing is folded."""
    return replace(seen(name, *pairs), is_folded=False)


def drawn(layout: Layout, view: View) -> list[Text]:
    """Return all lines as they are drawn."""
    layout.settle(0, 100_000)
    return [draw(layout, number, lights(view)) for number in range(layout.height)]


def test_the_first_finding_is_looked_at() -> None:
    """As soon as there is a finding the view looks at it, and stays there when more come."""
    report = rich_report()
    view = View((report.bitext.source, report.bitext.target))
    assert view.current() is None
    view = state.with_seen(view, Seen(replace(report, findings=())))
    assert view.current() is None
    view = state.with_seen(view, Seen(replace(report, findings=report.findings[3:4])))
    assert key(view) == report.findings[3].key
    view = state.with_seen(view, Seen(report, is_whole=True))
    assert key(view) == report.findings[3].key
    assert view.finding == 3


def test_steps_go_round() -> None:
    """The next of the last is the first, and each step forth is undone by a step back."""
    view = seen()
    keys = []
    for _ in range(8):
        keys.append(key(view))
        assert key(state.step(state.step(view, 1), -1)) == key(view)
        view = state.step(view, 1)
    assert keys[0] == keys[7]
    assert len(set(keys)) == 7


def test_steps_start_where_one_looks() -> None:
    """From a bead without findings the next one is behind it, the one before in front of it."""
    view = state.look_at(seen(), 3)
    assert view.current() is None
    after, before = state.step(view, 1).current(), state.step(view, -1).current()
    assert after is not None
    assert before is not None
    assert (after.bead, before.bead) == (4, 2)


@given(st.sets(st.sampled_from(ErrorType)), st.sets(st.sampled_from(Severity)), st.booleans())
def test_filters_hide_what_they_say(
    types: set[ErrorType], severities: set[Severity], accepted: bool
) -> None:
    """What is listed is exactly what no filter hides; the view never points beyond it."""
    view = seen()
    assert view.seen is not None
    report = view.seen.report
    known = baseline.accept((), report, report.findings[::2])
    view = state.with_seen(view, Seen(baseline.apply(report, known), is_whole=True))
    view = state.with_filters(view, Filters(frozenset(types), frozenset(severities), accepted))
    assert all(
        f.error_type not in types and f.severity not in severities and (accepted or not f.accepted)
        for f in view.listed()
    )
    assert (view.current() is None) == (not view.listed())
    assert head(view, "").startswith(("1/", "2/", "3/", "4/", "5/", "6/", "7/", "0 findings"))
    assert view.bitext is not None
    lay_out(view, 80)


def test_a_finding_that_is_gone_gives_way_to_the_next() -> None:
    """After a second check the view looks at what stands where the mended finding stood."""
    view = state.step(seen(), 1)
    report = rich_report()
    gone = key(view)
    rest = tuple(f for f in report.findings if f.key != gone)
    view = state.with_seen(view, Seen(replace(report, findings=rest), is_whole=True))
    assert key(view) in {f.key for f in rest}
    view = state.with_seen(view, Seen(replace(report, findings=()), is_whole=True))
    assert view.current() is None


def test_words_are_found_in_both_texts() -> None:
    """Search goes through both texts in reading order, case aside, round and round."""
    view = state.search(seen("seed"), "lavrov")
    found = state.hits(view)
    bitext = view.bitext
    assert bitext is not None
    for hit in found:
        segments = bitext.source_segments if hit.is_source else bitext.target_segments
        assert hit.span.of(segments[hit.segment].text).casefold() == "lavrov"
    assert {hit.is_source for hit in found} == {True, False}
    places = []
    for _ in range(len(found) + 1):
        places.append(view.hit)
        view = state.search_on(view, 1)
    assert places[0] == places[-1]
    assert set(places) == set(range(len(found)))
    assert state.search(view, "  ").hit is None


@pytest.mark.parametrize(("text", "wanted"), [("Die Straße", "straße"), ("İstanbul ist", "ist")])
def test_folding_does_not_shift_places(text: str, wanted: str) -> None:
    """Letters that grow when their case is folded do not push what is found aside."""
    spans = list(state._occurrences(text, wanted))
    assert all(span.of(text).casefold().endswith(wanted[-1]) for span in spans)
    assert len(spans) <= 1 or spans[0].end <= spans[1].start


def test_the_place_for_the_editor() -> None:
    """The editor is sent to the marked words, or behind the last sentence before a gap."""
    view = seen("seed")
    report = seed_report()
    lost = next(n for n, f in enumerate(report.findings) if not f.target and f.bead > 3)
    view = replace(view, finding=lost, bead=report.findings[lost].bead)
    mark = report.findings[lost].source[0]
    start = report.bitext.source_segments[mark.segment].span.start + mark.span.start
    line = report.bitext.source.text[:start].count("\n") + 1
    source = state.place_of(view, 0)
    assert source is not None
    assert source[:2] == ("seeds/000_293dd51d06a938cd.txt", line)
    target = state.place_of(view, 1)
    assert target is not None
    path, line, column = target
    before = report.bitext.target.text.split("\n")[line - 1][: column - 1]
    bead = report.bitext.beads[report.findings[lost].bead - 1]
    assert before.endswith(report.bitext.target_segments[bead.target[-1]].text[-20:])
    assert path == "seeds/004_7d26e8ad050225a4.txt"


def test_a_file_without_lines_has_no_place() -> None:
    """Of a file that an editor cannot open at a line nothing is claimed."""
    assert state.place_of(seen(), 1) is None


@pytest.mark.parametrize(
    ("editor", "command"),
    [
        (["vi"], ["vi", "+3", "a b.txt"]),
        (
            ["/usr/bin/nvim", "-R"],
            ["/usr/bin/nvim", "-R", "+call cursor(3,byteidxcomp(getline(3),6)+1)", "a b.txt"],
        ),
        (["nano"], ["nano", "+3,7", "a b.txt"]),
        (["code"], ["code", "--wait", "--goto", "a b.txt:3:7"]),
        (["hx"], ["hx", "a b.txt:3:7"]),
        (["ed"], ["ed", "+3", "a b.txt"]),
    ],
)
def test_editors_are_told_the_place(editor: list[str], command: list[str]) -> None:
    """Each editor gets line and column as it wants them; the path is one argument."""
    assert editor_command(editor, "a b.txt", 3, 7) == command


@pytest.mark.skipif(shutil.which("vim") is None, reason="vim is not installed")
def test_vim_stands_at_the_word(tmp_path: Path) -> None:
    """Before the word are letters of several bytes, and one that is put together."""
    path, written = tmp_path / "a.txt", tmp_path / "word"
    line = "Lãnh tụ đo\u0302\u0301i lập sẽ gặp ông Biden."
    path.write_text(f"Một.\n{line}\n", "utf-8")
    command = editor_command(
        ["vim", "-u", "NONE", "-N", "-es", "--cmd", "set encoding=utf-8"],
        str(path),
        2,
        line.index("sẽ") + 1,
    )
    ends = [f"+call writefile([getline('.')[col('.')-1:]],'{written}')", "+qa!"]
    subprocess.run([*command, *ends], check=False, timeout=60)  # noqa: S603 - ours
    assert written.read_text("utf-8").startswith("sẽ gặp")


# The layout


@given(st.text(max_size=60) | st.text("a \t\n\x1b\u202eé\u0301", max_size=30))
def test_tidy_text_keeps_its_places(text: str) -> None:
    """Each character of a text has a place in its tidy form, in order, the same one if visible."""
    shown, places = tidy_offsets(text)
    assert shown == tidy(text)
    assert len(places) == len(text) + 1
    assert list(places) == sorted(places)
    assert all(
        shown[place] == letter
        for letter, place in zip(text, places, strict=False)
        if letter.isalpha()
    )


@pytest.mark.parametrize("name", REPORTS)
@given(width=st.integers(32, 220))
def test_lines_fit_the_screen(name: str, width: int) -> None:
    """No line is wider than the screen, before and after the texts are put together."""
    report = REPORTS[name]()
    documents = (report.bitext.source, report.bitext.target)
    for view in (View(documents), seen(name), unfolded(name)):
        assert all(line.cell_len <= width for line in drawn(lay_out(view, width), view))


def test_before_a_check_both_texts_are_whole() -> None:
    """Without beads each column has every word of its document."""
    report = seed_report()
    view = View((report.bitext.source, report.bitext.target))
    layout = lay_out(view, 80)
    shown = [line.plain for line in drawn(layout, view)]
    bar = layout.column
    columns = (
        " ".join(line[:bar].strip() for line in shown),
        " ".join(line[bar + 3 :].strip() for line in shown),
    )
    for document, column in zip(view.documents, columns, strict=True):
        assert column.split() == document.text.split()


@pytest.mark.parametrize("width", [60, 80, 133])
def test_each_word_is_where_it_is_drawn(width: int) -> None:
    """Pointing at a cell of the screen gives the character that stands there."""
    view = unfolded("seed")
    bitext = view.bitext
    assert bitext is not None
    layout = lay_out(view, width)
    checked = 0
    for y, line in enumerate(drawn(layout, view)):
        for x, letter in enumerate(line.plain):
            found = layout.at(x, y)
            if found is None or found[2] is None:
                continue
            segments = bitext.source_segments if found[1] else bitext.target_segments
            segment, position = found[2]
            assert tidy(segments[segment].text[position]) == letter.strip()
            checked += 1
    assert checked > 2000


def test_pointing_beside_the_texts() -> None:
    """Beyond the last line, in the gutter and on a gap there is no word."""
    layout = lay_out(unfolded("rich"), 100)
    layout.settle(0, 100_000)
    assert layout.at(3, 10_000) is None
    first = layout.at(0, 0)
    assert first is not None
    assert first[2] is None
    gap = layout.lines_of(2)[0]
    found = layout.at(90, gap)
    assert found is not None
    assert found == (2, False, None)


def test_marks_hits_and_lit_words_are_drawn() -> None:
    """A pair of words is lit on both sides, over marks and what was searched for."""
    report = seed_report()
    source, target = report.bitext.source_segments[0], report.bitext.target_segments[0]
    one, two = source.text.index("Lavrov"), target.text.index("Lavrov")
    pair = WordPair((0, Span(one, one + 6)), (0, Span(two, two + 6)))
    view = unfolded("seed", (pair,))
    view = state.light(state.look_at(view, 0), 1)
    assert view.lit() == pair
    view = replace(view, query="munich")
    view = replace(view, found=state.hits(view))
    layout = lay_out(view, 200)
    lines = drawn(layout, view)
    text = lines[layout.lines_of(0)[0]]
    lit = [text.plain[s.start : s.end] for s in text.spans if s.style == LIT]
    assert lit == ["Lavrov", "Lavrov"]
    shown = lines[: layout.lines_of(1)[0]]
    found = [t.plain[s.start : s.end] for t in shown for s in t.spans if s.style == FOUND]
    assert found == ["Munich", "Munich"]


def test_a_touched_word_lights_its_counterpart() -> None:
    """Touching either word of a pair lights both; touching another one puts them out."""
    pair = WordPair((0, Span(4, 10)), (0, Span(0, 5)))
    view = seen("seed", (pair,))
    lit = state.light_at(view, is_source=False, segment=0, position=4)
    assert lit.lit() == pair
    assert state.light_at(lit, is_source=False, segment=0, position=5).lit() is None
    assert state.light_at(lit, is_source=True, segment=3, position=5).lit() is None


def test_the_panel_says_everything_of_a_finding() -> None:
    """Severity, kind, check, confidence, message, evidence and reason of acceptance are read."""
    view = seen()
    assert view.seen is not None
    said = reason(view).plain
    assert said.startswith("!! critical · lost · omission check · 50% sure")
    assert "Lost: “<script>”." in said
    assert "Evidence: <i>!" in said
    report = view.seen.report
    applied = baseline.apply(report, baseline.accept((), report, report.findings, "so it is"))
    said = reason(state.with_seen(view, Seen(applied, is_whole=True))).plain
    assert "✓ accepted: so it is" in said


def test_the_panel_without_findings() -> None:
    """Where nothing is looked at the panel has the verdict, and why nothing was compared."""
    assert "Nothing found" in reason(seen("clean")).plain
    report = silent_report()
    view = View((report.bitext.source, report.bitext.target))
    assert "put together" in reason(view).plain
    said = reason(state.with_seen(view, Seen(report, is_whole=True))).plain
    assert "could not be compared" in said
    assert "both texts are in English" in said
    assert "Being checked" in reason(state.with_seen(view, Seen(report))).plain
