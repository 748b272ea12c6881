"""Settings: defaults hold, and every mistake in a settings file is named."""

import tomllib
from dataclasses import fields

import pytest

from align.config import (
    BeadSettings,
    CheckSettings,
    Config,
    NameSettings,
    ReadSettings,
    TerminologySettings,
    parse,
)
from align.errors import ConfigError

WRONG_VALUES: dict[str, tuple[str, ...]] = {
    "str": ("1", "1.5", "true", "['e5']"),
    "bool": ("1", "0.0", "'true'", "[]"),
    "float": ("'1'", "true", "[1.0]", "1999-01-01"),
    "int": ("1.0", "'1'", "true", "[1]"),
    "tuple": ("'number'", "1", "[1]", "['number', 2]", "true", "[['number']]"),
}
"""By the type of a setting: values of other types, as TOML writes them."""

WORDS = {
    "str": "text",
    "bool": "true or false",
    "float": "a number",
    "int": "a whole number",
    "tuple": "a list of names",
}


def settings_of_each_type() -> list[tuple[str, str, str]]:
    """Return the section, key and type of every setting; the section of plain ones is empty."""
    found = [("", key, type(getattr(Config(), key)).__name__) for key in ("encoder", "segmented")]
    checks = Config().checks
    sections: dict[
        str, ReadSettings | BeadSettings | CheckSettings | NameSettings | TerminologySettings
    ] = {
        "read": Config().read,
        "beads": Config().beads,
        "checks": checks,
        "checks.name": checks.name,
        "checks.terminology": checks.terminology,
    }
    for section, defaults in sections.items():
        kinds = {f.name: type(getattr(defaults, f.name)).__name__ for f in fields(defaults)}
        found += [(section, name, kind) for name, kind in kinds.items() if kind in WORDS]
    return found


def refusal(toml: str, origin: str = "veralign.toml") -> ConfigError:
    """Return the error that these settings raise."""
    with pytest.raises(ConfigError) as caught:
        parse(tomllib.loads(toml), origin)
    return caught.value


def test_empty_file_gives_the_defaults() -> None:
    """Nothing set is the default of everything, and empty sections are the same."""
    assert parse({}) == Config()
    assert parse(tomllib.loads("[read]\n[beads]\n[checks]\n")) == Config()


def test_defaults_are_of_their_sections() -> None:
    """Each section of the defaults is that section's record."""
    config = Config()
    assert (config.read, config.beads, config.checks) == (
        ReadSettings(),
        BeadSettings(),
        CheckSettings(),
    )
    assert config.encoder
    assert not config.segmented


def test_values_are_taken() -> None:
    """What a file sets holds, and what it does not set keeps its default."""
    toml = """
    encoder = "labse"
    segmented = true
    [read]
    limit_mb = 2.5
    [beads]
    longest_run = 6
    gap_cost = 0.1
    [checks]
    select = ["number", "VA101"]
    """
    assert parse(tomllib.loads(toml)) == Config(
        encoder="labse",
        segmented=True,
        read=ReadSettings(limit_mb=2.5),
        beads=BeadSettings(longest_run=6, gap_cost=0.1),
        checks=CheckSettings(select=("number", "VA101")),
    )


def test_whole_number_may_stand_for_a_broken_one() -> None:
    """A whole number where a broken one is wanted becomes one, so that equal settings are equal."""
    limit = parse(tomllib.loads("[read]\nlimit_mb = 2")).read.limit_mb
    assert limit == 2.0
    assert isinstance(limit, float)


@pytest.mark.parametrize(
    ("section", "key", "kind", "value"),
    [
        (section, key, kind, value)
        for section, key, kind in settings_of_each_type()
        for value in WRONG_VALUES[kind]
    ],
)
def test_wrong_types_are_refused(section: str, key: str, kind: str, value: str) -> None:
    """A value of another type is an error with the setting, its section and what it must be."""
    header = f"[{section}]\n" if section else ""
    error = refusal(f"{header}{key} = {value}")
    assert f"{key} must be {WORDS[kind]}" in error.what
    assert error.where == (f"veralign.toml [{section}]" if section else "veralign.toml")


@pytest.mark.parametrize(
    ("toml", "near", "where"),
    [
        ("encodr = 'x'", "encoder", "veralign.toml"),
        ("[bead]\n", "beads", "veralign.toml"),
        ("[beads]\ngap_costs = 1", "gap_cost", "veralign.toml [beads]"),
        ("[checks]\nselected = []", "select", "veralign.toml [checks]"),
        ("[checks.names]\n", "name", "veralign.toml [checks]"),
        ("[checks.name]\nalias = 'x'", "aliases", "veralign.toml [checks.name]"),
        ("[checks.terminology]\nglossery = 'x'", "glossary", "veralign.toml [checks.terminology]"),
        ("[read]\nlimit = 1", "limit_mb", "veralign.toml [read]"),
    ],
)
def test_unknown_key_suggests_the_nearest(toml: str, near: str, where: str) -> None:
    """A key that is misspelled is an error that names the one that was meant."""
    error = refusal(toml)
    assert f"did you mean '{near}'?" in error.what
    assert error.where == where
    assert near in error.fix


@pytest.mark.parametrize("toml", ["[qqqq]\n", "qqqq = 1", "[read]\nqqqq = 1"])
def test_unknown_key_without_a_near_one_lists_what_is_known(toml: str) -> None:
    """A key or section like no other is an error that lists those there are."""
    error = refusal(toml)
    assert error.what == "There is no setting 'qqqq'."
    assert error.fix.startswith("Known here: ")


@pytest.mark.parametrize("section", ["read", "beads", "checks", "checks.name"])
@pytest.mark.parametrize("value", ["1", "'x'", "[]", "true"])
def test_section_must_be_a_section(section: str, value: str) -> None:
    """A value where a section belongs is an error that names the section."""
    error = refusal(f"{section} = {value}")
    assert error.what == "This must be a section, not a value."
    assert error.where == f"veralign.toml [{section}]"


def test_section_is_named_without_a_file() -> None:
    """Settings that come from no file are named by their section alone."""
    assert refusal("[read]\nlimit_mb = 'x'", origin="").where == "[read]"


def test_the_baseline_leaves_the_signature_alone() -> None:
    """Where accepted findings are kept decides nothing about what is found."""
    assert parse({"baseline": {"path": "other.toml"}}).baseline.path == "other.toml"
    assert repr(parse({"baseline": {"path": "other.toml"}})) == repr(Config())
    with pytest.raises(ConfigError, match="did you mean 'path'"):
        parse({"baseline": {"paths": "x"}})
