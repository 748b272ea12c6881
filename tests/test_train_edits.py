"""The generator of errors: an edit says truly what it took and what it gave."""

import re
from random import Random

import pytest

from align.bitext import Span
from align.relate import word_spans
from models.train import edits, meaning, particles, rules
from models.train.lines import Context, Editor, Line

LITTLE = frozenset({"a", "in", "it", "of", "on", "that", "the", "to", "with"})


def line(text: str, language: str = "en") -> Line:
    """Return a line whose capitalised words, but the first, are names."""
    words = word_spans(text, [Span(k, k + 1) for k in range(len(text)) if text[k].strip()])
    forms = [word.of(text) for word in words]
    common = tuple(form.casefold() in LITTLE for form in forms)
    names = tuple(k > 0 and form[:1].isupper() for k, form in enumerate(forms))
    return Line(text, language, words, common, names)


OTHERS = (
    line("After the storm, Maria Stone rebuilt the harbour with her neighbours."),
    line("He told Reuters that the ferry, an old one, had sunk near Malta."),
)
SENTENCE = line(
    "On Monday, Anna Berg said that the council will buy 12 million trees in April, "
    "and Tom Hale may support it."
)
CONTEXT = Context(OTHERS, lambda word: ["shrubs"] if word == "trees" else [])
EDITORS = [editor for editor, _ in (*edits.ERRORS, *edits.FAITHFUL)]


@pytest.mark.parametrize("editor", EDITORS, ids=lambda editor: getattr(editor, "__name__", ""))
def test_spans_are_those_of_the_texts(editor: Editor) -> None:
    """Whatever is drawn, the text differs and every span lies inside its text, without edges."""
    for seed in range(40):
        edit = editor(SENTENCE, CONTEXT, Random(seed))
        if edit is None:
            continue
        assert edit.text
        assert edit.text != SENTENCE.text
        for text, spans in ((SENTENCE.text, edit.taken), (edit.text, edit.given)):
            for span in spans:
                assert 0 <= span.start < span.end <= len(text)
                assert span.of(text).strip()


@pytest.mark.parametrize("editor", [editor for editor, _ in edits.ERRORS])
def test_the_same_seed_makes_the_same_error(editor: Editor) -> None:
    """All chance is the generator's that comes in."""
    assert editor(SENTENCE, CONTEXT, Random(3)) == editor(SENTENCE, CONTEXT, Random(3))


def drawn(editor: Editor, text: Line = SENTENCE, seeds: int = 60) -> set[str]:
    """Return all that an editor makes of a line."""
    made = (editor(text, CONTEXT, Random(seed)) for seed in range(seeds))
    return {edit.text for edit in made if edit is not None}


def test_a_phrase_is_left_out_and_the_punctuation_mended() -> None:
    """What is left has no comma before a full stop and no double space."""
    for text in drawn(edits.delete):
        assert len(text) < len(SENTENCE.text)
        assert "  " not in text
        assert ",." not in text


def test_few_words_are_lost_or_added() -> None:
    """At most four words go, or come from another sentence of the article."""
    for editor in (edits.drop_words, edits.add_words):
        made = [editor(SENTENCE, CONTEXT, Random(seed)) for seed in range(40)]
        found = [edit for edit in made if edit is not None]
        assert len(found) > 20
        for edit in found:
            (piece,) = (
                (s.of(SENTENCE.text) for s in edit.taken)
                if edit.taken
                else (s.of(edit.text) for s in edit.given)
            )
            assert 1 <= len(line(piece).words) <= 4
    assert edits.drop_words(line("A short one with few words."), CONTEXT, Random(0)) is None


def test_words_change_places() -> None:
    """The two words stand where the other stood, and nothing else has moved."""
    made = [edits.swap_words(SENTENCE, CONTEXT, Random(seed)) for seed in range(20)]
    found = [edit for edit in made if edit is not None]
    assert len(found) > 10
    for edit in found:
        assert edit.error == "roles"
        one, other = (span.of(SENTENCE.text) for span in edit.taken)
        assert [span.of(edit.text) for span in edit.given] == [other, one]
        assert sorted(edit.text) == sorted(SENTENCE.text)


