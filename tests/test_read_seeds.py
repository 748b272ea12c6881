"""The seeds as LibreOffice and Chromium write them: each gives the segments that the text gives.

In tests/data, `seed-NNN.docx`, `.odt` and `.pdf` and `exported-000.html` were converted by
LibreOffice; `seed-NNN.html` are the pages of tests/pages.py as Chromium held them once they were
loaded (`--dump-dom`), and `printed-NNN.pdf` what it prints of their paragraphs.
"""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from align.bitext import Document
from align.cli.files import read_document
from align.config import Config
from align.encoder import load_encoder
from align.manifest import find_manifest
from align.pipeline import compare, prepare
from tests.archives import epub
from tests.pages import SEEDS, blog, news, old, paragraphs, seed

DATA = Path(__file__).parent / "data"
CHROMIUM = shutil.which("chromium")
PAIR = {"000": SEEDS[0], "004": SEEDS[4]}


def segments(document: Document) -> list[str]:
    """Return the segments of a document, white space in them as spaces."""
    return [" ".join(s.text.split()) for s in prepare(document, Config())[1]]


@pytest.mark.parametrize("name", PAIR)
@pytest.mark.parametrize("file", ["seed-{}.docx", "seed-{}.odt", "seed-{}.pdf", "printed-{}.pdf"])
def test_a_real_file_gives_the_segments_of_the_text(name: str, file: str) -> None:
    """What LibreOffice or Chromium made of a seed is read as the seed."""
    document = read_document(str(DATA / file.format(name)), Config())
    assert segments(document) == segments(seed(PAIR[name]))


@pytest.mark.parametrize("number", range(len(SEEDS)))
def test_a_page_that_a_browser_saved_gives_the_segments_of_the_text(number: int) -> None:
    """Each seed, in a page of a blog, a news site or an old one, comes out of it as it was."""
    document = read_document(str(DATA / f"seed-{number:03}.html"), Config())
    assert segments(document) == segments(seed(SEEDS[number]))


def test_a_page_that_a_word_processor_exported() -> None:
    """LibreOffice's HTML is read as the seed that it holds."""
    document = read_document(str(DATA / "exported-000.html"), Config())
    assert segments(document) == segments(seed(SEEDS[0]))


@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")
@pytest.mark.parametrize("make", [blog, news, old])
@pytest.mark.parametrize("number", range(len(SEEDS)))
def test_a_browser_saves_it_now(
    number: int, make: Callable[[Sequence[str]], str], tmp_path: Path
) -> None:
    """The browser that is here, of whatever version, saves each page of each seed readably."""
    page = tmp_path / "page.html"
    page.write_text(make(paragraphs(seed(SEEDS[number]))), "utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'user'}"]
    saved = subprocess.run(  # noqa: S603 - a program that we looked up
        [str(CHROMIUM), *flags, "--dump-dom", page.as_uri()],
        check=True,
        capture_output=True,
        timeout=180,
    ).stdout
    page.write_bytes(saved)
    assert segments(read_document(str(page), Config())) == segments(seed(SEEDS[number]))


@pytest.mark.parametrize("suffix", [".html", ".md", ".srt", ".epub"])
@pytest.mark.parametrize("name", PAIR)
def test_a_made_file_gives_the_segments_of_the_text(name: str, suffix: str, tmp_path: Path) -> None:
    """A saved page, Markdown, subtitles and an e-book of a seed are read as the seed."""
    texts = paragraphs(seed(PAIR[name]))
    made = {
        ".html": blog(texts).encode(),
        ".md": "\n\n".join(texts).encode(),
        ".srt": "".join(
            f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{text}\n\n"
            for n, text in enumerate(segments(seed(PAIR[name])))
        ).encode(),
        ".epub": epub({"a.xhtml": "".join(f"<p>{text}</p>" for text in texts)}, ("a.xhtml",)),
    }
    path = tmp_path / f"page{suffix}"
    path.write_bytes(made[suffix])
    assert segments(read_document(str(path), Config())) == segments(seed(PAIR[name]))


@pytest.mark.model
@pytest.mark.parametrize("suffix", [".docx", ".html", ".pdf", ".odt"])
def test_a_real_file_gives_the_findings_of_the_text(suffix: str, cache: Path) -> None:
    """Beads and findings are those of the text, and they have places."""
    encoder = load_encoder(find_manifest("e5-small"), cache)
    config = Config()
    wanted = compare(seed(SEEDS[0]), seed(SEEDS[4]), config, encoder)
    files = [read_document(str(DATA / f"seed-{name}{suffix}"), config) for name in PAIR]
    found = compare(files[0], files[1], config, encoder)
    assert [(b.source, b.target) for b in found.bitext.beads] == [
        (b.source, b.target) for b in wanted.bitext.beads
    ]
    assert [(f.key, f.severity, f.error_type) for f in found.findings] == [
        (f.key, f.severity, f.error_type) for f in wanted.findings
    ]
    place = files[0].place_at(found.bitext.source_segments[5].span.start)
    assert place is not None
    assert place.label.startswith("page " if suffix == ".pdf" else "paragraph ")
