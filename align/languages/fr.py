"""French."""

from align.languages.language import Language

# Tables of words read better as paragraphs than as columns of one word.
# fmt: off
LANGUAGE = Language(
    tag="fr",
    name="French",
    # Writing
    script="Latin",
    common_words=(
        "le", "la", "les", "de", "des", "et", "en", "un", "une", "du", "que", "est", "pour",
        "dans", "qui", "sur", "pas", "par", "au", "avec", "il", "elle", "ce", "son", "sa", "ses",
        "sont", "plus", "aux", "ont", "cette", "mais",
    ),
    # Numbers: our own list, after the grammar of the language.
    decimal=",",
    group="\u202f \u00a0.",
    number_words={
        "zéro": 0, "un|une": 1, "deux|double|doubles|doublé|paire|couple|duo|jumeaux|jumelles": 2,
        "trois|triple|trio|triplé": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
        "neuf": 9, "dix": 10, "onze": 11, "douze|midi|minuit": 12, "treize": 13, "quatorze": 14,
        "quinze": 15, "seize": 16, "dix-sept": 17, "dix-huit": 18, "dix-neuf": 19, "vingt": 20,
        "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70,
        "quatre-vingt|quatre-vingts|quatre vingt|huitante|octante": 80, "nonante": 90,
    },
    scale_words={
        "décennie|décennies|dizaine|dizaines": 10, "douzaine|douzaines": 12,
        "quinzaine|quinzaines": 15, "vingtaine|vingtaines": 20, "trentaine": 30,
        "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60,
        "cent|cents|centaine|centaines|siècle|siècles": 100,
        "mille|millier|milliers": 1000, "million|millions|millionnaire|millionnaires": 10**6,
        "milliard|milliards|milliardaire|milliardaires|mds|md": 10**9,
        "billion|billions": 10**12,
    },
    ordinal_words={
        "premier|première|premiers|premières": 1, "deuxième|deuxièmes|second|seconde": 2,
        "troisième|troisièmes|tiers": 3, "quatrième|quatrièmes": 4, "cinquième|cinquièmes": 5,
        "sixième": 6, "septième": 7, "huitième|huitièmes": 8, "neuvième": 9,
        "dixième|dixièmes": 10, "onzième": 11, "douzième": 12, "treizième": 13,
        "quatorzième": 14, "quinzième": 15, "seizième|seizièmes": 16, "dix-septième": 17,
        "dix-huitième": 18, "dix-neuvième": 19, "vingtième": 20,
    },
    fraction_words={
        "demi|demie|demis|demies|moitié|mi": 0.5, "quart|quarts|trimestre|trimestres": 0.25,
    },
    number_joiners=("de", "d['’]"),
    tens_joiners=("et",),
    unclear_numbers=(
        "un", "une", "zéro", "double", "doubles", "doublé", "paire", "couple", "duo", "jumeaux",
        "jumelles", "triple", "trio", "triplé", "neuf", "midi", "minuit", "décennie",
        "décennies", "dizaine", "dizaines", "douzaine", "douzaines", "quinzaine", "quinzaines",
        "quarantaine", "siècle", "siècles",
    ),
    not_numbers=("mises? en quarantaine", "en vingt ans", "et demie? ?finale"),
    century_words=("siècles?",),
    approximations=(
        "environ", "près de", "quelque", "presque", "plus de", "plus d['’]", "moins de",
        "autour de",
        "jusqu['’]à", "au moins", "à peu près", "quasiment", "approximativement", "à peine",
    ),
    hour_words=("heures?", "h"),
    hour_cues=("vers",),
    half_days=("du matin", "de l['’]après-midi|du soir"),
    # Units: CLDR's, with other forms of the same words; money: our own list.
    units={
        "kilometre": "kilomètre|kilomètres", "metre": "mètre|mètres",
        "centimetre": "centimètre|centimètres", "millimetre": "millimètre|millimètres",
        "mile": "mile|miles", "foot": "pied|pieds|pi", "inch": "pouce|pouces|po",
        "yard": "yard|yards|verge|verges",
        "square kilometre": "kilomètre carré|kilomètres carrés",
        "square metre": "mètre carré|mètres carrés", "square mile": "mile carré|miles carrés",
        "square foot": "pied carré|pieds carrés|pi²", "hectare": "hectare|hectares",
        "acre": "acre anglo-saxonne|acres anglo-saxonnes",
        "kilogram": "kilogramme|kilogrammes|kilo|kilos", "gram": "gramme|grammes",
        "pound": "livre|livres", "ounce": "once|onces", "litre": "litre|litres",
        "gallon": "gallon|gallons", "celsius": "degré celsius|degrés celsius|ºc",
        "fahrenheit": "degré fahrenheit|degrés fahrenheit", "degree": "degré|degrés",
        "tonne": "tonne|tonnes", "barrel": "baril|barils", "dollar": "dollar|dollars",
        "euro": "euro|euros", "pound sterling": "livre|livres|livres sterling", "yen": "yen|yens",
        "yuan": "yuan|yuans", "rupee": "roupie|roupies", "rouble": "rouble|roubles",
        "won": "won|wons", "dong": "dong|dongs",
        "minute": "minute|minutes", "hour": "heure|heures", "day": "jour|jours",
        "week": "semaine|semaines", "month": "mois", "year": "an|ans|année|années",
    },
    # Dates: names after CLDR, with the short ones of tables.
    months=(
        ("janvier", "janv"), ("février", "févr", "fév"), ("mars",), ("avril",), ("mai",), ("juin",),
        ("juillet",), ("août",), ("septembre", "sept"), ("octobre", "oct"), ("novembre", "nov"),
        ("décembre", "déc"),
    ),
    weekdays=(
        ("lundis?",), ("mardis?",), ("mercredis?",), ("jeudis?",), ("vendredis?",),
        ("samedis?",), ("dimanches?",),
    ),
    unclear_dates=("mars", "sept", "oct", "nov"),
    date_cues=(
        "en", "de", "mi", "début", "fin", "depuis", "jusqu['’]en", "mois de", "courant", "dès",
    ),
    date_joiners=("de", "du", "le"),
    relative_dates=(
        "hier", "aujourd['’]hui", "demain", "avant-hier", "après-demain", "week-end", "weekend",
        "la veille", "le lendemain", "ce (?:matin|soir|jour)",
        "(?:semaine|mois|année|an|saison) (?:dernière?|passée?|prochaine?|suivante?|précédente?)",
        "(?:cette|la prochaine|la dernière) (?:semaine|année|saison)", "il y a \\w+ \\w+",
    ),
    zones={
        "heure de paris": "Europe_Central", "heure de new york": "America_Eastern",
        "heure de pékin": "China", "heure de londres": "Europe_Western",
    },
    # Predicates: our own lists, after the grammar of the language.
    negation=(
        r"(?<!\b(?:un|le|les|des|ce|premier|seul|grand) )pas(?! (?:seulement|moins|que|à pas|"
        r"uniquement|mal))|jamais|aucune?s?|personne ne|rien(?! (?:que|de moins))",
    ),
    implied_negation=(
        r"ne|n['’]\w+|pas|non|sans|peu|rares?|rarement|moins|contre|refus\w*|rejet\w*|"
        r"emp[êe]ch\w*|interdi\w*|dém[ee]n\w*|manqu\w*|échou\w*|échec\w*|au lieu de|plutôt que|"
        r"sauf|excepté|exclu\w*|difficile\w*|à peine|guère|dout\w*|anti\w*|in(?:capab|accept|"
        r"imagin|cert|jus|possib|suffis|stab|tolér|exist|act|conn|utile|évit|digne)\w+|"
        r"im(?:poss|prob|mob|préc|pens)\w+|ir\w{4,}|il(?:lég|log)\w+|dés\w{4,}|mé\w{4,}|perd\w*|"
        r"perte\w*|faux|fausse\w*|arrêt\w*|cess\w*|évit\w*|privé\w*|abandon\w*|faute|ni|ni(?:e|"
        r"er|ent|é\w*|ait)",
    ),
    future=(
        r"(?!(?:environs|opéra|entra|entras|montra|rencontra|livra|ouvra|offra|couvra|souffra|"
        r"tirons|mourons|courons|virons|firons|désirons|pleura|demeura|assura|mesura|jura|"
        r"murmura|capturas?|figura|trait|tira|retira|attira|inspira|admira|expira|respira|"
        r"aspira|soupira|adhéra)\b)\w{2,}(?:er|ir|dr|tr|vr|ur|rr)(?:ai|as|a|ons|ez|ont)|va|vont|"
        r"vais|vas|allons|allez",
    ),
    foreseen=(r"\w{2,}(?:rait|raient|rais)|doi(?:t|vent)|prévo\w+|prévu\w*",),
    past=(
        r"était|étaient|étais|avait|avaient|avais|a(?= (?:\w+ ){0,2}\w+(?:é|i|u|is|it|ert|"
        r"oint)e?s?\b)|ont(?= (?:\w+ ){0,2}\w+(?:é|i|u|is|it|ert|oint)e?s?\b)|"
        r"ai(?= (?:\w+ ){0,2}\w+(?:é|i|u|is|it|ert)\b)|est (?:né|mort|venu|allé|parti|arrivé|"
        r"devenu|resté|tombé|entré|sorti)e?s?|a été|ont été|fut|furent|\w{3,}(?:èrent|irent|"
        r"urent)|\w{2,}(?:aient)(?<!raient)",
    ),
    possible=(
        r"peut-être|pourrai(?:t|ent|s)|pourrions|éventuellement|possible\w*|possiblement|"
        r"il se peut|risqu\w+",
    ),
    ability=(r"peu(?:t|vent|x)|pouvai\w+|pouvoir|pouvons|pouvez|pu|permet\w*",),
    necessary=(
        r"doi(?:t|vent|s)|devons|devez|devrai\w*|devra(?:it|ient)?|devront|devai\w+|faut|"
        r"fallait|faudra\w*|oblig\w+|nécessaire\w*|nécessit\w+|forcé\w*|contraint\w*",
    ),
    small_words=(
        r"le|la|les|l|un|une|des|du|de|d|et|ou|en|à|au|aux|dans|sur|pour|par|avec|que|qu|qui|se|"
        r"s|ce|cette|il|elle|ils|elles|on|ne|n|pas|plus|a|ont|va|vont|peut|peuvent|doit|doivent|"
        r"son|sa|ses|leur|leurs",
    ),
    predicate_reach=(2, 4),
    ending=2,
    # Names: our own list of titles.
    name_capitals=True,
    honorifics=(
        "m", "mme", "mlle", "dr", "pr", "président", "présidente", "premier", "ministre",
        "général", "colonel", "juge", "sénateur", "sénatrice", "gouverneur", "maire", "roi",
        "reine", "pape", "directeur", "porte-parole",
    ),
    # Quotations: our own list.
    reporting=(
        r"a déclaré|ont déclaré|déclar\w+|dit|disent|selon|affirm\w+|expliqu\w+|ajout\w+|"
        r"a écrit|écrit|annonc\w+|soulign\w+|précis\w+|estim\w+|raconte|demand\w+|répond\w*|"
        r"tweet\w+|confi\w+|indiqu\w+|averti\w*",
    ),
    # Web pages and sentences: our own, what the pages of the press show around an article.
    furniture=(
        r"(?:\d+ )?commentaires?(?: \(\d+\))?:?|(?:ajouter|laisser) un commentaire|publicité",
        r"partager(?: (?:cet )?article)?(?: sur \w+)?|(?:à lire aussi|lire aussi|"
        r"sur le même sujet):?",
        r"s'(?:inscrire|abonner)|se connecter|imprimer|retour en haut|accueil",
    ),
    abbreviations=("M", "MM", "Mme", "Mlle", "Dr", "Pr", "Mgr", "St", "Ste"),
)
