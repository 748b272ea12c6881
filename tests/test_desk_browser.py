"""Tests of the desk in a real browser: keys, mouse, paper, and those who cannot see it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from align.desk.people import render_line
from align.desk.store import open_store
from align.read.report import parse_bytes
from tests.desk_process import Served, serve, stop
from tests.desks import (
    ENVOY,
    HEAD,
    PASSWORDS,
    add_article,
    golden_report,
    hostile,
    make_database,
    shorter,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
KEYS = tuple(finding.key for finding in golden_report().findings)
ADD = """() => fetch("/api/articles/1/decisions", {
  method: "POST",
  headers: { "Content-Type": "application/json", "X-CSRF-Token": document.body.dataset.csrf },
  body: JSON.stringify({
    action: "add", version: 1, error_type: "terminology", severity: "minor",
    source: [{ segment: 0, start: 0, end: 5 }], target: [], reason: "a word of Minh's",
  }),
})"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Make a database with one article."""
    return make_database(tmp_path)


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Start Chromium."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("there is no Chromium here")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        yield started
        started.close()


def watched(browser: "Browser", served: Served, **options: Any) -> "tuple[Page, list[str]]":
    """Open the desk in a new window, and note what goes wrong or leaves this machine."""
    page = browser.new_context(**options).new_page()
    problems: list[str] = []
    origin = served.address.split("/enter")[0]
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    page.on("request", lambda r: None if r.url.startswith(origin) else problems.append(r.url))
    page.goto(served.address)
    return page, problems


@pytest.mark.model
def test_the_seed_pair_is_handed_in_and_decided_by_keyboard(
    browser: "Browser", tmp_path: Path
) -> None:
    """Upload, see the lost sentences and the changed tense, decide on each, reload, export."""
    served = serve(tmp_path / "desk.sqlite")
    try:
        page, problems = watched(browser, served)
        page.set_input_files("input[name=source]", SEEDS / "000_293dd51d06a938cd.txt")
        page.set_input_files("input[name=target]", SEEDS / "004_7d26e8ad050225a4.txt")
        page.click(".upload button.main")
        page.wait_for_selector(".card", timeout=240_000)
        lost = [text for text in page.locator("mark.major").all_inner_texts() if len(text) > 60]
        assert any(text.startswith("The White House says") for text in lost)
        assert any("humanitarian corridors" in text for text in lost)
        assert any(text.startswith('"Any use of force') for text in lost)
        assert page.locator("mark", has_text=re.compile("^sẽ$")).count() == 1
        keys = [card.get_attribute("data-key") for card in page.locator(".card").all()]
        for number, key in enumerate(keys):
            page.keyboard.press("n")
            if number % 2:
                page.keyboard.press("d")
                page.keyboard.type("said elsewhere")
                page.keyboard.press("Enter")
            else:
                page.keyboard.press("a")
            page.wait_for_selector(f"#f-{key}.{'dismissed' if number % 2 else 'agreed'}")
        page.keyboard.press("u")
        page.wait_for_selector(f"#f-{keys[-1]}.open")
        page.reload()
        assert page.locator(".card.agreed").count() == (len(keys) + 1) // 2 - 1
        with page.expect_download() as download:
            page.click(".exports a >> text=json")
        report = parse_bytes(Path(download.value.path()).read_bytes())
        accepted = {finding.key for finding in report.findings if finding.accepted}
        assert accepted == set(keys[1::2])
        assert not problems
    finally:
        stop(served)


def test_missed_words_are_selected_and_added(browser: "Browser", database: Path) -> None:
    """Words that are selected in both texts become a finding; the numbers of marks do not count."""
    served = serve(database)
    try:
        page, problems = watched(browser, served)
        page.goto(served.address.split("/enter")[0] + "/articles/1")
        for side, words in (("source", "separate meetings"), ("target", "bên lề hội nghị")):
            page.evaluate(
                """([side, words]) => {
                  for (const segment of document.querySelectorAll(`.segment[data-side=${side}]`)) {
                    const walker = document.createTreeWalker(segment, NodeFilter.SHOW_TEXT);
                    while (walker.nextNode()) {
                      const at = walker.currentNode.data.indexOf(words);
                      if (at < 0) continue;
                      const range = document.createRange();
                      range.setStart(walker.currentNode, at);
                      range.setEnd(walker.currentNode, at + words.length);
                      getSelection().removeAllRanges();
                      getSelection().addRange(range);
                      return;
                    }
                  }
                }""",
                [side, words],
            )
            page.locator("[data-do=mark]").click()
        page.fill("#add input[name=reason]", "not the same meetings")
        page.click("#add button.main")
        page.wait_for_selector(".card >> text=not the same meetings")
        findings = served.ask("/api/articles/1")["report"]["findings"]
        (added,) = (f for f in findings if f["check"] == "reviser")
        assert [m["text"] for m in added["source"]] == ["separate meetings"]
        assert [m["text"] for m in added["target"]] == ["bên lề hội nghị"]
        assert not problems
    finally:
        stop(served)


