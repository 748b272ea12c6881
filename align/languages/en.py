"""English."""

from align.languages.language import Language

# Tables of words read better as paragraphs than as columns of one word.
# fmt: off
LANGUAGE = Language(
    tag="en",
    name="English",
    # Writing
    script="Latin",
    common_words=(
        "the", "of", "and", "to", "in", "is", "was", "that", "for", "with", "on", "as", "by",
        "at", "from", "are", "were", "has", "have", "had", "be", "this", "which", "not", "it",
        "his", "her", "their", "but", "they", "he", "she", "who", "will", "would", "been",
    ),
    # Numbers: our own list, after the grammar of the language.
    decimal=".",
    group=",",
    number_words={
        "zero": 0, "nil": 0, "a": 1, "an": 1, "one": 1, "single": 1, "once": 1, "two": 2,
        "both": 2, "twice": 2, "double": 2, "doubles": 2, "couple": 2, "pair": 2, "twin": 2,
        "duo": 2, "doubled|doubling": 2, "three": 3, "triple|tripled|tripling|treble|thrice": 3,
        "quadruple|quadrupled": 4, "trio": 3, "hat-trick": 3, "four": 4, "five": 5,
        "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
        "noon": 12, "midnight": 12, "thirteen": 13, "fourteen": 14, "fortnight": 14,
        "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
        "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
        "eighty": 80, "ninety": 90, "twenties": 20, "thirties": 30, "forties": 40,
        "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90,
        "teen": 10, "teens": 10,
    },
    scale_words={
        "tens": 10, "decade": 10, "decades": 10, "dozen": 12, "dozens": 12, "score": 20,
        "hundred": 100, "hundreds": 100, "century": 100, "centuries": 100,
        "thousand": 1000, "thousands": 1000, "k": 1000, "million": 10**6, "millions": 10**6,
        "m": 10**6, "mn": 10**6, "mln": 10**6, "millionaire": 10**6, "millionaires": 10**6,
        "billion": 10**9, "billions": 10**9, "b": 10**9, "bn": 10**9, "billionaire": 10**9,
        "billionaires": 10**9, "trillion": 10**12, "trillions": 10**12, "tn": 10**12,
    },
    ordinal_words={
        "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
        "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
        "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
        "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50,
        "thirds": 3, "fifths": 5, "tenths": 10,
    },
    fraction_words={
        "and a half": 0.5, "half": 0.5, "halfway": 0.5, "quarter": 0.25,
        "quarters": 0.25,
    },
    number_joiners=("and", "of", "a"),
    unclear_numbers=(
        "a", "an", "one", "single", "once", "nil", "zero", "both", "twice", "double", "doubles",
        "couple", "pair", "twin", "duo", "triple", "tripled", "tripling", "treble", "thrice",
        "doubled", "doubling", "quadruple", "quadrupled", "trio", "hat-trick", "noon", "midnight",
        "fortnight", "teen", "teens", "tens", "decade", "decades", "dozen", "dozens", "score",
        "century", "centuries", "millionaire", "millionaires", "billionaire", "billionaires", "k",
        "m", "b", "twenties", "thirties", "forties", "fifties",
    ),
    century_words=("centur(?:y|ies)",),
    approximations=(
        "about", "around", "approximately", "roughly", "nearly", "almost", "some", "over",
        r"(?:more|less|fewer) than", "up to", "close to", "under", "at least", "just",
    ),
    hour_words=(r"a\.?m", r"p\.?m", r"o['’]clock", "noon", "midnight"),
    half_days=(r"a\.?m", r"p\.?m|in the (?:afternoon|evening)"),
    # Units: CLDR's, with other forms of the same words; money: our own list.
    units={
        "kilometre": "kilometer|kilometers|kilometre|kilometres|kph",
        "metre": "meter|meters|metre|metres",
        "centimetre": "centimeter|centimeters|centimetre|centimetres",
        "millimetre": "millimeter|millimeters|millimetre|millimetres", "mile": "mile|miles|mph",
        "foot": "foot|feet", "inch": "inch|inches", "yard": "yard|yards",
        "square kilometre": "square kilometer|square kilometers|square kilometre|square kilometres",
        "square metre": "square meter|square meters|square metre|square metres|sq m",
        "square mile": "square mile|square miles|sq miles",
        "square foot": "square foot|square feet|sq ft", "hectare": "hectare|hectares",
        "acre": "acre|acres", "kilogram": "kilogram|kilograms|kilo|kilos",
        "gram": "gram|grams|gramme|grammes", "pound": "pound|pounds|lbs", "ounce": "ounce|ounces",
        "litre": "liter|liters|litre|litres", "gallon": "gallon|gallons",
        "celsius": "degree celsius|degrees celsius|celsius|degrees c|centigrade|degrees centigrade",
        "fahrenheit": "degree fahrenheit|degrees fahrenheit|fahrenheit|degrees f",
        "degree": "degree|degrees", "stone": "stone", "barrel": "barrel|barrels",
        "tonne": "tonne|tonnes|metric ton|metric tons|ton|tons",
        "dollar": "dollar|dollars|buck|bucks", "euro": "euro|euros",
        "pound sterling": "pound|pounds|pounds sterling|quid", "yen": "yen",
        "yuan": "yuan|renminbi", "rupee": "rupee|rupees", "rouble": "rouble|roubles|ruble|rubles",
        "won": "won", "dong": "dong",
        "minute": "minute|minutes|min|mins", "hour": "hour|hours|hrs", "day": "day|days",
        "week": "week|weeks", "month": "month|months", "year": "year|years",
    },
    # Dates: the names are CLDR's.
    months=(
        ("January", "Jan"), ("February", "Feb"), ("March", "Mar"), ("April", "Apr"), ("May",),
        ("June", "Jun"), ("July", "Jul"), ("August", "Aug"), ("September", "Sept", "Sep"),
        ("October", "Oct"), ("November", "Nov"), ("December", "Dec"),
    ),
    weekdays=(
        ("Monday", "Mondays", "Mon"), ("Tuesday", "Tuesdays", "Tue", "Tues"),
        ("Wednesday", "Wednesdays", "Wed"), ("Thursday", "Thursdays", "Thu", "Thurs"),
        ("Friday", "Fridays", "Fri"), ("Saturday", "Saturdays", "Sat"),
        ("Sunday", "Sundays", "Sun"),
    ),
    unclear_dates=(
        "may", "march", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "dec",
        "mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun",
    ),
    date_cues=("in", "since", "until", "till", "last", "next", "early", "late", "mid", "during"),
    date_joiners=("of", "the"),
    relative_dates=(
        "yesterday", "today", "tonight", "tomorrow", "weekend", "now",
        "(?:this|last|next|previous|following) (?:week|weekend|month|year|season|day)",
        "(?:days?|weeks?|months?|years?) (?:ago|later|earlier)",
    ),
    zones={
        "beijing time": "China", "vietnam time": "Indochina", "hanoi time": "Indochina",
        "tokyo time": "Japan", "seoul time": "Korea", "new york time": "America_Eastern",
        "london time": "Europe_Western", "british summer time": "Europe_Western",
        "eastern time": "America_Eastern", "pacific time": "America_Pacific",
    },
    # Predicates: our own lists. The patterns with "not" leave out "not only", which denies nothing.
    negation=(
        # "It could not have come at a worse time" only says how bad it was.
        r"(?<!\bor )not(?! (?:only|just|least|to mention|until|necessarily|merely|simply))"
        r"(?!(?<=\bcould not) (?:\w+ ){1,4}(?:worse|better|happier|clearer)\b)",
        r"cannot|(?!couldn['’]t (?:\w+ ){1,4}(?:worse|better|happier|clearer)\b)"
        r"\w+n['’]t(?! until)|never(?! more so)|neither|(?<!\bneither\b[^.]*)nor|no one|"
        r"nobody|nothing|none|nowhere",
        r"no(?! doubt|-| (?:later|more|less|fewer) than|\W*\d)",
    ),
    implied_negation=(
        r"not (?:only|just|least|to mention|until|necessarily|merely|simply)|or not|no doubt|"
        r"whether|if",
        r"without|ever|hardly|barely|scarcely|rarely|seldom|little|few|fewer|less|lacks?|lacking|lacked",
        r"yet to|far from|instead of|rather than|other than|unless|except|out of|away",
        r"(?:fail|refus|declin\w+ to|den[iy]|reject|avoid|prevent|stop|miss|oppos|doubt|ban|block|"
        r"prohibit)"
        r"\w*|(?:lack|lose|losing|lost|cease|ceasing|halt|end|resist|exclud|abandon|withdr|"
        r"forb)\w*",
        r"un(?!der|til|ion|it|ivers|iqu|cles?\b)\w{3,}|under(?!st|go|w)\w{5,}|ignor\w+|landlocked|"
        r"dis(?!cuss|trict|tan|play|patch|cover|cours|tribut|crim|aster|ease)\w{4,}|non?-\w{2,}|non\w{3,}|"
        r"\w{3,}less(?:ly|ness)?|mis\w{4,}",
        r"in(?!asmuch|augur|cent|cid|clin|clud|com[ei]|corpor|creas|cumb|deed|dex|dia|dic|dig|div|"
        r"dones|"
        r"dust|f|gred|habit|herit|it|jur|land|ning|nov|put|quir|sid|sight|sist|spec|spir|sta|ste|"
        r"sti|str|"
        r"sulin|sult|sur|te|tim|to(?!l)|trig|tro|v[aei]n|vest|vit|voic|volv|ward)\w{4,}",
        r"il(?:leg|lic|log)\w+|ir(?:rat|reg|rel|rep|res|rev)\w+|"
        r"im(?:ba|mat|mob|mor|mun|pat|pen|perf|perm|plau|pol|poss|pot|prac|prec|prob|prop|prud|"
        r"pur)\w+",
        r"wrong\w*|false\w*|harm\w*|silen\w+|contest\w*|uneven|till|until|hid\w*|unaware|"
        r"against|anti-?\w*|"
        r"difficult\w*|hard|tough|rare|absen\w+|empty|free of|"
        r"poor\w*|bad\w*|wors\w+|low|short of|at odds|wary|skeptic\w*|sceptic\w*|zero",
    ),
    future=(r"(?-i:will|WILL)|shall|won['’]t|\w+['’]ll",),
    prospective=(
        r"would|\w+['’]d|wouldn['’]t|could|couldn['’]t|can|may|might|should|must|if|whether|until",
        r"to(?! (?-i:\p{Lu}|\d)| (?:the|a|an|his|her|its|their|our|my|your|this|that|these)\b)",
        r"going to|gonna|about to|due|next|tomorrow|ahead|later|soon|future|upcoming|coming|"
        r"eventual\w*",
        r"(?:plan|expect|hope|predict|promis|vow|pledg|inten[dt]|aim|want|schedul|propos|threat|"
        r"prepar)"
        r"\w*|(?:anticipat|forecast|warn|await|potential|likel|prospect|try|tries|tried|goal)\w*|"
        r"set to|sets to",
        r"when(?:ever)?|once|ready|able|poised|agree\w*|decid\w*|allow\w*|let|suggest\w*|"
        r"believ\w*|inclined",
        r"think\w*|thought|fear\w*|concern\w*|worr\w+",
        r"you see",
    ),
    ongoing=(
        r"(?:is|are|am|been|['’](?:s|re|m)) (?:\w+ )?(?!going to\b|coming\b|leaving\b)\w{2,}ing",
        r"(?:is|are|am|['’](?:s|re|m)) (?:now|already|still|currently)",
    ),
    foreseen=(
        r"would|wouldn['’]t|\w+['’]d(?= (?!\w+ed\b))|going to|about to",
        r"(?:expected|set|tipped|scheduled|planned|plans?|poised|inclined|hopes?|hoped) to",
    ),
    subordinate=(r"that|which|who|whose|how|whether|what|where",),
    past=(
        r"was|were|wasn['’]t|weren['’]t|had|hadn['’]t|did|didn['’]t|"
        r"(?:has|have|['’]ve|hasn['’]t|haven['’]t)(?: \w+)? (?:been|become|begun|broken|chosen|"
        r"come|"
        r"done|drawn|fallen|given|gone|grown|known|led|lost|made|met|paid|proved|put|run|said|seen|"
        r"set|shown|sold|sought|spent|spoken|stolen|struck|taken|thrown|told|\w+ed|won|written)",
        r"(?<!\b(?:is|are|be|being|to|get|keep|keeps)(?: \w+ly)? )(?:(?!(?:need|sacred|indeed|"
        r"hundred|speed|exceed|proceed|succeed|breed|bleed|feed|seed|hatred|naked)(?!\w))\w{2,}ed|arose|ate|beat|"
        r"became|began|bent|bit|blew|bore|bought|broke|brought|built|burst|came|caught|"
        r"chose|clung|cost|crept|cut|dealt|drank|drew|drove|dug|fed|fell|felt|fled|flew|forgot|"
        r"forgave|fought|found|froze|gave|went|grew|heard|held|hid|hit|hung|hurt|kept|knew|laid|"
        r"lay|"
        r"led|left|lent|let|lit|lost|made|meant|met|paid|put|quit|ran|rang|rode|rose|said|sang|"
        r"sank|"
        r"sat|saw|sent|set|shone|shook|shot|shrank|shut|slept|slid|sold|sought|spent|split|spoke|"
        r"spread|stole|stood|struck|stuck|stung|swam|swept|swore|swung|taught|threw|told|took|tore|"
        r"undertook|understood|overtook|upheld|wept|withdrew|woke|won|wore|wound|wrote|overcame|"
        r"thought|withstood|foresaw|mistook)",
    ),
    possible=(r"(?-i:may)|might",),
    ability=(r"can|could|(?<!not )able to",),
    implied_possibility=(
        r"possib\w+|perhaps|can(?:not|['’]t)|couldn['’]t|(?:un)?likel\w+|potential\w*|"
        r"probabl\w+|suggest\w*|allow\w*",
        r"let|capab\w+|afford|want\w*|if|or not|enough|(?:un|in)?abilit\w+|unable|hope\w*",
        r"\w+[ai]ble|permit\w*|manag\w+|help\w*|chance\w*|threat\w*|risk\w*|appear\w*|seem\w*",
    ),
    # What must be so is concluded, what must be done is a duty.
    necessary=(
        r"must(?! (?:have \w+(?:ed|en)|be (?:an?|the|very|so|really|quite|some|like)|feel|seem)\b)",
        r"has to|have to|had to|needs? to|should|ought to|required to|forced to",
    ),
    implied_necessity=(
        r"having to|need\w*|requir\w+|necess\w+|oblig\w+|demand\w*|supposed to|essential|crucial",
        r"vital|important|urg\w+|got to|gotta|will|would|to|fac(?:e|es|ed|ing)|endur\w+|forc\w+",
        r"undergo\w*|suffer\w*|has|have|had|only|until|let['’]s|ordered|never|without|mandatory",
    ),
    small_words=(
        r"a|an|the|of|in|on|at|for|from|by|to|as|than|about|over|under|into|and|or|but|that",
        r"will|won['’]t|shall|\w+['’]ll|would|may|might|can|could|must|should|not|also|this|these",
        r"who|which|it|its|more|most|all|some",
    ),
    ending=2,
    # Names
    name_capitals=True,
    name_joiners=("of", "of the"),
    honorifics=(
        *("mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "lord", "lady", "dame"),
        *("king", "queen", "prince", "princess", "pope", "rev", "reverend", "saint", "st"),
        *("captain", "capt", "general", "gen", "colonel", "col", "major", "maj", "sergeant", "sgt"),
        *("lieutenant", "lt", "detective", "det", "inspector", "officer", "judge", "justice"),
        *("attorney", "president", "vice", "prime", "minister", "foreign", "secretary"),
        *("chancellor", "governor", "gov", "mayor", "senator", "sen", "sens", "senators"),
        *("representative", "rep", "reps", "congressman", "mp", "congresswoman", "ambassador"),
        *("envoy", "chairman", "chairwoman", "director", "chief", "coach", "deputy", "acting"),
        *("former", "spokesman", "spokeswoman", "commander", "admiral", "bishop"),
    ),
    peoples=(
        *("afghan", "arab", "basque", "british", "cuban", "peruvian", "catalan", "celtic", "czech"),
        *("dane", "danish", "dutch", "english", "filipino", "finn", "finnish", "french", "greek"),
        *("irish", "israeli", "kurd", "kurdish", "latin", "latino", "norwegian", "pole", "polish"),
        *("scot", "scots", "scottish", "slovak", "spaniard", "spanish", "swede", "swedish"),
        *("swiss", "thai", "turk", "turkish", "welsh", "briton", "european", "american", "african"),
        *("asian", "western", "eastern", "northern", "southern", "muslim", "islamic", "christian"),
        *("catholic", "protestant", "jew", "jewish", "hindu", "buddhist", "sunni", "shia"),
        *("republican", "democrat", "democratic", "conservative", "liberal", "labour", "tory"),
        *("nazi", "slav", "slavic", "methodist", "puritan", "episcopal", "anglican", "lutheran"),
        *("orthodox", "baptist", "mormon"),
    ),
    generic_names=(
        *("academy", "administration", "affairs", "agency", "air", "airport", "army", "assembly"),
        *("association", "athletics", "authority", "avenue", "award", "bank", "bay", "bible"),
        *("board", "bridge", "bureau", "cabinet", "category", "cathedral", "center", "central"),
        *("centre", "championship", "christmas", "church", "city", "club", "coast", "college"),
        *("commission", "committee", "conference", "congress", "congressional", "constitution"),
        *("council", "county"),
        *("court", "crown", "cup", "defence", "defense", "department", "desert", "district"),
        *("division", "earth", "easter", "east", "economy", "education", "evening", "fame"),
        *("famer", "federal", "federation", "festival", "finance", "first", "fleet", "force"),
        *("forces", "forest", "forum", "foundation", "fund", "garden", "gardens", "god"),
        *("government", "grand", "group", "guard", "gulf", "hall", "health", "high", "highlands"),
        *("highway", "hospital", "hotel", "house", "hurricane", "independent", "institute"),
        *("intelligence", "interior", "international", "internet", "island", "islands", "joint"),
        *("judiciary", "lake", "law", "league", "library", "market", "marine", "media", "memorial"),
        *("middle", "military", "minister", "ministry", "monitor", "morning", "mountain"),
        *("mountains", "museum", "national", "navy", "news", "north", "northeast", "northwest"),
        *("ocean", "office", "open", "opera", "oval", "pacific", "palace", "park", "parliament"),
        *("parade", "party", "peace", "plains", "police", "port", "premier", "prison", "project"),
        *("public", "republic", "research", "reserve", "river", "road", "royal", "school", "sea"),
        *("secret", "security", "select", "senate", "service", "services", "social", "society"),
        *("south", "southeast", "southwest", "special", "square", "stadium", "state", "states"),
        *("storm", "street", "summer", "supreme", "technology", "theatre", "tower", "town"),
        *("trade", "treasury", "treaty", "tribunal", "union", "united", "university", "valley"),
        *("village", "war", "west", "white", "winter", "world", "young"),
    ),
    names={
        "u.s": "united states", "us": "united states", "usa": "united states",
        "america": "united states",
        "u.k": "united kingdom", "uk": "united kingdom", "britain": "united kingdom",
        "england": "united kingdom", "great britain": "united kingdom", "u.n": "united nations",
        "un": "united nations", "eu": "european union", "e.u": "european union", "nato": "nato",
        "holland": "netherlands", "burma": "myanmar (burma)", "czech republic": "czechia",
    },
    # Quotations: our own list.
    reporting=(
        r"sa(?:id|ys?)|t(?:old|ells?)|add(?:s|ed)|wr(?:ote|ites?)|tweet(?:s|ed)|explain(?:s|ed)|"
        r"announc(?:es|ed)|claim(?:s|ed)|insist(?:s|ed)|argu(?:es|ed)|replie[sd]|ask(?:s|ed)|"
        r"declar(?:es|ed)|warn(?:s|ed)|state[sd]|according to|admit(?:s|ted)|continue[sd]",
    ),
    # Web pages and sentences: our own, from the pages that desks copy their articles from.
    furniture=(
        r"no comments?:?|post a comment|(?:\d+ )?comments?(?: \(\d+\))?(?: to this article)?",
        r"comments are closed.{0,30}|leave a (?:comment|reply)",
        r"newsfeed|news ?feed|loader|loading\W*|chats?|menu|search|home|back to top|load more",
        r"(?:please )?(?:log|sign) ?in(?: or (?:register|sign ?up))?|register|sign ?up",
        r"to participate in the discussion|join the (?:discussion|conversation)|subscribe(?: now)?",
        r"(?:sign up|subscribe) (?:for|to) (?:[\w’']+ ){0,4}"
        r"(?:newsletters?|updates|alerts|channel|bulletin|podcast|feed|mailing list)\W*",
        r"click here to (?:subscribe|read|sign up|watch|see|share|follow|download)\b.{0,60}",
        r"share(?: this)?(?: (?:story|article|page|post))?(?: on \w+)?|tweet|e-?mail|print",
        r"facebook|twitter|whatsapp|telegram|linkedin|copy link",
        r"follow us(?: on (?:facebook|twitter|x|instagram|youtube|tiktok|telegram)\b.{0,40})?",
        r"advertisement|advertising|sponsored(?: content)?|promoted",
        r"(?:read|see) (?:more|also|the full (?:report|story|article) here)\W*",
        r"related(?: (?:stories|articles|news|topics|content))?:?",
        r"(?:all rights reserved|© ?.{0,80}|copyright (?:©|\(c\)|\d{4}).{0,80})\W*",
        r"(?:last )?(?:updated|modified)(?: at| on)?:? ?"
        r"(?:[\d:., ]*(?:[ap]m|gmt|utc)?|\d+ \w+ ago)\W*",
        r"published:?(?: ?updated:?)?|published:? [\w ,:/.-]{4,40}\d[\w :.]{0,12}",
        r"(?:\w+, )?\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
        r"[a-z]*\.?,? \d{4}(?:, comments? \d+ comments?)?",
        r"- (?!breaking )\w+ (?:international|news|online)",
        r"the latest news and stories from .{3,40}\. stay tuned .{3,90}",
        r"skip to (?:main )?content|accept (?:all )?cookies",
    ),
    abbreviations=("Mr", "Mrs", "Ms", "Dr", "Prof", "Sen", "Rep", "Gov", "Gen", "Col", "Lt", "Sgt"),
)
