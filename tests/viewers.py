"""The viewer without a terminal: what stands on its screen, and books made without a model."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Static

from align.bitext import Bead, Bitext
from align.finding import ErrorType, Report, Severity
from align.viewer.app import Viewer
from align.viewer.outside import Documents, Outside
from align.viewer.state import Seen, View
from tests.reports import SIGNATURE, document, finding, mark

LOST = ("omission", ErrorType.OMISSION, Severity.MAJOR)


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait until something holds, ten seconds at most."""
    for _ in range(500):
        if holds():
            return
        await pilot.pause(0.02)
    raise AssertionError("It never came to that.")


async def whole(pilot: Pilot[None], app: Viewer) -> None:
    """Wait until everything is checked."""
    await until(pilot, lambda: app.view.seen is not None and app.view.seen.is_whole)


def screen_text(app: App[None]) -> str:
    """Return what stands on the screen, row by row."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips)


def shows(app: App[None], words: str) -> bool:
    """Tell whether words stand on the screen, all on one line."""
    return words in screen_text(app)


def said(app: Viewer) -> str:
    """Return what the panel says."""
    return str(app.query_one("#said", Static).content)


def head(app: Viewer) -> str:
    """Return the line above the texts."""
    return str(app.query_one("#head", Static).content)


def sentence(number: int) -> str:
    """Return one sentence of the source of a book."""
    tail = " It was said again the next day, and again the day after." * (number % 3)
    return f"Sentence {number:05} tells of ship {number}.{tail}"


def book(sentences: int, lost: Iterable[int]) -> Report:
    """Return the report on a book whose translation is in capitals and lacks some sentences."""
    missing = frozenset(lost)
    texts = [sentence(number) for number in range(sentences)]
    source, ours = document("book.txt", "en", *texts)
    kept = (text.upper() for number, text in enumerate(texts) if number not in missing)
    target, theirs = document("translation.txt", "de", *kept)
    beads: list[Bead] = []
    place = 0
    for number in range(sentences):
        stop = place if number in missing else place + 1
        beads.append(Bead(range(number, number + 1), range(place, stop), 0.9))
        place = stop
    findings = tuple(
        finding(LOST, number, (mark(ours, number, ours[number].text),), (), "It is lost.")
        for number in sorted(missing)
    )
    return Report(Bitext(source, target, ours, theirs, tuple(beads)), findings, (), SIGNATURE, 0.9)


def book_viewer(
    report: Report,
    *,
    check: Callable[[Documents], Iterator[Seen]] | None = None,
    context: int = 1,
    is_folded: bool = True,
) -> Viewer:
    """Return a viewer that is told of a report at once, unless `check` does it otherwise."""
    documents = (report.bitext.source, report.bitext.target)

    def same(*_: object) -> Report:
        return report

    outside = Outside(
        read=lambda: documents,
        check=check or (lambda _: iter((Seen(report, is_whole=True),))),
        accept=same,
        withdraw=same,
        stamps=tuple[int, ...],
        edit=lambda *_: None,
    )
    return Viewer(outside, View(documents, context=context, is_folded=is_folded))


def is_shown(app: Viewer, number: int) -> bool:
    """Tell whether a sentence of the source of a book is on the screen."""
    return shows(app, f"Sentence {number:05}")


async def shown(pilot: Pilot[None], app: Viewer, number: int) -> None:
    """Wait until a sentence of the source of a book is on the screen."""
    await until(pilot, partial(is_shown, app, number))
