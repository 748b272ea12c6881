"""The settings file that `veralign init` writes."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

from typer.testing import CliRunner

from align import settings_file
from align.cli import app
from align.config import Config, parse


def test_nothing_is_set() -> None:
    """As it is written, the file changes nothing."""
    assert parse(tomllib.loads(settings_file.render())) == Config()


def test_every_setting_stands_there_with_its_default() -> None:
    """Uncommented, each line is a setting that the parser knows, at its default."""
    lines = settings_file.render().splitlines()
    bare = [re.sub(r"^# (\w+ = .*)$", r"\1", line) for line in lines]
    table = tomllib.loads("\n".join(bare))
    assert parse(table) == Config()
    assert {"encoder", "segmented", "read", "beads", "checks", "cache", "baseline"} <= set(table)
    assert set(table["checks"]) == {"select", "ignore", "precision", "name", "terminology"}


def test_every_setting_is_explained() -> None:
    """A line of words stands above each setting."""
    lines = settings_file.render().splitlines()
    assert sum(map(_is_setting, lines)) > 20
    assert not [b for a, b in pairwise(lines) if _is_setting(b) and _is_end(a)]


def _is_setting(line: str) -> bool:
    return re.match(r"# \w+ = ", line) is not None


def _is_end(line: str) -> bool:
    return not line.startswith("#") or _is_setting(line)


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    """It is written once, and again only by force."""
    runner = CliRunner()
    assert runner.invoke(app, ["init", str(tmp_path)]).exit_code == 0
    path = tmp_path / "veralign.toml"
    path.write_text("encoder = 'mine'\n", encoding="utf-8")
    refused = runner.invoke(app, ["init", str(tmp_path)])
    assert "already" in str(refused.exception)
    assert path.read_text(encoding="utf-8") == "encoder = 'mine'\n"
    assert runner.invoke(app, ["init", str(tmp_path), "--force"]).exit_code == 0
    assert "encoder" in path.read_text(encoding="utf-8")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """The error says where, and what to do."""
    refused = CliRunner().invoke(app, ["init", str(tmp_path / "none")])
    assert "cannot be written" in str(refused.exception)
