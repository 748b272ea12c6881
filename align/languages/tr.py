"""Turkish."""

from align.languages.language import Language

# Tables of words read better as paragraphs than as columns of one word.
# fmt: off
LANGUAGE = Language(
    tag="tr",
    name="Turkish",
    # Writing
    script="Latin",
    common_words=(
        "ve", "bir", "bu", "da", "de", "için", "ile", "olarak", "olan", "daha", "çok", "gibi",
        "sonra", "kadar", "en", "var", "ama", "ne", "o", "her", "ancak", "ise", "olduğunu",
        "tarafından", "göre",
    ),
    # Numbers: our own list, after the grammar of the language; endings are written on.
    decimal=",",
    group=". ",
    not_numbers=("yüzde",),  # "per cent" is no hundred
    number_words={
        "sıfır": 0, "bir|tek": 1, "iki|her iki|çift|ikili|ikiz": 2, "üç|üçlü": 3,
        "dört|dörd": 4, "beş": 5, "altı": 6, "yedi": 7, "sekiz": 8, "dokuz": 9, "on": 10,
        "yirmi": 20, "otuz": 30, "kırk": 40, "elli": 50, "altmış": 60, "yetmiş": 70,
        "seksen": 80, "doksan": 90,
    },
    scale_words={
        "düzine|düzinelerce": 12, "yüz|yüzyıl|yüzlerce|asır": 100, "bin|binlerce": 1000,
        "milyon|milyonlarca|milyoner|mn": 10**6, "milyar|milyarlarca|milyarder|mr|mlr": 10**9,
        "trilyon|trilyonlarca|trn": 10**12,
    },
    ordinal_words={"ilk|birinci|birincisi": 1, "ikinci": 2, "üçüncü": 3, "dördüncü": 4},
    fraction_words={"yarım|yarısı|yarısını|yarısına|yarı|buçuk": 0.5, "çeyrek|çeyreği": 0.25},
    number_suffix=(
        r"(?:['’]?(?:[ıiuü]?nc[ıiuü]\w*|l[ıiuü]k\w*|l[ae]r\w*|ş[ae]r|[ae]r|s[ıiuü]\w{0,3}|"
        r"y?[ıiuü]n?|n[ıiuü]n?|[ıiuü]n[ıiuü]?|d[ae]n?|t[ae]n?|y?[ae]|kez|kişi\w*))"
    ),
    unclear_numbers=(
        "sıfır", "bir", "tek", "her iki", "çift", "ikili", "ikiz", "üçlü", "altı", "on",
        "yedi", "bin", "kırk", "yüzyıl", "asır", "düzine",
    ),
    century_words=(r"yüzyıl\w*",),
    approximations=(
        "yaklaşık", "yaklaşık olarak", "neredeyse", "hemen hemen", "aşağı yukarı", "en az",
        "en fazla", "takriben", "tahminen", "kabaca",
    ),
    hour_words=("['’]?[dt][ae]", "sularında", "civarında"),
    hour_cues=("saat", "saatler", "sabah", "akşam", "öğleden sonra", "gece"),
    half_days=("sabah", "akşam|öğleden sonra"),
    # Units: CLDR's, with other forms of the same words; money: our own list.
    units={
        "kilometre": "kilometre|km/s|kilometrelik", "metre": "metre|metrelik",
        "centimetre": "santimetre|santim", "millimetre": "milimetre", "mile": "mil|millik",
        "foot": "fit|ayak", "inch": "inç|inçlik", "yard": "yarda",
        "square kilometre": "kilometrekare", "square metre": "metrekare",
        "square mile": "mil kare", "square foot": "fit kare", "hectare": "hektar", "acre": "akre",
        "kilogram": "kilogram", "gram": "gram", "pound": "libre|pound", "ounce": "ons",
        "litre": "litre", "gallon": "galon",
        "celsius": "santigrat derece|derece santigrat|santigrat",
        "fahrenheit": "fahrenhayt derece", "degree": "derece", "tonne": "ton", "barrel": "varil",
        "dollar": "dolar|doları|dolara|dolarlık|dolarla", "euro": "euro|avro|euroluk",
        "pound sterling": "sterlin|pound|sterline", "yen": "yen", "yuan": "yuan", "rupee": "rupi",
        "rouble": "ruble", "won": "won", "dong": "dong", "lira": "lira|lirası|tl",
        "minute": "dakika|dakikada|dakikalık", "hour": "saat|saatte|saatlik",
        "day": "gün|günde|günlük|günden", "week": "hafta|haftada|haftalık|haftadan",
        "month": "ay|ayda|aylık|aydan", "year": "yıl|yılda|yıllık|yıldan",
    },
    # Dates: names after CLDR; endings follow an apostrophe or are written on.
    months=(
        (r"ocak(?:['’]?\w{1,4})?", "ocağ[ıi]n?", r"ocak ay\w*"), (r"şubat(?:['’]?\w{1,5})?",),
        (r"mart(?:['’]\w{1,4}|[ıt][an]?n?)?", r"mart ay\w*"), (r"nisan(?:['’]?\w{1,5})?",),
        (r"mayıs(?:['’]?\w{1,5})?",), (r"haziran(?:['’]?\w{1,5})?",),
        (r"temmuz(?:['’]?\w{1,5})?",), (r"ağustos(?:['’]?\w{1,5})?",),
        (r"eylül(?:['’]?\w{1,5})?",), (r"ekim(?:['’]?\w{1,4})?", r"ekim ay\w*"),
        (r"kasım(?:['’]?\w{1,5})?",), (r"aralık(?:['’]?\w{1,4})?", "aralığ[ıi]n?", r"aralık ay\w*"),
    ),
    weekdays=(
        (r"pazartesi(?:['’]?\w{0,6})?",), (r"salı(?:['’]\w{1,4}|y[ıa]|ları|nın)?", r"salı gün\w*"),
        (r"çarşamba(?:['’]?\w{0,4})?",), (r"perşembe(?:['’]?\w{0,4})?",),
        (r"cuma(?:['’]\w{1,4}|y[ıa]|ları|dan|nın)?",), (r"cumartesi(?:['’]?\w{0,6})?",),
        (r"pazar(?:['’]\w{1,4}|ları)?", r"pazar (?:gün|gece|sabah|akşam)\w*"),
    ),
    unclear_dates=(
        "ocak", "ocakta", "mart", "ekim", "ekimi", "ekime", "aralık", "aralıkta", "aralığı",
        "aralığın", "pazar", "pazarları", "salı", "salıyı", "salıya",
    ),
    date_cues=(r"\d{1,2}", "geçen", "gelecek", "bu", "önümüzdeki"),
    relative_dates=(
        "dün", "bugün", "yarın", "hafta sonu\\w*", "bu (?:hafta|ay|yıl|gece|sabah|akşam|sezon)",
        "(?:geçen|gelecek|önümüzdeki|önceki|geçtiğimiz) (?:hafta|ay|yıl|sezon|gün)",
        "\\w+ (?:gün|hafta|ay|yıl) (?:önce|sonra)",
    ),
    # Predicates: our own lists, after the grammar of the language.
    negation=(
        r"değil\w*|yok\w{0,4}|hiç\w{0,4}|asla|\w{2,}(?:m[ae]d[ıi]\w*|m[ıiuü]yor\w*|m[ae]z(?:lar|"
        r"ler|d[ıi]|sa|se)?|m[ae]yacak\w*|m[ae]yece[kğ]\w*|m[ae]m[ıi]ş\w*|m[ae]mal[ıi]\w*)|"
        r"ne \w+ ne",
    ),
    implied_negation=(
        r"\w+s[ıiuü]z\w*|\w{2,}m[ae]\w*|zor\w*|nadir\w*|karşı\w*|redd\w*|inkar\w*|engel\w*|"
        r"önle\w*|yasak\w*|eksik\w*|başarısız\w*|yerine|dışında|hariç|imkânsız|imkansız|"
        r"şüphe\w*|anti\w*|kayb\w*|yanlış\w*|kaçın\w*|uzak\w*|hiçbir\w*|henüz|mahrum|kötü\w*|"
        r"yoksun",
    ),
    future=(
        r"\w{2,}(?:acak|ecek)(?:t[ıi]r|lar|ler|lard[ıi]r|lerdir)?(?! (?:hiç|bir|kadar|olan)\b)",
    ),
    foreseen=(r"\w+(?:[ae]cakt[ıi]|[ae]cekti)|planl\w+|bekleni\w+",),
    past=(
        r"\w{2,}(?:[dt][ıiuü](?:m|n|k|lar|ler)?|m[ıiuü]ş(?:t[ıiuü])?(?:lar|"
        r"ler)?)(?<!\b(?:yardım|adım|takım|katım|anadım|şimdi|kendi|yedi|adı|altı|hadi|geçmiş|"
        r"kadı|haddi|ciddi))|idi\w*|eski",
    ),
    possible=(r"\w{2,}(?:[ae]bilir\w*)|belki|muhtemel\w*|olası\w*|mümkün\w*",),
    ability=(r"\w{2,}(?:[ae]bil\w+)",),
    necessary=(r"\w{2,}(?:m[ae]l[ıi]\w*)|gerek\w*|zorunda\w*|lazım|şart\w*|mecbur\w*",),
    small_words=(r"ve|ile|bir|bu|şu|o|da|de|için|gibi|daha|en|ama|ki|olarak|olan|kadar|sonra",),
    predicate_reach=(2, 1),
    ending=4,
    # Names: our own list of titles.
    name_capitals=True,
    honorifics=(
        "bay", "bayan", "bey", "hanım", "dr", "prof", "başkan", "cumhurbaşkanı", "başbakan",
        "bakan", "general", "albay", "yargıç", "senatör", "vali", "kral", "kraliçe", "papa",
        "antrenör", "direktör", "sözcü", "sayın",
    ),
    # Quotations: our own list.
    reporting=(
        r"söyle\w+|dedi\w*|diyor\w*|belirt\w+|açıkla\w+|göre|ekledi\w*|ifade etti\w*|"
        r"kaydetti\w*|yazd[ıi]\w*|iddia et\w+|vurgula\w+|sordu\w*|yanıtla\w+|uyar\w+|"
        r"itiraf et\w+|anlatt[ıi]\w*",
    ),
    # Web pages and sentences: our own, what the pages of the press show around an article.
    furniture=(
        r"(?:\d+ )?yorum(?:lar)?(?: \(\d+\))?:?|yorum (?:yap|yaz)|reklam",
        r"paylaş|(?:ayrıca okuyun|ilgili haberler|daha fazla):?",
        r"giriş yap|üye ol|abone ol|yazdır|ana sayfa",
    ),
    abbreviations=("Dr", "Prof", "Doç", "Av", "Sn", "Yrd", "Öğr", "Alb", "Org"),
)