def test_keys_change_a_finding_and_paper_shows_no_buttons(
    browser: "Browser", database: Path
) -> None:
    """`t` and `s` lead to type and severity, `?` explains; print leaves texts and findings."""
    served = serve(database)
    try:
        page, problems = watched(browser, served, reduced_motion="reduce")
        page.goto(served.address.split("/enter")[0] + "/articles/1")
        page.keyboard.press("n")
        for key, name, value in (("t", "type", "accuracy/addition"), ("s", "severity", "critical")):
            page.keyboard.press(key)
            picker = page.locator(f"#f-{KEYS[0]} .pick-{name}")
            assert picker.evaluate("(picker) => picker === document.activeElement")
            picker.select_option(value)
            picker.locator("xpath=ancestor::form").locator("button").click()
            chosen = f"#f-{KEYS[0]} .pick-{name} option[value='{value}'][selected]"
            page.wait_for_selector(chosen, state="attached")
            page.keyboard.press("Escape")
        changed = next(
            finding
            for finding in served.ask("/api/articles/1")["report"]["findings"]
            if finding["key"] == KEYS[0]
        )
        assert (changed["type"], changed["severity"]) == ("accuracy/addition", "critical")
        page.keyboard.press("?")
        assert page.locator("#help").is_visible()
        page.keyboard.press("Escape")
        assert page.locator("#help").is_hidden()
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
        page.emulate_media(media="print")
        assert page.locator(".card .message").first.is_visible()
        assert page.locator(".segment").first.is_visible()
        assert not [b for b in page.locator("button").all() if b.is_visible()]
        assert not problems
    finally:
        stop(served)


def test_decisions_of_others_appear_and_disturb_nobody(
    browser: "Browser", database: Path, tmp_path: Path
) -> None:
    """What one reviser decides is on the other's page; what that one is writing there stays."""
    people = tmp_path / "people.txt"
    people.write_text(
        "".join(render_line(p.name, p.role, PASSWORDS[p.name]) for p in (ENVOY, HEAD))
    )
    served = serve(database, "--passwords", str(people))
    try:
        still = {"reduced_motion": "reduce"}
        (lan, problems), (minh, others) = (watched(browser, served, **still) for _ in range(2))
        for page, person in ((lan, ENVOY), (minh, HEAD)):
            page.fill("input[name=name]", person.name)
            page.fill("input[name=password]", PASSWORDS[person.name])
            page.click("button.main")
            page.goto(served.address.rstrip("/") + "/articles/1")
        one, two, three = (f"#f-{key}" for key in KEYS[2:5])
        lan.fill(f"{three} .reason", "as the source has")
        lan.locator(two).focus()
        lan.keyboard.press("d")
        lan.keyboard.type("said else")
        place = f"document.querySelector('{two}').getBoundingClientRect().top"
        stood = lan.evaluate(place)
        minh.fill(f"{two} .reason", "style")
        minh.press(f"{two} .reason", "Enter")
        minh.wait_for_selector(f"{two}.dismissed")
        minh.fill(f"{one} .reason", "so long a reason that the card grows by a line or two " * 3)
        minh.press(f"{one} .reason", "Enter")
        minh.evaluate(ADD)
        lan.wait_for_selector(f"{one}.dismissed")
        lan.wait_for_selector(".card >> text=a word of Minh's")
        assert lan.locator(two).get_attribute("class") == "card minor open current"
        lan.keyboard.type("where")
        assert lan.input_value(f"{two} .reason") == "said elsewhere"
        assert lan.input_value(f"{three} .reason") == "as the source has"
        assert lan.locator(f"{two} .count").inner_text() == "5"
        assert abs(lan.evaluate(place) - stood) < 2
        assert lan.locator("#done progress").get_attribute("value") == "3"
        assert lan.locator("#decided li").count() == 4
        lan.keyboard.press("Enter")
        lan.wait_for_selector(f"{two} .opinions >> text=Lan")
        assert lan.locator(f"{two} .opinions li").count() == 2
        assert lan.input_value(f"{three} .reason") == "as the source has"
        lan.keyboard.press("?")
        minh.wait_for_selector(".card >> text=a word of Minh's")
        minh.keyboard.press("u")
        lan.wait_for_selector(".card >> text=a word of Minh's", state="detached")
        assert lan.locator("#help").is_visible()
        assert lan.locator(f"{two} .count").inner_text() == "4"
        assert not problems + others
    finally:
        stop(served)


