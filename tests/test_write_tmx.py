"""TMX: held against the content models of TMX 1.4b, and read back."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align import __version__
from align.bitext import Bead, Bitext, Document, Excluded, Segment, Span
from align.write.tmx import render, render_alignment
from align.write.tsv import side_text
from tests.reports import REPORTS, accepting, seed_report
from tests.schemas import HOLD
from tests.strategies import hostile_texts

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

# What TMX 1.4b says of the elements that are written here: the children as a pattern over their
# names, the attributes that must be there, and those that may be.
RULES: dict[str, tuple[str, set[str], set[str]]] = {
    "tmx": (r"header body ", {"version"}, set()),
    "header": (
        r"((note|prop|ude) )*",
        {
            "creationtool",
            "creationtoolversion",
            "segtype",
            "o-tmf",
            "adminlang",
            "srclang",
            "datatype",
        },
        {"o-encoding", "creationdate", "creationid", "changedate", "changeid"},
    ),
    "body": (r"(tu )*", set(), set()),
    "tu": (r"((note|prop) )*(tuv )+", set(), {"tuid", "datatype", "segtype", "srclang"}),
    "tuv": (r"((note|prop) )*seg ", {LANGUAGE}, {"datatype"}),
    "note": (r"", set(), {LANGUAGE, "o-encoding"}),
    "prop": (r"", {"type"}, {LANGUAGE, "o-encoding"}),
    "seg": (r"((bpt|ept|ph|it|hi|ut) )*", set(), set()),
}
WITH_TEXT = {"note", "prop", "seg"}


def segments(texts: list[str]) -> tuple[Segment, ...]:
    """Make segments of texts; where they stand does not matter here."""
    return tuple(Segment(Span(0, len(text)), text, i) for i, text in enumerate(texts))


def bitext(source: list[str], target: list[str], *beads: Bead) -> Bitext:
    """Put texts and beads together, as English and Vietnamese."""
    one, two = (Document(f"{tag}.txt", "", (), language=tag) for tag in ("en", "vi"))
    return Bitext(one, two, segments(source), segments(target), beads)


def read(written: str) -> ET.Element:
    """Parse a file and hold it against its document type, and each element against the rules."""
    HOLD["tmx"](written)
    root = ET.fromstring(written.encode("utf-8"))  # noqa: S314 - our own file
    assert root.tag == "tmx"
    assert root.attrib == {"version": "1.4"}
    for element in root.iter():
        children, required, optional = RULES[element.tag]
        assert re.fullmatch(children, "".join(f"{child.tag} " for child in element)), element.tag
        assert required <= set(element.attrib) <= required | optional, element.tag
        assert element.tag in WITH_TEXT or not (element.text or "").strip(), element.tag
        assert not (element.tail or "").strip()
    return root


def facts(element: ET.Element) -> dict[str, str]:
    """Return the properties that stand directly in an element."""
    return {p.attrib["type"]: p.text or "" for p in element.findall("prop")}


def units(written: str) -> list[tuple[dict[str, str], list[tuple[str, str, str]]]]:
    """Return, for each unit, its properties, and language, segment numbers and text of variants."""
    return [
        (
            facts(unit),
            [
                (v.attrib[LANGUAGE], facts(v)["x-segments"], v.findtext("seg") or "")
                for v in unit.findall("tuv")
            ],
        )
        for unit in read(written).iter("tu")
    ]


TWO_TO_ONE = bitext(
    ["The port closed.", "Nobody was hurt.", "It rained & poured <all> day."],
    ["Cảng đóng cửa, không ai bị thương.", "Xem thêm"],
    Bead(range(2), range(1), 0.91, source_alone=(0.02, 0.04), target_alone=(0.01,)),
    Bead(range(2, 3), range(0), 0.87, source_alone=(0.95,)),
    Bead(range(0), range(1, 2), 0.5, target_alone=(0.6,)),
)


def test_each_bead_is_a_unit() -> None:
    """Joined sentences, a lost and an added one: each is a unit with what is known of it."""
    assert units(render_alignment(TWO_TO_ONE)) == [
        (
            {"x-bead": "0", "x-score": "0.9100"},
            [
                ("en", "0 1", "The port closed. Nobody was hurt."),
                ("vi", "0", "Cảng đóng cửa, không ai bị thương."),
            ],
        ),
        (
            {"x-bead": "1", "x-score": "0.8700"},
            [("en", "2", "It rained & poured <all> day.")],
        ),
        ({"x-bead": "2", "x-score": "0.5000"}, [("vi", "1", "Xem thêm")]),
    ]


def test_probabilities_stand_with_their_variant() -> None:
    """Each variant has the probability of each of its segments to have no counterpart."""
    variants = [facts(variant) for variant in read(render_alignment(TWO_TO_ONE)).iter("tuv")]
    assert [f["x-alone"] for f in variants] == ["0.0200 0.0400", "0.0100", "0.9500", "0.6000"]


def test_moved_and_doubtful_units_say_so() -> None:
    """A desk can filter what was moved or is doubted."""
    pair = bitext(
        ["a", "b"],
        ["x", "y"],
        Bead(range(1), range(1, 2), 0.8, moved=True),
        Bead(range(1, 2), range(1), 0.3, doubt="suspect"),
    )
    found = [unit for unit, _ in units(render_alignment(pair))]
    assert found[0] == {"x-bead": "0", "x-score": "0.8000", "x-moved": "yes"}
    assert found[1] == {"x-bead": "1", "x-score": "0.3000", "x-doubt": "suspect"}


def test_the_header_says_where_it_comes_from() -> None:
    """Tool, version, source language, file names, and how many blocks are in no unit."""
    excluded = (Excluded(Span(0, 1), "furniture"), Excluded(Span(1, 2), "duplicate"))
    pair = replace(TWO_TO_ONE, target=replace(TWO_TO_ONE.target, excluded=excluded))
    header = read(render_alignment(pair)).find("header")
    assert header is not None
    assert header.attrib["creationtool"] == "veralign"
    assert header.attrib["creationtoolversion"] == __version__
    assert header.attrib["srclang"] == "en"
    assert header.attrib["segtype"] == "sentence"
    assert facts(header) == {
        "x-source-name": "en.txt",
        "x-target-name": "vi.txt",
        "x-target-excluded": "2",
    }


def test_unknown_languages_have_tmx_names_of_their_own() -> None:
    """Where the language cannot be told, TMX still asks for an answer."""
    one, two = (replace(side, language=None) for side in (TWO_TO_ONE.source, TWO_TO_ONE.target))
    written = render_alignment(replace(TWO_TO_ONE, source=one, target=two))
    assert read(written).find("header[@srclang='*all*']") is not None
    assert {variant[0] for _, variants in units(written) for variant in variants} == {"und"}


def test_characters_that_xml_lacks_are_shown_and_counted() -> None:
    """An escape or a lone surrogate costs one sign, not the file."""
    pair = bitext(["a\x1b[1mb\ufffe\ud800"], ["\ta\u2028b🙂"], Bead(range(1), range(1), 1.0))
    written = render_alignment(pair)
    source, target = read(written).iter("tuv")
    assert source.findtext("seg") == "a␛[1mb\ufffd\ufffd"
    assert facts(source)["x-replaced"] == "3"
    assert target.findtext("seg") == " a b🙂"
    assert "x-replaced" not in facts(target)


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        (["The port closed.", "Nobody was hurt."], "The port closed. Nobody was hurt."),
        (["港口关闭。", "无人受伤。"], "港口关闭。无人受伤。"),
        (["港は閉じた。", "「無事だ」"], "港は閉じた。「無事だ」"),
        (["항구가 닫혔다.", "다친 사람은 없다."], "항구가 닫혔다. 다친 사람은 없다."),
        (["ท่าเรือปิด", "ไม่มีใครบาดเจ็บ"], "ท่าเรือปิด ไม่มีใครบาดเจ็บ"),
        (["他用 Linux", "她不用"], "他用 Linux她不用"),
        (["Hard\nwrapped", "", "line"], "Hard wrapped line"),
        ([], ""),
    ],
)
def test_segments_are_joined_as_their_script_is(texts: list[str], joined: str) -> None:
    """Chinese and Japanese have no space between sentences; Thai and Korean do."""
    assert side_text(segments(texts), range(len(texts))) == joined


@given(st.lists(hostile_texts, min_size=1, max_size=6), st.data())
def test_whatever_stands_in_a_text_reads_back(texts: list[str], data: st.DataObject) -> None:
    """Every text of every bead is in the file, in order, but for what XML cannot hold."""
    cut = data.draw(st.integers(0, len(texts)))
    source, target = texts[:cut], texts[cut:]
    beads = [Bead(range(i, i + 1), range(0), 0.5) for i in range(len(source))]
    beads += [Bead(range(0), range(j, j + 1), 0.5) for j in range(len(target))]
    found = [
        v
        for _, variants in units(render_alignment(bitext(source, target, *beads)))
        for v in variants
    ]
    assert [language for language, _, _ in found] == ["en"] * len(source) + ["vi"] * len(target)
    for (_, _, written), text in zip(found, texts, strict=True):
        expected = "".join(" " if c.isspace() else c for c in text)
        assert len(written) == len(expected)
        same = [
            b in (a, "\ufffd") or 0x2400 <= ord(b) < 0x2420
            for a, b in zip(expected, written, strict=True)
        ]
        assert all(same)


def test_no_beads_are_no_units() -> None:
    """A bitext without segments is a memory without units, and valid."""
    assert units(render_alignment(bitext([], []))) == []


@pytest.mark.parametrize("report", REPORTS)
def test_reports_are_the_beads_with_their_findings(report: str) -> None:
    """A report has the units of the alignment, and in each the findings of its bead, in full."""
    given = REPORTS[report]()
    written = render(given)
    assert [texts for _, texts in units(written)] == [
        texts for _, texts in units(render_alignment(given.bitext))
    ]
    found = []
    for unit in read(written).iter("tu"):
        notes = [note.text for note in unit.findall("note")]
        told = [p.text or "" for p in unit.findall("prop[@type='x-finding']")]
        for note, text in zip(notes, told, strict=True):
            table = dict(part.split("=") for part in text.split("; "))
            found.append((int(facts(unit)["x-bead"]), note, table))
    assert len(found) == len(given.findings)
    for finding, (bead, note, table) in zip(given.findings, found, strict=True):
        assert bead == finding.bead
        assert note == f"{finding.severity.label}, {finding.error_type}: {finding.message}"
        assert table["key"] == finding.key
        assert table["severity"] == finding.severity.label
        assert table["type"] == str(finding.error_type)
        for side, marks in (("source", finding.source), ("target", finding.target)):
            spans = [f"{m.segment}:{m.span.start}-{m.span.end}" for m in marks]
            assert table[side].split() == spans


def test_accepted_findings_have_their_status() -> None:
    """A memory tells which findings a desk has accepted."""
    report = seed_report()
    written = render(accepting(report, {report.findings[0].key: "as agreed"}))
    assert written.count("status=accepted") == 1
