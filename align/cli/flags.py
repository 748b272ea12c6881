"""Options that several commands take, and what they mean for the settings."""

from pathlib import Path
from typing import Annotated

import typer

from align.errors import ConfigError

Language = str | None
SourceLanguage = Annotated[
    Language, typer.Option("--source-language", metavar="TAG", help="Do not detect it: en, vi, …")
]
TargetLanguage = Annotated[
    Language, typer.Option("--target-language", metavar="TAG", help="Do not detect it: en, vi, …")
]
Segmented = Annotated[
    bool, typer.Option("--segmented", help="One segment a line: clean, join and split nothing.")
]
EncoderName = Annotated[
    str | None, typer.Option("--encoder", metavar="NAME", help="See `veralign models list`.")
]
Cache = Annotated[
    Path | None,
    typer.Option("--cache", metavar="FOLDER", help="Where weights and vectors are kept."),
]
MaxSize = Annotated[
    float | None, typer.Option("--max-size-mb", metavar="N", help="Largest file that is read.")
]
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns", metavar="SOURCE,TARGET", help="Columns of a table, by name or number from 1."
    ),
]
Evidence = Annotated[
    list[str] | None,
    typer.Option("--evidence", metavar="FILE ...", help="Other reports of the event, to quote."),
]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write here, not to stdout.")
]
Select = Annotated[
    list[str] | None, typer.Option("--select", metavar="NAMES", help="Only these: OM,NUM")
]
Ignore = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="NAMES", help="All but these.")
]
Precision = Annotated[
    float | None,
    typer.Option("--precision", metavar="N", min=0.1, max=50, help="Major alarms in 100 pairs."),
]
Baseline = Annotated[
    str | None, typer.Option("--baseline", metavar="FILE", help="Where accepted findings are kept.")
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why they are accepted.")]
Who = Annotated[str, typer.Option("--who", metavar="NAME", help="Who accepts them.")]


def table(
    *,
    encoder: str | None = None,
    segmented: bool = False,
    max_size_mb: float | None = None,
    select: list[str] | None = None,
    ignore: list[str] | None = None,
    precision: float | None = None,
    baseline: str | None = None,
) -> dict[str, object]:
    """Return the settings that flags give, in the shape of `veralign.toml`."""
    names = {"select": _names(select), "ignore": _names(ignore)}
    checks: dict[str, object] = {key: given for key, given in names.items() if given}
    if precision is not None:
        checks["precision"] = precision
    given: dict[str, object] = {"checks": checks}
    if encoder is not None:
        given["encoder"] = encoder
    if segmented:
        given["segmented"] = True
    if baseline is not None:
        # A flag's path starts from the working folder, a setting's from the settings file.
        given["baseline"] = {"path": str(Path(baseline).absolute())}
    if max_size_mb is not None:
        given["read"] = {"limit_mb": max_size_mb}
    return given


def columns(given: str | None) -> tuple[str, ...]:
    """Return the two columns that `--columns` names.

    Raises:
        ConfigError: There are not two.
    """
    if given is None:
        return ()
    names = tuple(name.strip() for name in given.split(","))
    if len(names) != 2 or not all(names) or "0" in names:
        raise ConfigError(
            f"--columns takes two columns, not {given!r}.",
            fix="Name them as --columns source,target or count them from 1 as --columns 1,3.",
        )
    return names


def _names(given: list[str] | None) -> list[str]:
    return [name.strip() for part in given or () for name in part.split(",") if name.strip()]
