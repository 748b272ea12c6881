"""Portuguese."""

from align.languages.language import Language

# Tables of words read better as paragraphs than as columns of one word.
# fmt: off
LANGUAGE = Language(
    tag="pt",
    name="Portuguese",
    # Writing
    script="Latin",
    common_words=(
        "o", "a", "os", "as", "de", "e", "em", "que", "um", "uma", "do", "da", "no", "na", "por",
        "com", "para", "se", "não", "ao", "é", "mais", "como", "dos", "das", "foi", "pelo",
        "pela", "seu", "sua", "são",
    ),
    # Numbers: our own list, after the grammar of the language.
    decimal=",",
    group=". ",
    number_words={
        "zero": 0, "um|uma": 1,
        "dois|duas|ambos|ambas|par|dobro|dupla|duplo|gêmeos|gêmeas|gémeos": 2,
        "três|trio|triplo": 3, "quatro": 4, "cinco": 5, "seis": 6, "sete": 7, "oito": 8,
        "nove": 9, "dez": 10, "onze": 11, "doze|meio-dia|meia-noite": 12, "treze": 13,
        "quatorze|catorze": 14, "quinze": 15, "dezesseis|dezasseis": 16,
        "dezessete|dezassete": 17, "dezoito": 18, "dezenove|dezanove": 19, "vinte": 20,
        "trinta": 30, "quarenta": 40, "cinquenta|cinqüenta": 50, "sessenta": 60, "setenta": 70,
        "oitenta": 80, "noventa": 90, "duzentos|duzentas": 200, "trezentos|trezentas": 300,
        "quatrocentos|quatrocentas": 400, "quinhentos|quinhentas": 500,
        "seiscentos|seiscentas": 600, "setecentos|setecentas": 700,
        "oitocentos|oitocentas": 800, "novecentos|novecentas": 900,
    },
    scale_words={
        "dezena|dezenas|década|décadas": 10, "dúzia|dúzias": 12, "quinzena": 15,
        "cem|cento|centena|centenas|século|séculos": 100, "mil|milhar|milhares": 1000,
        "milhão|milhões|milionário|milionários|mi": 10**6,
        "bilhão|bilhões|bilião|biliões|bilionário|bilionários|bi|mil milhões": 10**9,
        "trilhão|trilhões|trilião|triliões|tri": 10**12,
    },
    ordinal_words={
        "primeiro|primeira|primeiros|primeiras": 1, "segundo|segunda|segundos|segundas": 2,
        "terceiro|terceira|terceiros|terço|terços": 3, "quarto|quarta|quartas": 4,
        "quinto|quinta": 5, "sexto|sexta": 6, "sétimo|sétima": 7, "oitavo|oitava|oitavas": 8,
        "nono|nona": 9, "décimo|décima": 10, "vigésimo|vigésima": 20,
    },
    fraction_words={
        "meio|meia|metade|metades": 0.5, "quarto|quartos|um quarto|trimestre|trimestres": 0.25,
    },
    number_joiners=("de", "e"),
    tens_joiners=("e",),
    unclear_numbers=(
        "um", "uma", "zero", "ambos", "ambas", "par", "dobro", "dupla", "duplo", "gêmeos",
        "gêmeas", "gémeos", "trio", "triplo", "meio-dia", "meia-noite", "dezena", "dezenas",
        "década", "décadas", "dúzia", "dúzias", "quinzena", "século", "séculos",
    ),
    century_words=("séculos?",),
    approximations=(
        "cerca de", "aproximadamente", "quase", "por volta de", "em torno de", "mais de",
        "menos de", "até", "pelo menos", "perto de", "uns", "umas", "ao redor de",
    ),
    hour_words=("horas?", "h", "da (?:manhã|tarde|noite)"),
    hour_cues=("às", "à", "as"),
    half_days=("da (?:manhã|madrugada)", "da (?:tarde|noite)"),
    # Units: CLDR's, with other forms of the same words; money: our own list.
    units={
        "kilometre": "quilômetro|quilômetros|quilómetro|quilómetros", "metre": "metro|metros",
        "centimetre": "centímetro|centímetros", "millimetre": "milímetro|milímetros",
        "mile": "milha|milhas", "foot": "pé|pés", "inch": "polegada|polegadas|pol",
        "yard": "jarda|jardas", "square kilometre": "quilômetro quadrado|quilômetros quadrados",
        "square metre": "metro quadrado|metros quadrados|metros²",
        "square mile": "milha quadrada|milhas quadradas|milhas²",
        "square foot": "pé quadrado|pés quadrados|pés²", "hectare": "hectare|hectares",
        "acre": "acre|acres", "kilogram": "quilograma|quilogramas|quilo|quilos",
        "gram": "grama|gramas", "pound": "libra|libras", "ounce": "onça|onças",
        "litre": "litro|litros", "gallon": "galão|galões",
        "celsius": "grau celsius|graus celsius|ºc|graus centígrados",
        "fahrenheit": "grau fahrenheit|graus fahrenheit", "degree": "grau|graus",
        "tonne": "tonelada|toneladas", "barrel": "barril|barris", "dollar": "dólar|dólares",
        "euro": "euro|euros", "pound sterling": "libra|libras|libras esterlinas",
        "yen": "iene|ienes", "yuan": "yuan|yuans|iuane", "rupee": "rupia|rupias|rúpias",
        "rouble": "rublo|rublos", "won": "won", "dong": "dong",
        "minute": "minuto|minutos", "hour": "hora|horas", "day": "dia|dias",
        "week": "semana|semanas", "month": "mês|meses", "year": "ano|anos",
    },
    # Dates: names after CLDR; weekdays go without "-feira" as well.
    months=(
        ("janeiro", "jan"), ("fevereiro", "fev"), ("março",), ("abril", "abr"), ("maio",),
        ("junho", "jun"), ("julho", "jul"), ("agosto", "ago"), ("setembro", "set"),
        ("outubro", "out"), ("novembro", "nov"), ("dezembro", "dez"),
    ),
    weekdays=(
        ("segundas?[ -]feiras?", "segunda"), ("terças?[ -]feiras?", "terça"),
        ("quartas?[ -]feiras?", "quarta"), ("quintas?[ -]feiras?", "quinta"),
        ("sextas?[ -]feiras?", "sexta"), ("sábados?",), ("domingos?",),
    ),
    unclear_dates=(
        "jan", "fev", "abr", "jun", "jul", "ago", "set", "out", "nov", "dez", "segunda", "terça",
        "quarta", "quinta", "sexta",
    ),
    date_cues=("em", "de", "desde", "mês de", "até"),
    date_joiners=("de", "do"),
    relative_dates=(
        "ontem", "hoje", "amanhã", "anteontem", "fim de semana", "fins de semana",
        "(?:semana|mês|ano|temporada) (?:passad[oa]|próxim[oa]|anterior|seguinte|que vem)",
        "(?:n?est[ea]|próxim[oa]|últim[oa]) (?:semana|mês|ano|temporada)", "há \\w+ \\w+",
    ),
    # Predicates: our own lists, after the grammar of the language.
    negation=(
        r"não(?! (?:só|apenas|somente|menos de|mais de))|nunca|jamais|ninguém|nada|nenhuma?|"
        r"nenhuns?|tampouco",
    ),
    implied_negation=(
        r"não|sem|pouc[oa]s?|rara\w*|menos|contra|recus\w*|rejeit\w*|neg[aoou]\w*|imped\w*|"
        r"impeç\w*|proib\w*|falt\w*|carec\w*|fracass\w*|falh\w*|em vez de|ao invés|exceto|salvo|"
        r"exclu\w*|difícil\w*|difíceis|dúvida\w*|duvid\w*|anti\w*|in(?:capa|aceit|imagin|cert|"
        r"just|sufic|est|toler|exist|at|útil|evit)\w+|im(?:pos|prov|prec|pens)\w+|ir(?:reg|rel|"
        r"resp)\w+|il(?:eg|óg)\w+|des\w{4,}|perd\w*|perda\w*|fals\w*|evit\w*|abandon\w*|"
        r"deix\w* de",
    ),
    future=(
        r"(?!(?:tubarão|verão|padrão|barão|patrão|ladrão|esporão|atrás|terá|terão|rei|"
        r"serei)\b)\w{2,}(?:rei|rás|rá|remos|rão)|vai|vão|vou|vamos",
    ),
    foreseen=(r"\w{2,}ria[m]?|previst\w*|planej\w*|espera\w*",),
    past=(
        r"foi|foram|era[m]?|estava[m]?|esteve|estiveram|havia[m]?|houve|tinha[m]?|\w{2,}(?:ou|"
        r"eu|iu)(?<!\b(?:seu|meu|teu|eu|céu|ou|sou|vou|museu))|\w{2,}(?:aram|eram|iram)|teve|"
        r"fez|disse|veio|pôde|pôs|quis|soube|deu|viu|\w{2,}(?:ava|avam)",
    ),
    possible=(r"poderia[m]?|talvez|possivelmente|porventura|quiçá|pode ser que",),
    ability=(r"pode[m]?|posso|podemos|podia[m]?|pôde|puderam|poder",),
    necessary=(
        r"deve[m]?|devemos|devia[m]?|deverá|deverão|deveria[m]?|t[eê]m (?:que|de)|"
        r"tinha[m]? (?:que|de)|teve que|precis\w+|é preciso|obrig\w+|necessári\w+|forçad\w+",
    ),
    small_words=(
        r"o|a|os|as|um|uma|uns|umas|de|do|da|dos|das|e|ou|em|no|na|nos|nas|para|por|pelo|pela|"
        r"com|que|quem|se|seu|sua|ao|à|não|mais|como|vai|vão|pode|podem|deve|devem|este|esta",
    ),
    predicate_reach=(0, 4),
    ending=2,
    # Names: our own list of titles.
    name_capitals=True,
    honorifics=(
        "senhor", "senhora", "sr", "sra", "dr", "dra", "presidente", "primeiro", "ministro",
        "ministra", "general", "coronel", "juiz", "juíza", "senador", "senadora", "governador",
        "prefeito", "rei", "rainha", "papa", "diretor", "porta-voz", "dom", "dona",
    ),
    # Quotations: our own list.
    reporting=(
        r"disse(?:ram)?|diz(?:em)?|segundo|afirm\w+|explic\w+|acrescent\w+|escrev\w+|anunci\w+|"
        r"declar\w+|conta|contou|coment\w+|pergunt\w+|respond\w+|tuit\w+|alert\w+|de acordo com",
    ),
    # Web pages and sentences: our own, what the pages of the press show around an article.
    furniture=(
        r"(?:\d+ )?comentários?(?: \(\d+\))?:?|(?:deixe|escreva) um comentário|publicidade",
        r"compartilhar|partilhar|(?:leia também|veja também|leia mais):?",
        r"iniciar sessão|assine já|assinar|imprimir|voltar ao topo",
    ),
    abbreviations=("Sr", "Sra", "Dr", "Dra", "Prof", "Eng", "Exmo"),
)
