"""Tests of what a batch consists of, and of when a pair is done again."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from align.baseline import Accepted
from align.batch import articles
from align.batch.course import Summary, drive
from align.batch.engine import answer
from align.batch.pair import Pair
from align.batch.pairs import read_batch
from align.batch.results import RESULTS, opened
from align.config import CheckSettings, Config
from align.errors import ConfigError, ReadError
from tests.fakes import HashEncoder

ROWS = [["source", "Target", "translator"], ["a.txt", "b.txt", "An, Bo"], ["c.txt", "d.txt", ""]]
SEA = "the sea was calm. the harbour was full of ships. nobody sailed that day."


def written(folder: Path, suffix: str) -> Path:
    """Write the same manifest in one of its formats."""
    path = folder / f"pairs{suffix}"
    tables = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]
    if suffix == ".parquet":
        parquet.write_table(pa.Table.from_pylist(tables), path)
    elif suffix == ".jsonl":
        path.write_text("".join(json.dumps(table) + "\n" for table in tables), "utf-8")
    elif suffix == ".tsv":
        path.write_text("".join("\t".join(row) + "\n" for row in ROWS), "utf-8-sig")
    else:
        lines = [";".join(f'"{cell}"' for cell in row) for row in ROWS]
        path.write_text("\r\n".join(lines), "utf-8")
    return path


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl", ".parquet"])
def test_a_manifest_says_the_same_in_each_format(tmp_path: Path, suffix: str) -> None:
    """Files, other columns and names of pairs do not hang on how the table is written."""
    batch = read_batch(str(written(tmp_path, suffix)), ("en", None))
    assert batch.folder == str(tmp_path)
    assert batch.pairs == (
        Pair("a.txt | b.txt", "a.txt", "b.txt", (("translator", "An, Bo"),), ("en", None)),
        Pair("c.txt | d.txt", "c.txt", "d.txt", (("translator", ""),), ("en", None)),
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("p.csv", "source,other\na,b\n", "has no 'target'"),
        ("p.csv", "source,target\na,b\na,b\n", "both called"),
        ("p.csv", "source,target\na,b,c\n", "3 cells"),
        ("p.csv", "source,target,x,x\na,b,c,d\n", "Two columns"),
        ("p.csv", "source,target\n", "no pairs"),
        ("p.jsonl", '{"source": "a", "target": "b"}\n{\n', "Line 2"),
        ("p.jsonl", "[1]\n", "no JSON object"),
        ("p.parquet", "PAR1", "no Parquet"),
        ("p.csv", "", "no pairs"),
        ("p.docx", "", "neither a folder nor a manifest"),
    ],
)
def test_a_wrong_manifest_is_one_clear_error(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    """What is wrong with a manifest is said before anything is compared."""
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(ReadError, match=said) as caught:
        read_batch(str(tmp_path / name))
    assert caught.value.where


def test_a_manifest_that_is_not_there_is_said(tmp_path: Path) -> None:
    """A path that leads nowhere is no matter of formats."""
    with pytest.raises(ReadError, match="no such file"):
        read_batch(str(tmp_path / "articles"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_manifest_may_come_from_a_spreadsheet(tmp_path: Path, encoding: str) -> None:
    """Its mark of the encoding, its ends of lines and spaces around cells are none of the names."""
    rows = "source,target\r\n my article.txt ,bài báo.txt\r\n"
    (tmp_path / "p.csv").write_bytes(rows.encode(encoding))
    (pair,) = read_batch(str(tmp_path / "p.csv")).pairs
    assert (pair.source, pair.target) == ("my article.txt", "bài báo.txt")


def test_a_manifest_may_name_pairs_and_languages(tmp_path: Path) -> None:
    """Columns of the manifest win over what the command gives."""
    text = "source,target,pair,source_language,target_language\na,b,x,de,\n"
    (tmp_path / "p.csv").write_text(text, "utf-8")
    (pair,) = read_batch(str(tmp_path / "p.csv"), ("en", "vi")).pairs
    assert pair == Pair("x", "a", "b", (), ("de", "vi"))


def touch(folder: Path, *names: str) -> None:
    """Make files, and the folders they lie in."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(SEA, "utf-8")


