"""Time zones as texts name them."""

import pytest

from align.languages import find_language
from align.zones import find_zones


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("at 5 p.m. EST", "en", [("EST", {-300})]),
        ("um 10 Uhr MEZ", "de", [("MEZ", {60})]),
        ("at 18:30 (UTC+5:30)", "en", [("UTC+5:30", {330})]),
        ("at 18:30 GMT−7", "en", [("GMT−7", {-420})]),
        ("lúc 8 giờ tối giờ miền Đông", "vi", [("giờ miền Đông", {-300, -240})]),
        ("lúc 17:00 giờ Việt Nam", "vi", [("giờ Việt Nam", {420})]),
        ("北京时间8点", "zh", [("北京时间", {480})]),
        ("at 9 a.m. CST", "en", [("CST", {-360, 480})]),
        ("THE EST OF IT", "en", []),
        ("IL EST 5 HEURES", "fr", []),
        ("no figure, no GMT", "en", []),
        ("at 5 EASTER", "en", []),
        ("", "en", []),
    ],
)
def test_zones(text: str, language: str, found: list[tuple[str, set[int]]]) -> None:
    """An abbreviation counts behind a clock time only; words count wherever they stand."""
    zones = find_zones(text, find_language(language))
    assert [(zone.span.of(text), set(zone.offsets)) for zone in zones] == found
