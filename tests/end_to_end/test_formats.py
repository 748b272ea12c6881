"""Runs the command on files of other formats than text: tables, XLIFF, Word, and broken ones."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.archives import docx, p
from tests.test_read_formats import ROWS, TEXTS, XLIFF

ROOT = Path(__file__).parents[2]
WRONG = ("It cost 5 dollars.", "Nó giá 6 đô la.")


def run(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command in a folder."""
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "align", "check", *arguments],
        input=given,
        capture_output=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1"},
        check=False,
    )


TRANSLATED = XLIFF.replace(b"Rain", WRONG[0].encode()).replace("Mưa".encode(), WRONG[1].encode())
TABLE = "".join(f"<w:tc>{p(text)}</w:tc>" for text in WRONG)


@pytest.mark.parametrize(
    ("name", "data", "flags"),
    [
        ("a.csv", f"x;y;z\n1;{WRONG[0]};{WRONG[1]}\n".encode(), ("--columns", "y,Z")),
        ("-", f"1\t{WRONG[1]}\t{WRONG[0]}\n".encode(), ("--columns", "3,2")),
        ("-", json.dumps({"source": WRONG[0], "target": WRONG[1]}).encode(), ()),
        ("a.xml", TRANSLATED, ()),
        ("-", docx(f"<w:tbl><w:tr>{TABLE}</w:tr></w:tbl>"), ()),
    ],
)
def test_rows_of_any_file_are_answered(
    name: str, data: bytes, flags: tuple[str, ...], tmp_path: Path
) -> None:
    """A wrong number is found in a row of any file, by name and from standard input."""
    if name != "-":
        (tmp_path / name).write_bytes(data)
    fixed = ("--select", "NUM", "--source-language", "en", "--target-language", "vi", *flags)
    result = run(tmp_path, name, *fixed, given=data)
    assert result.returncode == 1, result.stderr
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    found = [finding for row in rows for finding in row.get("findings", ())]
    assert [finding["source"][0]["text"] for finding in found] == ["5"]


@pytest.mark.parametrize(
    ("name", "data", "flags", "message"),
    [
        ("a.docx", TEXTS[".docx"], (), "no table"),
        ("a.pdf", TEXTS[".pdf"], (), "bilingual"),
        ("a.csv", b"a,b\n", ("--columns", "a"), "two columns"),
        ("a.csv", b"a,b\n", ("--columns", "a,q"), "no column 'q'"),
        ("a.xlf", b"<xliff>", (), "well-formed"),
        ("a.xlsx", ROWS[".xlsx"][:-30], (), "damaged"),
    ],
)
def test_bad_files_are_one_clear_error(
    name: str, data: bytes, flags: tuple[str, ...], message: str, tmp_path: Path
) -> None:
    """What cannot be read is told in three lines, without a traceback, and nothing is written."""
    (tmp_path / name).write_bytes(data)
    result = run(tmp_path, name, "--select", "NUM", *flags)
    text = result.stderr.decode()
    assert result.returncode == 2, text
    assert message in text
    assert text.count("error: ") == 1
    assert "Traceback" not in text
    assert result.stdout == b""


@pytest.mark.model
def test_a_report_on_rows_names_lines(tmp_path: Path, cache: Path) -> None:
    """With --format json, all rows are one report whose segments stand where the file has them."""
    page = TRANSLATED
    (tmp_path / "a.xlf").write_bytes(page)
    result = run(tmp_path, "a.xlf", "--format", "json", "--select", "NUM", "--cache", str(cache))
    report = json.loads(result.stdout)
    assert result.returncode == 1
    (segment,) = report["target"]["segments"]
    assert page.decode()[segment["start"] : segment["end"]] == WRONG[1] == segment["text"]
    assert [f["type"] for f in report["findings"]] == ["accuracy/mistranslation/number"]
