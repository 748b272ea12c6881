"""Facts for the generator of errors: words that exclude each other, as rows of words.

Rows are parted by a bar or a line; in a row of opposites, one half is the opposite of the other.
"""

_SCALES_EN = "hundred thousand million billion trillion"
SCALES: dict[str, tuple[str, ...]] = {
    "en": (
        _SCALES_EN,
        "hundreds thousands millions billions",
        "dozen hundred thousand",
        "percent million",
    ),
    "vi": ("trăm nghìn triệu tỷ", "ngàn triệu tỉ", "chục trăm nghìn"),
    "de": ("Tausend Millionen Milliarden", "Million Milliarde", "tausend hundert"),
    "fr": ("millions milliards", "cent mille", "million milliard", "centaines milliers"),
    "es": ("cien mil", "millones billones", "cientos miles"),
    "pt": ("milhões bilhões", "milhão bilhão", "mil milhões"),
    "it": ("milioni miliardi", "milione miliardo", "mila milioni"),
    "ru": ("тысяч миллионов миллиардов", "тысячи миллионы миллиарды", "миллиона миллиарда"),
    "nl": ("miljoen miljard", "duizend honderd"),
    "id": ("ribu juta miliar", "ratusan ribuan jutaan"),
    "zh": ("百 千 万 亿",),
    "ja": ("百 千 万 億", "百 千 万 億 兆"),
    "ko": ("천 만 억 조",),
    "pl": ("tysięcy milionów miliardów",),
    "ro": ("milioane miliarde", "mii milioane"),
    "cs": ("tisíc milionů miliard",),
}

UNITS = (
    "mile kilometre",
    "miles kilometres",
    "feet metres",
    "pounds kilograms",
    "inches centimetres",
    "dollars euros",
    "hours minutes days",
    "days weeks months years",
    "day week month year",
    "minutes seconds",
    "hour minute",
    "decade century",
    "decades centuries",
    "percent degrees",
    "morning afternoon evening night",
    "yesterday today tomorrow",
    "spring summer autumn winter",
    "north south east west",
    "northern southern eastern western",
    "left right",
    "top bottom",
)

QUANTIFIERS = (
    "all some none most few",
    "every no",
    "many few",
    "both neither",
    "everyone nobody someone",
    "only also",
)
"""The generator that is never trained on: what it finds there, the verifier has understood."""

_EN = """
rise fall|rises falls|rose fell|rising falling|risen fallen|increase decrease
increased decreased|increases decreases|increasing decreasing|grow shrink|grew shrank
growing shrinking|growth decline|gain loss|gains losses|gained lost|win lose|won lost|wins loses
winning losing|winner loser|victory defeat|victories defeats|success failure|succeeded failed
successful unsuccessful|support oppose|supports opposes|supported opposed|supporting opposing
supporters opponents|accept reject|accepted rejected|accepts rejects|agree disagree
agreed disagreed|agreement dispute|allow forbid|allowed banned|allowing preventing
approve reject|approved rejected|admit deny|admitted denied|confirm deny|confirmed denied
buy sell|bought sold|buying selling|buyers sellers|borrow lend|import export|imports exports
arrive leave|arrived left|arrival departure|enter leave|entered left|begin end|began ended
beginning end|start finish|started finished|open close|opened closed|opening closing
opens closes|push pull|pushed pulled|attack defend|attacked defended|attack defence
attacking defending|love hate|loved hated|like dislike|trust distrust|remember forget
remembered forgot|teach learn|teacher pupil|doctor patient|give take|gave took|given taken
send receive|sent received|raise lower|raised lowered|strengthen weaken|strengthened weakened
improve worsen|improved worsened|improvement deterioration|expand reduce|expanded reduced
build destroy|built destroyed|create destroy|created destroyed|protect endanger
protected threatened|include exclude|included excluded|including excluding|appear vanish
appeared disappeared|remain leave|remained left|join leave|joined left|live die|lived died
alive dead|life death|birth death|born killed|survive die|survived died|hire dismiss|hired fired
employed unemployed|employment unemployment|employer employee|hot cold|warm cool|wet dry
heavy light|hard easy|difficult easy|simple complicated|big small|bigger smaller
biggest smallest|large small|larger smaller|largest smallest|huge tiny|long short|longer shorter
longest shortest|tall short|high low|higher lower|highest lowest|deep shallow|wide narrow
broad narrow|thick thin|fast slow|faster slower|quick slow|quickly slowly|rapidly gradually
early late|earlier later|earliest latest|old young|older younger|oldest youngest|old new
ancient modern|former current|previous next|past future|first last|before after|rich poor
richer poorer|wealthy poor|expensive cheap|strong weak|stronger weaker|strongest weakest
safe dangerous|safety danger|safely dangerously|good bad|better worse|best worst|great terrible
happy sad|glad sorry|proud ashamed|brave cowardly|calm angry|kind cruel|friendly hostile
friend enemy|friends enemies|peace war|peaceful violent|legal illegal|legally illegally
lawful unlawful|guilty innocent|right wrong|true false|correct incorrect|fair unfair
possible impossible|likely unlikely|certain uncertain|clear unclear|public private
publicly privately|national international|domestic foreign|local global|urban rural|city village
native foreign|male female|man woman|men women|boy girl|boys girls|father mother|fathers mothers
son daughter|sons daughters|brother sister|brothers sisters|husband wife|uncle aunt|king queen
actor actress|he she|his her|him her|more less|more fewer|most least|many few|much little
above below|over under|inside outside|within outside|indoor outdoor|up down|upper lower
front back|forward backward|near far|nearby distant|north south|northern southern|east west
eastern western|left right|day night|morning evening|summer winter|sunrise sunset
positive negative|positively negatively|optimistic pessimistic|advantage disadvantage
benefit harm|benefits risks|profit loss|profits losses|income expenses|asset liability
credit debt|surplus deficit|majority minority|maximum minimum|full empty|complete incomplete
whole partial|active passive|visible hidden|known unknown|famous obscure|popular unpopular
common rare|usual unusual|usually rarely|often rarely|frequently seldom|normal abnormal
natural artificial|real fake|same different|similar different|healthy sick|clean dirty
fresh stale|soft hard|loud quiet|noisy silent|bright dark|light dark|white black|beautiful ugly
liberal conservative|left-wing right-wing|democratic authoritarian|Democrats Republicans
Democratic Republican|Democrat Republican|government opposition|freedom oppression
free imprisoned|released arrested|release detain|arrested freed|permitted prohibited
voluntary compulsory|optional mandatory|temporary permanent|present absent|attack retreat
advance retreat|offensive defensive|hope despair|praise criticism|praised criticised
praised criticized|welcomed condemned|encourage discourage|encouraged discouraged|help hinder
helped hindered|rescued abandoned|save kill|saved killed|cause prevent|caused prevented
causing preventing|promise threaten|promised threatened|continue stop|continued stopped
keep discard|hold release|upstairs downstairs|uphill downhill|upward downward|ally rival
allies rivals|experienced inexperienced|careful careless|responsible irresponsible
relevant irrelevant|effective ineffective|stable unstable|regular irregular|direct indirect
directly indirectly|official unofficial|formal informal|major minor|senior junior|tight loose
sharp blunt|smooth rough|solid liquid|host guest|question answer|asked answered|cause effect
predecessor successor|ancestor descendant|parent child|parents children|landlord tenant
prosecutor defendant|lender borrower
"""

