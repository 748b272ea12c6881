"""Options that take several values after one name: `--translations a.txt b.txt`."""

import typer
from typer.core import TyperCommand

SEVERAL = ("--translations", "--evidence")


class Several(TyperCommand):
    """A command whose options of `SEVERAL` take all values up to the next option."""

    # Typer carries a click of its own, whose names are private; its commands get its own context.
    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Read `--evidence a b` as `--evidence a --evidence b`, which click knows."""
        return super().parse_args(ctx, spread(args))


def spread(args: list[str]) -> list[str]:
    """Repeat each option of `SEVERAL` before each of its values.

    >>> spread(["a", "--evidence", "b", "c", "--quiet"])
    ['a', '--evidence', 'b', '--evidence', 'c', '--quiet']
    """
    spread_out: list[str] = []
    current = ""
    for place, arg in enumerate(args):
        if arg == "--":
            return spread_out + args[place:]
        if arg in SEVERAL:
            following = args[place + 1] if place + 1 < len(args) else "-"
            current = arg
            if following.startswith("-"):
                spread_out.append(arg)  # click says that its value is missing
        elif arg.startswith("-") and arg != "-":
            current = ""
            spread_out.append(arg)
        else:
            spread_out += [current, arg] if current else [arg]
    return spread_out
