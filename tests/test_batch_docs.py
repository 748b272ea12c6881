"""What the pages on batches, their site and matching say is run as it stands there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from align.site.folder import INDEX, SUMMARY, TABLES
from tests.outcomes import mixed, store

ROOT = Path(__file__).parent.parent
PAIR = ("seeds/000_293dd51d06a938cd.txt", "seeds/004_7d26e8ad050225a4.txt")
BASH = "/bin/bash"


def blocks(page: str, *languages: str) -> list[str]:
    """Return the fenced blocks of a page that are in some languages."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return [content for language, content in fenced if language in languages]


def commands(page: str) -> list[str]:
    """Return the commands of a page, without what is said of them."""
    lines = "".join(blocks(page, "", "sh")).splitlines()
    return [line.partition("  #")[0] for line in lines if line.startswith("veralign ")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that has what the examples name: articles, a manifest, results."""
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    good, bad = ",".join(PAIR), f"{PAIR[0]},lost.txt"
    (tmp_path / "pairs.csv").write_text(f"source,target\n{good}\n{bad}\n", encoding="utf-8")
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, path in zip(("voa.en.txt", "voa.vi.txt"), PAIR, strict=True):
        (articles / name).symlink_to(ROOT / path)
    store(tmp_path / "OUT", mixed())
    return tmp_path


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, where `veralign` is the one of this tree."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "VERALIGN_PYTHON": sys.executable}
    return subprocess.run(  # noqa: S603 - what our own pages say
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def shell(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Run a line of a page in a shell."""
    veralign = 'veralign() { "$VERALIGN_PYTHON" -m align "$@"; }'
    return run(folder, BASH, "-c", f"{veralign}; {command}")


def example(folder: Path, page: str) -> str:
    """Run the program on a page, and return what it prints."""
    (program,) = blocks(page, "python")
    (folder / "example.py").write_text(program, encoding="utf-8")
    done = run(folder, sys.executable, "example.py")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.model
def test_the_program_that_runs_a_batch(folder: Path) -> None:
    """A manifest of one good pair and one without a translation gives two answers."""
    first, *answers = example(folder, "batch.md").splitlines()
    assert first == "2 1"
    risks = [answer.split()[-1] for answer in answers if "lost.txt" not in answer]
    assert float(risks[0]) > 0.9


@pytest.mark.model
@pytest.mark.skipif(not Path(BASH).exists(), reason="there is no bash")
def test_the_commands_that_run_a_batch(folder: Path) -> None:
    """From a manifest and from a folder, a batch finds the errors of the seed pair."""
    given = commands("batch.md")
    assert len(given) == 2
    for command in given:
        done = shell(folder, command)
        assert done.returncode == 1, done.stderr
        assert "gravest finding major" in done.stdout
        assert (folder / "out" / INDEX).exists()


def test_the_program_that_writes_a_site(folder: Path) -> None:
    """A folder with results has all the files of the report afterwards."""
    example(folder, "site.md")
    assert all((folder / "OUT" / name).exists() for name in (*TABLES, SUMMARY, INDEX))


@pytest.mark.model
def test_the_program_that_matches(folder: Path) -> None:
    """The Vietnamese article comes from the first of the four reports."""
    assert example(folder, "match.md").split() == ["matched", Path(PAIR[0]).name]


@pytest.mark.model
@pytest.mark.skipif(not Path(BASH).exists(), reason="there is no bash")
def test_the_commands_that_match_and_quote(folder: Path) -> None:
    """The match names the original, and the finding on the meeting quotes the other reports."""
    match, check = commands("match.md")
    done = shell(folder, match)
    assert done.returncode == 0, done.stderr
    assert Path(PAIR[0]).name in done.stdout
    done = shell(folder, check)
    assert done.returncode == 1, done.stderr
    assert "supports source" in done.stdout
