"""Spanish."""

from align.languages.language import Language

# Tables of words read better as paragraphs than as columns of one word.
# fmt: off
LANGUAGE = Language(
    tag="es",
    name="Spanish",
    # Writing
    script="Latin",
    common_words=(
        "el", "la", "los", "las", "de", "y", "en", "que", "un", "una", "del", "por", "con",
        "para", "se", "no", "su", "al", "es", "lo", "como", "más", "pero", "sus", "fue", "ha",
        "este", "sobre", "entre", "está",
    ),
    # Numbers: our own list, after the grammar of the language.
    decimal=",",
    group=". ,",
    number_words={
        "cero": 0, "un|uno|una": 1, "dos|ambos|ambas|par|doble|dúo|gemelos|gemelas|doblete": 2,
        "tres|triple|trío": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
        "nueve": 9, "diez": 10, "once": 11, "doce|mediodía|medianoche": 12, "trece": 13,
        "catorce": 14, "quince": 15, "dieciséis": 16, "diecisiete": 17, "dieciocho": 18,
        "diecinueve": 19, "veinte": 20, "veintiuno|veintiún|veintiuna": 21, "veintidós": 22,
        "veintitrés": 23, "veinticuatro": 24, "veinticinco": 25, "veintiséis": 26,
        "veintisiete": 27, "veintiocho": 28, "veintinueve": 29, "treinta": 30, "cuarenta": 40,
        "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90,
        "doscientos|doscientas": 200, "trescientos|trescientas": 300,
        "cuatrocientos|cuatrocientas": 400, "quinientos|quinientas": 500,
        "seiscientos|seiscientas": 600, "setecientos|setecientas": 700,
        "ochocientos|ochocientas": 800, "novecientos|novecientas": 900,
    },
    scale_words={
        "decena|decenas|década|décadas": 10, "docena|docenas": 12, "quincena": 15,
        "veintena": 20, "treintena": 30, "cien|ciento|centenar|centenares|cientos": 100,
        "siglo|siglos": 100, "mil|miles|millar|millares": 1000,
        "millón|millones|millonario|millonarios|millonaria|mill": 10**6, "billón|billones": 10**12,
    },
    ordinal_words={
        "primer|primero|primera|primeros|primeras": 1,
        "segundo|segunda|segundos|segundas": 2, "tercer|tercero|tercera|terceras|tercio|tercios": 3,
        "cuarto|cuarta|cuartos": 4, "quinto|quinta": 5, "sexto|sexta": 6, "séptimo|séptima": 7,
        "octavo|octava|octavos": 8, "noveno|novena": 9, "décimo|décima": 10,
        "undécimo|undécima|decimoprimer": 11, "duodécimo": 12, "vigésimo|vigésima": 20,
    },
    fraction_words={
        "medio|media|mitad|mitades": 0.5, "cuarto|cuartos|cuarta parte|trimestre|trimestres": 0.25,
    },
    number_joiners=("de", "y"),
    tens_joiners=("y",),
    unclear_numbers=(
        "un", "uno", "una", "cero", "ambos", "ambas", "par", "doble", "dúo", "gemelos",
        "gemelas", "doblete", "triple", "trío", "mediodía", "medianoche", "decena", "decenas",
        "década", "décadas", "docena", "docenas", "quincena", "siglo", "siglos",
    ),
    century_words=("siglos?",),
    approximations=(
        "unos", "unas", "cerca de", "alrededor de", "aproximadamente", "casi", "más de",
        "menos de", "hasta", "al menos", "en torno a", "cercana? a", "apenas", "algo más de",
    ),
    hour_words=(r"a\.? ?m", r"p\.? ?m", "horas?", "h", "de la (?:mañana|tarde|noche)"),
    hour_cues=("a las?", "las"),
    half_days=("de la (?:mañana|madrugada)", "de la (?:tarde|noche)"),
    # Units: CLDR's, with other forms of the same words; money: our own list.
    units={
        "kilometre": "kilómetro|kilómetros", "metre": "metro|metros",
        "centimetre": "centímetro|centímetros", "millimetre": "milímetro|milímetros",
        "mile": "milla|millas", "foot": "pie|pies", "inch": "pulgada|pulgadas",
        "yard": "yarda|yardas", "square kilometre": "kilómetro cuadrado|kilómetros cuadrados",
        "square metre": "metro cuadrado|metros cuadrados",
        "square mile": "milla cuadrada|millas cuadradas",
        "square foot": "pie cuadrado|pies cuadrados", "hectare": "hectárea|hectáreas",
        "acre": "acre|acres", "kilogram": "kilogramo|kilogramos|kilo|kilos",
        "gram": "gramo|gramos", "pound": "libra|libras", "ounce": "onza|onzas",
        "litre": "litro|litros", "gallon": "galón|galones",
        "celsius": "grado celsius|grados celsius|ºc|grados centígrados",
        "fahrenheit": "grado fahrenheit|grados fahrenheit", "degree": "grado|grados",
        "tonne": "tonelada|toneladas", "barrel": "barril|barriles", "dollar": "dólar|dólares",
        "euro": "euro|euros", "pound sterling": "libra|libras|libras esterlinas",
        "yen": "yen|yenes", "yuan": "yuan|yuanes", "rupee": "rupia|rupias",
        "rouble": "rublo|rublos", "won": "won|wones", "dong": "dong",
        "minute": "minuto|minutos", "hour": "hora|horas", "day": "día|días",
        "week": "semana|semanas", "month": "mes|meses", "year": "año|años",
    },
    # Dates: names after CLDR.
    months=(
        ("enero", "ene"), ("febrero", "feb"), ("marzo",), ("abril",), ("mayo",), ("junio",),
        ("julio",), ("agosto",), ("septiembre", "setiembre", "sept"), ("octubre", "oct"),
        ("noviembre", "nov"), ("diciembre", "dic"),
    ),
    weekdays=(
        ("lunes",), ("martes",), ("miércoles",), ("jueves",), ("viernes",), ("sábados?",),
        ("domingos?",),
    ),
    unclear_dates=("ene", "feb", "sept", "oct", "nov", "dic"),
    date_cues=("en", "de", "desde", "hasta", "mes de"),
    date_joiners=("de", "del", "de el"),
    relative_dates=(
        "ayer", "hoy", "mañana", "anteayer", "anoche", "fin de semana", "fines de semana",
        "(?:semana|mes|año|temporada) (?:pasad[oa]|próxim[oa]|anterior|siguiente|que viene)",
        "(?:pasad[oa]|próxim[oa]|est[ea]) (?:semana|mes|año|temporada)", "hace \\w+ \\w+",
    ),
    # Predicates: our own lists, after the grammar of the language.
    negation=(
        r"no(?! (?:obstante|deja|dejan|dejó|solo|sólo|solamente|menos de|más de))|nunca|jamás|"
        r"nadie|nada|ni|ningún\w*|ninguna?s?|tampoco",
    ),
    implied_negation=(
        r"no|sin|apenas|poc[oa]s?|rara\w*|menos|contra|rechaz\w*|neg[aóou]\w*|nieg\w*|impid\w*|"
        r"imped\w*|prohib\w*|falt\w*|carec\w*|fracas\w*|fall\w*|en lugar de|en vez de|salvo|"
        r"excepto|exclu\w*|difícil\w*|dud\w*|anti\w*|in(?:capa|acept|imagin|cier|just|posib|"
        r"sufic|estab|toler|exist|act|útil|evit)\w+|im(?:pos|prob|prec|pens)\w+|ir(?:reg|rel|"
        r"resp|raz)\w+|il(?:eg|óg)\w+|des\w{4,}|perd\w*|pérdida\w*|pierd\w*|fals\w*|evit\w*|"
        r"ces\w*|abandon\w*|dej\w* de|sino",
    ),
    future=(r"(?!(?:a|de)trás\b)\w{2,}(?:ré|rás|rá|remos|réis|rán)|va a|van a|voy a|vamos a",),
    foreseen=(r"\w{2,}ría[n]?|previst\w*|planea\w*|espera\w*",),
    past=(
        r"fue(?:ron)?|era[n]?|estaba[n]?|estuvo|estuvieron|había[n]?|hubo|ha(?:n)? \w+[ids]o|"
        r"he \w+[id]o|\w{2,}ó|\w{2,}(?:aron|ieron|jeron)|tuvo|hizo|dijo|vino|pudo|puso|quiso|"
        r"supo|dio|vio|fui|\w{2,}(?:aba|aban)|tenía[n]?",
    ),
    possible=(r"podría[n]?|quizás?|tal vez|posiblemente|acaso|puede que|a lo mejor",),
    ability=(r"puede[ns]?|pued[eo]|podemos|podía[n]?|pudo|pudieron|poder",),
    necessary=(
        r"debe[nrs]?|debemos|debía[n]?|deberá[n]?|debería[n]?|tiene[ns]? que|tenía[n]? que|"
        r"tuvo que|hay que|necesita\w*|oblig\w+|necesario\w*|forzad\w+",
    ),
    small_words=(
        r"el|la|los|las|un|una|unos|unas|de|del|y|e|o|en|a|al|para|por|con|que|quien|se|su|sus|"
        r"lo|le|les|no|más|como|ha|han|va|van|puede|pueden|debe|deben|este|esta",
    ),
    predicate_reach=(0, 4),
    ending=2,
    # Names: our own list of titles.
    name_capitals=True,
    honorifics=(
        "señor", "señora", "sr", "sra", "dr", "dra", "presidente", "presidenta", "primer",
        "ministro", "ministra", "general", "coronel", "juez", "jueza", "senador", "senadora",
        "gobernador", "alcalde", "rey", "reina", "papa", "director", "portavoz", "don", "doña",
    ),
    # Quotations: our own list.
    reporting=(
        r"dijo|dice[n]?|dijeron|según|afirm\w+|explic\w+|añad\w+|escrib\w+|anunci\w+|señal\w+|"
        r"declar\w+|asegur\w+|coment\w+|pregunt\w+|respond\w+|tuite\w+|advirt\w+|manifest\w+",
    ),
    # Web pages and sentences: our own, what the pages of the press show around an article.
    furniture=(
        r"(?:\d+ )?comentarios?(?: \(\d+\))?:?|(?:deja|escribe) un comentario|publicidad",
        r"compartir(?: (?:esta )?noticia)?(?: en \w+)?|(?:lea también|te puede interesar|"
        r"más información):?",
        r"iniciar sesión|suscríbete|suscribirse|imprimir|volver arriba",
    ),
    abbreviations=("Sr", "Sra", "Srta", "Dr", "Dra", "Prof", "Ud", "Uds", "EE"),
)
