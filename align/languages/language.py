"""The record that holds what the checks must know about one language: facts, no logic."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Language:
    """Facts about one language. An empty field means that nobody has written them down yet.

    All words are in NFC and, unless a field says otherwise, lower case. Fields called patterns
    hold regular expressions for `re.IGNORECASE`, without word boundaries: whoever compiles them
    adds those.
    """

    tag: str
    """BCP 47, as short as it can be: `en`, `vi`, `zh`."""
    name: str
    """The English name, for messages."""

    # Numbers
    decimal: str = ""
    """The decimal separator of running text: `.` in English, `,` in Vietnamese."""
    group: str = ""
    """Every character that groups thousands: `,` in English, `.` and spaces in Vietnamese."""
    number_words: Mapping[str, int] = field(default_factory=dict)
    """Cardinals in words that stand for one value: `seven`, `twenty`, `mười`, `dozen`."""
    scale_words: Mapping[str, int] = field(default_factory=dict)
    """Words that multiply what stands before them: `hundred`, `million`, `nghìn`, `tỷ`."""
    ordinal_words: Mapping[str, int] = field(default_factory=dict)
    """Ordinals in words: `third`, `thứ ba`."""

    # Dates
    months: tuple[tuple[str, ...], ...] = ()
    """Twelve tuples of names, January first, the full name first; case as in a calendar."""
    weekdays: tuple[tuple[str, ...], ...] = ()
    """Seven tuples of names, Monday first, the full name first; case as in a calendar."""

    # Predicates
    negation: tuple[str, ...] = ()
    """Patterns of words that negate the predicate they stand at."""
    future: tuple[str, ...] = ()
    """Patterns that say the event is yet to come."""
    past: tuple[str, ...] = ()
    """Patterns that say the event is over."""
    possible: tuple[str, ...] = ()
    """Patterns of possibility: `may`, `might`, `có thể`."""
    necessary: tuple[str, ...] = ()
    """Patterns of necessity: `must`, `have to`, `phải`."""

    # Names
    honorifics: tuple[str, ...] = ()
    """Words before a name that are not part of it: `mr`, `ông`."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Lower-case names of places and bodies that are not spelled alike, to their English form."""

    # Pages and sentences
    furniture: tuple[str, ...] = ()
    """Patterns of whole blocks that belong to a web page and not to its article."""
    abbreviations: tuple[str, ...] = ()
    """Words before a full stop that does not end a sentence, as written, without the stop."""
