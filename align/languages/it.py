"""Italian."""

from align.languages.language import Language

# Tables of words read better as paragraphs than as columns of one word.
# fmt: off
LANGUAGE = Language(
    tag="it",
    name="Italian",
    # Writing
    script="Latin",
    common_words=(
        "il", "la", "lo", "gli", "le", "di", "e", "in", "che", "un", "una", "del", "della", "per",
        "con", "non", "si", "da", "al", "sono", "è", "alla", "dei", "come", "più", "nel", "ha",
        "anche", "dal", "ma", "questo",
    ),
    # Numbers: our own list, after the grammar of the language.
    decimal=",",
    group=". ",
    number_words={
        "zero": 0, "un|uno|una|un'": 1,
        "due|entrambi|entrambe|paio|coppia|doppio|doppia|duo|gemelli|gemelle|doppietta": 2,
        "tre|trio|triplo|tripla|tripletta|tré": 3, "quattro": 4, "cinque": 5, "sei": 6,
        "sette": 7, "otto": 8, "nove": 9, "dieci": 10, "undici|undic": 11,
        "dodici|dodic|mezzogiorno|mezzanotte": 12, "tredici|tredic": 13,
        "quattordici|quattordic": 14, "quindici|quindic": 15, "sedici|sedic": 16,
        "diciassette|diciassett": 17, "diciotto|diciott": 18, "diciannove|diciannov": 19,
        "venti|vent": 20,
        "trenta|trent": 30, "quaranta|quarant": 40, "cinquanta|cinquant": 50,
        "sessanta|sessant": 60, "settanta|settant": 70, "ottanta|ottant": 80,
        "novanta|novant": 90,
    },
    scale_words={
        "decina|decine|decennio|decenni": 10, "dozzina|dozzine": 12, "quindicina": 15,
        "ventina": 20, "trentina": 30, "quarantina": 40, "cinquantina": 50,
        "cento|centinaio|centinaia|secolo|secoli": 100, "mille|mila|migliaio|migliaia": 1000,
        "milione|milioni|mln|milionario|milionari": 10**6,
        "miliardo|miliardi|mld|miliardario|miliardari": 10**9,
        "bilione|bilioni": 10**12, "trilione|trilioni": 10**12,
    },
    ordinal_words={
        "primo|prima|primi|prime": 1, "secondo|seconda|secondi|seconde": 2,
        "terzo|terza|terzi": 3, "quarto|quarta|quarti": 4, "quinto|quinta|quinti": 5,
        "sesto|sesta": 6, "settimo|settima": 7, "ottavo|ottava|ottavi": 8, "nono|nona": 9,
        "decimo|decima|decimi": 10, "undicesimo|undicesima": 11, "dodicesimo|dodicesima": 12,
        "tredicesimo": 13, "quattordicesimo": 14, "quindicesimo": 15, "sedicesimo": 16,
        "diciassettesimo": 17, "diciottesimo": 18, "diciannovesimo": 19, "ventesimo": 20,
    },
    fraction_words={
        "mezzo|mezza|mezz|metà": 0.5, "quarto|quarti|trimestre|trimestri": 0.25,
    },
    number_joiners=("di", "e"),
    tens_joiners=("e",),
    fused_numbers=True,
    number_suffix=r"(?:esim[oaie]|enn[ei]|enni|ennale|ennali|e)",
    unclear_numbers=(
        "un", "uno", "una", "un'", "zero", "entrambi", "entrambe", "paio", "coppia", "doppio",
        "doppia", "duo", "gemelli", "gemelle", "doppietta", "trio", "triplo", "tripla",
        "tripletta", "sei", "mezzogiorno", "mezzanotte", "decina", "decine", "decennio",
        "decenni", "dozzina", "dozzine", "quarantina", "secolo", "secoli",
    ),
    century_words=("secol[oi]",),
    approximations=(
        "circa", "quasi", "oltre", "più di", "meno di", "intorno a(?:i|gli|lle)?", "fino a",
        "almeno", "approssimativamente", "all['’]incirca", "un", "una",
    ),
    hour_words=(
        "ore", "del (?:mattino|pomeriggio)", "di (?:mattina|sera|notte)", r"p\.?m", r"a\.?m",
    ),
    hour_cues=("ore", "alle", "alle ore", "dalle", "le"),
    half_days=("del mattino|di mattina", "del pomeriggio|di sera|della sera"),
    # Units: CLDR's, with other forms of the same words; money: our own list.
    units={
        "kilometre": "chilometro|chilometri", "metre": "metro|metri",
        "centimetre": "centimetro|centimetri", "millimetre": "millimetro|millimetri",
        "mile": "miglio|miglia", "foot": "piede|piedi", "inch": "pollice|pollici",
        "yard": "iarda|iarde", "square kilometre": "chilometro quadrato|chilometri quadrati",
        "square metre": "metro quadrato|metri quadrati",
        "square mile": "miglio quadrato|miglia quadrate",
        "square foot": "piede quadrato|piedi quadrati", "hectare": "ettaro|ettari",
        "acre": "acro|acri", "kilogram": "chilogrammo|chilogrammi|chilo|chili",
        "gram": "grammo|grammi", "pound": "libbra|libbre", "ounce": "oncia|once",
        "litre": "litro|litri", "gallon": "gallone|galloni",
        "celsius": "grado celsius|gradi celsius|ºc|gradi centigradi",
        "fahrenheit": "grado fahrenheit|gradi fahrenheit", "degree": "grado|gradi",
        "tonne": "tonnellata|tonnellate", "barrel": "barile|barili", "dollar": "dollaro|dollari",
        "euro": "euro", "pound sterling": "sterlina|sterline|lira sterlina|lire sterline",
        "yen": "yen", "yuan": "yuan", "rupee": "rupia|rupie", "rouble": "rublo|rubli",
        "won": "won", "dong": "dong",
        "minute": "minuto|minuti", "hour": "ora|ore", "day": "giorno|giorni",
        "week": "settimana|settimane", "month": "mese|mesi", "year": "anno|anni",
    },
    # Dates: names after CLDR.
    months=(
        ("gennaio", "gen"), ("febbraio", "feb"), ("marzo", "mar"), ("aprile", "apr"), ("maggio",),
        ("giugno",), ("luglio",), ("agosto",), ("settembre", "sett"), ("ottobre", "ott"),
        ("novembre", "nov"), ("dicembre", "dic"),
    ),
    weekdays=(
        ("lunedì",), ("martedì",), ("mercoledì",), ("giovedì",), ("venerdì",), ("sabat[oi]",),
        ("domenic(?:a|he)",),
    ),
    unclear_dates=("gen", "feb", "mar", "apr", "sett", "ott", "nov", "dic"),
    date_cues=("a", "in", "di", "da", "mese di", "fino a"),
    date_joiners=("del", "dell['’]anno"),
    relative_dates=(
        "ieri", "oggi", "domani", "stasera", "stamattina", "stanotte", "weekend", "fine settimana",
        "(?:settimana|mese|anno|stagione) (?:scors[oa]|prossim[oa]|successiv[oa]|precedente)",
        "(?:scors[oa]|prossim[oa]|quest[oa']) ?(?:settimana|mese|anno|stagione)", "\\w+ \\w+ fa",
    ),
    # Predicates: our own lists, after the grammar of the language.
    negation=(
        r"non(?! (?:solo|soltanto|meno di|più di|ved\w+ l['’]ora))|mai|nessun[oa]?|nulla|niente|"
        r"neppure|nemmeno|neanche",
    ),
    implied_negation=(
        r"non|senza|appena|poc[ohi]\w*|rar[oaie]\w*|meno|contro|rifiut\w*|respin\w*|neg[aò]\w*|"
        r"imped\w*|viet\w*|proib\w*|manc\w*|fall\w*|invece di|anziché|piuttosto che|tranne|"
        r"eccetto|salvo|esclu\w*|difficil\w*|dubb\w*|dubit\w*|anti\w*|in(?:capa|accett|immagin|"
        r"cert|giust|suffic|stab|toller|esist|att|util|evit)\w+|im(?:poss|prob|prec|pens)\w+|"
        r"ir(?:reg|ril|resp)\w+|il(?:leg|log)\w+|dis\w{4,}|s(?:conosc|leal|vantag)\w*|perd\w*|"
        r"pers[oa]\w*|fals\w*|evit\w*|abbandon\w*|smett\w*|bensì",
    ),
    future=(r"\w{2,}(?:rò|rai|rà|remo|rete|ranno)(?<!\b(?:mai|assai|rete|però))",),
    foreseen=(r"\w{2,}(?:rebbe|rebbero)|previst\w*|prevede\w*",),
    past=(
        r"era(?:no)?|fu(?:rono)?|stat[oaie]|aveva(?:no)?|ha(?:nno)? (?:\w+ )?\w+(?:t|s)[oaie]|"
        r"ho \w+to|è (?:\w+ )?(?:andat|venut|mort|nat|arrivat|diventat|rimast|uscit|entrat|"
        r"partit|caduit|finit|cominciat|iniziat|avvenut|success)[oa]|sono (?:\w+ )?(?:andat|"
        r"venut|mort|nat|arrivat|diventat|rimast|uscit|entrat|partit)[ei]|\w{2,}(?:ava|avano|"
        r"evano)|disse(?:ro)?|fece(?:ro)?|diede(?:ro)?|vide(?:ro)?|prese(?:ro)?|\w{3,}(?:arono|"
        r"erono|irono)",
    ),
    possible=(r"forse|potrebbe(?:ro)?|può darsi|magari|possibilmente|probabil\w+",),
    ability=(r"può|possono|posso|possiamo|poteva(?:no)?|potrà|potranno|potere|riesc\w+",),
    necessary=(
        r"deve|devono|dobbiamo|doveva(?:no)?|dovrà|dovranno|dovrebbe(?:ro)?|dovuto|bisogna|"
        r"occorre|necessari\w+|obblig\w+|costrett\w+",
    ),
    small_words=(
        r"il|lo|la|i|gli|le|l|un|uno|una|di|del|dello|della|dei|degli|delle|e|o|in|nel|nella|a|"
        r"al|alla|da|dal|per|con|su|che|chi|si|suo|sua|non|più|come|è|ha|hanno|può|possono|deve|"
        r"devono|questo|questa",
    ),
    predicate_reach=(0, 4),
    ending=2,
    # Names: our own list of titles.
    name_capitals=True,
    honorifics=(
        "signor", "signora", "sig", "dott", "dottor", "dottoressa", "prof", "presidente",
        "primo", "ministro", "ministra", "generale", "colonnello", "giudice", "senatore",
        "senatrice", "governatore", "sindaco", "re", "regina", "papa", "direttore", "portavoce",
    ),
    # Quotations: our own list.
    reporting=(
        r"ha detto|hanno detto|dice|disse|dicono|secondo|afferm\w+|spieg\w+|aggiun\w+|scri\w+|"
        r"annunci\w+|dichiar\w+|raccont\w+|comment\w+|chie\w+|rispo\w+|twitt\w+|avvert\w+|"
        r"sottoline\w+",
    ),
    # Web pages and sentences: our own, what the pages of the press show around an article.
    furniture=(
        r"(?:\d+ )?commenti(?: \(\d+\))?:?|lascia un commento|pubblicità",
        r"condividi(?: su \w+)?|(?:leggi anche|potrebbe interessarti|leggi tutto):?",
        r"accedi|registrati|iscriviti(?: alla newsletter)?|stampa|torna su",
    ),
    abbreviations=("Sig", "Sigg", "Dott", "Prof", "Avv", "Ing", "On"),
)
