"""Tests of the stages together, with an encoder that needs no weights."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from align import pipeline
from align.bitext import Bead, Document
from align.checks import selected
from align.config import CheckSettings, Config
from align.errors import ConfigError
from align.evidence import word_pairs
from align.finding import ErrorType, Severity
from align.read import text
from align.rows import CHUNK_ROWS
from tests.fakes import HashEncoder

ARTICLE = """The harbour of Karvel was closed on Monday after a storm tore loose two cranes.
Engineers hope to open the northern basin before the end of the week.
Nobody was hurt, the port authority said in a statement.
Ships that carry grain are waiting in the bay, some of them since Saturday.
The governor promised money for the families of the dock workers.
A year ago a smaller storm had broken the same cranes."""


def translated(article: str) -> str:
    """Return the article in capitals, which the hash encoder takes for a faithful translation."""
    return article.upper()


def document(content: str, language: str) -> Document:
    """Return a document whose language is given, not detected."""
    parsed = text.parse(content.encode(), f"{language}.txt")
    return Document(
        name=parsed.name,
        text=parsed.text,
        blocks=parsed.blocks,
        language=language,
        language_confidence=1.0,
    )


WHOLE = Config(checks=CheckSettings(select=("omission", "addition")))


def test_faithful_translation_has_no_findings() -> None:
    """A translation that lost nothing gets a report without findings and a risk of nothing."""
    pair = document(ARTICLE, "en"), document(translated(ARTICLE), "de")
    report = pipeline.compare(*pair, WHOLE, HashEncoder())
    assert report.findings == ()
    assert report.risk == 0.0
    assert all(len(b.source) == len(b.target) == 1 for b in report.bitext.beads)


@pytest.mark.parametrize("lost", range(6))
def test_each_lost_sentence_is_found(lost: int) -> None:
    """Whichever sentence a translation leaves out, it is the one that is reported, as major."""
    lines = translated(ARTICLE).splitlines()
    kept = "\n".join(lines[:lost] + lines[lost + 1 :])
    pair = document(ARTICLE, "en"), document(kept, "de")
    (finding,) = pipeline.compare(*pair, WHOLE, HashEncoder()).findings
    assert finding.error_type is ErrorType.OMISSION
    assert finding.severity is Severity.MAJOR
    assert [mark.segment for mark in finding.source] == [lost]
    assert finding.source[0].text == ARTICLE.splitlines()[lost]
    assert finding.target == ()


@pytest.mark.parametrize("added", range(6))
def test_each_added_sentence_is_found(added: int) -> None:
    """Whichever sentence only the translation has, it is the one that is reported."""
    lines = ARTICLE.splitlines()
    kept = "\n".join(lines[:added] + lines[added + 1 :])
    pair = document(kept, "en"), document(translated(ARTICLE), "de")
    (finding,) = pipeline.compare(*pair, WHOLE, HashEncoder()).findings
    assert finding.error_type is ErrorType.ADDITION
    assert [mark.segment for mark in finding.target] == [added]


def test_one_language_is_not_compared() -> None:
    """Two texts in one language get no beads and no findings, and are told so."""
    pair = document(ARTICLE, "en"), document(translated(ARTICLE), "en")
    report = pipeline.compare(*pair, WHOLE, HashEncoder())
    assert report.risk is None
    assert report.findings == ()
    assert not any(b.source and b.target for b in report.bitext.beads)
    assert {s.check for s in report.skipped} == {"omission", "addition"}
    assert "both texts are in English" in report.skipped[0].reason


def test_unrelated_text_is_not_compared() -> None:
    """A text that translates something else is not taken for a translation full of errors."""
    other = "\n".join(f"ZZ{i} QQ{i} XX{i} WW{i} VV{i} UU{i} TT{i}." for i in range(9))
    pair = document(ARTICLE, "en"), document(other, "de")
    report = pipeline.compare(*pair, WHOLE, HashEncoder())
    assert report.risk is None
    assert "no translation" in report.skipped[0].reason


def test_text_too_short_to_tell_its_language_is_said() -> None:
    """A text of a few letters is compared, and the report says that its language is unknown."""
    one = text.parse(b"Oh!", "a.txt")
    two = document("OH!", "de")
    report = pipeline.compare(one, two, Config(), HashEncoder())
    assert any("too short to tell" in s.reason for s in report.skipped)
    assert any(s.check == "tense" and "'und'" in s.reason for s in report.skipped)


def test_language_without_facts_is_skipped_by_name() -> None:
    """A language without facts is named for each check that cannot serve it; the others run."""
    pair = document(ARTICLE, "en"), document(translated(ARTICLE), "km")
    report = pipeline.compare(*pair, Config(), HashEncoder())
    assert any(s.check == "tense" and "'km'" in s.reason for s in report.skipped)
    assert not any(s.check == "omission" for s in report.skipped)


def test_beads_cover_each_segment_once() -> None:
    """Whatever is lost, added or joined, each kept segment is in exactly one bead."""
    lines = translated(ARTICLE).splitlines()
    target = "\n".join([lines[0], f"{lines[1]} {lines[2]}", "AN EXTRA LINE OF NEWS.", *lines[4:]])
    pair = document(ARTICLE, "en"), document(target, "de")
    bitext = pipeline.compare(*pair, WHOLE, HashEncoder()).bitext
    assert sorted(i for b in bitext.beads for i in b.source) == list(
        range(len(bitext.source_segments))
    )
    assert sorted(j for b in bitext.beads for j in b.target) == list(
        range(len(bitext.target_segments))
    )


def test_segmented_keeps_every_line() -> None:
    """With `segmented`, furniture and repeated lines are segments like any other."""
    lines = "Share this story\nShare this story\nThe harbour was closed. Nobody was hurt."
    pair = document(lines, "en"), document(lines.upper(), "de")
    report = pipeline.compare(*pair, Config(segmented=True), HashEncoder())
    assert len(report.bitext.source_segments) == 3
    assert report.bitext.source.excluded == ()


def test_check_pairs_streams_in_order() -> None:
    """Rows are answered one by one, in order, without waiting for the last."""
    taken = 0

    def rows() -> Iterator[tuple[str, str]]:
        nonlocal taken
        for _ in range(3 * CHUNK_ROWS):
            taken += 1
            yield "The harbour was closed.", "THE HARBOUR WAS CLOSED."

    answers = pipeline.check_pairs(rows(), WHOLE, HashEncoder(), ("en", "de"))
    assert next(answers).row == 0
    assert taken <= CHUNK_ROWS
    assert [answer.row for answer in answers] == list(range(1, 3 * CHUNK_ROWS))


def test_check_pairs_answers_a_blank_side_with_an_error() -> None:
    """A row with a blank side is an error that says which side, and no other row suffers."""
    rows = [("One word.", "ONE WORD."), ("Lost.", "  "), ("", "ADDED."), ("Two.", "TWO.")]
    answers = list(pipeline.check_pairs(rows, WHOLE, HashEncoder(), ("en", "de")))
    assert [a.error for a in answers] == ["", "the target is empty", "the source is empty", ""]
    assert [a.row for a in answers] == [0, 1, 2, 3]


def test_check_pairs_marks_words_relative_to_their_row() -> None:
    """A finding of a row points into that row's texts, whatever row it is."""
    rows = list(zip(ARTICLE.splitlines(), translated(ARTICLE).splitlines(), strict=True))
    source = f"{rows[2][0]} {rows[3][0]}"
    rows[2:4] = [(source, rows[2][1])]
    answers = list(pipeline.check_pairs(rows, WHOLE, HashEncoder(), ("en", "de")))
    assert [bool(a.findings) for a in answers] == [False, False, True, False, False]
    for finding in answers[2].findings:
        assert finding.bead == 0
        for mark in finding.source:
            assert mark.segment == 0
            assert mark.span.of(source) == mark.text


