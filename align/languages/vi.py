"""Vietnamese."""

from align.languages.language import Language

# Tables of words read better as paragraphs than as columns of one word.
# fmt: off
LANGUAGE = Language(
    tag="vi",
    diacritics=0.27,  # of the letters of NTREX
    name="Vietnamese",
    # Writing
    script="Latin",
    common_words=(
        "của", "và", "là", "các", "được", "cho", "trong", "không", "với", "một", "những", "người",
        "đã", "có", "này", "khi", "để", "đó", "từ", "trên", "tại", "cũng", "về", "ông", "bà",
        "bị", "sẽ",
    ),
    # Numbers: our own list, after the grammar of the language.
    decimal=",",
    group=". ",
    number_words={
        "không": 0, "một": 1, "hai": 2, "đôi": 2, "cặp": 2, "ba": 3, "bốn": 4, "năm": 5,
        "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10, "tá": 12, "dăm": 5,
    },
    scale_words={
        "mươi": 10, "chục": 10, "thập kỷ": 10, "thập kỉ": 10, "thập niên": 10, "trăm": 100,
        "thế kỷ": 100, "thế kỉ": 100, "nghìn": 1000, "ngàn": 1000, "k": 1000, "vạn": 10**4,
        "triệu": 10**6, "tr": 10**6, "tỷ": 10**9, "tỉ": 10**9,
    },
    ordinal_words={
        "đầu tiên": 1, "thứ nhất": 1, "thứ nhì": 2, "thứ hai": 2, "thứ ba": 3, "thứ tư": 4,
        "thứ năm": 5, "thứ sáu": 6, "thứ bảy": 7, "thứ tám": 8, "thứ chín": 9, "thứ mười": 10,
    },
    unit_words={"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5},
    fraction_words={"nửa": 0.5, "rưỡi": 0.5, "rưởi": 0.5},
    number_joiners=("lẻ", "linh"),
    unclear_numbers=(
        "không", "một", "hai", "đôi", "cặp", "ba", "năm", "tá", "dăm", "chục", "thập kỷ",
        "thập kỉ", "thập niên", "thế kỷ", "thế kỉ", "k", "vạn", "chín",
    ),
    not_numbers=(
        "t[ỷỉ] (?:lệ|số|giá|trọng|suất|mỉ)", "triệu (?:tập|hồi|chứng|gọi)",
        "năm (?:nay|ngoái|tới|sau|trước|qua|mới|học|đó|ấy|nào|này|kia|vừa|châu|cùng|tháng)",
        "(?:mỗi|hàng|hằng|nhiều|từng|cuối|đầu|giữa) năm",
        "ba (?:mẹ|má|lô|của|tôi)", "một (?:số|khi|cách|chút|vài|mình)",
    ),
    century_words=("thế k[ỷỉ]",),
    approximations=(
        "khoảng", "gần", "hơn", "trên", "chừng", "xấp xỉ", "ước chừng", "ngót", "tới", "đến",
        "dưới", "hàng", "ít nhất",
    ),
    hour_words=("giờ", "h", "sáng", "trưa", "chiều", "tối"),
    half_days=("sáng", "chiều|tối"),
    # Units: CLDR's, with other forms of the same words; money: our own list.
    units={
        "kilometre": "kilômét|ki lô mét|cây số|kilomet", "metre": "mét|m",
        "centimetre": "xentimét", "millimetre": "milimét", "mile": "dặm|mph",
        "foot": "feet|foot|bộ anh", "inch": "inch|inches|in-sơ", "yard": "yard",
        "square kilometre": "kilômét vuông", "square metre": "mét vuông|m vuông",
        "square mile": "dặm vuông", "square foot": "feet vuông",
        "hectare": "héc-ta|hecta|héc ta|ha", "acre": "mẫu anh",
        "kilogram": "kilôgam|ký|kg|ki-lô-gam|cân", "gram": "gam",
        "pound": "pao|pound|pounds|cân anh", "ounce": "aoxơ", "litre": "lít", "gallon": "gallon",
        "celsius": "độ c|độ xê|độ bách phân", "fahrenheit": "độ f", "degree": "độ",
        "tonne": "tấn", "barrel": "thùng", "dollar": "đô la|đô-la|đô|đô la mỹ|usd|mỹ kim",
        "euro": "euro|ơ-rô", "pound sterling": "bảng|bảng anh|pound|pounds", "yen": "yên|yen",
        "yuan": "nhân dân tệ|tệ", "rupee": "rupee|ru-pi", "rouble": "rúp|rub", "won": "won",
        "dong": "đồng",
        "minute": "phút", "hour": "giờ|tiếng|giờ đồng hồ|tiếng đồng hồ", "day": "ngày",
        "week": "tuần|tuần lễ", "month": "tháng", "year": "năm",
    },
    # Dates: names after CLDR, with the old names of the first and the last month.
    months=(
        ("tháng Một", "tháng 1", "tháng Giêng", "tháng 01"),
        ("tháng Hai", "tháng 2", "tháng 02"), ("tháng Ba", "tháng 3", "tháng 03"),
        ("tháng Tư", "tháng 4", "tháng 04", "tháng Bốn"), ("tháng Năm", "tháng 5", "tháng 05"),
        ("tháng Sáu", "tháng 6", "tháng 06"), ("tháng Bảy", "tháng 7", "tháng 07"),
        ("tháng Tám", "tháng 8", "tháng 08"), ("tháng Chín", "tháng 9", "tháng 09"),
        ("tháng Mười", "tháng 10"), ("tháng Mười Một", "tháng 11"),
        ("tháng Mười Hai", "tháng 12", "tháng Chạp"),
    ),
    weekdays=(
        ("thứ Hai", "thứ 2"), ("thứ Ba", "thứ 3"), ("thứ Tư", "thứ 4"), ("thứ Năm", "thứ 5"),
        ("thứ Sáu", "thứ 6"), ("thứ Bảy", "thứ 7"), ("Chủ nhật", "Chúa nhật"),
    ),
    # In lower case these are ordinals as well ("lần thứ hai", for the second time), and the
    # months follow a count ("năm tháng hai ngày", five months and two days).
    unclear_dates=(
        "tháng một", "tháng hai", "tháng ba", "tháng tư", "tháng năm", "tháng sáu", "tháng bảy",
        "tháng tám", "tháng chín", "tháng mười",
        "thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "thứ 2", "thứ 3", "thứ 4",
        "thứ 5", "thứ 6", "thứ 7",
    ),
    date_cues=(
        "hôm", "ngày", "sáng", "trưa", "chiều", "tối", "đêm", "khuya", "vào", "hồi",
    ),
    date_joiners=("năm", "ngày", "tháng"),
    relative_dates=(
        "hôm (?:nay|qua|kia|sau|trước)", "(?:ngày|tối|đêm|sáng|chiều) (?:nay|mai|qua)",
        "(?:tuần|tháng|năm|mùa|ngày) (?:nay|này|qua|ngoái|trước|sau|tới|đó)", "cuối tuần",
    ),
    zones={
        "giờ việt nam": "Indochina", "giờ hà nội": "Indochina",
        "giờ miền đông nước mỹ": "America_Eastern",
        "giờ miền đông hoa kỳ": "America_Eastern", "giờ bắc kinh": "China",
        "giờ trung quốc": "China", "giờ nhật": "Japan", "giờ hàn quốc": "Korea",
        "giờ anh": "Europe_Western", "giờ quốc tế": "GMT", "giờ moscow": "Moscow",
    },
    # Predicates: our own lists. "không" at the end of a clause asks, in "không gian" it is a space,
    # and "không chỉ", "không những" mean "not only".
    negation=(
        r"(?<!hay )(?<!hàng )(?<!số )(?<!đường )(?<!trên )(?<!hoặc )"
        r"không(?! (?:thể không|gian|khí|quân|kích|phận|lưu|"
        r"những|chỉ|tặc|tưởng|trung|lực|lâu sau|ngừng|ngớt|khỏi|ít|hề nhỏ|sao|may|"
        r"quên|sớm thì|chuyên|kém|phải là ngoại lệ)| ?[?.,;:”\"’]|$)",
        r"chưa(?! (?:đầy|đến \d|tới \d))|chẳng(?! (?:hạn|lẽ|mấy|những))|chả(?! giò)|đừng|chớ",
    ),
    implied_negation=(
        r"(?<!hàng )không(?! (?:gian|khí|quân|kích|phận|lưu|trung))",
        r"chưa|chẳng|đâu|nào|khó|khó khăn|hiếm|ít|vô \w+|phi \w+|bất \w+|thiếu|kém|sai|mất|thôi|"
        r"hết|ngoài|trừ|trái|khác|chống|phản đối|phản bác|từ chối|bác bỏ|phủ nhận|thất bại|ngừng|"
        r"dừng|"
        r"tránh|miễn|ngăn|ngăn chặn|cấm|khỏi|rời|thoát|hoài nghi|nghi ngờ|loại trừ|loại bỏ|liệu|"
        r"tuyệt|"
        r"mà không|thay vì|hơn là|vẫn còn|hạn chế|hủy|huỷ|thua|trống|nghèo|chấm dứt|"
        r"vắng|vắng mặt|dù|bất kể|thay thế|xấu|đừng|chớ|chả",
    ),
    future=(r"sẽ",),
    prospective=(
        r"sắp|dự kiến|dự định|dự tính|muốn|để|nhằm|kế hoạch|hứa|hy vọng|mong|nếu|khi|tới|sau này|"
        r"tương lai|ngày mai|có thể|phải|cần|nên|chuẩn bị|từ nay|"
        r"thể|liệu|cho phép|giúp|hứa hẹn|dự đoán|dự báo|được cho là|trông đợi|mong đợi",
    ),
    ongoing=(r"đang",),
    foreseen=(r"sắp|dự kiến",),
    past=(r"đã|từng|vừa mới",),
    possible=(r"(?<!không )có thể(?! sẽ)|có lẽ|có khả năng|có khi|được phép",),
    implied_possibility=(
        r"được|khả năng|(?:không |chưa )?thể|liệu|sẽ|nếu|dường như|hẳn|chắc|lẽ|biết đâu|"
        r"cho phép|giúp|đủ|nổi",
    ),
    necessary=(
        r"(?<!không )(?<!bên )(?<!cánh )(?<!tay )(?<!chẳng )(?<!lẽ )(?<!vấp )(?<!gặp )(?<!mắc )"
        r"(?<!chân )"
        r"phải(?! (?:là|chăng|không|chịu|đến|tới|đối mặt|trải qua|những))|bắt buộc|buộc phải|"
        r"cần phải|nhất thiết",
    ),
    implied_necessity=(
        r"(?:không|chưa|chẳng)(?: ai)? (?:được|nên)|phải|cần|nên|buộc|đáng lẽ|lẽ ra|hãy|đừng|"
        r"yêu cầu|"
        r"chắc|hẳn|sẽ|đòi hỏi|chỉ|vui lòng",
    ),
    small_words=(
        r"của|và|các|những|một|trong|tại|ở|với|cho|từ|vào|về|đến|tới|để|mà|rằng|này|đó|hơn|theo",
        r"sẽ|đã|đang|không|chưa|chẳng|có thể|phải|cũng|vẫn|ra|trên|dưới|khi|vì|do",
    ),
    # Names
    name_capitals=True,
    honorifics=(
        *("ông", "bà", "anh", "chị", "cô", "em", "ngài", "thầy", "bác", "chú", "cậu", "tổng thống"),
        *("phó tổng thống", "thủ tướng", "bộ trưởng", "ngoại trưởng", "chủ tịch", "thượng nghị sĩ"),
        *("nghị sĩ", "dân biểu", "thẩm phán", "tướng", "đại tá", "đại úy", "tiến sĩ", "giáo sư"),
        *("đặc sứ", "đại sứ", "thống đốc", "thị trưởng", "giám đốc", "huấn luyện viên", "vua"),
        "nữ hoàng",
    ),
    native_word=(
        r"(?:ngh?|gi|gh|kh|nh|th|tr|ch|ph|qu|[bcdđghklmnrstvx])?"
        r"[aăâeêioôơuưyàằầèềìòồờùừỳáắấéếíóốớúứýảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹạặậẹệịọộợụựỵ]{1,3}"
        r"(?:ng|nh|ch|[cmnpt])?"
    ),
    names={
        "hoa kỳ": "united states", "mỹ": "united states", "nước mỹ": "united states",
        "anh": "united kingdom", "nước anh": "united kingdom", "vương quốc anh": "united kingdom",
        "liên hiệp quốc": "united nations", "liên hợp quốc": "united nations",
        "lhq": "united nations", "châu âu": "europe", "liên minh châu âu": "european union",
        "liên âu": "european union", "hàn quốc": "south korea", "nam hàn": "south korea",
        "bắc hàn": "north korea", "triều tiên": "north korea", "bắc triều tiên": "north korea",
        "úc": "australia", "ý": "italy", "nga": "russia", "liên xô": "soviet union",
        "syri": "syria",
        "thổ nhĩ kỳ": "turkey", "ba tư": "iran", "miến điện": "myanmar (burma)",
        "hà lan": "netherlands",
        "mạc tư khoa": "moscow", "mát-xcơ-va": "moscow", "bắc kinh": "beijing",
        "thượng hải": "shanghai",
        "bình nhưỡng": "pyongyang", "đông kinh": "tokyo", "ba lê": "paris",
        "luân đôn": "london", "nữu ước": "new york", "hoa thịnh đốn": "washington",
        "tòa bạch ốc": "white house", "nhà trắng": "white house", "ngũ giác đài": "pentagon",
        "lầu năm góc": "pentagon", "điện kremlin": "kremlin", "hồng kông": "hong kong",
        "hương cảng": "hong kong", "đài loan": "taiwan", "vatican": "vatican city",
        "twitter": "tweet",
    },
    # Quotations: our own list.
    reporting=(
        r"nói|cho biết|cho hay|chia sẻ|phát biểu|tuyên bố|khẳng định|viết|kể|thêm|trả lời|hỏi|"
        r"giải thích|nhấn mạnh|cảnh báo|thừa nhận|theo|bày tỏ|nhận xét|nhận định|đáp",
    ),
    # Web pages and sentences: our own, from the pages that desks copy their articles from.
    furniture=(
        r"(?:\d+ )?bình luận(?: \(\d+\))?:?|(?:gửi|viết) (?:bình luận|phản hồi)|đăng nhận xét",
        r"không có (?:nhận xét|bình luận) nào:?|bình luận đã đóng\W*|ý kiến bạn đọc",
        r"chia sẻ(?: (?:bài viết|bài báo|trang)(?: này)?)?(?: (?:lên|trên|qua) \w+)?",
        r"đăng nhập(?: hoặc đăng ký)?|đăng ký(?: nhận (?:bản tin|tin|thông báo)\b.{0,40})?",
        r"quảng cáo|trang chủ|tìm kiếm|(?:về )?đầu trang|xem tiếp|in (?:bài|trang)(?: này)?",
        r"(?:xem|đọc) thêm\W*|tin (?:liên quan|cùng chuyên mục|đọc nhiều(?: nhất)?.{0,20})\W*",
        r"(?:bấm|nhấn) vào đây để .{3,60}"
        r"|theo dõi (?:chúng tôi|\w+) trên (?:facebook|twitter|youtube|tiktok|telegram|zalo)",
        r"(?:bảo lưu mọi quyền|bản quyền (?:©|thuộc về|\d{4}).{0,60}|© ?.{0,80})\W*",
        r"cập nhật(?: lần cuối)?:? ?(?:[\d:/., hg-]*|\d+ \w+ trước)\W*",
        r"(?:(?:thứ \w+|chủ nhật),? )?(?:ngày )?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
        r"(?:[,| -]+\d{1,2}[:h]\d{2}.{0,12})?",
    ),
    abbreviations=("TS", "ThS", "PGS", "GS", "BS", "TP", "Tp", "Ts", "Gs", "Bs", "KS", "LS"),
)
