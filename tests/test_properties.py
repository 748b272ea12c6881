"""Properties of the checks: silent on what is faithful, loud when a piece of it goes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.checks import Check, Pair, date, number
from align.languages import find_language

EN, VI = find_language("en"), find_language("vi")
MONTHS = st.integers(1, 12)
WEEKDAYS = st.integers(0, 6)


def pair(source: str, target: str) -> Pair:
    """Return an English text and a Vietnamese one, without evidence."""
    return Pair(source, target, EN, VI)


def grouped(value: int, mark: str) -> str:
    """Return a number with its thousands grouped."""
    return f"{value:,}".replace(",", mark)


@given(st.integers(13, 10**9))
def test_a_number_is_the_same_in_either_locale(value: int) -> None:
    """Whatever the number, English and Vietnamese grouping are one value, and so is none at all."""
    source = f"The flood destroyed {grouped(value, ',')} houses."
    for written in (grouped(value, "."), str(value)):
        target = f"Trận lũ đã phá hủy {written} ngôi nhà."
        assert list(number.find(pair(source, target))) == []


@given(st.integers(13, 10**9), st.integers(13, 10**9))
def test_another_number_is_found(value: int, other: int) -> None:
    """Whatever two numbers, one in place of the other is reported on the very digits."""
    if value == other:
        return
    source = f"The flood destroyed {grouped(value, ',')} houses."
    target = f"Trận lũ đã phá hủy {grouped(other, '.')} ngôi nhà."
    (mismatch,) = number.find(pair(source, target))
    assert [span.of(source) for span in mismatch.source] == [grouped(value, ",")]
    assert [span.of(target) for span in mismatch.target] == [grouped(other, ".")]


@given(st.integers(13, 10**9))
def test_a_lost_number_is_found(value: int) -> None:
    """Whatever the number, a translation without it is reported, on the source."""
    source = f"The flood destroyed {grouped(value, ',')} houses."
    (mismatch,) = number.find(pair(source, "Trận lũ đã phá hủy những ngôi nhà."))
    assert [span.of(source) for span in mismatch.source] == [grouped(value, ",")]
    assert mismatch.target == ()


@given(MONTHS, MONTHS, st.integers(1900, 2100))
@settings(max_examples=60)
def test_months_are_told_apart(month: int, other: int, year: int) -> None:
    """A month in words is the same month by its number, and no other one."""
    source = f"The bridge was opened in {EN.months[month - 1][0]} {year}."
    target = f"Cây cầu được khánh thành vào tháng {other} năm {year}."
    assert bool(list(date.find(pair(source, target)))) == (month != other)


@given(WEEKDAYS, WEEKDAYS)
def test_weekdays_are_told_apart(day: int, other: int) -> None:
    """A weekday is its own translation, and no other day's."""
    source = f"The bridge was opened on {EN.weekdays[day][0]}."
    target = f"Cây cầu được khánh thành hôm {VI.weekdays[other][0]}."
    assert bool(list(date.find(pair(source, target)))) == (day != other)


@pytest.mark.parametrize("check", [number.CHECK, date.CHECK], ids=lambda check: check.name)
@given(text=st.text(max_size=80))
def test_a_text_has_no_mismatch_with_itself(check: Check, text: str) -> None:
    """Whatever the text, its numbers and dates are those of the same text."""
    same = Pair(text, text, EN, EN)
    assert list(check.find(same)) == []
