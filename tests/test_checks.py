"""Lints the registry of checks, and runs every check over its examples and its cases."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from align import relate
from align.checks import CHECKS, Check, Pair
from align.encoder import SentenceEncoder
from align.languages import find_language
from align.vectors import Usual

CASES = Path(__file__).parent / "cases"
BY_NAME = {check.name: check for check in CHECKS}


def pair(encoder: SentenceEncoder, source: str, target: str, tags: tuple[str, str]) -> Pair:
    """Return the pair that a bilingual file of one row would give."""
    words = [
        relate.word_vectors([text], encoder.encode_tokens([text]).tokens, encoder.centre.token)
        for text in (source, target)
        if encoder.centre is not None
    ]
    (source_words,), (target_words,) = words
    usual = Usual(relate.usual_expansion([(len(source_words.spans), len(target_words.spans))]))
    return Pair(
        source=source,
        target=target,
        source_language=find_language(tags[0]),
        target_language=find_language(tags[1]),
        related=relate.relate(source_words, target_words, usual),
    )


def cases() -> Iterator[object]:
    """Yield one parameter set for each case of each file; known misses are strict failures."""
    for path in sorted(CASES.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text("utf-8"))["case"]):
            missed = case["expect"] == "miss"
            marks = [pytest.mark.xfail(strict=True, reason=case["comment"])] if missed else []
            yield pytest.param(path.stem, case, id=f"{path.stem}-{number}", marks=marks)


@pytest.mark.model
@pytest.mark.parametrize(("name", "case"), list(cases()))
def test_case(name: str, case: dict[str, str], encoder: SentenceEncoder) -> None:
    """A check finds what its cases call errors, and is silent on what only looks like one."""
    tags = (case.get("source_language", "en"), case.get("target_language", "vi"))
    found = list(BY_NAME[name].find(pair(encoder, case["source"], case["target"], tags)))
    # A known miss says what should happen: there should be a finding, or, marked "silent", none.
    wanted = case["expect"] == "find" or (case["expect"] == "miss" and not case.get("silent"))
    assert bool(found) == wanted, [f.message for f in found]


@pytest.mark.model
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_examples(check: Check, encoder: SentenceEncoder) -> None:
    """Each example of a check is reported when wrong and not when right."""
    assert check.examples
    for example in check.examples:
        tags = (example.source_language, example.target_language)
        assert list(check.find(pair(encoder, example.source, example.wrong, tags)))
        assert not list(check.find(pair(encoder, example.source, example.right, tags)))


@pytest.mark.model
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_spans_lie_in_the_texts(check: Check, encoder: SentenceEncoder) -> None:
    """What a check points at are words of the texts that it was given, on at least one side."""
    for example in check.examples:
        tags = (example.source_language, example.target_language)
        seen = pair(encoder, example.source, example.wrong, tags)
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
