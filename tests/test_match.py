"""Which original a translation comes from: the logic, with an encoder of hashes."""

import csv
import json
from dataclasses import replace
from io import StringIO

import pytest

from align.bitext import Document
from align.config import Config
from align.match import Matches, match, write
from align.match.candidates import SHORT_LIST
from align.read import text
from tests.fakes import HashEncoder

CONFIG = Config(segmented=True)


def story(name: str, *topics: str, length: int = 8, language: str = "en") -> Document:
    """Return an article of sentences that nobody else has, a run of them for each topic."""
    lines = [
        " ".join(f"{topic}{number}word{k}" for k in range(9))
        for topic in topics
        for number in range(length)
    ]
    return written(name, lines, language)


def written(name: str, lines: list[str], language: str) -> Document:
    """Return an article of one segment a line."""
    read = text.by_line(text.parse("\n".join(lines).encode(), name, f"folder/{name}"))
    return replace(read, language=language, language_confidence=1.0)


def translated(document: Document, name: str = "t", keep: slice = slice(None)) -> Document:
    """Return the translation of some lines of a document: the same in capitals."""
    return written(name, document.text.upper().split("\n")[keep], "vi")


def found(sources: list[Document], *targets: Document) -> Matches:
    """Match texts with vectors of hashes."""
    return match(sources, targets, CONFIG, HashEncoder(2048))


def test_each_translation_finds_its_original() -> None:
    """Whatever their order, and two translations may have one original."""
    sources = [story(topic, topic) for topic in "abcd"]
    matches = found(sources, *(translated(sources[i]) for i in (2, 0, 2)))
    assert [m.best.source if m.best else None for m in matches.matches] == [2, 0, 2]
    assert {m.status for m in matches.matches} == {"matched"}
    assert all(m.confidence > 0.9 and m.margin > 0.5 for m in matches.matches)
    assert matches.unused() == (1, 3)


def test_another_report_of_the_event_is_not_the_original() -> None:
    """A text that has half of the sentences comes second, and alone leaves it unmatched."""
    true, other = story("true", "a", "b"), story("other", "a", "c")
    (first,) = found([other, true], translated(true)).matches
    assert first.status == "matched"
    assert [c.source for c in first.candidates] == [1, 0]
    assert first.runner_up is not None
    assert first.runner_up.coverage == pytest.approx(0.55, abs=0.15)
    (alone,) = found([other], translated(true)).matches
    assert alone.status == "unmatched"
    assert alone.best is None
    assert alone.candidates[0].source == 0
    assert alone.reason == "the nearest original, other, covers too little of it"


def test_versions_of_one_story_are_ranked_by_coverage() -> None:
    """The version whose every sentence was translated comes before one that has grown."""
    old = story("old", "a", length=10)
    lines = old.text.split("\n")
    new = written("new", [*lines, *story("x", "x", length=3).text.split("\n")], "en")
    matches = found([old, new], translated(old), translated(new))
    assert [m.best.source if m.best else None for m in matches.matches] == [0, 1]
    assert all(m.margin > 0.05 for m in matches.matches)


def test_a_copy_of_the_original_makes_the_match_ambiguous() -> None:
    """Where two originals cover the same, the runner-up is named and the chance is shared."""
    true = story("true", "a")
    (one,) = found([true, replace(true, name="copy")], translated(true)).matches
    assert one.status == "ambiguous"
    assert one.margin == 0
    assert one.confidence < 0.7
    assert "nearly as well" in one.reason


def test_a_text_never_translates_one_in_its_own_language() -> None:
    """The same language on both sides is said, and not taken for a perfect match."""
    true = story("true", "a")
    (one,) = found([true], replace(translated(true), language="en")).matches
    assert (one.status, one.candidates) == ("unmatched", ())
    assert one.reason == "every original is in its own language, English"


def test_nothing_to_match_with_is_said() -> None:
    """No originals, empty originals and an empty translation each have their reason."""
    true, empty = story("true", "a"), replace(story("empty", "e"), blocks=())
    for sources in ([], [empty]):
        (one,) = found(sources, translated(true)).matches
        assert one.reason == "there is no original with text"
    assert not found([true]).matches
    (one,) = found([true], replace(empty, language="vi")).matches
    assert (one.status, one.reason) == ("unmatched", "it has no text")
    assert found([empty, true], translated(true)).matches[0].status == "matched"


def test_the_short_list_is_short_and_has_the_original() -> None:
    """Among many originals only a few are aligned, the right one among them."""
    sources = [story(f"s{n}", f"topic{n}", length=4) for n in range(40)]
    (one,) = found(sources, translated(sources[31])).matches
    assert len(one.candidates) == SHORT_LIST
    assert one.best is not None
    assert one.best.source == 31


def test_manifests_hold_the_pairs_and_json_holds_everything() -> None:
    """CSV and JSON lines have a row for each pair; what has none is in the JSON."""
    true, other = story("a.txt", "a"), story("=b.txt", "b")
    matches = found([true, other], translated(true, "v.txt"), translated(story("c", "c"), "w.txt"))
    rows = list(csv.DictReader(StringIO(write.render_csv(matches, str.upper))))
    assert [(r["source"], r["target"], r["status"]) for r in rows] == [
        ("FOLDER/A.TXT", "FOLDER/V.TXT", "matched")
    ]
    assert list(rows[0]) == list(write.COLUMNS)
    lines = write.render_jsonl(matches, str).splitlines()
    assert [json.loads(line)["source"] for line in lines] == ["folder/a.txt"]
    table = json.loads(write.render_json(matches))
    assert [m["source"] for m in table["matches"]] == [0, None]
    assert table["unused"] == [1]
    assert table["matches"][1]["reason"]


def test_the_terminal_names_original_runner_up_and_what_is_left() -> None:
    """A person reads which original it is, how sure that is, and which texts are left over."""
    true, other = story("a.txt", "a", "b"), story("b.txt", "a", "c")
    matches = found([true, other], translated(true, "v.txt"), translated(story("c", "d"), "w.txt"))
    printed = write.render_terminal(matches)
    assert "matched: folder/a.txt" in printed
    assert "runner-up: folder/b.txt" in printed
    assert "unmatched\n" in printed
    assert "Originals without a translation here: folder/b.txt" in printed
    assert printed.endswith("2 translations: 1 matched, 1 unmatched.\n")