def test_a_folder_of_languages_in_names(tmp_path: Path) -> None:
    """An original has a pair with each translation; what is alone or unclear is said."""
    touch(tmp_path, "a.en.txt", "a.vi.txt", "a.de.html", "n/b.en.md", "n/b.vi.docx")
    touch(
        tmp_path, "c.en.txt", "d.vi.txt", "e.en.txt", "e.vi.txt", "e.vi.md", "plain.txt", "f.json"
    )
    touch(tmp_path, "out/g.en.txt", "out/g.vi.txt")
    batch = read_batch(str(tmp_path), ("en", None), str(tmp_path / "out"))
    assert [(pair.name, pair.source, pair.target) for pair in batch.pairs] == [
        ("a.de", "a.en.txt", "a.de.html"),
        ("a.vi", "a.en.txt", "a.vi.txt"),
        ("n/b.vi", "n/b.en.md", "n/b.vi.docx"),
    ]
    said = " ".join(batch.notes)
    for name in ("c.en.txt has no translation", "d.vi.txt has no original", "e.vi.md", "plain.txt"):
        assert name in said
    assert "1 files of" in said


def test_originals_are_not_guessed(tmp_path: Path) -> None:
    """Of languages alone nobody can tell which one was first."""
    touch(tmp_path, "a.en.txt", "a.vi.txt")
    with pytest.raises(ConfigError, match="en, vi"):
        read_batch(str(tmp_path))


def test_a_folder_of_two_folders(tmp_path: Path) -> None:
    """Below source/ and target/, files of equal names belong together, tagged or not."""
    touch(tmp_path, "source/x/a.txt", "target/x/a.html", "source/b.en.txt", "target/b.vi.txt")
    batch = read_batch(str(tmp_path))
    assert [pair.target for pair in batch.pairs] == ["target/b.vi.txt", "target/x/a.html"]
    assert batch.notes == ()


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    """No pairs is no clean bill."""
    with pytest.raises(ReadError, match="no pairs"):
        read_batch(str(tmp_path))


def test_links_are_followed_and_those_to_nothing_said(tmp_path: Path) -> None:
    """A link to a file is that file; one to nothing, or to itself, is no reason to stop."""
    touch(tmp_path, "elsewhere/a.txt", "pairs/target/a.txt", "pairs/target/b.txt")
    originals = tmp_path / "pairs" / "source"
    originals.mkdir()
    for name, goal in (("a.txt", "../../elsewhere/a.txt"), ("b.txt", "gone"), ("c.txt", "c.txt")):
        (originals / name).symlink_to(goal)
    batch = read_batch(str(tmp_path / "pairs"))
    assert [pair.source for pair in batch.pairs] == ["source/a.txt"]
    said = " ".join(batch.notes)
    for words in ("b.txt is a link to no file", "c.txt is a link to no file", "b.txt has no orig"):
        assert words in said


class Desk:
    """A folder of pairs with the work done on them in this process."""

    def __init__(self, folder: Path) -> None:
        """Write three pairs, one of which has no translation, and one a file that is no text."""
        self.folder = folder
        self.done: list[str] = []
        texts = {"a.txt": SEA, "b.txt": SEA.upper(), "c.txt": SEA + " it rained.", "e.txt": "\0\1"}
        for name, text in texts.items():
            (folder / name).write_text(text, "utf-8")
        rows = "source,target\na.txt,b.txt\nc.txt,missing.txt\nc.txt,e.txt\n"
        (folder / "p.csv").write_text(rows, "utf-8")

    def run(self, config: Config, accepted: tuple[Accepted, ...] = ()) -> Summary:
        """Run the batch, and keep the names of the pairs that were compared."""
        batch = read_batch(str(self.folder / "p.csv"), ("en", "vi"))
        job = articles.plan(batch.folder, config, accepted)
        self.done = []

        def answers(due: Iterator[Pair]) -> Iterator[bytes]:
            for pair in due:
                self.done.append(pair.target)
                yield answer(lambda pair: articles.compare(job, HashEncoder(), pair), pair)

        with opened(str(self.folder / "out")) as results:
            return drive(batch, results, lambda pair: articles.current_key(job, pair), answers)


