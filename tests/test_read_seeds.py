"""The seed pair as LibreOffice writes it: every format gives the segments that the text gives."""

from pathlib import Path

import pytest

from align.bitext import Document
from align.cli.files import read_document
from align.config import Config
from align.encoder import load_encoder
from align.manifest import find_manifest
from align.pipeline import compare, prepare
from tests.archives import epub
from tests.pages import SEEDS, blog, paragraphs, seed

DATA = Path(__file__).parent / "data"
PAIR = {"000": SEEDS[0], "004": SEEDS[4]}


def segments(document: Document) -> list[str]:
    """Return the segments of a document, white space in them as spaces."""
    return [" ".join(s.text.split()) for s in prepare(document, Config())[1]]


@pytest.mark.parametrize("name", PAIR)
@pytest.mark.parametrize("suffix", [".docx", ".odt", ".pdf"])
def test_a_real_file_gives_the_segments_of_the_text(name: str, suffix: str) -> None:
    """What LibreOffice made of a seed is read as the seed."""
    document = read_document(str(DATA / f"seed-{name}{suffix}"), Config())
    assert segments(document) == segments(seed(PAIR[name]))


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
def test_a_word_file_gives_the_findings_of_the_text(cache: Path) -> None:
    """Beads and findings are those of the text, and they have places."""
    encoder = load_encoder(find_manifest("e5-small"), cache)
    config = Config()
    wanted = compare(seed(SEEDS[0]), seed(SEEDS[4]), config, encoder)
    files = [read_document(str(DATA / f"seed-{name}.docx"), config) for name in PAIR]
    found = compare(files[0], files[1], config, encoder)
    assert [(b.source, b.target) for b in found.bitext.beads] == [
        (b.source, b.target) for b in wanted.bitext.beads
    ]
    assert [f.key for f in found.findings] == [f.key for f in wanted.findings]
    place = files[0].place_at(found.bitext.source_segments[5].span.start)
    assert place is not None
    assert place.label.startswith("paragraph ")
