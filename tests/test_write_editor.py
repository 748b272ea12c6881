"""Whether an editor that opens a SARIF log lands on the words; needs Chromium and Monaco.

npm install monaco-editor@0.52    # the editor of Visual Studio Code

VERALIGN_MONACO names its folder `min/vs`. Lines, columns and selections are the editor's; that a
viewer selects the stretch between a region's two ends is what viewers for it do.
"""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, sync_playwright

from align.finding import Report
from align.write import sarif
from tests.reports import astral_report, seed_report

ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
MONACO = Path(os.environ.get("VERALIGN_MONACO", "/usr/lib/node_modules/monaco-editor/min/vs"))
START = """() => new Promise(done => require(['vs/editor/editor.main'], () => {
    window.editor = monaco.editor.create(document.getElementById('at'));
    done();
}))"""
LAND = """([text, region]) => {
    editor.setValue(text);
    editor.setSelection(new monaco.Selection(
        region.startLine, region.startColumn, region.endLine, region.endColumn));
    const model = editor.getModel(), chosen = editor.getSelection();
    return [model.getValueInRange(chosen), model.getOffsetAt(chosen.getStartPosition())];
}"""

pytestmark = [
    pytest.mark.skipif(not (CHROMIUM and MONACO.is_dir()), reason="needs Chromium and Monaco"),
    # Playwright leaves the closing of its pipes to the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Open the editor in a page of its own."""
    page = tmp_path_factory.mktemp("editor") / "page.html"
    loader = (MONACO / "loader.js").as_uri()
    page.write_text(
        f"<!DOCTYPE html><div id=at style='height:400px'></div><script src='{loader}'></script>"
        f"<script>require.config({{paths: {{vs: '{MONACO.as_uri()}'}}}})</script>",
        "utf-8",
    )
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        opened = browser.new_page()
        opened.goto(page.as_uri())
        opened.evaluate(START)
        yield opened
        browser.close()


def regions(report: Report, folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each region of a log that has words, with the text of the file that it leads to."""
    for result in json.loads(sarif.render(report))["runs"][0]["results"]:
        for place in (*result["locations"], *result.get("relatedLocations", ())):
            physical = place["physicalLocation"]
            if "snippet" in physical.get("region", {}):
                path = unquote(physical["artifactLocation"]["uri"]).removeprefix("file://")
                text = (folder / path).read_bytes().decode("utf-8")
                yield text, physical["region"]


@pytest.mark.parametrize("make", ["seed", "astral"])
def test_an_editor_selects_the_marked_words(make: str, editor: Page, tmp_path: Path) -> None:
    """Put where a region says, the selection holds the words, at the offset that it says."""
    report, folder = (
        (seed_report(), ROOT) if make == "seed" else (astral_report(tmp_path), tmp_path)
    )
    found = list(regions(report, folder))
    assert found
    for text, region in found:
        words, at = editor.evaluate(LAND, [text, region])
        assert words == region["snippet"]["text"]
        assert at == region["charOffset"]
