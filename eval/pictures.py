"""Takes the pictures of the viewer and of the desk for the documentation.

    python -m eval.pictures

The viewer shows the seed pair, as SVG at 80 by 24 and at 200 by 60. The desk shows its report
among copies of it in a real Chromium, by day, by night, and on a telephone. Writes
docs/viewer-80.svg, viewer-200.svg, desk-article.png, desk-dark.png, desk-queue.png and
desk-phone.png.
"""

import argparse
import asyncio
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from align.cli import diff, files
from align.viewer.app import Viewer
from align.viewer.state import View
from eval.desk import fill, served
from eval.viewer import PAIR, ROOT

DOCS = ROOT / "docs"
CHROMIUM = "/usr/bin/chromium"
ARTICLES = 12

SIZES = {"viewer-80": (80, 24), "viewer-200": (200, 60)}

WINDOWS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "desk-article": ("/articles/1", {"viewport": {"width": 1400, "height": 900}}),
    "desk-dark": (
        "/articles/1",
        {"viewport": {"width": 1400, "height": 900}, "color_scheme": "dark"},
    ),
    "desk-queue": ("/", {"viewport": {"width": 1400, "height": 900}}),
    "desk-phone": (
        "/articles/1",
        {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "locale": "vi-VN"},
    ),
}
"""The pages of the desk that are shown, and the windows in which they are."""


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--chromium", default=CHROMIUM, help="path of the browser")
    given = parser.parse_args()
    for name, size in SIZES.items():
        (DOCS / f"{name}.svg").write_text(asyncio.run(pictured(size)), "utf-8")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        database = str(Path(folder) / "desk.sqlite")
        fill(database, ARTICLES)
        browser = driver.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
        with served(database) as (address, token):
            photograph(browser, address, token)
        browser.close()


def photograph(browser: Browser, address: str, token: str) -> None:
    """Take the pictures of a desk."""
    for name, (path, options) in WINDOWS.items():
        page = browser.new_context(**options).new_page()
        page.goto(f"{address}/enter?token={token}")
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=DOCS / f"{name}.png")


async def pictured(size: tuple[int, int]) -> str:
    """Return a picture of the viewer on the seed pair, the changed tense being looked at."""
    texts = diff.Texts((str(PAIR[0]), str(PAIR[1])), (None, None), files.load_config({}))
    app = Viewer(diff.outside(texts, None, ""), View(texts.read()))
    async with app.run_test(size=size) as pilot:
        while app.view.seen is None or not app.view.seen.is_whole:
            await pilot.pause(0.1)
        while (finding := app.view.current()) is not None and finding.check != "tense":
            await pilot.press("n")
        await pilot.pause(0.3)
        picture = app.export_screenshot(title="veralign diff")
    # The picture would fetch its font from the network; the reader's own will do.
    return re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)


if __name__ == "__main__":
    main()
