"""Beads as a translation memory in TMX 1.4b, for the tools that translators work with."""

from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

from align import __version__
from align.bitext import Bead, Bitext, Segment
from align.finding import Finding, Report
from align.write.places import spans
from align.write.policy import DEFAULT, Policy
from align.write.tsv import side_text
from align.write.xml import counted, writable

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_UNKNOWN_LANGUAGE = "und"


def render(report: Report, policy: Policy = DEFAULT) -> str:
    """Return the beads as `render_alignment` does, and with each what was found in it.

    A finding is a note of its unit for a person, and a property `x-finding` for a program: key,
    severity, type, status, and the marked words of both sides as `segment:start-end`. The texts
    themselves stay clean, so that no mark gets into a memory.
    """
    found: dict[int, list[ET.Element]] = {}
    for finding in report.findings:
        found.setdefault(finding.bead, []).extend(_said(finding, policy))
    return _written(report.bitext, found)


def render_alignment(bitext: Bitext) -> str:
    """Return one translation unit a bead, in the order of the beads.

    A bead with an empty side is a unit with one variant only. TMX allows that, tools that import a
    memory pass over it, and so nothing that was lost or added is missing from the file. Units have
    no `tuid`: numbers from 0 would overwrite those of another file in one memory. What only
    veralign knows stands in properties: `x-bead`, `x-score`, `x-moved` and `x-doubt` of the unit,
    and of each variant `x-segments`, `x-alone` (the probability, for each segment, that it has no
    counterpart) and `x-replaced`, the number of characters that XML cannot hold.

    There is no document type declaration: readers that honour one fail where `tmx14.dtd` does not
    lie beside the file.
    """
    return _written(bitext, {})


def _written(bitext: Bitext, found: Mapping[int, Sequence[ET.Element]]) -> str:
    root = ET.Element("tmx", version="1.4")
    root.append(_header(bitext))
    body = ET.SubElement(root, "body")
    body.extend(_unit(bitext, number, found.get(number, ())) for number in range(len(bitext.beads)))
    ET.indent(root, " ")
    written = ET.tostring(root, encoding="unicode", short_empty_elements=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def _header(bitext: Bitext) -> ET.Element:
    header = ET.Element(
        "header",
        {
            "creationtool": "veralign",
            "creationtoolversion": __version__,
            "segtype": "sentence",
            "o-tmf": "veralign",
            "adminlang": "en",
            # TMX's word for "any", where the language of the source cannot be told.
            "srclang": bitext.source.language or "*all*",
            "datatype": "plaintext",
        },
    )
    for side, document, _ in bitext.sides():
        header.append(_property(f"x-{side}-name", document.name))
        if document.excluded:
            # They are in no unit, so their number at least is said.
            header.append(_property(f"x-{side}-excluded", str(len(document.excluded))))
    return header


def _said(finding: Finding, policy: Policy) -> Iterator[ET.Element]:
    note = ET.Element("note")
    note.text = writable(f"{finding.severity.label}, {finding.error_type}: {finding.message}")
    yield note
    facts = (
        f"key={finding.key}",
        f"severity={finding.severity.label}",
        f"type={finding.error_type}",
        f"status={policy.status(finding)}",
        f"source={spans(finding.source)}",
        f"target={spans(finding.target)}",
    )
    yield _property("x-finding", "; ".join(facts))


def _unit(bitext: Bitext, number: int, found: Sequence[ET.Element]) -> ET.Element:
    bead = bitext.beads[number]
    unit = ET.Element("tu")
    unit.extend(_property(name, value) for name, value in _facts(number, bead))
    unit.extend(found)
    for (_, document, segments), numbers, alone in zip(
        bitext.sides(),
        (bead.source, bead.target),
        (bead.source_alone, bead.target_alone),
        strict=True,
    ):
        if numbers:
            language = document.language or _UNKNOWN_LANGUAGE
            unit.append(_variant(language, segments, numbers, alone))
    return unit


def _facts(number: int, bead: Bead) -> Iterator[tuple[str, str]]:
    yield "x-bead", str(number)
    yield "x-score", f"{bead.score:.4f}"
    if bead.moved:
        yield "x-moved", "yes"
    if bead.doubt:
        yield "x-doubt", bead.doubt


def _variant(
    language: str, segments: Sequence[Segment], numbers: range, alone: Sequence[float]
) -> ET.Element:
    text, replaced = counted(side_text(segments, numbers))
    variant = ET.Element("tuv", {_LANGUAGE: language})
    variant.append(_property("x-segments", " ".join(map(str, numbers))))
    if alone:
        variant.append(_property("x-alone", " ".join(f"{p:.4f}" for p in alone)))
    if replaced:
        variant.append(_property("x-replaced", str(replaced)))
    ET.SubElement(variant, "seg").text = text
    return variant


def _property(name: str, value: str) -> ET.Element:
    element = ET.Element("prop", type=name)
    element.text = writable(value)
    return element
