"""What the desk's pages say, in each of its languages."""

from collections.abc import Mapping

from align.desk.phrases import en, vi

LANGUAGES: Mapping[str, Mapping[str, str]] = {"en": en.PHRASES, "vi": vi.PHRASES}
"""The phrases of each language; written by hand, in the order of the switch."""

DEFAULT = "en"


def chosen(wanted: str, accepted: str) -> str:
    """Return the language of a page.

    Args:
        wanted: What the reader has switched to; empty if to nothing.
        accepted: The browser's Accept-Language.

    >>> chosen("", "fr, vi-VN;q=0.8, en;q=0.5")
    'vi'
    """
    if wanted in LANGUAGES:
        return wanted
    weighed = []
    for place, part in enumerate(accepted.split(",")[:20]):
        tag, _, weight = part.strip().partition(";q=")
        language = tag.split("-")[0].lower()
        if language in LANGUAGES:
            weighed.append((-_number(weight), place, language))
    return min(weighed)[2] if weighed else DEFAULT


def _number(weight: str) -> float:
    try:
        return float(weight) if weight else 1.0
    except ValueError:
        return 0.0
