"""Lints the registry of checks, and runs every check over its examples and its cases."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from align.checks import CHECKS, Check, Mismatch, Pair
from align.defaults import default_verifier
from align.encoder import Encoder
from align.evidence import gather, judged, runs
from align.house import House
from align.languages import find_language
from align.read.house import parse_names, parse_terms
from align.read.row import Row
from align.rows import rows_as_bitext
from align.verify import find_route, pair_of

CASES = Path(__file__).parent / "cases"
BY_NAME = {check.name: check for check in CHECKS}


def pair(
    encoder: Encoder,
    source: str,
    target: str,
    tags: tuple[str, str],
    house: House | None = None,
) -> Pair:
    """Return the pair that a bilingual file of one row would give."""
    bitext = rows_as_bitext([Row(0, source, target)], tags)
    embeddings = (encoder.encode_tokens([source]), encoder.encode_tokens([target]))
    known = gather(bitext, embeddings, encoder.centre)
    verifier = default_verifier(encoder)
    if verifier is not None:
        known = judged(known, bitext, embeddings, encoder.centre, verifier, 1.0)
    route = find_route(bitext, frozenset(), house or House())
    return pair_of(bitext, 0, runs(bitext, bitext.beads[0]), route, known)


def said(check: Check, seen: Pair) -> list[Mismatch]:
    """Return what a check finds that is probable enough to be said."""
    return [
        mismatch
        for mismatch in check.find(seen)
        if mismatch.confidence is None or mismatch.confidence >= check.least
    ]


def cases() -> Iterator[object]:
    """Yield one parameter set for each case of each file; known misses are strict failures."""
    for path in sorted(CASES.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text("utf-8"))["case"]):
            missed = case["expect"] == "miss"
            marks = [pytest.mark.xfail(strict=True, reason=case["comment"])] if missed else []
            yield pytest.param(path.stem, case, id=f"{path.stem}-{number}", marks=marks)


@pytest.mark.model
@pytest.mark.parametrize(("name", "case"), list(cases()))
def test_case(name: str, case: dict[str, str], encoder: Encoder) -> None:
    """A check finds what its cases call errors, and is silent on what only looks like one."""
    tags = (case.get("source_language", "en"), case.get("target_language", "vi"))
    terms = parse_terms(case["glossary"].encode(), "the case") if "glossary" in case else ()
    names = parse_names(case["aliases"].encode(), "the case") if "aliases" in case else {}
    seen = pair(encoder, case["source"], case["target"], tags, House(terms, names))
    found = said(BY_NAME[name], seen)
    # A known miss says what should happen: there should be a finding, or, marked "silent", none.
    wanted = case["expect"] == "find" or (case["expect"] == "miss" and not case.get("silent"))
    assert bool(found) == wanted, [f.message for f in found]


@pytest.mark.model
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_examples(check: Check, encoder: Encoder) -> None:
    """Each example of a check is reported when wrong and not when right."""
    assert check.examples
    for example in check.examples:
        tags = (example.source_language, example.target_language)
        house = House(example.terms)
        assert said(check, pair(encoder, example.source, example.wrong, tags, house))
        assert not said(check, pair(encoder, example.source, example.right, tags, house))


@pytest.mark.model
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_spans_lie_in_the_texts(check: Check, encoder: Encoder) -> None:
    """What a check points at are words of the texts that it was given, on at least one side."""
    for example in check.examples:
        tags = (example.source_language, example.target_language)
        seen = pair(encoder, example.source, example.wrong, tags, House(example.terms))
        for mismatch in check.find(seen):
            assert mismatch.source or mismatch.target
            for text, spans in ((seen.source, mismatch.source), (seen.target, mismatch.target)):
                assert all(0 <= s.start < s.end <= len(text) for s in spans)
                assert all(s.of(text).strip() == s.of(text) for s in spans)


def test_names_and_codes_are_unique() -> None:
    """No two checks share a name or a code, so that --select means one of them."""
    labels = [{check.name.casefold(), check.code.casefold()} for check in CHECKS]
    assert len(set().union(*labels)) == sum(map(len, labels))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_check_is_documented(check: Check) -> None:
    """The file of a check says what it looks for, why that matters and what it is known to miss."""
    module = __import__(f"align.checks.{check.name}", fromlist=["CHECK"])
    page = module.__doc__ or ""
    assert module.CHECK is check
    assert "Why it matters:" in page
    assert "Known misses:" in page
    assert check.version >= 1
    assert 0 < check.confidence <= 1


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_cases_are_balanced(check: Check) -> None:
    """Each check has cases, and at least as many that must pass as that must be found."""
    listed = tomllib.loads((CASES / f"{check.name}.toml").read_text("utf-8"))["case"]
    expects = [case["expect"] for case in listed]
    assert expects.count("find") >= 3
    assert expects.count("pass") >= expects.count("find")
    assert all(case["comment"] for case in listed)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_facts_are_fields_of_a_language(check: Check) -> None:
    """A check only asks for facts that a language can have, and English has them all."""
    of_source, of_target = {*check.facts, *check.source_facts}, {*check.facts, *check.target_facts}
    assert not check.missing_facts(find_language("en"), is_source=True)
    assert not check.missing_facts(find_language("vi"), is_source=False)
    assert set(check.missing_facts(find_language("und"), is_source=True)) == of_source
    assert set(check.missing_facts(find_language("und"), is_source=False)) == of_target
