"""Indonesian."""

from align.languages.language import Language

# Tables of words read better as paragraphs than as columns of one word.
# fmt: off
LANGUAGE = Language(
    tag="id",
    name="Indonesian",
    # Writing
    script="Latin",
    common_words=(
        "yang", "dan", "di", "dari", "untuk", "dengan", "pada", "ini", "itu", "dalam", "tidak",
        "akan", "adalah", "ke", "oleh", "telah", "sebagai", "juga", "mereka", "bahwa", "dia",
        "ada", "karena", "atau", "lebih",
    ),
    # Numbers: our own list, after the grammar of the language.
    decimal=",",
    group=". ",
    number_words={
        "nol": 0, "satu|sebuah|seorang|seekor|sekali|tunggal": 1,
        "dua|kedua|keduanya|sepasang|pasangan|ganda|kembar|dwi": 2, "tiga|ketiga|ketiganya|trio": 3,
        "empat|keempat": 4, "lima|kelima": 5, "enam|keenam": 6, "tujuh|ketujuh": 7,
        "delapan|kedelapan": 8, "sembilan|kesembilan": 9, "sepuluh|kesepuluh": 10,
        "sebelas|kesebelas": 11, "dua belas": 12, "tiga belas": 13, "empat belas": 14,
        "lima belas": 15, "enam belas": 16, "tujuh belas": 17, "delapan belas": 18,
        "sembilan belas": 19, "seratus": 100, "seribu": 1000, "sejuta": 10**6,
        "semiliar": 10**9,
    },
    scale_words={
        "puluh|puluhan|dekade|dasawarsa": 10, "lusin|selusin|lusinan": 12,
        "ratus|ratusan|abad": 100, "ribu|ribuan|rb": 1000, "juta|jutaan|jutawan|jt": 10**6,
        "miliar|miliaran|milyar|milyaran|miliarder": 10**9, "triliun|triliunan|trilyun": 10**12,
    },
    ordinal_words={"pertama": 1, "pertiga": 3, "perempat": 4, "perlima": 5, "persepuluh": 10},
    fraction_words={"setengah|separuh|separo|paruh": 0.5, "seperempat|kuartal|triwulan": 0.25},
    number_prefix="ke-?",
    unclear_numbers=(
        "satu", "sebuah", "seorang", "seekor", "sekali", "tunggal", "nol", "kedua", "keduanya",
        "sepasang", "pasangan", "ganda", "kembar", "dwi", "trio", "dekade", "dasawarsa",
        "lusin", "selusin", "lusinan", "abad",
    ),
    century_words=("abad",),
    approximations=(
        "sekitar", "kira-kira", "hampir", "lebih dari", "kurang dari", "hingga", "sampai",
        "setidaknya", "sedikitnya", "kurang lebih", "mendekati", "nyaris",
    ),
    hour_words=("pagi", "siang", "sore", "malam", "wib", "wita", "wit"),
    hour_cues=("pukul", "jam"),
    half_days=("pagi", "sore|malam"),
    # Units: CLDR's, with other forms of the same words; money: our own list.
    units={
        "kilometre": "kilometer", "metre": "meter", "centimetre": "sentimeter",
        "millimetre": "milimeter", "mile": "mil", "foot": "kaki", "inch": "inci|inchi",
        "yard": "yard", "square kilometre": "kilometer persegi", "square metre": "meter persegi",
        "square mile": "mil persegi", "square foot": "kaki persegi", "hectare": "hektare",
        "acre": "ekar", "kilogram": "kilogram|kilo", "gram": "gram", "pound": "pound",
        "ounce": "ounce", "litre": "liter", "gallon": "galon",
        "celsius": "derajat celsius|derajat celcius", "fahrenheit": "derajat fahrenheit",
        "degree": "derajat", "tonne": "ton", "barrel": "barel", "dollar": "dolar|dolar as|dollar",
        "euro": "euro", "pound sterling": "pound|poundsterling|pon", "yen": "yen", "yuan": "yuan",
        "rupee": "rupee", "rouble": "rubel", "won": "won", "dong": "dong", "rupiah": "rupiah",
        "minute": "menit", "hour": "jam", "day": "hari", "week": "minggu|pekan", "month": "bulan",
        "year": "tahun",
    },
    # Dates: names after CLDR, with older spellings.
    months=(
        ("Januari", "Jan"), ("Februari", "Pebruari", "Feb"), ("Maret", "Mar"), ("April", "Apr"),
        ("Mei",), ("Juni", "Jun"), ("Juli", "Jul"), ("Agustus", "Agt", "Ags"),
        ("September", "Sep", "Sept"), ("Oktober", "Okt"), ("November", "Nopember", "Nov"),
        ("Desember", "Des"),
    ),
    weekdays=(
        ("Senin",), ("Selasa",), ("Rabu",), ("Kamis",), ("Jumat", "Jum[’']at"), ("Sabtu",),
        ("Minggu", "Ahad"),
    ),
    unclear_dates=(
        "jan", "feb", "mar", "apr", "jun", "jul", "agt", "ags", "sep", "sept", "okt", "nov", "des",
        "minggu",
    ),
    date_cues=("bulan", "pada", "hari", "tanggal", "sejak", "di"),
    date_joiners=("tahun", "bulan"),
    relative_dates=(
        "kemarin", "hari ini", "besok", "lusa", "tadi", "akhir pekan", "malam ini",
        "(?:minggu|pekan|bulan|tahun|musim) (?:lalu|ini|depan|berikutnya|sebelumnya|kemarin)",
        "\\w+ (?:hari|minggu|bulan|tahun) (?:yang )?lalu",
    ),
    # Predicates: our own lists, after the grammar of the language.
    negation=(
        r"tidak(?! (?:hanya|kurang dari|lebih dari))|tak(?! (?:hanya|lama))|"
        r"bukan(?! (?:hanya|saja))|belum|jangan|tanpa|tiada|tidaklah|bukanlah|takkan",
    ),
    implied_negation=(
        r"tidak|tak|bukan\w*|belum|jangan|tanpa|tiada|jarang|sedikit|kurang|sulit|susah|menolak|"
        r"ditolak|penolakan|menentang|melawan|membantah|mencegah|melarang|dilarang|larangan|"
        r"gagal\w*|kegagalan|alih-alih|daripada|kecuali|selain|mustahil|ragu\w*|keraguan|"
        r"anti\w*|kehilangan|hilang|kalah|salah|palsu|menghindari|berhenti|jauh|non\w*|"
        r"melainkan|buruk",
    ),
    future=(r"akan|bakal|hendak|takkan",),
    ongoing=(r"sedang|tengah",),
    foreseen=(r"berencana|diharapkan|diperkirakan|dijadwalkan",),
    past=(r"telah|sudah|pernah|tadi|kemarin|lalu",),
    possible=(r"mungkin|barangkali|kemungkinan|bisa jadi|boleh jadi",),
    ability=(r"dapat|bisa|mampu|boleh|sanggup",),
    necessary=(
        r"harus(?:lah|nya)?|wajib|mesti|perlu|seharusnya|sebaiknya|terpaksa|diharuskan|"
        r"diwajibkan",
    ),
    small_words=(
        r"yang|di|ke|dari|untuk|dengan|pada|dan|atau|ini|itu|adalah|oleh|dalam|sebagai|para|"
        r"akan|telah|sudah|tidak|bisa|dapat|harus|juga|lebih",
    ),
    # Names: our own list of titles.
    name_capitals=True,
    honorifics=(
        "bapak", "pak", "ibu", "bu", "tuan", "nyonya", "dr", "prof", "presiden", "perdana",
        "menteri", "jenderal", "kolonel", "hakim", "senator", "gubernur", "walikota", "raja",
        "ratu", "paus", "pelatih", "direktur", "juru", "bicara",
    ),
    # Quotations: our own list.
    reporting=(
        r"mengatakan|kata(?:nya)?|ujar(?:nya)?|menurut|menambahkan|menulis|menyatakan|"
        r"mengumumkan|menjelaskan|mengklaim|menegaskan|bertanya|menjawab|memperingatkan|mengaku|"
        r"tutur(?:nya)?|ungkap(?:nya)?|berkata",
    ),
    # Web pages and sentences: our own, what the pages of the press show around an article.
    furniture=(
        r"(?:\d+ )?komentar(?: \(\d+\))?:?|(?:tulis|tinggalkan) komentar|iklan",
        r"bagikan|(?:baca juga|berita terkait|selengkapnya):?",
        r"masuk|daftar|berlangganan|cetak|beranda",
    ),
    abbreviations=("Dr", "Prof", "Jl", "Tn", "Ny", "Drs", "Ir", "Hj"),
)