_VI = """
tăng giảm|tăng lên giảm xuống|thắng thua|chiến thắng thất bại|bắt đầu kết thúc|mở đóng|mua bán
trẻ già|dài ngắn|rộng hẹp|nóng lạnh|giàu nghèo|sáng tối|đầu cuối|trên dưới|trong ngoài|trái phải
nam nữ|nam giới nữ giới|anh trai chị gái|ông bà|cha mẹ|bạn bè kẻ thù|hòa bình chiến tranh
tích cực tiêu cực|chấp nhận bác bỏ|thừa nhận phủ nhận|khen ngợi chỉ trích|hoan nghênh lên án
cho phép cấm|sống chết|sinh ra qua đời|đến rời|gia nhập rời khỏi|tốt tệ|tốt hơn tệ hơn|lớn nhỏ
cao thấp|nhiều ít|nhanh chậm|mạnh yếu|sớm muộn|trước sau|mới cũ|dễ khó|an toàn nguy hiểm
đúng sai|ủng hộ phản đối|công khai bí mật|đa số thiểu số|lợi nhuận thua lỗ|xuất khẩu nhập khẩu
thành thị nông thôn|trong nước quốc tế|phía đông phía tây
"""

_DE = """
größer kleiner|groß klein|große kleine|hoch niedrig|mehr weniger|alt jung|alte neue|alten neuen
ersten letzten|erste letzte|vor nach|Gewinn Verlust|Sieg Niederlage|gewonnen verloren
gewann verlor|Mann Frau|Männer Frauen|Vater Mutter|Sohn Tochter|Bruder Schwester|stark schwach
besser schlechter|guten schlechten|gut schlecht|öffentlich privat|früher später|Norden Süden
Osten Westen|positiv negativ|gestiegen gesunken|steigen sinken|öffnen schließen|Anfang Ende
Leben Tod|Freund Feind|Krieg Frieden|reich arm|links rechts|innen außen|über unter
schnell langsam|sicher gefährlich|möglich unmöglich|Tag Nacht|oft selten
"""

_FR = """
plus moins|grand petit|grande petite|premier dernier|première dernière|avant après|homme femme
hommes femmes|père mère|fils fille|frère sœur|victoire défaite|gagné perdu|hausse baisse
augmenté diminué|nouveau ancien|nouvelle ancienne|fort faible|meilleur pire|public privé
nord sud|est ouest|positif négatif|début fin|vie mort|guerre paix|riche pauvre|haut bas|sous sur
"""

_ES = """
más menos|grande pequeño|primer último|primera última|antes después|hombre mujer|hombres mujeres
padre madre|hijo hija|hermano hermana|victoria derrota|ganado perdido|ganó perdió
aumento descenso|aumentar reducir|nuevo viejo|nueva vieja|mejor peor|público privado|norte sur
este oeste|positivo negativo|inicio final|vida muerte|guerra paz|alto bajo|mayor menor
"""

_ZH = """
增加 减少|上升 下降|胜利 失败|支持 反对|男子 女子|父亲 母亲|儿子 女儿|最高 最低|最大 最小
最好 最差|安全 危险|开始 结束|之前 之后|更多 更少|积极 消极|公开 秘密
接受 拒绝
"""

_JA = """
増加 減少|上昇 下落|勝利 敗北|支持 反対|男性 女性|父 母|息子 娘|最高 最低|最大 最小|安全 危険
開始 終了|以前 以後|前 後|多い 少ない|北 南|成功 失敗|承認 拒否
高い 低い
"""

_RU = """
больше меньше|рост падение|победа поражение|победу поражение|мужчин женщин|мужчина женщина
отец мать|лучше хуже|новый старый|первый последний|до после|война мир|север юг|высокий низкий
"""

ANTONYMS = {"en": _EN, "vi": _VI, "de": _DE, "fr": _FR, "es": _ES, "zh": _ZH, "ja": _JA, "ru": _RU}
"""Opposites of each language."""
