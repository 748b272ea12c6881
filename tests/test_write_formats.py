"""What every format of a report must do, and how the command line chooses one."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from align.bitext import Bead, Bitext
from align.cli import check, files
from align.errors import ConfigError, ReadError
from align.finding import ErrorType, Report, Severity, Skipped
from align.write.formats import FORMATS, Format, named, of_suffix
from tests.reports import (
    REPORTS,
    ROOT,
    accepting,
    document,
    finding,
    mark,
    rich_report,
    seed_report,
)
from tests.schemas import HOLD, REFUSALS
from tests.strategies import hostile_texts

BY_NAME = pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)


def words_of(known: Format, written: str | bytes) -> str:
    """Return all that a reader of a file can see, without its markup."""
    if isinstance(written, bytes):
        with ZipFile(BytesIO(written)) as archive:
            parts = [archive.read(name) for name in sorted(archive.namelist())]
        roots: list[Any] = [etree.fromstring(part) for part in parts if part.startswith(b"<?xml")]
        return "\n".join("".join(root.itertext()) for root in roots)
    if known.name in ("html", "junit", "xliff", "tmx"):
        parser: Any = etree.HTMLParser() if known.name == "html" else etree.XMLParser()
        root: Any = etree.fromstring(written.encode(), parser)
        values = [str(value) for element in root.iter() for value in element.attrib.values()]
        return "\n".join(("".join(root.itertext()), *values))
    return written.replace("\\", "").replace('""', '"').replace("<b>", "").replace("</b>", "")


@BY_NAME
@pytest.mark.parametrize("report", REPORTS)
def test_every_format_writes_every_report(known: Format, report: str) -> None:
    """Whatever a report holds, it is written, as the kind of content that the registry says."""
    written = known.render(REPORTS[report](), Severity.MAJOR)
    assert isinstance(written, bytes) == known.is_binary
    assert written


@BY_NAME
def test_the_same_report_is_the_same_bytes(known: Format) -> None:
    """Nothing of a file hangs on when or where it was written."""
    written = known.render(rich_report(), Severity.MAJOR)
    assert written == known.render(rich_report(), Severity.MAJOR)
    if isinstance(written, bytes):
        with ZipFile(BytesIO(written)) as archive:
            assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert b"w:date=" not in b"".join(map(archive.read, archive.namelist()))


ACCEPTING = [known for known in FORMATS if known.name != "json"]


@pytest.mark.parametrize("known", ACCEPTING, ids=lambda known: known.name)
def test_accepted_findings_are_said_to_be(known: Format) -> None:
    """A finding that a desk accepted is still there, and said to be accepted."""
    report = seed_report()
    keys = [found.key for found in report.findings]
    plain = words_of(known, known.render(report, Severity.MAJOR))
    accepted = words_of(
        known, known.render(accepting(report, {keys[0]: "House style."}), Severity.MAJOR)
    )
    assert accepted.casefold().count("accepted") > plain.casefold().count("accepted")
    assert keys[0] in accepted or known.name == "html"
    assert known.name == "tmx" or "House style." in accepted


def test_the_command_knows_the_registry() -> None:
    """The names that `--format` takes are those of the registry, and the two that are no files."""
    names = {known.name for known in FORMATS}
    assert {str(name) for name in check.Format} == names | {"terminal", "jsonl"}
    assert len(names) == len(FORMATS)


@BY_NAME
def test_each_format_has_a_suffix_of_its_own(known: Format) -> None:
    """A file that is named after a format gets it, but `.xml` and `.json`, which several share."""
    assert of_suffix(known.suffixes[0])[0] is known
    assert of_suffix(known.suffixes[0].upper())[0] is known
    assert known.positions
    assert known.limits


@pytest.mark.parametrize(
    ("given", "output", "chosen"),
    [
        (None, None, None),
        (None, "report.html", check.Format.HTML),
        (None, "report.XLSX", check.Format.XLSX),
        (None, "report.txt", None),
        (None, "answers.jsonl", check.Format.JSONL),
        (check.Format.SARIF, "report.json", check.Format.SARIF),
        (check.Format.XLIFF, "report.xml", check.Format.XLIFF),
        (check.Format.TERMINAL, "report.txt", check.Format.TERMINAL),
        (check.Format.CSV, "report.txt", check.Format.CSV),
        (check.Format.CSV, "-", check.Format.CSV),
    ],
)
def test_the_name_of_the_file_chooses_the_format(
    given: check.Format | None, output: str | None, chosen: check.Format | None
) -> None:
    """Without `--format`, the suffix decides; a name that says nothing changes nothing."""
    assert check._chosen_format(given, output) is chosen


@pytest.mark.parametrize(
    ("given", "output"),
    [
        (check.Format.CSV, "report.html"),
        (check.Format.TERMINAL, "report.docx"),
        (check.Format.JSON, "answers.jsonl"),
        (check.Format.JSONL, "report.json"),
    ],
)
def test_a_format_that_contradicts_the_file_is_refused(given: check.Format, output: str) -> None:
    """A CSV in a file called .html would be opened by the wrong program."""
    with pytest.raises(ConfigError, match="not what a file") as caught:
        check._chosen_format(given, output)
    assert caught.value.where == output
    assert "--format" in caught.value.fix


def test_no_binary_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook is not poured into a terminal; a pipe gets it, and text is always welcome."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    with pytest.raises(ConfigError, match="binary") as caught:
        check._chosen_format(check.Format.XLSX, None)
    assert "-o report.xlsx" in caught.value.fix
    assert check._chosen_format(check.Format.XLSX, "a.xlsx") is check.Format.XLSX
    assert check._chosen_format(check.Format.CSV, None) is check.Format.CSV
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False, raising=False)
    assert check._chosen_format(check.Format.DOCX, "-") is check.Format.DOCX


@pytest.mark.parametrize("content", ["chữ\r\nViệt\n", b"\x00\xff"])
def test_files_are_written_whole(tmp_path: Path, content: str | bytes) -> None:
    """Text and bytes reach the file as they are, and nothing else stays in its folder."""
    path = tmp_path / "report"
    files.write(content, str(path))
    assert path.read_bytes() == (content.encode() if isinstance(content, str) else content)
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """A result that cannot be written is one error that names the file."""
    with pytest.raises(ReadError, match="cannot be written") as caught:
        files.write(b"", str(tmp_path / "nowhere" / "report.xlsx"))
    assert caught.value.where.endswith("report.xlsx")


def test_binary_goes_to_a_pipe(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """On standard output, bytes are bytes."""
    files.write(b"PK\x03\x04\xff", None)
    assert capfdbinary.readouterr().out == b"PK\x03\x04\xff"


@BY_NAME
@given(words=st.lists(hostile_texts, min_size=6, max_size=6))
def test_whatever_is_said_can_be_written(known: Format, words: list[str]) -> None:
    """No text, name, message, reason or evidence keeps a report from being written and opened."""
    one, two, name, message, evidence, reason = words
    message, reason = message or "?", reason or "?"  # what is said and accepted has words
    source, ours = document(name, "en", one, two)
    target, theirs = document(name, None, two)
    kind = ("name", ErrorType.NAME, Severity.MAJOR)
    marks = ((mark(ours, 0, one),) if one else (), (mark(theirs, 0, two),) if two else ())
    found = finding(kind, 0, *marks, message, evidence)
    beads = (Bead(range(2), range(1), 0.5),)
    skipped = (Skipped("name", reason),)
    report = Report(
        Bitext(source, target, ours, theirs, beads), (found,), skipped, f"veralign:{name}", 0.5
    )
    written = known.render(accepting(report, {found.key: reason}), Severity.MAJOR)
    assert words_of(known, written)
    if known.name in HOLD:
        HOLD[known.name](str(written))


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("name", HOLD)
def test_files_fit_the_published_schemas(name: str, report: str) -> None:
    """The schema of each format that has one takes every report that we write."""
    HOLD[name](str(named(name).render(REPORTS[report](), Severity.MAJOR)))


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("json", '"severity": "major"', '"severity": "grave"'),
        ("sarif", '"level": "error"', '"level": "grave"'),
        ("junit", "<failure type=", "<failure kind="),
        ("xliff", "<unit id=", "<unit name="),
        ("tmx", "<tuv xml:lang=", "<tuv xml:space="),
    ],
)
def test_the_published_schemas_can_say_no(name: str, right: str, wrong: str) -> None:
    """A file with one word that its format does not have is refused."""
    written = str(named(name).render(seed_report(), Severity.MAJOR))
    assert right in written
    with pytest.raises(REFUSALS):
        HOLD[name](written.replace(right, wrong, 1))


@BY_NAME
def test_every_format_stands_in_the_readme(known: Format) -> None:
    """A format that nobody documented does not exist for its users."""
    assert f"`{known.name}`" in (ROOT / "README.md").read_text("utf-8")


def test_a_format_loads_its_own_library_alone() -> None:
    """Whoever asks for JSON does not wait for the libraries of Word and Excel."""
    code = (
        "import sys; from align.write import formats; from align.finding import Severity;"
        "from tests.reports import clean_report;"
        "formats.named('json').render(clean_report(), Severity.MAJOR);"
        "print([m for m in ('docx', 'xlsxwriter', 'jinja2', 'lxml') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code]
    printed = subprocess.run(  # noqa: S603 - our own code
        command, capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    assert printed.strip() == "[]"


def test_formats_are_found_by_name() -> None:
    """What the registry lists can be asked for by its name."""
    assert [named(known.name) for known in FORMATS] == list(FORMATS)
