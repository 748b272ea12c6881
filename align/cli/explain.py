"""`veralign explain`: what a check looks for, with its examples."""

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer

from align.errors import ConfigError

if TYPE_CHECKING:
    from align.checks import Check


def run(
    check: Annotated[
        str | None, typer.Argument(help="A name or a code; all, if not given.")
    ] = None,
) -> None:
    """Say what a check looks for, with examples.

    \b
    veralign explain
    veralign explain number
    """
    from align.checks import CHECKS

    if check is None:
        for known in CHECKS:
            typer.echo(f"{known.code:<6}{known.name:<14}{_summary(known)}")
        return
    for known in CHECKS:
        if check.casefold() in (known.name, known.code.casefold()):
            typer.echo(page(known))
            return
    raise ConfigError(
        f"There is no check {check!r}.", fix=f"Known: {', '.join(known.name for known in CHECKS)}."
    )


def page(check: "Check") -> str:
    """Return what `explain` prints about one check: its module's docstring, its facts, examples."""
    lines = [f"{check.name} ({check.code}), version {check.version}: {check.error_type}", ""]
    lines += [(_module(check).__doc__ or "").strip(), ""]
    lines.append(f"Severity: {check.severity.label}, unless a finding says otherwise.")
    if check.facts:
        lines.append(f"Needs, of both languages: {', '.join(check.facts)}.")
    for side, facts in (("source", check.source_facts), ("target", check.target_facts)):
        if facts:
            lines.append(f"Needs, of the {side}'s language: {', '.join(facts)}.")
    for example in check.examples:
        lines += ["", f"  source  {example.source}"]
        lines += [f"  wrong   {example.wrong}", f"  right   {example.right}"]
    return "\n".join(lines)


def _summary(check: "Check") -> str:
    return (_module(check).__doc__ or "").strip().splitlines()[0]


def _module(check: "Check") -> ModuleType:
    return sys.modules[check.find.__module__]
