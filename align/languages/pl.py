"""Polish."""

from align.languages.language import Language

# Tables of words read better as paragraphs than as columns of one word.
# fmt: off
LANGUAGE = Language(
    tag="pl",
    name="Polish",
    # Writing
    script="Latin",
    common_words=(
        "i", "w", "na", "z", "do", "nie", "się", "że", "to", "jest", "o", "jak", "po", "co",
        "dla", "od", "za", "przez", "ale", "który", "była", "był", "są", "jego", "oraz", "tym",
        "tego", "przed", "może",
    ),
    # Numbers: our own list, after the grammar of the language.
    decimal=",",
    group=" .\u00a0",
    number_words={
        "zero|zera": 0, "jeden|jedna|jedno|jednego|jednej|jednemu|jedną|jednym|jedni": 1,
        "dwa|dwie|dwóch|dwu|dwom|dwóm|dwoma|dwiema|dwoje|dwaj|oba|obie|obaj|obu|oboje|para|pary|"
        "parę|dwukrotnie|podwójn|bliźniak|bliźnięta|dublet": 2,
        "trzy|trzech|trzem|trzema|troje|trzej|trzykrotnie|potrójn": 3,
        "cztery|czterech|czterem|czterema|czworo|czterej|cztero": 4,
        "pięć|pięciu|pięcioma|pięcioro|pięcio": 5,
        "sześć|sześciu|sześcioma|sześcioro|sześcio": 6,
        "siedem|siedmiu|siedmioma|siedmioro|siedmio": 7,
        "osiem|ośmiu|ośmioma|ośmioro|ośmio": 8,
        "dziewięć|dziewięciu|dziewięcioma|dziewięcio": 9,
        "dziesięć|dziesięciu|dziesięcioma": 10, "jedenaście|jedenastu": 11,
        "dwanaście|dwunastu|południe|północ": 12, "trzynaście|trzynastu": 13,
        "czternaście|czternastu": 14, "piętnaście|piętnastu": 15, "szesnaście|szesnastu": 16,
        "siedemnaście|siedemnastu": 17, "osiemnaście|osiemnastu": 18,
        "dziewiętnaście|dziewiętnastu": 19, "dwadzieścia|dwudziestu|dwudziesto": 20,
        "trzydzieści|trzydziestu|trzydziesto": 30, "czterdzieści|czterdziestu|czterdziesto": 40,
        "pięćdziesiąt|pięćdziesięciu|pięćdziesięcio": 50,
        "sześćdziesiąt|sześćdziesięciu|sześćdziesięcio": 60,
        "siedemdziesiąt|siedemdziesięciu|siedemdziesięcio": 70,
        "osiemdziesiąt|osiemdziesięciu|osiemdziesięcio": 80,
        "dziewięćdziesiąt|dziewięćdziesięciu": 90, "dwieście|dwustu": 200, "trzysta|trzystu": 300,
        "czterysta|czterystu": 400, "pięćset|pięciuset": 500, "sześćset|sześciuset": 600,
        "siedemset|siedmiuset": 700, "osiemset|ośmiuset": 800, "dziewięćset|dziewięciuset": 900,
    },
    scale_words={
        "dziesiątka|dziesiątki|dziesiątek|dziesiątkami|dekada|dekady|dekad|dekadę|dekadzie|"
        "dziesięciolecie|dziesięciolecia|dziesięcioleci": 10,
        "tuzin|tuziny|tuzinów": 12, "kilkanaście|kilkunastu": 10,
        "kilkadziesiąt|kilkudziesięciu": 10,
        "sto|stu|setka|setki|setek|setkami|kilkaset|kilkuset|wiek|wieku|wieki|wieków|wiekiem|"
        "stulecie|stulecia|stuleci": 100,
        "tysiąc|tysiąca|tysiące|tysięcy|tysiącom|tysiącami|tysiącach|tys": 1000,
        "milion|miliona|miliony|milionów|milionom|milionami|milionach|milionem|mln|milioner|"
        "milionerów|milionerzy": 10**6,
        "miliard|miliarda|miliardy|miliardów|miliardom|miliardami|miliardach|miliardem|mld|"
        "miliarder|miliardera|miliarderzy|miliarderów": 10**9,
        "bilion|biliona|biliony|bilionów|bln": 10**12,
    },
    ordinal_words={
        "pierwsz": 1, "drug": 2, "trzec|trzeci|trzecia": 3, "czwart": 4, "piąt": 5, "szóst": 6,
        "siódm": 7, "ósm": 8, "dziewiąt": 9, "dziesiąt": 10, "jedenast": 11, "dwunast": 12,
        "trzynast": 13, "czternast": 14, "piętnast": 15, "szesnast": 16, "siedemnast": 17,
        "osiemnast": 18, "dziewiętnast": 19, "dwudziest": 20, "trzydziest": 30, "czterdziest": 40,
        "pięćdziesiąt": 50,
    },
    fraction_words={
        "pół|połowa|połowy|połowę|połowie|połową|półtora|półtorej": 0.5,
        "ćwierć|ćwierci|kwartał|kwartału|kwartale|kwadrans|kwadransie": 0.25,
    },
    fused_numbers=True,
    number_suffix=(
        r"-?(?:o?lat\w+|[yia]|ie|ego|iego|e[jm]u?|ą|ym|im|ych|ich|ymi|imi|i?emu|ie[mj]|ka|ki|kę|"
        r"o?letni\w*|o?dniow\w*|o?godzinn\w*|o?procentow\w*|o?krotn\w*|o?miesięczn\w*|"
        r"o?osobow\w*|o?punktow\w*|o?minutow\w*|o?tygodniow\w*)"
    ),
    unclear_numbers=(
        "zero", "zera", "jeden", "jedna", "jedno", "jednego", "jednej", "jednemu", "jedną",
        "jednym", "jedni", "oba", "obie", "obaj", "obu", "oboje", "para", "pary", "parę",
        "dwukrotnie", "podwójn", "bliźniak", "bliźnięta", "dublet", "trzykrotnie", "potrójn",
        "południe", "północ", "dziesiątka", "dziesiątki", "dziesiątek", "dziesiątkami", "dekada",
        "dekady", "dekad", "dekadę", "dekadzie", "dziesięciolecie", "dziesięciolecia",
        "dziesięcioleci", "tuzin", "tuziny", "tuzinów", "kilkanaście", "kilkunastu",
        "kilkadziesiąt", "kilkudziesięciu", "wiek", "wieku", "wieki", "wieków", "wiekiem",
        "stulecie", "stulecia", "stuleci",
    ),
    century_words=("wiek[ua]?|stulecia?",),
    approximations=(
        "około", "ok.?", "prawie", "niemal", "ponad", "blisko", "przeszło", "mniej więcej", "do",
        "co najmniej", "(?:więcej|mniej) niż", "w przybliżeniu", "poniżej", "powyżej", "niespełna",
    ),
    hour_words=("godzin[aieęy]?", "godz", "rano", "po południu", "wieczorem", "w nocy"),
    hour_cues=("godz.?", "godzin[aieęą]", "o", "około", "do", "od"),
    half_days=("rano|nad ranem", "po południu|wieczorem"),
    # Units: CLDR's, with other forms of the same words; money: our own list.
    units={
        "kilometre": "kilometr|kilometry|kilometrów|kilometra|kilometrach|kilometrami",
        "metre": "metr|metry|metrów|metra|metrach|metrami",
        "centimetre": "centymetr|centymetry|centymetrów|centymetra",
        "millimetre": "milimetr|milimetry|milimetrów|milimetra",
        "mile": "mila|mile|mil|mili|milach", "foot": "stopa|stopy|stóp",
        "inch": "cal|cale|cali|cala", "yard": "jard|jardy|jardów|jarda",
        "square kilometre": "kilometr kwadratowy|kilometry kwadratowe|kilometrów kwadratowych|"
        "kilometra kwadratowego",
        "square metre": "metr kwadratowy|metry kwadratowe|metrów kwadratowych|metra kwadratowego",
        "square mile": "mila kwadratowa|mile kwadratowe|mil kwadratowych|mili kwadratowej|"
        "mila kw|mile kw|"
        "mil kw|mili kw",
        "square foot": "stopa kwadratowa|stopy kwadratowe|stóp kwadratowych|stopy kwadratowej|"
        "stopa kw|"
        "stopy kw|stóp kw",
        "hectare": "hektar|hektary|hektarów|hektara", "acre": "akr|akry|akrów|akra",
        "kilogram": "kilogram|kilogramy|kilogramów|kilograma|kilo",
        "gram": "gram|gramy|gramów|grama", "pound": "funt|funty|funtów|funta",
        "ounce": "uncja|uncje|uncji", "litre": "litr|litry|litrów|litra",
        "gallon": "galon amerykański|galony amerykańskie|galonów amerykańskich|"
        "galona amerykańskiego|"
        "gal am",
        "celsius": "stopień celsjusza|stopnie celsjusza|stopni celsjusza|stopnia celsjusza|st. c",
        "fahrenheit": "stopień fahrenheita|stopnie fahrenheita|stopni fahrenheita|"
        "stopnia fahrenheita",
        "degree": "stopień|stopnie|stopni|stopnia", "tonne": "tona|tony|ton",
        "dollar": "dolar|dolara|dolary|dolarów|dolarami", "euro": "euro",
        "pound sterling": "funt|funta|funty|funtów|funtów szterlingów",
        "yen": "jen|jena|jeny|jenów", "yuan": "juan|juana|juanów|yuanów",
        "rupee": "rupia|rupie|rupii", "rouble": "rubel|rubla|ruble|rubli", "won": "won|wonów",
        "dong": "dong|dongów", "zloty": "złoty|złote|złotych|zł",
        "minute": "minuta|minuty|minut|minutę", "hour": "godzina|godziny|godzin|godzinę",
        "day": "dzień|dni|dnia|dniach", "week": "tydzień|tygodnie|tygodni|tygodnia|tygodniach",
        "month": "miesiąc|miesiące|miesięcy|miesiąca|miesiącach",
        "year": "rok|lata|lat|roku|latach",
    },
    # Dates: names after CLDR, in all cases.
    months=(
        ("stycz(?:eń|nia|niu|niem|niow\\w+)",), ("lut(?:y|ego|ym|emu|ow\\w+)",),
        ("marzec", "marc(?:a|u|em|ow\\w+)"),
        ("kwie(?:cień|tnia|tniu|tniem|tniow\\w+)",), ("maj(?:a|u|em|ow[yaąei]\\w*)?",),
        ("czerw(?:iec|ca|cu|cem|cow\\w+)",),
        ("lip(?:iec|ca|cu|cem|cow\\w+)",), ("sierp(?:ień|nia|niu|niem|niow\\w+)",),
        ("wrze(?:sień|śnia|śniu|śniem|śniow\\w+)",),
        ("październik(?:a|u|iem|ow\\w+)?",), ("listopad(?:a|zie|em|ow\\w+)?",),
        ("grud(?:zień|nia|niu|niem|niow\\w+)",),
    ),
    weekdays=(
        ("poniedział(?:ek|k\\w+)",), ("wtor(?:ek|k\\w+)",),
        ("środ(?:a|ę|y|zie|ow(?:y|a|ą|e|ego|ej|ym|ych))",),
        ("czwart(?:ek|k\\w+)",), ("piąt(?:ek|k\\w+)",), ("sobot(?:a|ę|y|ą|ni\\w*)", "sobocie"),
        ("niedziel(?:a|ę|i|ą|e|n\\w+)",),
    ),
    unclear_dates=("maj", "maja", "środowe", "środowego", "środowy", "środowej"),
    date_cues=("w", "od", "do", "początku", "końcu", "połowie", r"\d{1,2}", "i", "lub"),
    relative_dates=(
        "wczoraj", "dziś", "dzisiaj", "jutro", "przedwczoraj", "pojutrze", "weekend\\w*",
        "(?:zeszł|ubiegł|przyszł|poprzedni|następn|minion|t|bieżąc)\\w+ "
        "(?:tygodni|miesiąc|rok|sezon)\\w*", "wczorajsz\\w+", "dzisiejsz\\w+",
        "\\w+ (?:dni|tygodni|miesięcy|lat|lata) temu",
    ),
    # Predicates: our own lists, after the grammar of the language.
    negation=(
        r"nie(?! (?:tylko|mniej niż|więcej niż))|nigdy|nikt|nikogo|nikomu|nic|niczego|nigdzie|"
        r"żad(?:en|n\w+)",
    ),
    implied_negation=(
        r"nie|bez|ledwo|rzadko|mało|niewiel\w+|nie\w{3,}|mniej|przeciw\w*|odm[óaow]\w+|"
        r"odrzuc\w*|zaprzecz\w*|uniemożliw\w*|zapobie\w*|zabr[ao]n\w+|zakaz\w*|brak\w*|zamiast|"
        r"oprócz|wyklucz\w*|trudn\w*|wątp\w*|anty\w*|strac\w*|utrac\w*|fałsz\w*|unik\w*|"
        r"przesta\w*|daleko|pozbaw\w*|bezpie\w*|bez\w{3,}",
    ),
    future=(r"będ(?:ę|zie|ziesz|ziemy|ziecie|ą)",),
    foreseen=(r"\w+(?:łby|łaby|łoby|liby|łyby)|by|ma(?:ją)? \w+ć|planuj\w+",),
    past=(
        r"by(?:ł|ła|ło|li|ły)|zosta(?:ł|ła|ło|li|ły)|\w{2,}(?:ał|ała|ało|ali|ały|ił|iła|iło|ili|"
        r"iły|ył|yła|yło|yli|yły|ął|ęła|ęło|ęli|ęły|ósł|osła|iósł|iosła|szedł|szła|szli|mógł|"
        r"mogła|mogli|iał|iała|iało|ieli|iały|uł|uła|uli)(?:em|am|śmy|eś|aś)?",
    ),
    possible=(
        r"może|mogą|mógłby|mogłaby|mogłoby|mogliby|mogłyby|być może|możliw\w+|prawdopodobnie|"
        r"chyba",
    ),
    ability=(r"można|moż\w+|mog\w+|mógł|potrafi\w*|zdoln\w+|w stanie",),
    necessary=(
        r"mus(?:i|zą|imy|ieli|iał\w*|isz)|powin\w+|trzeba|należy|konieczn\w+|zmuszon\w+|"
        r"obowiąz\w+",
    ),
    small_words=(
        r"i|a|o|w|we|z|ze|na|do|od|dla|po|przy|za|że|który|która|które|którzy|się|to|ten|ta|te|"
        r"jak|jest|są|nie|też|oraz|lub|przez|może|mogą",
    ),
    predicate_reach=(2, 3),
    ending=3,
    # Names: our own list of titles.
    name_capitals=True,
    honorifics=(
        "pan", "pani", "dr", "prof", "prezydent", "premier", "minister", "generał", "pułkownik",
        "sędzia", "senator", "gubernator", "burmistrz", "król", "królowa", "papież", "trener",
        "dyrektor", "rzecznik",
    ),
    # Quotations: our own list.
    reporting=(
        r"powiedzia\w+|mówi\w*|według|zdaniem|doda(?:ł|ła|je|li)|stwierdz\w+|oświadcz\w+|"
        r"poinformowa\w+|napisa\w+|wyjaśni\w+|twierdz\w+|podkreśl\w+|zapyta\w+|odpowiedzi\w+|"
        r"ostrzeg\w+|przyzna\w+",
    ),
    # Web pages and sentences: our own, what the pages of the press show around an article.
    furniture=(
        r"(?:\d+ )?komentarz[ey]?(?: \(\d+\))?:?|dodaj komentarz|reklama",
        r"udostępnij|(?:czytaj (?:też|także|więcej)|zobacz (?:też|także)|przeczytaj także):?",
        r"zaloguj(?: się)?|zarejestruj(?: się)?|drukuj|strona główna",
    ),
    abbreviations=("prof", "inż", "mgr", "św", "ul", "gen", "płk", "ks", "red"),
)
