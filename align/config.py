"""Settings: frozen sections with defaults, read once by the command and handed down by section."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from typing import Any, TypeVar

from align.errors import ConfigError
from align.house import House

Section = TypeVar(
    "Section",
    "ReadSettings",
    "BeadSettings",
    "CacheSettings",
    "CheckSettings",
    "NameSettings",
    "TerminologySettings",
    "BaselineSettings",
)


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """What may be read."""

    limit_mb: float = 20.0
    """Largest file, in megabytes; a novel has about one."""
    unpacked_mb: float = 200.0
    """Most that an archive (.docx, .odt, .epub, .xlsx) may unpack to, in megabytes."""
    members: int = 5000
    """Most files that an archive may hold."""
    nesting: int = 200
    """Deepest nesting of elements in XML and HTML; real documents have less than 50."""
    elements: int = 500_000
    """Most elements and character references of a web page or a part of an office file or a row of
    a Word table, lines of plain text, cues of subtitles, and lines and signs of Markdown; a novel
    has a tenth of that."""
    pages: int = 2000
    """Most pages of a PDF."""
    paragraph_chars: int = 1_000_000
    """Longest paragraph, in characters; longer ones are no prose, and would take hours."""
    row_chars: int = 100_000
    """Longest row of a bilingual file, in characters; a longer one is answered by an error."""


READ_DEFAULTS = ReadSettings()
"""What a reader goes by if nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class BeadSettings:
    """How segments are put together. The numbers are a prototype's, tried on noised NTREX."""

    longest_run: int = 5
    """Most segments that one segment of the other side may stand for."""
    gap_cost: float = 0.035
    """What it costs to leave one segment without a counterpart, in units of bead score."""
    bead_cost: float = 0.15
    """What each bead must earn before it is better than two gaps."""
    bead_floor: float = 0.28
    """Relatedness that two runs must have: of noised pairs with less, none was right."""
    length_weight: float = 0.5
    """Cost of a length ratio that is e times the usual one."""
    length_slack: float = 12.0
    """Characters that length ratios are forgiven, so that short sentences may differ."""
    join_bonus: float = 0.03
    """Gain for each further segment in a bead; it balances the gaps that the bead saves."""
    member_weight: float = 0.4
    """Cost of a member of a run that does not fit: a lost sentence must not hide in a merge."""
    member_share: float = 0.45
    """Exponent of a member's share of its run's characters."""
    member_floor: float = 0.43
    """Relatedness that a member must have to its other side."""
    member_rival: float = 0.6
    """How much worse than its best counterpart a member's other side may be."""
    link_weight: float = 0.2
    """Worth of the words that two segments share, per usual share of a true pair."""
    link_floor: float = 0.16
    """Share of linked words that each segment of a bead must have, in the same unit."""
    moved_floor: float = 0.75
    """Relatedness from which two segments without counterparts are one moved segment."""
    exact_limit: int = 600
    """Most segments a side for which every bead is tried; a longer text is cut at sure places."""


@dataclass(frozen=True, slots=True)
class NameSettings:
    """What the check of names goes by."""

    aliases: str = ""
    """A CSV file with the spellings of one name in each row, as a path from the settings file."""


@dataclass(frozen=True, slots=True)
class TerminologySettings:
    """What the check of terms goes by."""

    glossary: str = ""
    """A TBX or CSV file, as a path from the settings file."""


@dataclass(frozen=True, slots=True)
class BaselineSettings:
    """Where accepted findings are kept."""

    path: str = "veralign-baseline.toml"
    """The file, as a path from the settings file. It need not exist."""


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """Which checks run, and what they go by."""

    select: tuple[str, ...] = ()
    """Those that run, by name or by code (`veralign explain` lists them). None means all."""
    ignore: tuple[str, ...] = ()
    """Those that do not run."""
    precision: float = 1.0
    """How many of 100 faithful pairs may get a major finding from the verifier."""
    name: NameSettings = field(default_factory=NameSettings)
    terminology: TerminologySettings = field(default_factory=TerminologySettings)


@dataclass(frozen=True, slots=True)
class CacheSettings:
    """What is kept from one run to the next."""

    size_mb: float = 300.0
    """Most that vectors of texts may take, in megabytes: of about 5,000 sentences. 0 keeps none."""


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of a run."""

    encoder: str = "e5-small"
    """A name of `veralign models list`, or the path of a sentence-transformers folder."""
    segmented: bool = False
    """One segment a line: nothing is cleaned, joined or split."""
    read: ReadSettings = field(default_factory=ReadSettings)
    beads: BeadSettings = field(default_factory=BeadSettings)
    checks: CheckSettings = field(default_factory=CheckSettings)
    cache: CacheSettings = field(default_factory=CacheSettings, repr=False)
    """Not a part of what is signed: a report does not hang on it."""
    house: House = field(default_factory=House)
    """What the files say that the checks' settings name: the command reads them."""
    # It decides what becomes of findings, not which there are: the signature leaves it out.
    baseline: BaselineSettings = field(default_factory=BaselineSettings, repr=False)


def parse(table: Mapping[str, object], origin: str = "") -> Config:
    """Turn a parsed `veralign.toml` into a Config.

    Raises:
        ConfigError: A key is not known, or a value has the wrong type.
    """
    defaults = Config()
    _refuse_unknown(table, [f.name for f in fields(Config) if f.name != "house"], origin)
    plain = {key: table[key] for key in ("encoder", "segmented") if key in table}
    values: dict[str, Any] = {
        key: _fitting(getattr(defaults, key), value, key, origin) for key, value in plain.items()
    }
    return replace(
        defaults,
        **values,
        read=_section(ReadSettings(), table.get("read", {}), f"{origin} [read]".strip()),
        beads=_section(BeadSettings(), table.get("beads", {}), f"{origin} [beads]".strip()),
        cache=_section(CacheSettings(), table.get("cache", {}), f"{origin} [cache]".strip()),
        checks=_section(CheckSettings(), table.get("checks", {}), f"{origin} [checks]".strip()),
        baseline=_section(
            BaselineSettings(), table.get("baseline", {}), f"{origin} [baseline]".strip()
        ),
    )


def _section(defaults: Section, table: object, origin: str) -> Section:
    if not isinstance(table, Mapping):
        raise ConfigError("This must be a section, not a value.", where=origin)
    _refuse_unknown(table, [f.name for f in fields(defaults)], origin)
    values: dict[str, Any] = {
        key: _fitting(getattr(defaults, key), value, key, origin) for key, value in table.items()
    }
    return replace(defaults, **values)


def _fitting(default: object, value: object, key: str, origin: str) -> object:
    """Return the value in the type of its default; a whole number may stand for a broken one."""
    if isinstance(default, NameSettings):
        return _section(default, value, f"{origin.removesuffix(']')}.{key}]")
    if isinstance(default, TerminologySettings):
        return _section(default, value, f"{origin.removesuffix(']')}.{key}]")
    if isinstance(default, tuple) and isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            return tuple(value)
    elif isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    elif type(value) is type(default):
        return value
    wanted = {
        "tuple": "a list of names",
        "float": "a number",
        "int": "a whole number",
        "str": "text",
        "bool": "true or false",
    }
    raise ConfigError(
        f"The setting {key} must be {wanted[type(default).__name__]}, not {value!r}.", where=origin
    )


def _refuse_unknown(table: Mapping[str, object], known: list[str], origin: str) -> None:
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            raise ConfigError(
                f"There is no setting {key!r}" + (f"; did you mean {near[0]!r}?" if near else "."),
                where=origin,
                fix=f"Known here: {', '.join(known)}.",
            )