def test_an_inserted_piece_comes_from_the_article() -> None:
    """The piece stands in another sentence, and the span is the piece."""
    for seed in range(20):
        edit = edits.insert(SENTENCE, CONTEXT, Random(seed))
        assert edit is not None
        (span,) = edit.given
        assert any(span.of(edit.text) in other.text for other in OTHERS)
        assert edit.error == "gained"


def test_names_change_places() -> None:
    """Who did it is no longer who it was done to."""
    assert "On Monday, Tom Hale said that" in "".join(drawn(edits.swap_names))


def test_numbers_magnitudes_and_dates_change() -> None:
    """The figure, its scale, and the weekday or month are each replaced by another."""
    assert all(" 12 million" not in text for text in drawn(meaning.wrong_number))
    assert any("12 billion" in text for text in drawn(meaning.scale))
    assert any("Monday" not in text or "April" not in text for text in drawn(meaning.wrong_date))


def test_small_letters_make_no_month_in_english() -> None:
    """The verb may is not the month of May."""
    assert not drawn(meaning.wrong_date, line("They may go."))


def test_meaning_is_turned() -> None:
    """Negation, time and possibility are changed by the rules of the language."""
    assert any("will not buy" in text for text in drawn(meaning.negate))
    assert any("did buy" in text for text in drawn(meaning.retime))
    assert any("must support" in text for text in drawn(meaning.remode))
    assert any("sell 12" in text for text in drawn(meaning.antonym))
    assert drawn(edits.cousin) == {SENTENCE.text.replace("trees", "shrubs")}


def test_an_opposite_that_translations_show_is_put() -> None:
    """It serves languages that have no list, and stands beside the list where there is one."""
    context = Context([], opposites=lambda word: {"bara": ["kubwa"]}.get(word, []))
    edit = meaning.antonym(line("Jiji bara sana.", "sw"), context, Random(0))
    assert edit is not None
    assert (edit.text, edit.kind, edit.error) == ("Jiji kubwa sana.", "antonym", "mistranslation")
    assert meaning.antonym(line("Jiji bara sana.", "sw"), CONTEXT, Random(0)) is None


def test_an_unspaced_language_is_turned_too() -> None:
    """Chinese has no word borders for the patterns to lean on."""
    assert "他不能来。" in drawn(meaning.negate, line("他能来。", "zh"))


@pytest.mark.parametrize("name", ["NEGATION", "TENSE", "MODALITY"])
def test_each_language_has_its_rules_in_one_place(name: str) -> None:
    """A second table would silently replace the first."""
    tables = (getattr(rules, name), getattr(particles, name))
    assert not set(tables[0]) & set(tables[1])
    for table in tables:
        for pattern, new in (rule for ruled in table.values() for rule in ruled):
            assert re.compile(pattern).groups >= new.count("\\")


@pytest.mark.parametrize(
    ("editor", "language", "text", "made"),
    [
        (meaning.retime, "ms", "Dia telah pulang.", "Dia akan pulang."),
        (meaning.remode, "tr", "Yarın gidebilir.", "Yarın gidmeli."),
        (meaning.negate, "hu", "Ez nem volt jó.", "Ez volt jó."),
        (meaning.retime, "ko", "그는 일했다.", "그는 일할 것이다."),
    ],
)
def test_few_words_show_time_and_possibility(
    editor: Editor, language: str, text: str, made: str
) -> None:
    """A particle or an ending is all that changes."""
    assert made in drawn(editor, line(text, language))


def test_a_negation_that_was_taken_out_is_shown_by_its_neighbour() -> None:
    """Where nothing was put in, the next word is what a reader would mark."""
    edit = meaning.negate(line("Er kommt nicht mehr heute.", "de"), CONTEXT, Random(0))
    assert edit is not None
    assert edit.text == "Er kommt heute."
    assert [span.of(edit.text) for span in edit.given] == ["heute"]


def test_faithful_edits_are_no_errors() -> None:
    """They carry no error, so that silence is learnt on them."""
    for editor, _ in edits.FAITHFUL:
        for seed in range(20):
            edit = editor(SENTENCE, CONTEXT, Random(seed))
            assert edit is None or not edit.error


def test_the_generator_kept_for_judging_is_not_trained_on() -> None:
    """Quantifiers are changed for evaluation only."""
    assert meaning.quantifier not in EDITORS
    assert drawn(meaning.quantifier, line("He saw all ships.")) >= {"He saw some ships."}
