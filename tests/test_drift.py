"""Tests that fail when documents, help and code no longer say the same."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from align import cli
from align.checks import CHECKS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
HEAVY = (
    "torch",
    "transformers",
    "sentence_transformers",
    "numpy",
    "babel",
    "langdetect",
    "rich",
    "textual",
)


def fresh(code: str) -> str:
    """Run code in a fresh interpreter and return what it prints."""
    command = [sys.executable, "-c", code]
    return subprocess.run(  # noqa: S603 - our own code
        command, capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout


def test_the_command_line_loads_nothing_heavy() -> None:
    """Importing the commands, as `--help` does, loads no model library and no numpy."""
    printed = fresh(f"import sys, align.cli; print([m for m in {HEAVY!r} if m in sys.modules])")
    assert printed.strip() == "[]"


def test_a_command_computes_small_products_in_one_thread() -> None:
    """The library of numpy has read its setting before anybody can need it."""
    code = (
        "import os; os.environ.pop('OPENBLAS_NUM_THREADS', None); import sys, align.cli;"
        "print(os.environ['OPENBLAS_NUM_THREADS'], 'numpy' in sys.modules)"
    )
    assert fresh(code).split() == ["1", "False"]


def test_text_checks_do_not_load_torch() -> None:
    """Rows can be checked with text-only checks without torch ever being imported."""
    code = (
        "import sys; from align import pipeline; from align.checks import CHECKS;"
        "from align.config import *;"
        "names = tuple(c.name for c in CHECKS if not c.needs_encoder);"
        "assert names; config = Config(checks=CheckSettings(select=names));"
        "rows = [('It cost 5 dollars.', 'Nó giá 6 đô la.')];"
        "(answer,) = pipeline.check_pairs(rows, config, None, ('en', 'vi'));"
        "print(len(answer.findings), 'torch' in sys.modules)"
    )
    assert fresh(code).split() == ["1", "False"]


def test_every_command_has_help_and_stands_in_the_readme() -> None:
    """A command that nobody documented does not exist for its users."""
    root = get_command(cli.app)
    assert isinstance(root, typer.core.TyperGroup)
    for name, command in root.commands.items():
        assert command.help, name
        assert f"veralign {name}" in README, name


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_every_check_stands_in_the_readme(check: object) -> None:
    """Each check has its line in the README's table, with its code."""
    name, code = getattr(check, "name", ""), getattr(check, "code", "")
    assert re.search(rf"\| `{name}` \| `{code}` \|", README)


def test_every_module_stands_in_the_architecture() -> None:
    """The map of the house shows every room."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    for path in (ROOT / "align").glob("*.py"):
        if not path.name.startswith("__"):
            assert f"  {path.name} " in text, path.name
    for folder in (ROOT / "align").iterdir():
        if (folder / "__init__.py").exists():
            assert f"  {folder.name}/ " in text, folder.name


def test_public_names_exist() -> None:
    """Everything that a module promises in `__all__` is there."""
    for path in sorted((ROOT / "align").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if "__all__" in path.read_text("utf-8"):
            module = __import__(name, fromlist=["__all__"])
            assert all(hasattr(module, public) for public in module.__all__), name


def test_the_changelog_has_this_version_or_is_unreleased() -> None:
    """Changes are listed where the next release will find them."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "## Unreleased" in text


def test_terms_of_the_records_are_in_the_glossary() -> None:
    """The field's terms that the records are named after are each defined once."""
    text = (ROOT / "GLOSSARY.md").read_text("utf-8")
    for term in ("Bead", "Bitext", "Segment", "Span", "Document", "Finding", "Encoder", "Omission"):
        assert len(re.findall(rf"^\*\*{term}\*\*", text, re.MULTILINE)) == 1, term
