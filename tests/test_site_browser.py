"""The site in a real Chromium: it runs without errors or requests, works, and shuts nobody out.

Pictures of every page, wide, on a phone, in the dark and on paper, are left in `.screenshots/` for
people to look at, or in the folder that VERALIGN_SCREENSHOTS names.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from align import rulings
from align.baseline import Accepted
from align.batch.outcome import Outcome
from align.finding import ErrorType, Severity
from align.rulings import Ruling, Verdict
from align.site.facts import page_name
from align.site.folder import ARTICLES, INDEX, write_all
from tests.outcomes import mixed, outcome, store
from tests.reports import seed_report

AXES = """[...document.querySelectorAll("svg.columns")].map(picture =>
    [...picture.querySelectorAll("text")].map(text => text.getBoundingClientRect())
        .filter((box, n, boxes) => box.top > boxes[0].top + 40)
        .map(box => [box.left, box.right]))"""
"""The ends of the words below each picture with columns; the first word stands above it."""
SCREENSHOTS = Path(
    os.environ.get("VERALIGN_SCREENSHOTS") or Path(__file__).parent.parent / ".screenshots"
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SCREENS = {
    "wide": (1280, 900, "light"),
    "phone": (390, 844, "light"),
    "dark": (1280, 900, "dark"),
}
PAGES = {
    "overview": INDEX,
    "article": ARTICLES / page_name("seed"),
    "rtl": ARTICLES / page_name("port ar"),
    "decided": "decided" / INDEX,
    "ruled": "decided" / ARTICLES / page_name("seed 2"),
    "ruled-rtl": "decided" / ARTICLES / page_name("port ar"),
}
SHOWN = "document.querySelectorAll('#list tbody tr').length"

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium"),
    # Playwright leaves the closing of its pipes to the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a Chromium that every test of this file shares."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a report on enough pairs for two pages of the list."""
    report = seed_report()
    many = [outcome(f"seed {n}", report, translator=f"T{n % 3}") for n in range(120)]
    folder = store(tmp_path_factory.mktemp("batch"), [*mixed(), outcome("seed", report), *many])
    write_all(folder, [Accepted(report.findings[0].key, "house style")])
    arabic = next(one for one in mixed() if one.pair == "port ar")
    many += [outcome("seed 120", report), replace(arabic, fields=many[0].fields)]
    decided = store(folder / "decided", many)
    (decided / rulings.FILE).write_text(rulings.render(ruled(many)), "utf-8")
    write_all(decided)
    return folder


def ruled(outcomes: list[Outcome]) -> Iterator[Ruling]:
    """Yield rulings on half of the findings of some pairs, of every kind."""
    verdicts: tuple[Verdict, ...] = ("agreed", "dismissed", "agreed", "changed", "disputed")
    for number, one in enumerate(outcomes):
        for place, found in enumerate(one.report.findings if one.report else ()):
            if (number + place) % 2:
                said = verdicts[(number * 3 + place) % len(verdicts)]
                why = "A matter of style" if said == "dismissed" else ""
                kind = (ErrorType.NAME, Severity.MINOR) if said == "changed" else (None, None)
                yield Ruling(one.pair, found.key, said, why, "Minh Ánh", *kind)
    missed = ErrorType.OMISSION, Severity.MAJOR
    yield Ruling(outcomes[1].pair, "0", "missed", "", "Lan", *missed)


@contextmanager
def opened(
    browser: Browser, path: Path, screen: str = "wide", fragment: str = ""
) -> Iterator[Page]:
    """Open a page; at its end, no script may have failed, and nothing been asked for."""
    width, height, scheme = SCREENS[screen]
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text))
    page.on("request", lambda r: None if r.url.startswith("file:") else wrong.append(r.url))
    page.goto(path.resolve().as_uri() + fragment)
    yield page
    page.close()
    assert wrong == []