def test_selected_checks_follow_the_settings() -> None:
    """Checks are chosen by name or code, in the registry's order, and a wrong name is an error."""
    chosen = selected(CheckSettings(select=("NUM", "omission")))
    assert [check.name for check in chosen] == ["omission", "number"]
    rest = selected(CheckSettings(ignore=("num",)))
    assert "number" not in {check.name for check in rest}
    with pytest.raises(ConfigError, match="no check 'nummer'"):
        selected(CheckSettings(select=("nummer",)))


def test_signature_changes_with_the_settings() -> None:
    """The signature names versions, encoder and checks, and differs when a setting does."""
    pair = document(ARTICLE, "en"), document(translated(ARTICLE), "de")
    first = pipeline.compare(*pair, WHOLE, HashEncoder()).signature
    second = pipeline.compare(*pair, Config(), HashEncoder()).signature
    assert first.startswith("veralign:")
    assert "|checks:omission.2+addition.2|" in first
    assert first != second


def test_finding_keys_outlive_other_changes() -> None:
    """A finding keeps its key when another part of the article changes."""
    lines = translated(ARTICLE).splitlines()
    cut = "\n".join(lines[:2] + lines[3:])
    changed = cut.replace(lines[5], f"{lines[5]} WITH ANOTHER END.")
    keys = [
        {
            finding.key
            for finding in pipeline.compare(
                document(ARTICLE, "en"), document(target, "de"), WHOLE, HashEncoder()
            ).findings
            if not finding.target
        }
        for target in (cut, changed)
    ]
    assert keys[0] <= keys[1]
    assert keys[0]


