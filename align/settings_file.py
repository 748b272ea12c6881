"""The settings file that a desk begins with: every setting, its default, and what it means.

It is made of `align.config` itself, whose defaults and docstrings are the only place that says so.
"""

import ast
import inspect
import json
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from itertools import pairwise

from align import config

_WIDTH = 88
_HEAD = """\
# Settings of veralign. It is found from the working folder upwards, and flags win over it.
# What is commented out is the default.

"""


def render() -> str:
    """Return a commented `veralign.toml`, in which nothing is set."""
    said = _docstrings()
    # TOML wants what is in no section to stand first.
    return _HEAD + "".join(_section(config.Config(), "", said))


def _section(settings: object, name: str, said: Mapping[tuple[str, str], str]) -> Iterator[str]:
    owner = type(settings).__name__
    inner = []
    if name:
        yield f"\n[{name}]\n"
    assert is_dataclass(settings)  # noqa: S101 - for the type checker
    for field in fields(settings):
        value = getattr(settings, field.name)
        if (owner, field.name) in _NOT_WRITTEN:
            continue
        if is_dataclass(value):
            inner.append((value, f"{name}.{field.name}".lstrip(".")))
            continue
        note = " ".join(said.get((owner, field.name), "").split())
        for line in textwrap.wrap(note, _WIDTH):
            yield f"# {line}\n"
        yield f"# {field.name} = {_value(value)}\n"
    for value, path in inner:
        yield from _section(value, path, said)


_NOT_WRITTEN = {("Config", "house")}
"""What the command reads from the files that other settings name."""


def _value(value: object) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def _docstrings() -> dict[tuple[str, str], str]:
    """Return what stands below each attribute of the sections, by class and name."""
    said: dict[tuple[str, str], str] = {}
    for node in ast.parse(inspect.getsource(config)).body:
        if not isinstance(node, ast.ClassDef):
            continue
        for before, after in pairwise(node.body):
            if (
                isinstance(before, ast.AnnAssign)
                and isinstance(before.target, ast.Name)
                and isinstance(after, ast.Expr)
                and isinstance(after.value, ast.Constant)
            ):
                said[node.name, before.target.id] = str(after.value.value)
    return said
