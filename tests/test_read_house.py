"""Glossaries and lists of names: every shape a desk keeps them in, and every way they break."""

from pathlib import Path

import pytest

from align.cli import files
from align.errors import ReadError
from align.house import House, Term
from align.read.house import parse_names, parse_terms

TBX = """<?xml version="1.0" encoding="UTF-8"?>
<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Core" style="dca" xml:lang="en">
<text><body><conceptEntry id="c1">
  <langSec xml:lang="en-GB"><termSec><term>ceasefire</term></termSec></langSec>
  <langSec xml:lang="vi">
    <termSec><term>lệnh ngừng bắn</term></termSec>
    <termSec><term>đình chiến</term>
      <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
  </langSec>
</conceptEntry></body></text></tbx>"""

TBX_2 = """<martif type="TBX" xml:lang="en"><text><body><termEntry id="c1">
  <langSet xml:lang="en"><tig><term>white paper</term></tig></langSet>
  <langSet xml:lang="fr"><tig><term>livre blanc</term></tig></langSet>
</termEntry></body></text></martif>"""

BOMB = """<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>"""


def test_csv_with_and_without_a_header() -> None:
    """The columns may be named in any order, and stand in a fixed one where they are not."""
    wanted = (Term("ceasefire", ("lệnh ngừng bắn", "ngừng bắn"), ("đình chiến",)),)
    plain = "ceasefire,lệnh ngừng bắn|ngừng bắn,đình chiến\n"
    named = "\ufeffForbidden;Source;Target\nđình chiến;ceasefire;lệnh ngừng bắn|ngừng bắn\n"
    assert parse_terms(plain.encode(), "x.csv") == wanted
    assert parse_terms(named.encode(), "x.csv") == wanted


def test_csv_case_column() -> None:
    """A term may ask for its capitals."""
    (term,) = parse_terms(b"Guardian,Guardian,,yes", "x.csv")
    assert term.case_sensitive


def test_tbx_gives_a_term_for_each_direction() -> None:
    """A deprecated term is forbidden, and is still a term of its own language's texts."""
    terms = parse_terms(TBX.encode(), "x.tbx")
    assert terms == (
        Term("ceasefire", ("lệnh ngừng bắn",), ("đình chiến",), False, "en", "vi"),
        Term("lệnh ngừng bắn", ("ceasefire",), (), False, "vi", "en"),
        Term("đình chiến", ("ceasefire",), (), False, "vi", "en"),
    )


def test_old_tbx() -> None:
    """The version of 2008 names its elements differently."""
    first, _ = parse_terms(TBX_2.encode(), "x.tbx")
    assert first == Term("white paper", ("livre blanc",), (), False, "en", "fr")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"source,target\n", "no terms"),
        (b"\xff\xfe", "not UTF-8"),
        (b"<tbx><text>", "not well-formed"),
        (BOMB.encode(), "not well-formed"),
        (b"<tbx/>", "no terms"),
    ],
)
def test_broken_glossaries_are_named(data: bytes, what: str) -> None:
    """What cannot be read is an error with the file, not an empty glossary."""
    with pytest.raises(ReadError) as caught:
        parse_terms(data, "terms.tbx")
    assert what in caught.value.what
    assert caught.value.where == "terms.tbx"


def test_spellings_of_a_row_mean_its_first() -> None:
    """Every spelling leads to one form, whatever its capitals; blank rows are nothing."""
    names = parse_names(b"Moaz al-Khatib,Mouaz al-Khatib\n\nKyiv,Kiev\n", "names.csv")
    assert names["mouaz al-khatib"] == names["moaz al-khatib"] == "moaz al-khatib"
    assert names["kiev"] == "kyiv"
    assert len(names) == 4


def test_files_are_found_beside_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paths in veralign.toml start from its folder, wherever the command runs below it."""
    below = tmp_path / "week"
    below.mkdir()
    (tmp_path / "names.csv").write_text("Kyiv,Kiev\n", "utf-8")
    (tmp_path / "terms.csv").write_text("ceasefire,lệnh ngừng bắn\n", "utf-8")
    (tmp_path / "veralign.toml").write_text(
        '[checks.name]\naliases = "names.csv"\n[checks.terminology]\nglossary = "terms.csv"\n',
        "utf-8",
    )
    monkeypatch.chdir(below)
    assert files.load_config({}).house == House(
        (Term("ceasefire", ("lệnh ngừng bắn",)),), {"kyiv": "kyiv", "kiev": "kyiv"}
    )


def test_a_missing_glossary_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk that names a glossary wants it used."""
    (tmp_path / "veralign.toml").write_text('[checks.terminology]\nglossary = "x.csv"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ReadError):
        files.load_config({})
