"""HTML: whole without a network or a script, safe with hostile articles, readable by everyone."""

import base64
import hashlib
import re
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from lxml import html

from align.bitext import Bead, Bitext
from align.finding import ErrorType, Report, Severity
from align.write.html import render
from align.write.policy import Policy
from align.write.slices import visible
from align.write.tsv import side_text
from align.write.words import TYPES
from tests.reports import (
    REPORTS,
    document,
    finding,
    mark,
    rich_report,
    seed_report,
    silent_report,
)
from tests.strategies import hostile_texts

CONTENT_POLICY = "//meta[@http-equiv='Content-Security-Policy']/@content"


def parse(written: str) -> Any:
    """Return a page as a tree."""
    return html.document_fromstring(written.encode("utf-8"), html.HTMLParser(encoding="utf-8"))


def text_of(element: Any) -> str:
    """Return the words of a text of the page, without the numbers of findings in it."""
    for reference in element.xpath(".//a[contains(@class, 'ref')]"):
        reference.drop_tree()
    return str(element.text_content())


@pytest.mark.parametrize("report", REPORTS)
def test_a_page_asks_nothing_of_anyone(report: str) -> None:
    """No script, no address outside the page, and a policy that would forbid them."""
    page = parse(render(REPORTS[report]()))
    assert not page.xpath("//script | //link | //img | //iframe | //object | //base")
    assert not page.xpath("//@src | //@style | //@*[starts-with(name(), 'on')]")
    assert all(link.startswith("#") for link in page.xpath("//@href"))
    (style,) = page.xpath("//style/text()")
    assert "url(" not in style
    assert "@import" not in style
    (policy,) = page.xpath(CONTENT_POLICY)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")


@pytest.mark.parametrize("report", REPORTS)
def test_links_lead_somewhere(report: str) -> None:
    """Each identifier is there once, and each link leads to one."""
    page = parse(render(REPORTS[report]()))
    names = page.xpath("//@id")
    assert len(set(names)) == len(names)
    assert {link.removeprefix("#") for link in page.xpath("//@href")} <= set(names)


@pytest.mark.parametrize("report", ["seed", "rich"])
def test_both_texts_are_whole(report: str) -> None:
    """Each bead is a row with both texts in full, in their language and direction."""
    given = REPORTS[report]()
    page = parse(render(given))
    rows = page.xpath("//tbody/tr[starts-with(@id, 'bead-')]")
    assert len(rows) == len(given.bitext.beads)
    for bead, row in zip(given.bitext.beads, rows, strict=True):
        for (_, side, segments), run, cell in zip(
            given.bitext.sides(), (bead.source, bead.target), row.findall("td"), strict=True
        ):
            (shown,) = cell.findall("div")
            if not run:
                assert shown.text_content() == "no counterpart"
                continue
            assert shown.get("lang") == side.language
            assert shown.get("dir") == ("rtl" if side.language == "ar" else "ltr")
            assert text_of(shown) == visible(side_text(segments, run))


def test_every_mark_is_on_its_words() -> None:
    """The marks of each severity cover the marked words, and numbers lead to the reasons."""
    report = seed_report()
    page = parse(render(report))
    lost = page.xpath("//mark[contains(@class, 'accuracy-omission')]")
    words = {text_of(element) for element in lost}
    assert "Biden instead " in words
    tense = page.xpath("//mark[contains(@class, 'accuracy-mistranslation-tense')]")
    assert [text_of(element) for element in tense] == ["held", "sẽ"]
    for number in range(1, len(report.findings) + 1):
        assert page.xpath(f"//a[@class and starts-with(@class, 'ref')][@href='#finding-{number}']")
        (note,) = page.xpath(f"//*[@id='finding-{number}']")
        assert note.getparent().getparent().getprevious().get("class") == "found"


def test_the_gravest_finding_gives_the_colour() -> None:
    """Where marks overlap, the innermost element, whose colour is seen, is the gravest."""
    page = parse(render(rich_report()))
    for inner in page.xpath("//mark[parent::mark]"):
        grades = [Severity[e.get("class").split()[0].upper()] for e in (inner, inner.getparent())]
        assert grades[0] >= grades[1]


def test_findings_can_be_hidden_without_a_script() -> None:
    """Each severity and kind that was found has a box, and the style sheet a rule for it."""
    report = rich_report()
    page = parse(render(report))
    (style,) = page.xpath("//style/text()")
    boxes = {box.get("id"): box.getparent().text_content() for box in page.xpath("//input")}
    kinds = {f"show-{str(f.error_type).replace('/', '-')}" for f in report.findings}
    severities = {f"show-{f.severity.label}" for f in report.findings}
    assert set(boxes) == kinds | severities | {"only-found"}
    for name in kinds | severities:
        hidden = name.removeprefix("show-")
        assert f":root:has(#{name}:not(:checked)) .finding.{hidden} {{" in style
    assert boxes["show-accuracy-mistranslation-number"] == TYPES[ErrorType.NUMBER]


def test_accepted_findings_can_be_hidden() -> None:
    """An accepted finding has its own box, its status, and its reason."""
    report = seed_report()
    page = parse(render(report, Policy(suppressed={report.findings[0].key: "as agreed"})))
    assert page.xpath("//input[@id='show-accepted']")
    (note,) = page.xpath("//div[contains(@class, 'note') and contains(@class, 'accepted')]")
    assert "Accepted: as agreed" in note.text_content()


def test_two_texts_that_were_not_compared() -> None:
    """The page says so, and why, and shows no empty list."""
    page = parse(render(silent_report()))
    assert "could not be compared" in page.findtext(".//h1")
    assert "both texts are in English" in page.xpath("//p[@class='risk']")[0].text_content()
    assert not page.xpath("//ol")


@given(hostile_texts.filter(bool), hostile_texts)
def test_no_text_becomes_markup(text: str, message: str) -> None:
    """Whatever an article or a message says, the page has its own elements, and shows the words."""
    hostile = parse(render(report_of(text, message)))
    assert {str(element.tag) for element in hostile.iter()} <= OUR_TAGS
    (cell,) = hostile.xpath("//tr[@id='bead-0']/td[1]/div")
    assert text_of(cell) == visible("".join(" " if c.isspace() else c for c in text))


def report_of(text: str, message: str) -> Report:
    """Return a report about one sentence, marked as a whole."""
    source, ours = document("<b>", "en", text)
    target, theirs = document("b", "vi", text)
    kind = ("number", ErrorType.NUMBER, Severity.MAJOR)
    found = finding(kind, 0, (mark(ours, 0, text),), (), message, message)
    beads = (Bead(range(1), range(1), 1.0),)
    return Report(Bitext(source, target, ours, theirs, beads), (found,), (), text, 0.5)


OUR_TAGS = {str(element.tag) for element in parse(render(seed_report())).iter()}
OUR_TAGS |= {"ul", "li"}  # of what was left out, which the seed pair may lack

# The words that stand on each ground, by the names of the style sheet.
GRADES = ("critical", "major", "minor", "neutral")
PAIRS = (
    *product(("ink", "quiet", "link"), ("paper", "panel")),
    *(("ink", grade) for grade in GRADES),
    *((f"{grade}-ink", grade) for grade in GRADES),
)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, after WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("pair", PAIRS, ids=" on ".join)
def test_contrast_is_enough(theme: int, pair: tuple[str, str]) -> None:
    """Words stand out from what is behind them as WCAG asks at level AA, by day and by night."""
    (style,) = parse(render(seed_report())).xpath("//style/text()")
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[theme]))
    light, dark = sorted((luminance(colours[name]) for name in pair), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
