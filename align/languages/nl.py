"""Dutch."""

from align.languages.language import Language

# Tables of words read better as paragraphs than as columns of one word.
# fmt: off
LANGUAGE = Language(
    tag="nl",
    name="Dutch",
    # Writing
    script="Latin",
    common_words=(
        "de", "het", "een", "en", "van", "in", "is", "dat", "op", "te", "zijn", "met", "voor",
        "niet", "aan", "er", "die", "ook", "als", "bij", "door", "naar", "om", "uit", "hij", "ze",
        "werd", "maar", "over", "dan",
    ),
    # Numbers: our own list, after the grammar of the language.
    decimal=",",
    group=". ",
    number_words={
        "nul": 0, "een|één|eén|eens": 1,
        "twee|tweeën|beide|beiden|allebei|tweemaal|dubbel|dubbele|paar|duo|tweeling": 2,
        "drie|drieën|trio": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8,
        "negen": 9, "tien": 10, "elf": 11, "twaalf|middernacht": 12, "dertien": 13,
        "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17, "achttien": 18,
        "negentien": 19, "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50,
        "zestig": 60, "zeventig": 70, "tachtig": 80, "negentig": 90,
    },
    scale_words={
        "tientallen|decennium|decennia": 10, "dozijn|dozijnen": 12,
        "honderd|honderden|honderdtal|eeuw|eeuwen": 100, "duizend|duizenden|duizendtal": 1000,
        "miljoen|miljoenen|mln|miljonair|miljonairs": 10**6,
        "miljard|miljarden|mld|mrd|miljardair|miljardairs": 10**9,
        "biljoen|biljoenen|triljoen": 10**12,
    },
    ordinal_words={
        "eerste|eersten": 1, "tweede|tweeden": 2, "derde|derden": 3, "vierde": 4, "vijfde": 5,
        "zesde": 6, "zevende": 7, "achtste": 8, "negende": 9, "tiende|tienden": 10,
    },
    fraction_words={
        "half|halve|helft": 0.5, "anderhalf|anderhalve": 1.5, "kwart|kwartaal|kwartier": 0.25,
    },
    number_joiners=("en",),
    tens_joiners=("en", "ën"),
    units_first=True,
    fused_numbers=True,
    number_suffix=r"-?(?:s?te[nr]?|de[nr]?|e[nr]?|er|tal(?:len)?|jarige?n?|daags\w*|voudige?|maal|koppige?)",
    unclear_numbers=(
        "een", "één", "eén", "eens", "nul", "beide", "beiden", "allebei", "dubbel", "dubbele",
        "paar", "duo", "tweeling", "trio", "middernacht", "tientallen", "decennium", "decennia",
        "dozijn", "dozijnen", "eeuw", "eeuwen",
    ),
    century_words=("eeuw(?:se)?",),
    approximations=(
        "ongeveer", "circa", "ca.?", "bijna", "zo['’]n", "rond", "meer dan", "minder dan", "ruim",
        "tot", "minstens", "ten minste", "zowat", "een kleine", "rond de", "tegen de", "hooguit",
    ),
    hour_words=("uur", "u", "uhr"),
    hour_cues=("om", "rond"),
    half_days=("['’]s (?:ochtends|morgens)", "['’]s (?:middags|avonds)"),
    # Units: CLDR's, with other forms of the same words; money: our own list.
    units={
        "kilometre": "kilometer|kilometers", "metre": "meter|meters", "centimetre": "centimeter",
        "millimetre": "millimeter", "mile": "mijl|mijlen", "foot": "voet",
        "inch": "inch|inches|duim", "yard": "yard|yards",
        "square kilometre": "vierkante kilometer", "square metre": "vierkante meter",
        "square mile": "vierkante mijl", "square foot": "vierkante voet", "hectare": "hectare",
        "acre": "acre|acres", "kilogram": "kilogram|kilo|kilo's", "gram": "gram",
        "pound": "pound|pond", "ounce": "ounce", "litre": "liter", "gallon": "gallon",
        "celsius": "graad celsius|graden celsius|ºc",
        "fahrenheit": "graad fahrenheit|graden fahrenheit", "tonne": "ton|tonnen",
        "barrel": "vat|vaten", "dollar": "dollar|dollars", "euro": "euro|euro's",
        "pound sterling": "pond|ponden", "yen": "yen", "yuan": "yuan", "rupee": "roepie|roepies",
        "rouble": "roebel|roebels", "won": "won", "dong": "dong",
        "minute": "minuut|minuten", "hour": "uur|uren", "day": "dag|dagen", "week": "week|weken",
        "month": "maand|maanden", "year": "jaar|jaren",
    },
    # Dates: names after CLDR, with the times of day that are written on.
    months=(
        ("januari", "jan"), ("februari", "feb"), ("maart", "mrt"), ("april", "apr"), ("mei",),
        ("juni",), ("juli",), ("augustus", "aug"), ("september", "sept"), ("oktober", "okt"),
        ("november", "nov"), ("december", "dec"),
    ),
    weekdays=(
        (r"maandag\w*",), (r"dinsdag\w*",), (r"woensdag\w*",), (r"donderdag\w*",),
        (r"vrijdag\w*",), (r"zaterdag\w*",), (r"zondag\w*",),
    ),
    unclear_dates=("jan", "feb", "mrt", "apr", "aug", "sept", "okt", "nov", "dec"),
    date_cues=("in", "sinds", "tot", "begin", "eind", "half"),
    relative_dates=(
        "gisteren", "vandaag", "morgen", "vanavond", "vannacht", "eergisteren", "overmorgen",
        "weekend", "weekeinde", "gister\\w+",
        "(?:vorige?|afgelopen|volgende?|komende?|dit|deze) (?:week|maand|jaar|seizoen)",
        "\\w+ (?:dagen|weken|maanden|jaar) geleden",
    ),
    # Predicates: our own lists, after the grammar of the language.
    negation=(
        r"niet(?! (?:alleen|minder dan|meer dan))|geen|nooit|niemand|niets|nergens|noch|nee",
    ),
    implied_negation=(
        r"niet|zonder|nauwelijks|amper|zelden|on\w{4,}|\w{3,}loze?|weinig\w*|minder|tegen|"
        r"weiger\w*|afwijz\w*|afgewezen|voorkom\w*|verb[io]e?d\w*|verboden|ontken\w*|ontbre\w+|"
        r"gebrek\w*|mislukt\w*|in plaats van|behalve|uitgesloten|moeilijk\w*|twijfel\w*|anti\w*|"
        r"verlo\w+|verlie\w+|stop\w*|verkeerd\w*|vals\w*|slecht\w*|vermijd\w*|geen\w*|tekort\w*",
    ),
    future=(r"zal|zult|zullen",),
    foreseen=(r"zou(?:den)?|ga(?:at|an)?",),
    past=(
        r"was|waren|werd(?:en)?|had(?:den)?|heeft|hebben ge\w+|is ge\w+|zijn ge\w+|geweest|"
        r"zei(?:den)?|vertelde\w*|ging(?:en)?|kwam(?:en)?|gaf|gaven|vond(?:en)?|stond(?:en)?|"
        r"lag(?:en)?|zag(?:en)?|nam(?:en)?|sprak(?:en)?|schreef|schreven|bleef|bleven|"
        r"hield(?:en)?|liet(?:en)?|viel(?:en)?|stierf|stierven|trof(?:fen)?|verloor|verloren|"
        r"won(?:nen)?|begon(?:nen)?|kreeg|kregen|droeg|sloeg|steeg|daalde\w*|verklaarde\w*|"
        r"maakte\w*",
    ),
    possible=(r"mogelijk|misschien|wellicht|zou kunnen|zouden kunnen|mogelijkerwijs",),
    ability=(r"kan|kunnen|kunt|kon(?:den)?|mag|mogen|mocht(?:en)?",),
    necessary=(r"moet(?:en)?|moest(?:en)?|hoeft|hoeven|verplicht|gedwongen|dien(?:t|en) te",),
    small_words=(
        r"de|het|een|en|of|in|op|aan|voor|met|van|te|bij|naar|uit|als|dat|die|dit|zich|ook|niet|"
        r"zal|zullen|kan|kunnen|moet|moeten|zou|zouden|meer|over|om",
    ),
    predicate_reach=(4, 4),
    ending=2,
    # Names: our own list of titles.
    name_capitals=True,
    honorifics=(
        "meneer", "mevrouw", "dr", "prof", "president", "premier", "minister", "generaal",
        "kolonel", "rechter", "senator", "gouverneur", "burgemeester", "koning", "koningin",
        "paus", "coach", "directeur", "woordvoerder",
    ),
    # Quotations: our own list.
    reporting=(
        r"zegt|zei(?:den)?|vertelt|vertelde|verklaart|verklaarde|volgens|aldus|schr(?:ijft|eef)|"
        r"meldt|meldde|voegde|waarschuwt|waarschuwde|vroeg|vraagt|antwoordde|twitterde|"
        r"benadrukt\w*",
    ),
    # Web pages and sentences: our own, what the pages of the press show around an article.
    furniture=(
        r"(?:\d+ )?reacties?(?: \(\d+\))?:?|(?:plaats|geef) een reactie|advertentie",
        r"(?:artikel )?delen|(?:lees ook|lees meer|meer over dit onderwerp):?",
        r"inloggen|registreren|terug naar boven|afdrukken",
    ),
    abbreviations=("dhr", "mevr", "dr", "drs", "prof", "mr", "ir", "St"),
)
