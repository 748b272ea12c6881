"""German."""

from align.languages.language import Language

# Tables of words read better as paragraphs than as columns of one word.
# fmt: off
LANGUAGE = Language(
    tag="de",
    name="German",
    # Writing
    script="Latin",
    common_words=(
        "der", "die", "das", "und", "in", "den", "von", "zu", "mit", "ist", "nicht", "ein",
        "eine", "dem", "des", "auf", "für", "im", "sich", "auch", "als", "an", "es", "sie", "er",
        "war", "werden", "hat", "wurde", "dass", "nach", "bei",
    ),
    # Numbers: our own list, after the grammar of the language.
    decimal=",",
    group=".  ",
    number_words={
        "null": 0, "ein|eine|einen|einem|einer|eines|eins|einmal": 1,
        "zwei|zwo|beide|beiden|beider|beides|beidem|zweimal|doppelt|paar": 2, "drei|dreier": 3,
        "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
        "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16,
        "siebzehn": 17, "achtzehn": 18, "neunzehn": 19, "zwanzig": 20, "dreißig|dreissig": 30,
        "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80,
        "neunzig": 90,
    },
    scale_words={
        "jahrzehnt|jahrzehnte|jahrzehnten|jahrzehnts": 10, "dutzend|dutzende|dutzenden": 12,
        "hundert|hunderte|hunderten|hunderter": 100,
        "jahrhundert|jahrhunderte|jahrhunderten|jahrhunderts": 100,
        "tausend|tausende|tausenden|tausender|tsd": 1000,
        "million|millionen|mio|millionär|millionäre|millionärs|millionären": 10**6,
        "milliarde|milliarden|mrd|milliardär|milliardäre|milliardärs|milliardären": 10**9,
        "billion|billionen|bio": 10**12,
    },
    ordinal_words={
        "erste|ersten|erster|erstes|erstem|erstmals|erstens": 1,
        "zweite|zweiten|zweiter|zweites|zweitem|zweitens": 2,
        "dritte|dritten|dritter|drittes|drittem|drittel|dritteln": 3,
        "vierte|vierten|vierter|viertes|viertem": 4, "fünfte|fünften|fünfter|fünftes|fünftel": 5,
        "sechste|sechsten|sechster|sechstes": 6, "siebte|siebten|siebter|siebtes|siebente": 7,
        "achte|achten|achter|achtes": 8, "neunte|neunten|neunter|neuntes": 9,
        "zehnte|zehnten|zehnter|zehntes|zehntel": 10,
    },
    fraction_words={
        "halb|halbe|halben|halber|halbes|hälfte|einhalb": 0.5, "anderthalb|eineinhalb": 1.5,
        "viertel|vierteln|quartal": 0.25, "dreiviertel": 0.75, "zweieinhalb": 2.5,
        "dreieinhalb": 3.5,
    },
    number_joiners=("und",),
    tens_joiners=("und",),
    units_first=True,
    fused_numbers=True,
    number_suffix=(
        r"-?(?:s?te[nrsm]?|e[nrms]?|ern?|mal(?:ig\w*)?|fach\w*|jährig\w*|köpfig\w*|tägig\w*|"
        r"stündig\w*|monatig\w*|wöchig\w*|prozentig\w*|minütig\w*|teilig\w*|stellig\w*|"
        r"stöckig\w*|jahren?|jahre[sn]?|stel)"
    ),
    unclear_numbers=(
        "ein", "eine", "einen", "einem", "einer", "eines", "eins", "einmal", "null", "beide",
        "beiden", "beider", "beides", "beidem", "doppelt", "paar", "jahrzehnt", "jahrzehnte",
        "jahrzehnten", "jahrzehnts", "jahrhundert", "jahrhunderte", "jahrhunderten",
        "jahrhunderts", "dutzend", "dutzende", "dutzenden",
    ),
    not_numbers=("außer acht", "in acht", "acht (?:geben|gibt|gab)",),
    century_words=("jahrhunderts?",),
    approximations=(
        "etwa", "rund", "ungefähr", "circa", "ca.?", "zirka", "fast", "knapp", "über", "unter",
        "(?:mehr|weniger) als", "bis zu", "mindestens", "höchstens", "nahezu", "beinahe", "gut",
        "gegen",
    ),
    hour_words=("uhr",),
    hour_cues=("um", "gegen"),
    half_days=("morgens|vormittags|früh", "nachmittags|abends"),
    # Units: CLDR's, with other forms of the same words; money: our own list.
    units={
        "kilometre": "kilometer|kilometern|km/h|stundenkilometer|stundenkilometern",
        "metre": "meter|metern", "centimetre": "zentimeter|zentimetern",
        "millimetre": "millimeter|millimetern", "mile": "meile|meilen", "foot": "fuß",
        "inch": "zoll|zollgröße", "yard": "yard|yards",
        "square kilometre": "quadratkilometer|quadratkilometern",
        "square metre": "quadratmeter|quadratmetern", "square mile": "quadratmeile|quadratmeilen",
        "square foot": "quadratfuß", "hectare": "hektar", "acre": "acre|acres",
        "kilogram": "kilogramm|kilo", "gram": "gramm", "pound": "pfund", "ounce": "unze|unzen",
        "litre": "liter|litern", "gallon": "gallone|gallonen", "celsius": "grad celsius|ºc",
        "fahrenheit": "grad fahrenheit", "degree": "grad", "tonne": "tonne|tonnen",
        "barrel": "barrel|fass", "dollar": "dollar|dollars|us-dollar|us-dollars",
        "euro": "euro|euros", "pound sterling": "pfund", "yen": "yen", "yuan": "yuan|renminbi",
        "rupee": "rupie|rupien", "rouble": "rubel", "won": "won", "dong": "dong",
        "minute": "minute|minuten", "hour": "stunde|stunden", "day": "tag|tage|tagen|tages",
        "week": "woche|wochen", "month": "monat|monate|monaten|monats",
        "year": "jahr|jahre|jahren|jahres",
    },
    # Dates: names after CLDR, with the times of day that are written on.
    months=(
        (r"Januar\w*", "Jänner", "Jan"), (r"Februar\w*", "Feber", "Feb"), ("März", "Mär"),
        ("April", "Apr"), ("Mai",), ("Juni",), ("Juli",), ("August", "Aug"),
        (r"September\w*", "Sept", "Sep"), (r"Oktober\w*", "Okt"), (r"November\w*", "Nov"),
        (r"Dezember\w*", "Dez"),
    ),
    weekdays=(
        (r"[Mm]ontag\w*",), (r"[Dd]ienstag\w*",), (r"[Mm]ittwoch\w*",), (r"[Dd]onnerstag\w*",),
        (r"[Ff]reitag\w*",), (r"[Ss]amstag\w*", r"[Ss]onnabend\w*"), (r"[Ss]onntag\w*",),
    ),
    unclear_dates=("jan", "feb", "mär", "apr", "aug", "sept", "sep", "okt", "nov", "dez"),
    date_cues=("im", "seit", "bis", "ab", "anfang", "mitte", "ende"),
    relative_dates=(
        "gestern", "heute", "morgen", "vorgestern", "übermorgen", "gestrig\\w*", "heutig\\w*",
        "wochenende\\w*", "heuer", "vorjahr\\w*",
        "(?:letzt|vorig|vergangen|nächst|kommend|folgend|dies)e[nrsm]? "
        "(?:woche|monats?|jahre?s?|saison|tage?s?)",
        "vor \\w+ (?:tagen|wochen|monaten|jahren)",
    ),
    zones={
        "deutscher zeit": "Europe_Central", "us-ostküstenzeit": "America_Eastern",
        "ostküstenzeit": "America_Eastern", "peking-zeit": "China",
        "pekinger zeit": "China",
    },
    # Predicates: our own lists, after the grammar of the language.
    negation=(
        r"nicht(?! (?:nur|zuletzt|mehr als|weniger als|einmal|schlecht))|"
        r"kein\w{0,2}|(?<!\bwie )nie(?! (?:so|zuvor)\b)|niemals|"
        r"niemand\w{0,2}|nichts|nirgend\w+|weder|nein",
    ),
    implied_negation=(
        r"nicht|ohne|kaum|selten|un\w{4,}|\w{3,}los\w{0,3}|wenig\w*|gegen|lehn\w+|abgelehnt\w*|"
        r"verweiger\w*|verhinder\w*|verb[io]e?t\w*|verboten\w*|bestr[ei]i?t\w*|leugne\w*|"
        r"fehl\w*|mangel\w*|scheiter\w*|statt|außer\w*|ausgeschlossen|schwer\w*|miss\w+|sondern|"
        r"verzicht\w*|zweifel\w*|anti\w*|in(?:akz|dir|stab|tol|komp|diskr)\w+|ill\w+|irr\w+|"
        r"verlor\w*|verlier\w*|falsch\w*|vermeid\w*|vermied\w*|stopp\w*|entgeh\w*|entgang\w*|"
        r"weder|dagegen",
    ),
    future=(
        r"(?:werde[nt]?|wirst|wird)(?=[^.,;:!?–“”]*\b(?!\w{0,4}ge(?![hbl]|wi|ni|sch|nü)\w|"
        r"worden|werden\b)\p{Ll}\w*n(?:[.,;:!?“”»)]|$| (?:und|oder|wird|werden)\b))",
    ),
    foreseen=(r"würde[nt]?|soll(?:en|t)?",),
    past=(
        r"war(?:en|st|t)?|wurde[nt]?|worden|gewesen|hatte[nt]?|(?:sag|mach|teil|erklär|füg|zeig|"
        r"führ|stell|setz|leg|leb|spiel|folg|erreich|brauch|kauf|glaub|hör|frag|erzähl|bericht|"
        r"tö|arbeit|eröffn|start|end|land|wart|leit|forder|lehn|kündig|bestätig|beton|verlang|"
        r"veröffentlich|meld|äußer|kritisier|verkauf|erleb|überleb|verletz|schick|such|versuch|"
        r"besuch|nutz|dauer|reich|passier|dach|brach|wuss|kann|nann|rann|bekann|erkann)e?ten?|"
        r"ging\w*|kam(?:en)?|gab(?:en)?|fand(?:en)?|stand(?:en)?|lag(?:en)?|sah(?:en)?|"
        r"nahm(?:en)?|sprach(?:en)?|schrieb(?:en)?|blieb(?:en)?|hielt(?:en)?|ließ(?:en)?|"
        r"lief(?:en)?|rief(?:en)?|fiel(?:en)?|starb(?:en)?|trat(?:en)?|traf(?:en)?|"
        r"verlor(?:en)?|gewann(?:en)?|begann(?:en)?|bekam(?:en)?|trug(?:en)?|schlug(?:en)?|"
        r"stieg(?:en)?|sank(?:en)?|erhielt(?:en)?|(?:hat|haben|habe|ist|sind|"
        r"sei)(?=[^.,;:!?]*\b(?:ge\w+(?:t|en)|(?:be|ver|er|ent|zer)\w+(?:t|en)|"
        r"\w+iert)(?:[.,;:!?“”»)]|$))",
    ),
    possible=(
        r"könnte[nt]?|könnten|mag|mögen|womöglich|möglicherweise|vielleicht|eventuell|"
        r"dürfte[nt]?",
    ),
    ability=(r"kann|können|könnt|konnte[nt]?|darf|dürfen|durfte[nt]?",),
    necessary=(
        r"muss(?:t|te[nt]?)?|müssen|müsste?[nt]?|sollte[nt]?|soll(?:en)?|braucht|brauchen|zwingend|"
        r"verpflichtet|gezwungen",
    ),
    small_words=(
        r"der|die|das|den|dem|des|ein\w{0,2}|und|oder|in|im|an|am|auf|für|mit|von|vom|zu|zum|"
        r"zur|bei|nach|aus|als|wie|dass|sich|auch|nicht|wird|werden|werde|kann|können|könnte\w*|"
        r"muss|müssen|sollte\w*|soll|mehr|über|um",
    ),
    predicate_reach=(4, 4),
    ending=3,
    # Names: our own list of titles.
    honorifics=(
        "herr", "frau", "dr", "prof", "präsident", "präsidentin", "kanzler", "kanzlerin",
        "minister", "ministerin", "general", "oberst", "richter", "richterin", "senator",
        "senatorin", "gouverneur", "bürgermeister", "könig", "königin", "papst", "trainer",
        "chef", "direktor", "sprecher", "sprecherin", "botschafter",
    ),
    # Quotations: our own list.
    reporting=(
        r"sagt(?:e|en)?|erklärt(?:e|en)?|so|laut|meint(?:e|en)?|berichtet(?:e|en)?|betont(?:e|"
        r"en)?|fügt(?:e|en)? hinzu|schr(?:eibt|ieb)|teilt(?:e|en)? mit|behauptet(?:e|en)?|"
        r"warnt(?:e|en)?|fragt(?:e|en)?|antwortet(?:e|en)?|twittert(?:e|en)?",
    ),
    # Web pages and sentences: our own, what the pages of the press show around an article.
    furniture=(
        r"(?:\d+ )?kommentare?(?: \(\d+\))?:?|kommentar (?:schreiben|verfassen)|anzeige|werbung",
        r"(?:artikel )?teilen|(?:mehr zum thema|lesen sie auch|"
        r"das könnte sie auch interessieren):?",
        r"newsletter(?: abonnieren)?|anmelden|registrieren|startseite|nach oben|drucken",
    ),
    abbreviations=("Dr", "Prof", "Hr", "Fr", "St", "Nr", "bzw", "ca", "Dipl", "Ing"),
)
