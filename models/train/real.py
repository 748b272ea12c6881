"""Machine translations that people judged: words that they changed, pairs that are critical."""

import tarfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from align.bitext import Span


def read_lines(path: Path) -> list[str]:
    """Return the lines of a file, in NFC."""
    text = unicodedata.normalize("NFC", path.read_text("utf-8"))
    return [line.strip() for line in text.rstrip("\n").split("\n")]


@dataclass(frozen=True, slots=True)
class Real:
    """A pair of real machine translation, judged by people.

    `source_bad` and `target_bad` mark spans of words that post-editors changed, or are None;
    `critical` is None where nobody judged the pair as a whole. `edited` is what a post-editor made
    of the target, or empty.
    """

    source: str
    target: str
    source_bad: tuple[tuple[Span, bool], ...] | None
    target_bad: tuple[tuple[Span, bool], ...] | None
    critical: bool | None
    edited: str = ""


def read_words(data: Path, split: str) -> Iterator[tuple[str, list[Real]]]:
    """Yield the pairs of MLQE-PE, words tagged, for each pair of languages."""
    for path in sorted((data / "mlqe-pe").glob(f"*-{split}.tar.gz")):
        with tarfile.open(path) as archive:
            files = {}
            for member in archive:
                name = Path(member.name).name
                content = archive.extractfile(member)
                if content is None or name.startswith("._"):
                    continue
                text = unicodedata.normalize("NFC", content.read().decode("utf-8"))
                files[name.split(".", 1)[1]] = text.rstrip("\n").split("\n")
        names = ("src", "mt", "source_tags", "tags", "pe")
        rows = zip(*(files[name] for name in names), strict=True)
        yield (
            path.name.removesuffix(f"-{split}.tar.gz"),
            [
                Real(
                    s.strip(),
                    t.strip(),
                    _tagged(s, st.split()),
                    _tagged(t, tt.split()[1::2]),
                    None,
                    e.strip(),
                )
                for s, t, st, tt, e in rows
            ],
        )


def _tagged(text: str, tags: Sequence[str]) -> tuple[tuple[Span, bool], ...] | None:
    words = [Span(*m.span()) for m in regex.finditer(r"\S+", text.strip())]
    if len(words) != len(tags):
        return None
    return tuple((word, tag == "BAD") for word, tag in zip(words, tags, strict=True))


def read_critical(data: Path, split: str) -> Iterator[tuple[str, list[Real]]]:
    """Yield the pairs of WMT21's critical errors, for each pair of languages."""
    for path in sorted((data / "wmt21-critical-errors").glob(f"*.{split}.tsv")):
        rows = [line.split("\t") for line in read_lines(path)]
        yield (
            path.name.split(".")[0],
            [Real(row[1], row[2], None, None, row[-1].strip() == "ERR") for row in rows],
        )