def test_a_new_version_of_the_texts_appears(browser: "Browser", database: Path) -> None:
    """Whoever is writing is told of it; any other page shows it."""
    served = serve(database)
    engine = open_store(str(database))
    try:
        page, problems = watched(browser, served)
        page.goto(served.address.split("/enter")[0] + "/articles/1")
        page.fill(f"#f-{KEYS[0]} .reason", "half a")
        add_article(engine, report=replace(shorter(golden_report(), 3), signature="next"))
        page.wait_for_selector("#said >> text=new version")
        assert page.input_value(f"#f-{KEYS[0]} .reason") == "half a"
        page.reload()
        assert page.locator(".card").count() == 3
        page.fill(f"#f-{KEYS[0]} .reason", "")
        page.locator(f"#f-{KEYS[0]}").focus()
        add_article(engine, report=replace(golden_report(), signature="third"))
        page.wait_for_selector(f"#f-{KEYS[6]}")
        assert page.locator(".card").count() == 7
        assert not problems
    finally:
        stop(served)
        engine.dispose()


def test_two_files_are_dropped_on_the_page(browser: "Browser", tmp_path: Path) -> None:
    """Two files that are dropped at once fill both fields, in their order; a third is left out."""
    served = serve(tmp_path / "desk.sqlite")
    try:
        page, problems = watched(browser, served)
        page.evaluate(
            """() => {
              const dropped = new DataTransfer();
              for (const name of ["a.txt", "b.txt", "c.txt"])
                dropped.items.add(new File(["x"], name));
              const event = new DragEvent("drop", { dataTransfer: dropped, bubbles: true });
              document.querySelector(".upload").dispatchEvent(event);
            }"""
        )
        for field, name in (("source", "a.txt"), ("target", "b.txt")):
            held = page.locator(f"input[name={field}]").evaluate("(f) => f.files[0].name")
            assert held == name
        assert not problems
    finally:
        stop(served)


@pytest.mark.model
def test_a_bilingual_file_becomes_an_article(browser: "Browser", tmp_path: Path) -> None:
    """One file of pairs is handed in alone; its progress is shown, and then its findings."""
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("It cost 5 dollars.\tNó giá 6 đô la.\nHe came.\tAnh ấy đã đến.\n", "utf-8")
    served = serve(tmp_path / "desk.sqlite")
    try:
        page, problems = watched(browser, served)
        page.set_input_files("input[name=source]", pairs)
        page.click(".upload button.main")
        page.wait_for_selector("progress")
        page.wait_for_selector(".card", timeout=240_000)
        assert page.locator(".segment[data-side=source]").count() == 2
        assert page.locator("mark", has_text="6").count() == 1
        assert not problems
    finally:
        stop(served)


@pytest.mark.parametrize("width", [1400, 390])
def test_a_hostile_article_is_text(browser: "Browser", tmp_path: Path, width: int) -> None:
    """Tags run nothing and marks of direction turn nothing; a line of a megabyte fits the page."""
    path = make_database(tmp_path)
    engine = open_store(str(path))
    bad = "<script>document.evil = 1</script><img src=x onerror='document.evil = 1'>\u202eevil"
    add_article(engine, bad, hostile(golden_report(), bad))
    add_article(engine, "long", hostile(golden_report(), "ă" * 1_000_000))
    engine.dispose()
    served = serve(path)
    try:
        page, problems = watched(browser, served, viewport={"width": width, "height": 900})
        page.set_default_timeout(120_000)
        for place in ("/", "/articles/2", "/statistics", "/articles/3"):
            page.goto(served.address.split("/enter")[0] + place)
            assert page.evaluate("document.evil") is None
            assert page.locator("main img, main script").count() == 0
            assert page.evaluate("document.documentElement.scrollWidth") <= width, place
            shown = page.inner_text("main")
            assert "\u202e" not in shown
            if place == "/articles/2":
                assert "<script>document.evil = 1</script><img src=x" in shown
        long = page.locator(".segment[data-side=source]").first
        assert long.evaluate("(segment) => segment.textContent") == "ă" * 1_000_000
        assert not problems
    finally:
        stop(served)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_nobody_is_shut_out(browser: "Browser", database: Path, scheme: str, width: int) -> None:
    """axe-core finds nothing serious on any page, and a phone need not be scrolled sideways."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    served = serve(database)
    try:
        served.ask("/api/articles/1/decisions", {"action": "agree", "key": KEYS[0]})
        wish = {"action": "dismiss", "key": KEYS[1], "reason": "style"}
        served.ask("/api/articles/1/decisions", wish)
        options = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
        page, _ = watched(browser, served, bypass_csp=True, **options)
        for path in ("/", "/articles/1", "/statistics", "/api/docs"):
            page.goto(served.address.split("/enter")[0] + path)
            found = axe.run(page).response["violations"]
            grave = [v for v in found if v["impact"] in ("serious", "critical")]
            told = [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in grave]
            assert not told, (path, told)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    finally:
        stop(served)
