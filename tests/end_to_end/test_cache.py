"""`veralign cache`: what it shows and what it removes."""

from pathlib import Path

from typer.testing import CliRunner

from align.cli import app
from align.encoder import load_remembered
from align.manifest import Manifest

RUNNER = CliRunner()


def test_show_and_clear(packaged: Manifest, tmp_path: Path) -> None:
    """What a run has kept is listed and removed, and what is not ours stays."""
    cache = tmp_path / "cache"
    load_remembered(packaged, cache, 10).encode_tokens(["the cat", "the dog"])
    (cache / "mine").mkdir()
    (cache / "note.txt").write_text("mine")
    shown = RUNNER.invoke(app, ["cache", "show", "--cache", str(cache)])
    assert shown.exit_code == 0
    assert "2 texts" in shown.stdout
    assert "tiny-" in shown.stdout
    assert "mine" not in shown.stdout
    cleared = RUNNER.invoke(app, ["cache", "clear", "--cache", str(cache)])
    assert cleared.exit_code == 0
    assert sorted(p.name for p in cache.iterdir()) == ["mine", "note.txt"]


def test_no_cache_is_an_empty_one(tmp_path: Path) -> None:
    """Where nothing has run yet, there is nothing to show and nothing to remove."""
    for command in ("show", "clear"):
        done = RUNNER.invoke(app, ["cache", command, "--cache", str(tmp_path / "none")])
        assert done.exit_code == 0
    assert not (tmp_path / "none").exists()