def test_text_without_its_diacritics_is_said_and_not_compared_by_words() -> None:
    """Vietnamese without marks is told; lost sentences are still found, words are not judged."""
    lines = ["Cang da dong cua hom thu Hai sau con bao.", "Khong ai bi thuong trong tai nan nay."]
    source = document("The port was closed on Monday.\nNobody was hurt.\n" + ARTICLE, "en")
    target = document("\n".join(lines) + "\n" + "\n".join(ARTICLE.upper().splitlines()[1:]), "vi")
    report = pipeline.compare(source, target, Config(), HashEncoder())
    assert any(s.reason == "the target is written without its diacritics" for s in report.skipped)
    assert any(s.check == "tense" for s in report.skipped)
    assert all(bool(f.source) != bool(f.target) for f in report.findings)
    assert ARTICLE.splitlines()[0] in {m.text for f in report.findings for m in f.source}


def test_a_report_grows() -> None:
    """Beads come first, then the findings bead by bead, and at last the report of `compare`."""
    lines = translated(ARTICLE).splitlines()
    pair = document(ARTICLE, "en"), document("\n".join((*lines[:2], lines[3], lines[5])), "de")
    steps = list(pipeline.unfold(*pair, WHOLE, HashEncoder()))
    assert [len(step.report.findings) for step in steps] == [0, 1, 2, 2]
    assert [step.is_whole for step in steps] == [False, False, False, True]
    assert all(step.report.risk is None for step in steps[:-1])
    assert steps[0].report.bitext is steps[-1].report.bitext
    assert steps[-1].report == pipeline.compare(*pair, WHOLE, HashEncoder())


def test_a_report_of_two_texts_that_do_not_match_comes_at_once() -> None:
    """Where nothing is compared, one step says so."""
    (step,) = pipeline.unfold(
        document(ARTICLE, "en"), document(ARTICLE, "en"), WHOLE, HashEncoder()
    )
    assert step.is_whole
    assert step.report.risk is None


def test_words_of_a_bead_pair_up_over_its_segments() -> None:
    """Each pair of words names the segments they stand in, in runs of several segments too."""
    pair = document(ARTICLE, "en"), document(translated(ARTICLE), "de")
    *_, last = pipeline.unfold(*pair, WHOLE, HashEncoder())
    assert last.evidence is not None
    merged = replace(last.report.bitext, beads=(Bead(range(6), range(6), 1.0),))
    (pairs,) = word_pairs(merged, last.evidence)
    assert len(pairs) > 50
    for found in pairs:
        (i, one), (j, two) = found.source, found.target
        source, target = merged.source_segments[i].text, merged.target_segments[j].text
        assert one.of(source).upper() == two.of(target)