def column(page: Page, number: int) -> list[str]:
    """Return the texts of a column of the list."""
    return page.locator(f"#list tbody td:nth-child({number})").all_inner_texts()


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", PAGES)
def test_everyone_can_read_every_page(browser: Browser, site: Path, name: str, screen: str) -> None:
    """On any screen a page fits its width, and axe finds nothing that shuts people out."""
    with opened(browser, site / PAGES[name], screen) as page:
        page.screenshot(path=SCREENSHOTS / f"site-{name}-{screen}.png", full_page=True)
        widths = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        is_wide, fits = page.evaluate(widths)
        assert is_wide <= fits
        found = Axe().run(page).response["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found] == []


def test_words_below_pictures_do_not_meet(browser: Browser, site: Path) -> None:
    """On a phone, the dates and percentages along an axis stand clear of each other."""
    with opened(browser, site / INDEX, "phone") as page:
        rows = page.evaluate(AXES)
    assert len(rows) == 2
    for row in rows:
        assert len(row) > 1
        assert all(end < start for (_, end), (start, _) in pairwise(row))


def test_labels_stand_where_their_text_begins(browser: Browser, site: Path) -> None:
    """What an Arabic text is labelled with stands at its right edge, above its first word."""
    with opened(browser, site / PAGES["ruled-rtl"]) as page:
        sides = page.evaluate("""[...document.querySelectorAll("td > .place + [dir]")].map(text =>
            [text.dir, getComputedStyle(text.previousElementSibling).textAlign])""")
    assert {tuple(side) for side in sides} == {("ltr", "start"), ("rtl", "right")}


@pytest.mark.parametrize("screen", ["wide", "phone"])
def test_keys_of_pictures_begin_at_the_margin(browser: Browser, site: Path, screen: str) -> None:
    """A key that begins a line is not indented."""
    with opened(browser, site / PAGES["decided"], screen) as page:
        first = page.evaluate("""[...document.querySelectorAll("figcaption p")].flatMap(words => {
            const edge = words.getBoundingClientRect().left;
            const found = [...words.querySelectorAll(".key")];
            const keys = found.map(key => key.getBoundingClientRect());
            return keys.filter((key, n) => n && key.top > keys[n - 1].bottom - 2)
                .map(key => key.left - edge);
        })""")
    assert screen == "wide" or first
    assert all(abs(indent) < 1 for indent in first)


def test_the_list_is_sorted_and_turned(browser: Browser, site: Path) -> None:
    """A heading sorts by its column and back; the second page has the rest."""
    with opened(browser, site / INDEX) as page:
        total = len(mixed()) + 121
        assert page.evaluate(SHOWN) == 100
        assert page.inner_text("#shown") == f"1–100 of {total} pairs"
        heads = page.locator("#list thead th")
        assert heads.nth(0).get_attribute("aria-sort") == "descending"
        page.get_by_role("button", name="Risk").click()
        assert heads.nth(0).get_attribute("aria-sort") == "ascending"
        assert column(page, 1)[0] == "error"
        page.get_by_role("button", name="Critical").click()
        assert column(page, 4)[:2] == ["2", "1"]
        page.get_by_role("button", name="Next").press("Enter")
        assert page.evaluate(SHOWN) == total - 100
        assert page.get_by_role("button", name="Next").is_disabled()


def test_the_list_is_filtered(browser: Browser, site: Path) -> None:
    """Words without their marks, a choice, and a link of a picture narrow the list down."""
    with opened(browser, site / INDEX) as page:
        page.get_by_label("Search").fill("nguyen AN")
        expect(page.locator("#list tbody tr")).to_have_count(4)
        assert set(column(page, 8)) == {"Nguyễn Văn An"}
        page.get_by_role("button", name="Show all").click()
        assert page.evaluate(SHOWN) == 100
        page.get_by_label("At least").select_option("critical")
        assert all(column(page, 4))
        page.get_by_role("button", name="Show all").click()
        page.get_by_role("row", name="changed: date").get_by_role("link").click()
        expect(page.locator("#list tbody tr")).to_have_count(6)
        assert page.get_by_label("Kind").input_value() == "changed: date"


def test_who_was_right_leads_to_the_texts(browser: Browser, site: Path) -> None:
    """The picture of a translator leads to the translator's pairs, and a page says who decided."""
    with opened(browser, site / "decided" / INDEX) as page:
        picture = page.locator("figure", has_text="Who was right: the translators")
        assert picture.locator("tbody tr").count() == 3
        assert "1 error that no check had found" in page.locator("main").inner_text()
        picture.get_by_role("link", name="T1").click()
        expect(page.locator("#list tbody tr")).to_have_count(40)
    with opened(browser, site / PAGES["ruled"]) as page:
        assert "Dismissed by Minh Ánh: A matter of style" in page.locator("main").inner_text()


def test_a_state_can_be_sent_to_someone(browser: Browser, site: Path) -> None:
    """The address holds filters and order, and the way back from an article leads to them."""
    with opened(browser, site / INDEX, fragment="#translator=Omar&.sort=%2BPair") as page:
        assert set(column(page, 8)) == {"Omar"}
        page.locator("#list tbody a").first.click()
        assert re.search(r"articles/port-", page.url)
        page.go_back()
        expect(page.locator("#list tbody tr")).to_have_count(2)


def test_hostile_names_stay_text(browser: Browser, site: Path) -> None:
    """A name that is a script is shown in the list and is not run."""
    with opened(browser, site / INDEX, fragment="#.search=document.title") as page:
        assert page.title() != "owned"
        assert page.evaluate(SHOWN) == 2
        assert "document.title='owned'" in page.inner_text("#list tbody")


def test_the_list_is_reached_by_keyboard(browser: Browser, site: Path) -> None:
    """From the search field, the tabulator key leads through the choices to the headings."""
    with opened(browser, site / INDEX) as page:
        page.get_by_label("Search").focus()
        seen = []
        for _ in range(20):
            page.keyboard.press("Tab")
            seen.append(page.evaluate("document.activeElement.textContent.trim().slice(0, 8)"))
        assert "Risk" in seen
        assert "Show all" in seen


def test_without_scripts_the_page_still_says_it_all(browser: Browser, site: Path) -> None:
    """Where scripts are off, pictures and the worst hundred pairs are there."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / INDEX).resolve().as_uri())
    assert page.locator("#list tbody tr").count() == 100
    assert page.locator("#filters").is_hidden()
    assert page.locator("figure svg").count() > 10
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_on_paper_there_are_no_controls(browser: Browser, site: Path, name: str) -> None:
    """Printed, the pages have their texts and pictures whole, and nothing to click on."""
    with opened(browser, site / PAGES[name]) as page:
        path = SCREENSHOTS / f"site-{name}-print.pdf"
        page.pdf(path=path, format="A4", margin={"left": "15mm", "right": "15mm"})
        page.emulate_media(media="print")
        for control in page.locator("input, select, button:not(th button)").all():
            assert control.is_hidden()
        words = page.locator("h1").inner_text().split()
        assert page.locator("figure, table").first.is_visible()
    with pypdfium2.PdfDocument(path) as document:
        printed = document[0].get_textpage().get_text_bounded()
        assert set(words) <= set(printed.split())