def test_only_what_changed_is_done_again(tmp_path: Path) -> None:
    """Nothing the second time; then what another text, setting or accepted finding concerns."""
    desk, config = Desk(tmp_path), Config(checks=CheckSettings(select=("number",)))
    summary = desk.run(config)
    assert (summary.pairs, summary.failed, summary.kept) == (3, 2, 0)
    before = (tmp_path / "out" / RESULTS).read_bytes()
    assert desk.run(config).kept == 3
    assert desk.done == []
    assert (tmp_path / "out" / RESULTS).read_bytes() == before
    (tmp_path / "missing.txt").write_text(SEA.upper(), "utf-8")
    assert desk.run(config).failed == 1
    assert desk.done == ["missing.txt"]
    (tmp_path / "a.txt").write_text(SEA + " it was cold.", "utf-8")
    desk.run(config)
    assert desk.done == ["b.txt"]
    desk.run(replace(config, segmented=True))
    assert len(desk.done) == 3
    desk.run(replace(config, segmented=True), (Accepted("0" * 16, "known"),))
    assert len(desk.done) == 3


def test_a_broken_pair_is_a_line_with_its_error(tmp_path: Path) -> None:
    """A missing file and one that is no text are named as the manifest names them."""
    Desk(tmp_path).run(Config())
    lines = (tmp_path / "out" / RESULTS).read_text("utf-8").splitlines()
    errors = [json.loads(line).get("error") for line in lines]
    assert errors[0] is None
    assert errors[1]["message"] == "There is no such file."
    assert errors[1]["where"] == "missing.txt"
    assert errors[2]["where"] == "e.txt"


def _with_odd_name(folder: Path, name: bytes) -> bool:
    """Write a pair of files called so, if this system has such names."""
    for part in (b"source", b"target"):
        place = os.path.join(os.fsencode(folder), part)  # noqa: PTH118 - a path of bytes
        os.makedirs(place, exist_ok=True)  # noqa: PTH103
        try:
            with open(os.path.join(place, name), "w") as file:  # noqa: PTH118, PTH123
                file.write(SEA if part == b"source" else SEA.upper())
        except OSError:
            return False
    return True


def test_names_that_are_no_utf_8_are_names(tmp_path: Path) -> None:
    """Such files are compared, and their pair is called what can be written."""
    if not _with_odd_name(tmp_path, b"caf\xe9.txt"):
        pytest.skip("this system has no such names")
    batch = read_batch(str(tmp_path), ("en", "vi"))
    assert [pair.name for pair in batch.pairs] == ["caf?"]
    job = articles.plan(batch.folder, Config(checks=CheckSettings(select=("number",))))

    def answers(due: Iterator[Pair]) -> Iterator[bytes]:
        for pair in due:
            yield answer(lambda pair: articles.compare(job, HashEncoder(), pair), pair)

    for kept in (0, 1):
        with opened(str(tmp_path / "out")) as results:
            summary = drive(batch, results, lambda p: articles.current_key(job, p), answers)
        assert (summary.pairs, summary.failed, summary.kept) == (1, 0, kept)


def test_half_a_surrogate_pair_in_a_name_is_one_sign(tmp_path: Path) -> None:
    """A pair is found again under the name that its line can hold."""
    (tmp_path / "p.jsonl").write_text('{"source": "a", "target": "b", "pair": "x\\ud800"}\n')
    (pair,) = read_batch(str(tmp_path / "p.jsonl")).pairs
    assert pair.name == "x?"


def test_what_is_no_ordinary_file_is_a_line_with_its_error(tmp_path: Path) -> None:
    """A pipe, at which a process would wait for ever; a name that no file can have; a folder."""
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder").mkdir()
    (tmp_path / "a.txt").write_text(SEA, "utf-8")
    job = articles.plan(str(tmp_path), Config())
    said = {}
    for name in ("pipe.txt", "a" * 5000, "a\0b", "folder"):
        outcome = articles.compare(job, HashEncoder(), Pair(name, "a.txt", name))
        assert outcome.error is not None
        assert outcome.error.where == name
        assert outcome.key == articles.current_key(job, Pair(name, "a.txt", name))
        said[name] = outcome.error.message
    assert said["pipe.txt"] == "This is no ordinary file."
    assert "File name too long" in said["a" * 5000]
    assert said["a\0b"] == "There is no such file."
    assert said["folder"] == "This is a folder, not a file."
