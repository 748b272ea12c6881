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
    script: str = ""
    """Unicode names of its scripts, `|` between them, the most usual first: `Latin`."""
    common_words: tuple[str, ...] = ()
    """Small words that running text is full of: `the`, `of`."""
    spaced: bool = True
    """Words are divided by spaces: not so in Chinese, Japanese and Thai."""

    # Numbers
    decimal: str = ""
    """The decimal separator of running text: `.` in English, `,` in Vietnamese."""
    group: str = ""
    """Every character that groups thousands: `,` in English, `.` and spaces in Vietnamese."""
    number_words: Mapping[str, int] = field(default_factory=dict)
    """Cardinals in words that stand for one value: `seven`, `twenty`, `mười`.

    In this table and in those of scales, ordinals and fractions, `|` divides the forms of a word.
    """
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
    tens_joiners: tuple[str, ...] = ()
    """Words between tens and units: `et` in `vingt et un`, `und` in `einundzwanzig`."""
    units_first: bool = False
    """Units stand before tens: `einundzwanzig`, `ثلاثة وعشرون`."""
    fused_numbers: bool = False
    """Numbers in words are written as one word: `zweihundertfünf`."""
    number_prefix: str = ""
    """Pattern of what is written together with a number word before it: `وال` in Arabic."""
    number_suffix: str = ""
    """Pattern of the endings that a number word may bear: `üncü` in Turkish `üçüncü`."""
    unclear_numbers: tuple[str, ...] = ()
    """Number words that mostly mean something else, such as an article: `one`, `một`, `năm`."""
    not_numbers: tuple[str, ...] = ()
    """Patterns of words that hold a number word and count nothing: `tỷ lệ`, a rate."""
    century_words: tuple[str, ...] = ()
    """Patterns for "century" beside its number: the 1930s are decades of the 20th."""
    approximations: tuple[str, ...] = ()
    """Patterns of words before a rounded number: `about`, `nearly`, `khoảng`."""
    units: Mapping[str, str] = field(default_factory=dict)
    """Units and currencies, as `measures.py` calls them, to their names here, divided by `|`."""
    hour_words: tuple[str, ...] = ()
    """Patterns that follow the hour of a clock: `p.m.`, `giờ`."""
    half_days: tuple[str, ...] = ()
    """Two patterns beside an hour, for one before noon and one after it: `a.m`, `p.m`."""
    hour_cues: tuple[str, ...] = ()
    """Patterns that stand before the hour of a clock: `klokken`, `오후`."""

    # Dates
    months: tuple[tuple[str, ...], ...] = ()
    """Twelve tuples of names, January first, the full name first; case as in a calendar.

    Names are patterns, for the forms of a word: `январ[ья]`. Those with a capital count only with
    it, unless they have more than one word.
    """
    weekdays: tuple[tuple[str, ...], ...] = ()
    """Seven tuples of names, Monday first, as the months."""
    unclear_dates: tuple[str, ...] = ()
    """Names of months and weekdays that are words of their own as well: `may`, `sun`."""
    date_cues: tuple[str, ...] = ()
    """Patterns before an unclear name that make it a date: `in` May, `hôm` thứ sáu."""
    date_joiners: tuple[str, ...] = ()
    """Patterns between the parts of a date: `of` in `March of 2011`, `năm`."""
    year_sign: str = ""
    """Pattern after the number of a year that stands before the month: `年`."""
    day_sign: str = ""
    """Pattern after the number of a day: `日`."""
    year_offset: int = 0
    """What the country's own count of years is ahead of the common one: 543 in Thailand."""
    eras: Mapping[str, int] = field(default_factory=dict)
    """Names of eras to the year before their first: `令和`, 2018."""
    relative_dates: tuple[str, ...] = ()
    """Patterns of times told by their distance: `yesterday`, `last year`, `năm ngoái`."""

    zones: Mapping[str, str] = field(default_factory=dict)
    """Lower-case names of time zones in daily speech to CLDR's: `giờ việt nam`, `Indochina`."""

    # Predicates
    negation: tuple[str, ...] = ()
    """Patterns of words that negate the predicate they stand at."""
    implied_negation: tuple[str, ...] = ()
    """Patterns that may stand where the other language negates: `without`, `fail`, `khó`."""
    future: tuple[str, ...] = ()
    """Patterns that say the event is yet to come."""
    prospective: tuple[str, ...] = ()
    """Patterns that let an event lie ahead without a future marker: `would`, `plan`, `sắp`."""
    ongoing: tuple[str, ...] = ()
    """Patterns that say the event goes on now: `is building`, `đang`."""
    subordinate: tuple[str, ...] = ()
    """Patterns that open a clause whose time may go unmarked elsewhere: `that`, `which`, `how`."""
    foreseen: tuple[str, ...] = ()
    """Patterns that no past marker answers to, besides the future's: `would`, `expected to`."""
    past: tuple[str, ...] = ()
    """Patterns that say the event is over."""
    possible: tuple[str, ...] = ()
    """Patterns of possibility: `may`, `might`, `có thể`."""
    ability: tuple[str, ...] = ()
    """Patterns of ability, which answers to possibility and to the future alike: `can`, `could`."""
    implied_possibility: tuple[str, ...] = ()
    """Patterns that may stand where the other language has a possibility: `likely`, `được`."""
    necessary: tuple[str, ...] = ()
    """Patterns of necessity: `must`, `have to`, `phải`."""
    implied_necessity: tuple[str, ...] = ()
    """Patterns that may stand where the other language has a necessity: `require`, `nên`."""
    small_words: tuple[str, ...] = ()
    """Patterns of words that are never a predicate, such as articles and prepositions."""
    predicate_reach: tuple[int, int] = (0, 3)
    """How many words before and after a marker may hold its predicate: after `will`, before `ない`,
    on both sides of German `nicht`."""

    ending: int = 0
    """How many letters a word may lose and gain at its end when it is inflected: 2 in English."""

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

    # Quotations
    reporting: tuple[str, ...] = ()
    """Patterns of verbs that attribute words to a speaker: `said`, `cho biết`."""

    # Pages and sentences
    furniture: tuple[str, ...] = ()
    """Patterns of whole blocks that belong to a web page and not to its article."""
    abbreviations: tuple[str, ...] = ()
    """Words before a full stop that does not end a sentence, as written, without the stop."""
