"""Markers without an answer: their signs, their chances, and each change said once."""

import numpy as np
import pytest

from align.bitext import Span
from align.judgement import ERRORS, Judgement, WordOdds
from align.languages import find_language
from align.marker_weights import WEIGHTS
from align.markers import FAINT, GROUPS, SIGNS, Marked, chance, find_marked, suspects
from align.predicates import Reading, readings
from align.vectors import Relatedness

SOURCE = "He will not sign it."
KEPT, TURNED = "Ông sẽ không ký nó.", "Ông đã ký nó."
TIES = {"He": "Ông", "will": "sẽ", "not": "không", "sign": "ký", "it": "nó"}
NOBODY: tuple[list[Span], list[Span]] = ([], [])


def words(text: str) -> tuple[Span, ...]:
    """Return where the words of a text stand."""
    ends = [len(" ".join(text.split()[: k + 1])) for k in range(len(text.split()))]
    return tuple(
        Span(end - len(w), end - w.endswith(".")) for end, w in zip(ends, text.split(), strict=True)
    )


def sides(target: str) -> tuple[Reading, Reading]:
    """Return two texts whose words relate as `TIES` says."""
    own, other = words(SOURCE), words(target)
    matrix = np.zeros((len(own), len(other)), np.float32)
    for i, one in enumerate(own):
        for j, two in enumerate(other):
            matrix[i, j] = 0.8 if TIES.get(one.of(SOURCE)) == two.of(target) else 0.05
    english, vietnamese = find_language("en"), find_language("vi")
    return readings((SOURCE, target), (english, vietnamese), Relatedness(own, other, matrix))


def judgement(target: str, risk: float) -> Judgement:
    """Return what a verifier says that holds every word as doubtful as the pair."""
    odds = [
        WordOdds(words(t), *(np.full(len(words(t)), risk / 4, np.float32) for _ in range(2)))
        for t in (SOURCE, target)
    ]
    return Judgement(odds[0], odds[1], dict.fromkeys(ERRORS, risk / 4), risk)


def signs(marked: Marked) -> dict[str, float]:
    """Return the signs of a marker by name."""
    return dict(zip(SIGNS, marked.signs, strict=True))


def test_every_kind_has_a_weight_for_every_sign() -> None:
    """The weights were fitted for the signs that are taken."""
    assert WEIGHTS.keys() == GROUPS.keys()
    assert {len(weights) for weights in WEIGHTS.values()} == {len(SIGNS)}


def test_an_answered_marker_shows_its_answer() -> None:
    """Both negations stand at "sign", and their own words are as good as one."""
    found = list(find_marked("negation", sides(KEPT), judgement(KEPT, 0.1), NOBODY))
    assert [(m.span.of(SOURCE if m.is_source else KEPT), m.is_source) for m in found] == [
        ("not", True),
        ("không", False),
    ]
    for marked in found:
        seen = signs(marked)
        assert (seen["answered"], seen["surplus"], seen["silent"]) == (1.0, 0.0, 0.0)
        assert seen["tie"] == pytest.approx(0.8)
        assert chance("negation", marked) < FAINT / 2


def test_a_lost_negation_is_a_suspect() -> None:
    """Nothing denies in the other text, and what stands for the verb is named."""
    ((marked, probability),) = suspects(
        "negation", sides(TURNED), judgement(TURNED, 0.6), ([words(SOURCE)[2]], [])
    )
    assert marked.span.of(SOURCE) == "not"
    assert marked.counterparts[0].of(TURNED) == "ký"
    assert signs(marked)["rule"] == 1.0
    assert probability > 0.75


def test_the_verifier_weighs() -> None:
    """The same words are the less suspect, the surer the verifier is of the pair."""
    rated = [
        max(chance("negation", m) for m in find_marked("negation", sides(TURNED), said, NOBODY))
        for said in (judgement(TURNED, risk) for risk in (0.05, 0.3, 0.9))
    ]
    assert rated == sorted(rated)
    assert rated[0] < rated[-1] - 0.1


def test_one_change_is_said_once() -> None:
    """That "will" became "đã" is seen from both sides."""
    both = list(find_marked("tense", sides(TURNED), judgement(TURNED, 0.9), NOBODY))
    assert {m.span.of(SOURCE if m.is_source else TURNED) for m in both} == {"will", "đã"}
    said = [m for m, _ in suspects("tense", sides(TURNED), judgement(TURNED, 0.9), NOBODY)]
    assert len(said) == 1
    assert [
        [s.of(t) for s in spans] for t, spans in zip((SOURCE, TURNED), said[0].places, strict=True)
    ] == [
        ["will"],
        ["đã"],
    ]


def test_what_became_of_a_marker_counts_for_it() -> None:
    """That "will" is lost is at least as probable as that "đã" stands there for nothing."""
    accused: tuple[list[Span], list[Span]] = ([], [words(TURNED)[1]])
    said = judgement(TURNED, 0.9)
    both = find_marked("tense", sides(TURNED), said, accused)
    alone = {m.is_source: chance("tense", m) for m in both}
    assert alone[False] > alone[True]
    ((marked, probability),) = suspects("tense", sides(TURNED), said, accused)
    assert marked.is_source
    assert probability == alone[False]


def test_without_facts_of_the_other_language_nothing_is_suspect() -> None:
    """What a language marks nobody has written down cannot be missed there."""
    own, other = words(SOURCE), words(TURNED)
    bare = readings(
        (SOURCE, TURNED),
        (find_language("en"), find_language("xx")),
        Relatedness(own, other, np.zeros((len(own), len(other)), np.float32)),
    )
    for kind in GROUPS:
        assert not list(find_marked(kind, bare, judgement(TURNED, 0.9), NOBODY))
