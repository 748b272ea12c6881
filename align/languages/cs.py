"""Czech."""

from align.languages.language import Language

# Tables of words read better as paragraphs than as columns of one word.
# fmt: off
LANGUAGE = Language(
    tag="cs",
    name="Czech",
    # Writing
    script="Latin",
    common_words=(
        "a", "v", "na", "se", "že", "je", "z", "do", "s", "o", "k", "i", "ve", "za", "by", "to",
        "od", "jako", "pro", "po", "jsou", "byl", "jeho", "ale", "také", "při", "které", "který",
        "před", "bylo",
    ),
    # Numbers: our own list, after the grammar of the language.
    decimal=",",
    group=" .\u00a0",
    number_words={
        "nula|nuly|nulu": 0,
        "jeden|jedna|jedno|jednoho|jedné|jednomu|jednu|jedním|jednou|jedni|jedn": 1,
        "dva|dvě|dvou|dvěma|dvoje|dvojice|dvojici|oba|obě|obou|oběma|pár|páru|páry|dvakrát|"
        "dvojnásob|dvojčata": 2,
        "tři|tří|třem|třemi|třech|troje|trojice|třikrát": 3, "čtyři|čtyř|čtyřem|čtyřmi|čtyřech": 4,
        "pět|pěti": 5, "šest|šesti": 6, "sedm|sedmi": 7, "osm|osmi": 8, "devět|devíti": 9,
        "deset|deseti|desíti": 10, "jedenáct|jedenácti": 11,
        "dvanáct|dvanácti|poledne|půlnoc|půlnoci": 12,
        "třináct|třinácti": 13, "čtrnáct|čtrnácti": 14, "patnáct|patnácti": 15,
        "šestnáct|šestnácti": 16, "sedmnáct|sedmnácti": 17, "osmnáct|osmnácti": 18,
        "devatenáct|devatenácti": 19, "dvacet|dvaceti": 20, "třicet|třiceti": 30,
        "čtyřicet|čtyřiceti": 40, "padesát|padesáti": 50, "šedesát|šedesáti": 60,
        "sedmdesát|sedmdesáti": 70, "osmdesát|osmdesáti": 80, "devadesát|devadesáti": 90,
    },
    scale_words={
        "desítka|desítky|desítek|desítkám|desítkami|desetiletí|dekáda|dekády|dekádě": 10,
        "tucet|tuctu|tucty|tuctů": 12,
        "sto|sta|set|stě|stovka|stovky|stovek|stovkám|stovkami|století": 100,
        "tisíc|tisíce|tisíců|tisícům|tisíci|tisících|tis|tisícovka|tisícovky|tisícovek": 1000,
        "milion|milionu|miliony|milionů|milionům|milionech|milionem|mil|mio|milión|miliónu|milióny|"
        "miliónů|milionář|milionáře|milionářů": 10**6,
        "miliarda|miliardy|miliard|miliardu|miliardám|miliardami|miliardách|miliardou|mld|"
        "miliardář|miliardáře|miliardářů": 10**9,
        "bilion|bilionu|biliony|bilionů|bil": 10**12,
    },
    ordinal_words={
        "prvn|první|prvně|poprvé": 1, "druh|podruhé": 2, "třet|třetina|třetiny|třetinu|potřetí": 3,
        "čtvrt": 4, "pát": 5, "devát": 9, "desát": 10,
        "dvacát": 20, "třicát": 30,
    },
    fraction_words={
        "půl|polovina|poloviny|polovinu|polovině|polovinou|půlka|půlce": 0.5, "půldruhého": 1.5,
        "čtvrt|čtvrtina|čtvrtiny|čtvrtinu|čtvrtině|čtvrtletí": 0.25,
    },
    tens_joiners=("a",),
    units_first=True,
    fused_numbers=True,
    not_numbers=(r"tisíciletí\w*",),
    number_prefix="po",
    number_suffix=(
        r"-?(?:[ýáéíěu]|ého|ému|ým|ých|ými|ou|ém|ímu?|ího|ích|ími|krát|"
        r"i?let(?:ý|á|é|ého|ému|ým|ých|ou|ým|í)|i?metrov\w*|i?denn\w*|i?hodinov\w*|"
        r"i?procentn\w*|násobn\w*|i?měsíčn\w*|i?člen\w*|"
        r"i?minutov\w*|i?týdenn\w*|i?bodov\w*)"
    ),
    unclear_numbers=(
        "nula", "nuly", "nulu", "jeden", "jedna", "jedno", "jednoho", "jedné", "jednomu", "jednu",
        "jedním", "jednou", "jedni", "dvojice", "dvojici", "oba", "obě", "obou", "oběma", "pár",
        "páru", "páry", "dvakrát", "dvojnásob", "dvojčata", "trojice", "třikrát", "poledne",
        "půlnoc", "půlnoci", "set", "desítka", "desítky", "desítek", "desítkám", "desítkami",
        "desetiletí", "dekáda", "dekády", "dekádě", "tucet", "tuctu", "tucty", "tuctů", "století",
        "mil",
    ),
    century_words=("století",),
    approximations=(
        "asi", "zhruba", "přibližně", "téměř", "skoro", "kolem", "okolo", "více než", "méně než",
        "přes", "až", "nejméně", "minimálně", "cca", "bezmála", "nanejvýš", "do", "na",
    ),
    hour_words=("hodin[auy]?", "hod", "h", "ráno", "večer", "odpoledne", "dopoledne"),
    hour_cues=("v", "ve", "od", "do", "kolem", "okolo", "před", "po"),
    half_days=("ráno|dopoledne", "odpoledne|večer"),
    # Units: CLDR's, with other forms of the same words; money: our own list.
    units={
        "kilometre": "kilometr|kilometry|kilometrů|kilometru|kilometrech",
        "metre": "metr|metry|metrů|metru|metrech",
        "centimetre": "centimetr|centimetry|centimetrů|centimetru",
        "millimetre": "milimetr|milimetry|milimetrů|milimetru", "mile": "míle|mil",
        "foot": "stopa|stopy|stop", "inch": "palec|palce|palců", "yard": "yard|yardy|yardů|yardu",
        "square kilometre": "kilometr čtvereční|kilometry čtvereční|kilometrů čtverečních|"
        "kilometru čtverečního|"
        "čtverečních kilometrů",
        "square metre": "metr čtvereční|metry čtvereční|metrů čtverečních|metru čtverečního|"
        "čtverečních metrů",
        "square mile": "míle čtvereční|mil čtverečních",
        "square foot": "stopa čtvereční|stopy čtvereční|stop čtverečních",
        "hectare": "hektar|hektary|hektarů|hektaru", "acre": "akr|akry|akrů|akru",
        "kilogram": "kilogram|kilogramy|kilogramů|kilogramu|kilo|kil",
        "gram": "gram|gramy|gramů|gramu", "pound": "libra|libry|liber", "ounce": "unce|uncí",
        "litre": "litr|litry|litrů|litru", "gallon": "galon|galony|galonů|galonu",
        "celsius": "stupeň celsia|stupně celsia|stupňů celsia",
        "fahrenheit": "stupeň fahrenheita|stupně fahrenheita|stupňů fahrenheita",
        "degree": "stupeň|stupně|stupňů", "tonne": "tuna|tuny|tun",
        "dollar": "dolar|dolaru|dolary|dolarů|dolarech", "euro": "euro|eura|eur",
        "pound sterling": "libra|libry|liber|librách", "yen": "jen|jeny|jenů",
        "yuan": "jüan|jüanů|juan|juanů", "rupee": "rupie|rupií", "rouble": "rubl|ruble|rublů",
        "won": "won|wonů", "dong": "dong", "koruna": "koruna|koruny|korun|kč",
        "minute": "minuta|minuty|minut|minutu", "hour": "hodina|hodiny|hodin|hodinu|hodinách",
        "day": "den|dny|dní|dnů|dne|dnech", "week": "týden|týdny|týdnů|týdne|týdnech",
        "month": "měsíc|měsíce|měsíců|měsících", "year": "rok|roky|let|roku|letech",
    },
    # Dates: names after CLDR, in all cases.
    months=(
        ("led(?:en|na|nu|nem)", r"lednov\w+"), (r"únor(?:a|u|em|ov\w+)?",),
        (r"březen", r"březn\w+"),
        (r"dub(?:en|n\w+)",), (r"květ(?:en|na|nu|nem|nov\w+)",), (r"červ(?:en|na|nu|nem|nov\w+)",),
        (r"červen(?:ec|ce|ci|cem|cov\w+)",), (r"srp(?:en|n\w+)",), (r"září", r"zářijov\w+"),
        (r"říj(?:en|na|nu|nem|nov\w+)",),
        (r"listopad(?:u|em|ov\w+)?",), (r"prosin(?:ec|ce|ci|cem|cov\w+)",),
    ),
    weekdays=(
        (r"ponděl\w+",), ("úter(?:ý|ka|ku|kem|ek|ky|ní\\w*)",),
        ("střed(?:a|u)", "středy", "středečn\\w+"),
        ("čtvrt(?:ek|ka|ku|kem|eční\\w*)",), ("pát(?:ek|ku|kem|eční\\w*)",),
        ("sobot(?:a|u|y|ě|ou|ní\\w*)",),
        ("neděl(?:e|i|í|ní\\w*)",),
    ),
    unclear_dates=("středu", "středa", "středy", "dubu"),
    date_cues=("začátkem", "koncem", "zkraje", r"\d{1,2}\.", "letošním"),
    relative_dates=(
        "včera", "dnes", "zítra", "předevčírem", "pozítří", "víkend\\w*", "loni", "letos", "vloni",
        "(?:minul|příšt|předchoz|t|následujíc|uplynul)\\w+ (?:týd|měsíc|rok|rok|sez[oó]n)\\w*",
        "včerejš\\w+", "dnešn\\w+", "před \\w+ (?:dny|týdny|měsíci|lety)",
    ),
    # Predicates: our own lists, after the grammar of the language.
    negation=(
        r"(?!ne(?:j|utuch|dalek|apol|mocni|děl|movit|přetrž|bes|utrál|vad|smírn|obyč|závid|jen|"
        r"bo|boť|jprve|dávn|byť|chat|jv|mocn|ustál|závisl|děl|druh|správ|kolik|který|kter|li|"
        r"podar|jaký|konečn|vyhnut|hod|bezpeč|vin|přít|blah|rovn|zná|pochyb|obvykl|dočká|štast|"
        r"utrál|směs|řest|jsou\b|trp)\w*)ne\w{3,}|není|nejsou|nebyl\w*|ne|nikdy|nikdo|nikoho|"
        r"nic|ničeho|nikde|žádn\w+",
    ),
    implied_negation=(
        r"ne\w*|ni\w+|bez\w*|sotva|zřídka|málo|méně|proti\w*|odmít\w*|zamít\w*|popř\w*|popír\w*|"
        r"brán\w*|zabrán\w*|zakáz\w*|zákaz\w*|chyb\w*|postrád\w*|selh\w*|místo|kromě|mimo|"
        r"vylouč\w*|obtížn\w*|těžk\w*|pochyb\w*|anti\w*|ztrat\w*|ztrác\w*|falešn\w*|vyhn\w*|"
        r"přesta\w*|daleko|zbav\w*|žádn\w*",
    ),
    future=(r"bud(?:u|e|eš|eme|ete|ou)|nebud(?:u|e|eme|ou)|půjd\w+|poved\w+",),
    foreseen=(r"by|bych|bychom|má|mají|plánuj\w+",),
    past=(
        r"by(?:l|la|lo|li|ly)|\w{2,}(?:al|ala|alo|ali|aly|il|ila|ilo|ili|ily|el|ela|elo|eli|ely|"
        r"ěl|ěla|ělo|ěli|ěly|ul|ula|ulo|uli|uly|yl|yla|ylo|yli|yly|ekl|ekla|ekli|esl|esla|esli|"
        r"edl|edla|edli|šel|šla|šlo|šli|šly|ohl|ohla|ohli)(?<!\b(?:byl|cíl|podíl|díl|model|"
        r"titul|hotel|panel|skandál|festival|festivalu|materiál|potenciál|personál|signál|"
        r"ministr))",
    ),
    possible=(r"možná|možn\w+|snad|mohl[aioy]? by|by mohl\w*|patrně|pravděpodobně",),
    ability=(r"může[mš]?|mohou|můžou|mohl\w*|moci|lze|dokáž\w+|schop\w+",),
    necessary=(
        r"mus(?:í|ím|íme|el\w*|ejí|íte)|měl[aioy]? by|by měl\w*|třeba|nutn\w+|nucen\w*|povin\w+",
    ),
    small_words=(
        r"a|i|o|v|ve|z|ze|na|do|od|pro|po|při|za|že|který|která|které|kteří|se|si|to|ten|ta|jak|"
        r"je|jsou|také|nebo|s|k|by|může|mohou",
    ),
    predicate_reach=(3, 3),
    ending=3,
    # Names: our own list of titles.
    name_capitals=True,
    honorifics=(
        "pan", "paní", "dr", "prof", "prezident", "premiér", "ministr", "generál", "plukovník",
        "soudce", "senátor", "guvernér", "starosta", "král", "královna", "papež", "trenér",
        "ředitel", "mluvčí",
    ),
    # Quotations: our own list.
    reporting=(
        r"řekl\w*|říká|říkají|podle|dodal\w*|uvedl\w*|prohlásil\w*|oznámil\w*|napsal\w*|"
        r"vysvětlil\w*|tvrdí|tvrdil\w*|zdůraznil\w*|zeptal\w*|odpověděl\w*|varoval\w*|"
        r"připustil\w*|sdělil\w*",
    ),
    # Web pages and sentences: our own, what the pages of the press show around an article.
    furniture=(
        r"(?:\d+ )?komentář[eů]?(?: \(\d+\))?:?|přidat komentář|reklama|inzerce",
        r"sdílet|(?:čtěte také|přečtěte si také|související články|více k tématu):?",
        r"přihlásit se|registrovat|tisk|hlavní stránka",
    ),
    abbreviations=(
        "Ing", "Mgr", "MUDr", "JUDr", "PhDr", "RNDr", "Bc", "doc", "prof", "tzv", "sv", "gen",
        "plk",
    ),
)
