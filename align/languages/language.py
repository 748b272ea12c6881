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

    # Writing
    diacritics: float = 0.0
    """Share of letters that usually bear a mark, if text without marks is hardly readable."""

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
    unit_words: Mapping[str, int] = field(default_factory=dict)
    """Cardinals that are numbers only after tens: `lăm` in `hai mươi lăm`, 25."""
    fraction_words: Mapping[str, float] = field(default_factory=dict)
    """Words for a part of one: `half`, `nửa`."""
    number_joiners: tuple[str, ...] = ()
    """Words inside a number in words: `and` in `two hundred and five`, `lẻ`."""
    unclear_numbers: tuple[str, ...] = ()
    """Number words that mostly mean something else, such as an article: `one`, `một`, `năm`."""
    not_numbers: tuple[str, ...] = ()
    """Patterns of words that hold a number word and count nothing: `tỷ lệ`, a rate."""
    approximations: tuple[str, ...] = ()
    """Patterns of words before a rounded number: `about`, `nearly`, `khoảng`."""
    unit_factors: Mapping[str, float] = field(default_factory=dict)
    """Patterns of units that translations convert, to their size in the metric unit of news."""
    hour_words: tuple[str, ...] = ()
    """Patterns that follow the hour of a clock: `p.m.`, `giờ`."""

    # Dates
    months: tuple[tuple[str, ...], ...] = ()
    """Twelve tuples of names, January first, the full name first; case as in a calendar."""
    weekdays: tuple[tuple[str, ...], ...] = ()
    """Seven tuples of names, Monday first, the full name first; case as in a calendar."""
    unclear_dates: tuple[str, ...] = ()
    """Names of months and weekdays that are words of their own as well: `may`, `sun`."""
    date_cues: tuple[str, ...] = ()
    """Patterns before an unclear name that make it a date: `in` May, `hôm` thứ sáu."""
    date_joiners: tuple[str, ...] = ()
    """Patterns between the parts of a date: `of` in `March of 2011`, `năm`."""
    relative_dates: tuple[str, ...] = ()
    """Patterns of times told by their distance: `yesterday`, `last year`, `năm ngoái`."""

    # Predicates
    negation: tuple[str, ...] = ()
    """Patterns of words that negate the predicate they stand at."""
    implied_negation: tuple[str, ...] = ()
    """Patterns that may stand where the other language negates: `without`, `fail`, `khó`."""
    future: tuple[str, ...] = ()
    """Patterns that say the event is yet to come."""
    prospective: tuple[str, ...] = ()
    """Patterns that let an event lie ahead without a future marker: `would`, `plan`, `sắp`."""
    subordinate: tuple[str, ...] = ()
    """Patterns that open a clause whose time may go unmarked elsewhere: `that`, `which`, `if`."""
    past: tuple[str, ...] = ()
    """Patterns that say the event is over."""
    possible: tuple[str, ...] = ()
    """Patterns of possibility: `may`, `might`, `có thể`."""
    ability: tuple[str, ...] = ()
    """Patterns of ability, which answers to possibility and to the future alike: `can`, `could`."""
    necessary: tuple[str, ...] = ()
    """Patterns of necessity: `must`, `have to`, `phải`."""

    # Names
    honorifics: tuple[str, ...] = ()
    """Words before a name that are not part of it: `mr`, `ông`."""
    name_capitals: bool = False
    """Running text capitalises names and little else: true of English, not of German or Chinese."""
    name_joiners: tuple[str, ...] = ()
    """Small words inside a name: the `of` of `House of Representatives`."""
    peoples: tuple[str, ...] = ()
    """Capitalised words for peoples, faiths and parties that CLDR's territories do not lead to."""
    generic_names: tuple[str, ...] = ()
    """Common words that make up the names of bodies and places and are translated: `senate`."""
    native_word: str = ""
    """Pattern of one lower-case word as the language spells; names of other shape are copied."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Lower-case names of places and bodies that are not spelled alike, to their English form."""

    # Pages and sentences
    furniture: tuple[str, ...] = ()
    """Patterns of whole blocks that belong to a web page and not to its article."""
    abbreviations: tuple[str, ...] = ()
    """Words before a full stop that does not end a sentence, as written, without the stop."""
