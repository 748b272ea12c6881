"""What other reports say about a finding: whose words they have, or nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from align import pipeline
from align.bitext import Bead, Bitext, Document, Segment
from align.cli.several import spread
from align.config import Config
from align.corroborate import corroborate
from align.encoder import Encoder
from align.finding import ErrorType, Finding, Mark, Quote, Report, Severity
from align.read import text
from tests.fakes import HashEncoder
from tests.reports import finding, mark, rich_report

SEEDS = Path(__file__).parent.parent / "seeds"
CONFIG = Config(segmented=True)
SAID = "The minister met angry farmers beside the broken river wall."
LOST = ("omission", ErrorType.OMISSION, Severity.MAJOR)
ADDED = ("addition", ErrorType.ADDITION, Severity.MAJOR)
NUMBER = ("number", ErrorType.NUMBER, Severity.MAJOR)


def article(name: str, language: str, *lines: str) -> Document:
    """Return an article of one segment a line."""
    read = text.by_line(text.parse("\n".join(lines).encode(), name))
    return replace(read, language=language, language_confidence=1.0)


def quotes(
    source: str, target: str, kind: tuple[str, ErrorType, Severity], *others: Document
) -> tuple[Quote, ...]:
    """Return what other reports say on one finding, which concerns all words of a pair."""
    documents = (article("s", "en", source or "-"), article("t", "de", target or "-"))
    sides = [pipeline.prepare(document, CONFIG) for document in documents]
    bead = Bead(range(int(bool(source))), range(int(bool(target))), 1.0)
    bitext = Bitext(sides[0][0], sides[1][0], sides[0][1], sides[1][1], (bead,))
    check = kind[0]
    ours = _marks(sides[0][1][0].text, source, check != "addition", sides[0][1])
    theirs = _marks(sides[1][1][0].text, target, check != "omission", sides[1][1])
    report = Report(bitext, (finding(kind, 0, ours, theirs, "m"),), (), "signed", 0.5)
    said = corroborate(report, others, CONFIG, HashEncoder())
    assert said.signature.startswith("signed|evidence:")
    return said.findings[0].reports


def _marks(words: str, given: str, wanted: bool, segments: tuple[Segment, ...]) -> tuple[Mark, ...]:
    return (mark(segments, 0, words),) if given and wanted else ()


def test_a_lost_statement_that_another_report_has_is_supported() -> None:
    """The sentence is quoted whole, with its file, language, place and stance."""
    other = article("afp.txt", "fr", "Nothing of it.", SAID.upper())
    (quote,) = quotes(SAID, "", LOST, other)
    assert quote == Quote("afp.txt", "fr", 1, SAID.upper(), "supports source", 1.0, 2)
    assert str(quote) == f"afp.txt supports source: “{SAID.upper()}”"


def test_an_added_statement_that_another_report_has_supports_the_translation() -> None:
    """What the translator added may be in the reports of others."""
    (quote,) = quotes("", SAID, ADDED, article("afp.txt", "fr", SAID.upper()))
    assert quote.stance == "supports target"


def test_unrelated_reports_say_nothing() -> None:
    """A report of something else is never quoted, nor one that shares a few words."""
    others = (
        article("a", "fr", "Snow fell over the northern valleys all night long."),
        article("b", "fr", "The minister met nobody, and flew home again before dawn broke."),
    )
    assert quotes(SAID, "", LOST, *others) == ()


def test_of_two_numbers_the_one_that_others_have_is_supported() -> None:
    """The check that found the number decides whose it is; a third number supports nobody."""
    source, target = (f"The flood took {n} houses in Hue on Monday." for n in (120, 210))
    others = {
        n: article(f"r{n}", "fr", f"The flood took {n} houses in Hue.") for n in (120, 210, 7)
    }
    stances = {q.name: q.stance for q in quotes(source, target, NUMBER, *others.values())}
    assert stances == {"r120": "supports source", "r210": "supports target"}


def test_each_report_is_quoted_once_and_the_most_telling_first() -> None:
    """Of two sentences of one report the better one stands for it."""
    weaker = "The minister met angry farmers beside the broken bridge."
    others = (article("weak", "fr", weaker), article("strong", "fr", weaker, SAID))
    found = quotes(SAID, "", LOST, *others)
    assert found[0].name == "strong"
    assert found[0].segment == 1
    assert len({quote.name for quote in found}) == len(found)


def test_the_signature_tells_other_evidence_apart() -> None:
    """Another text, or the same under another name, gives another signature; so caches notice."""
    report = replace(rich_report(), findings=())
    given = [
        (),
        (article("a", "fr", SAID),),
        (article("b", "fr", SAID),),
        (article("a", "fr", SAID, SAID),),
    ]
    stamps = {corroborate(report, others, CONFIG, HashEncoder()).signature for others in given}
    assert len(stamps) == len(given)
    assert report.signature not in stamps


def test_grounds_are_the_check_s_evidence_and_the_quotes() -> None:
    """Writers show one list of lines."""
    bare: Finding = rich_report().findings[0]
    quoted = replace(
        bare, evidence=("own",), reports=(Quote("f", "en", 0, "a\nb", "supports source", 0.8),)
    )
    assert quoted.grounds() == ("own", "f supports source: “a b”")


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("s t --evidence a b --quiet", "s t --evidence a --evidence b --quiet"),
        ("--evidence a -o f b", "--evidence a -o f b"),
        ("a --translations", "a --translations"),
        ("a --translations --format json", "a --translations --format json"),
        ("--translations a - -- --evidence b", "--translations a --translations - -- --evidence b"),
    ],
)
def test_an_option_of_several_values_is_repeated_before_each(given: str, read: str) -> None:
    """Its values end at the next option; one without a value is left for click to refuse."""
    assert spread(given.split()) == read.split()


@pytest.mark.model
def test_two_agencies_support_the_original_on_the_meeting(encoder: Encoder) -> None:
    """AFP and Al Arabiya say that the meetings were held; nobody supports the translation."""
    names = {path.name[:3]: path for path in SEEDS.glob("*.txt")}
    documents = {n: text.parse(path.read_bytes(), n) for n, path in names.items()}
    config = Config()
    report = pipeline.compare(documents["000"], documents["004"], config, encoder)
    others = [documents[n] for n in ("001", "002", "003")]
    said = corroborate(report, others, config, encoder)
    (changed,) = (f for f in said.findings if f.error_type is ErrorType.TENSE)
    by_name = {quote.name: quote for quote in changed.reports}
    assert set(by_name) == {"002", "003"}
    assert "held separate talks with US Vice President Joe Biden" in by_name["002"].text
    assert "Khatib met separately with U.S. Vice President Joe Biden" in by_name["003"].text
    assert {q.stance for f in said.findings for q in f.reports} == {"supports source"}
