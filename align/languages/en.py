"""English."""

from align.languages.language import Language

# Tables of words read better as paragraphs than as columns of one word.
# fmt: off
LANGUAGE = Language(
    tag="en",
    name="English",
    # Numbers: our own list, after the grammar of the language.
    decimal=".",
    group=",",
    number_words={
        "zero": 0, "nil": 0, "a": 1, "an": 1, "one": 1, "single": 1, "once": 1, "two": 2,
        "both": 2, "twice": 2, "double": 2, "doubles": 2, "couple": 2, "pair": 2, "twin": 2,
        "duo": 2, "three": 3, "triple": 3, "trio": 3, "hat-trick": 3, "four": 4, "five": 5,
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
        "and a half": 0.5, "half": 0.5, "halves": 0.5, "halfway": 0.5, "quarter": 0.25,
        "quarters": 0.25,
    },
    number_joiners=("and", "of", "a"),
    unclear_numbers=(
        "a", "an", "one", "single", "once", "nil", "zero", "both", "twice", "double", "doubles",
        "couple", "pair", "twin", "duo", "triple", "trio", "hat-trick", "noon", "midnight",
        "fortnight", "teen", "teens", "tens", "decade", "decades", "dozen", "dozens", "score",
        "century", "centuries", "k", "m", "b", "twenties", "thirties", "forties", "fifties",
    ),
    approximations=(
        "about", "around", "approximately", "roughly", "nearly", "almost", "some", "over",
        r"(?:more|less|fewer) than", "up to", "close to", "under", "at least", "just",
    ),
    unit_factors={
        "square miles?": 2.59, "miles?|mph": 1.609, "feet|foot|ft": 0.3048, "yards?": 0.9144,
        "inch(?:es)?": 2.54, "pounds?|lbs?": 0.4536, "ounces?|oz": 28.35, "acres?": 0.4047,
        "(?:us )?gallons?": 3.785, "stone": 6.35, "degrees?": 0.5556,
    },
    hour_words=(r"a\.?m", r"p\.?m", r"o['’]clock", "noon", "midnight"),
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
    # Predicates: our own lists. The patterns with "not" leave out "not only", which denies nothing.
    negation=(
        r"(?<!\bor )not(?! (?:only|just|least|to mention|until|necessarily|merely|simply))",
        r"cannot|\w+n['’]t|never(?! more so)|neither|nor|no one|nobody|nothing|none|nowhere",
        r"no(?! doubt|\W*\d)",
    ),
    implied_negation=(
        r"not (?:only|just|least|to mention|until|necessarily|merely|simply)|or not|no doubt|"
        r"whether|if",
        r"without|hardly|barely|scarcely|rarely|seldom|little|few|fewer|less|lacks?|lacking|lacked",
        r"yet to|far from|instead of|rather than|other than|unless|except|out of|away",
        r"(?:fail|refus|declin|den[iy]|reject|avoid|prevent|stop|miss|oppos|doubt|ban|block|"
        r"prohibit)"
        r"\w*|(?:lack|lose|losing|lost|cease|ceasing|halt|end|resist|exclud|abandon|withdr|"
        r"forb)\w*",
        r"un(?!der|til|ion|it|ivers|iqu|cles?\b)\w{3,}|under(?!st|go|w)\w{5,}|ignor\w+|landlocked|"
        r"dis\w{4,}|non-?\w{3,}|\w{3,}less(?:ly|ness)?|mis\w{4,}",
        r"in(?!asmuch|augur|cent|cid|clin|clud|com[ei]|corpor|creas|cumb|deed|dex|dia|dic|dig|div|"
        r"dones|"
        r"dust|f|gred|habit|herit|it|jur|land|ning|nov|put|quir|sid|sight|sist|spec|spir|sta|ste|"
        r"sti|str|"
        r"sulin|sult|sur|te|tim|to|trig|tro|v[aei]n|vest|vit|voic|volv|ward)\w{4,}",
        r"il(?:leg|lic|log)\w+|ir(?:rat|reg|rel|rep|res|rev)\w+|"
        r"im(?:ba|mat|mob|mor|mun|pat|pen|perf|perm|plau|pol|poss|pot|prac|prec|prob|prop|prud|"
        r"pur)\w+",
        r"wrong\w*|false\w*|against|anti-?\w*|difficult\w*|hard|tough|rare|absen\w+|empty|free of|"
        r"poor\w*|bad\w*|wors\w+|low|short of|at odds|wary|skeptic\w*|sceptic\w*|zero",
    ),
    future=(r"(?-i:will|WILL)|shall|won['’]t|\w+['’]ll",),
    prospective=(
        r"to|would|\w+['’]d|wouldn['’]t|could|couldn['’]t|can|may|might|should|must|if|whether|"
        r"until",
        r"going to|gonna|about to|due|next|tomorrow|ahead|later|soon|future|upcoming|coming|"
        r"eventual\w*",
        r"(?:plan|expect|hope|predict|promis|vow|pledg|inten[dt]|aim|want|schedul|propos|threat|"
        r"prepar)"
        r"\w*|(?:anticipat|forecast|warn|await|potential|likel|prospect|try|tries|tried|goal)\w*|"
        r"set to|sets to",
        r"when(?:ever)?|once|be|ready|able|poised|agree\w*|decid\w*|allow\w*|let|suggest\w*|"
        r"believ\w*|"
        r"think\w*|thought|fear\w*|concern\w*|worr\w+",
    ),
    subordinate=(r"that|which|who|whom|whose|what|where|when|how|if|whether|until|once|as|why",),
    past=(
        r"(?:was|were|wasn['’]t|weren['’]t)(?! \w+ing\b)|had|hadn['’]t|did|didn['’]t|has been|"
        r"have been",
        r"(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bbeing )(?<!\bbeen )(?<!\bto )(?<!ly )\w{2,}ed",
        r"became|began|bent|bought|broke|brought|built|came|caught|chose|dealt|drank|drew|drove|"
        r"fell|"
        r"felt|fled|flew|forgot|fought|found|gave|went|grew|heard|held|hid|kept|knew|laid|led|"
        r"left|lost|"
        r"made|meant|met|paid|ran|rose|said|sang|sank|saw|sent|shook|shot|shut down|slept|sold|"
        r"sought|"
        r"spent|spoke|stole|stood|struck|stuck|swam|swore|swept|taught|threw|told|took|understood|"
        r"undertook|withdrew|woke|won|wore|wrote|overcame|thought",
    ),
    possible=(r"(?-i:may)|might|possib\w+|perhaps",),
    ability=(r"can|could|able to",),
    necessary=(r"must|has to|have to|had to|needs? to|should|ought to|required to|forced to",),
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
        *("commission", "committee", "conference", "congress", "constitution", "council", "county"),
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
