"""What checks and the desk say of an article, in another language than the English of reports.

A report keeps one wording, which its readers search and compare; only a page of the desk says it
anew. What follows no template here is shown as it is.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import regex
from babel import Locale, UnknownLocaleError

from align.languages import LANGUAGES

# Words of a text stand for {a} and {b} and are left alone; what we say ourselves stands for {x} and
# {y} and is said anew. The first template that fits is taken.
_VIETNAMESE: Mapping[str, str] = MappingProxyType({
    "This sentence has no counterpart in the translation.":
        "Câu này không có câu tương ứng trong bản dịch.",
    "This sentence has no counterpart in the source.":
        "Câu này không có câu tương ứng trong bản gốc.",
    "Nothing in the translation stands for “{a}”.": "Bản dịch không có gì tương ứng với “{a}”.",
    "Nothing in the source stands for “{a}”.": "Bản gốc không có gì tương ứng với “{a}”.",
    "The time zone {a} became {b} in the translation.": "Múi giờ {a} thành {b} trong bản dịch.",
    "{a} became {b} in the translation: another {x} for the same number.":
        "{a} thành {b} trong bản dịch: cùng con số nhưng {x} khác.",
    "{a} is given as {b} in the translation.": "{a} được ghi là {b} trong bản dịch.",
    "{a} became {b} in the translation.": "{a} thành {b} trong bản dịch.",
    "{a} has no counterpart in the translation.": "{a} không có trong bản dịch.",
    "{a} has no counterpart in the source.": "{a} không có trong bản gốc.",
    "{a} does not seem to say what {b} says.": "{a} có vẻ không nói điều mà {b} nói.",
    "The translation seems to say something else than {a}.": "Bản dịch có vẻ nói khác với {a}.",
    "{a} seems to say something else than the source.": "{a} có vẻ nói khác với bản gốc.",
    "“{a}” says it is {x}; {y} does not say so.":
        "“{a}” cho biết đó là điều {x}; {y} không nói vậy.",
    "“{a}” is past; {y} has “{b}”.": "“{a}” là chuyện đã qua; {y} lại có “{b}”.",
    "“{a}” is past; {y} does not say so.": "“{a}” là chuyện đã qua; {y} không nói vậy.",
    "“{a}” is still to come; {y} has “{b}”.": "“{a}” là chuyện chưa xảy ra; {y} lại có “{b}”.",
    "“{a}” is still to come; {y} does not say so.":
        "“{a}” là chuyện chưa xảy ra; {y} không nói vậy.",
    "“{a}” says it is {x}; {y} does not.": "“{a}” cho biết đó là điều {x}; {y} thì không.",
    "“{a}” says it is {x}; {y} has “{b}”.": "“{a}” cho biết đó là điều {x}; {y} lại có “{b}”.",
    "“{a}” seems to have become “{b}”.": "“{a}” có vẻ đã thành “{b}”.",
    "“{a}” became “{b}”.": "“{a}” thành “{b}”.",
    "{a} is missing from the translation.": "Bản dịch thiếu {a}.",
    "{a} are missing from the translation.": "Bản dịch thiếu {a}.",
    "“{a}” is not in the source.": "“{a}” không có trong bản gốc.",
    "“{a}” is lost: {y} denies nothing.": "Mất “{a}”: {y} không có ý phủ định.",
    "“{a}” is added: {y} denies nothing.": "Thêm “{a}”: {y} không có ý phủ định.",
    "These words are quoted; the translation does not quote them.":
        "Bản gốc trích dẫn nguyên văn các từ này; bản dịch thì không.",
    "The translation quotes these words; the source does not.":
        "Bản dịch trích dẫn nguyên văn các từ này; bản gốc thì không.",
    "The quotation is much shorter in the translation.":
        "Lời trích dẫn trong bản dịch ngắn hơn nhiều.",
    "“{a}” says this; in the translation it is “{b}”.":
        "Người nói điều này là “{a}”; trong bản dịch lại là “{b}”.",
    "“{a}” and “{b}” changed places.": "“{a}” và “{b}” bị đổi chỗ cho nhau.",
    "“{a}” is past, but “{b}” says it is still to come.":
        "“{a}” là chuyện đã qua, nhưng “{b}” cho biết là chưa xảy ra.",
    "“{a}” goes on now, but “{b}” says it is still to come.":
        "“{a}” là chuyện đang diễn ra, nhưng “{b}” cho biết là chưa xảy ra.",
    "“{a}” is still to come, but “{b}” says it is past.":
        "“{a}” là chuyện chưa xảy ra, nhưng “{b}” cho biết là đã qua.",
    "“{a}” is not to be “{b}”, but {x}.": "Không được dịch “{a}” là “{b}”, mà là {x}.",
    "“{a}” is not to be “{b}”.": "Không được dịch “{a}” là “{b}”.",
    "“{a}” is to be translated as {x}.": "“{a}” phải được dịch là {x}.",
    "“{a}” is “{b}” elsewhere in this article.": "Ở chỗ khác trong bài, “{a}” là “{b}”.",
    "{a} was left in {x}.": "{a} vẫn còn là {x}.",
    "The translation is still in {x}.": "Bản dịch vẫn còn là {x}.",
    "The translation is not in {x}.": "Bản dịch không phải là {x}.",
    "Added by {a}.": "Do {a} thêm.",
    "{a} supports source: {b}": "{a} nói như bản gốc: {b}",
    "{a} supports target: {b}": "{a} nói như bản dịch: {b}",
    "“{a}” or {x}": "“{a}” hoặc {x}",
    "the translation": "bản dịch",
    "the source": "bản gốc",
    "source": "bản gốc",
    "target": "bản dịch",
    "unit": "đơn vị",
    "currency": "đơn vị tiền tệ",
    "possible": "có thể xảy ra",
    "necessary": "bắt buộc",
    "to come": "chưa xảy ra",
    # Why something was not checked.
    "the words of the two sides could not be compared": "không so sánh được từ ngữ của hai bên",
    "no {a} facts for language {b}": "chưa có dữ liệu {a} cho ngôn ngữ {b}",
    "{x} segment {a} is in {b}": "câu {a} của {x} là ngôn ngữ {b}",
    "{x}, not in {b}": "{x}, không phải {b}",
    "the {x} is written without its diacritics": "{x} được viết không dấu",
    "the {x} is too short to tell its language": "{x} quá ngắn để nhận ra ngôn ngữ",
    "the encoder was not trained on the {x}'s {b}":
        "mô hình không được huấn luyện với ngôn ngữ {b} của {x}",
    "both texts are in {x} ({b}), so neither translates the other":
        "cả hai văn bản đều là {x} ({b}), nên không văn bản nào là bản dịch của văn bản kia",
    "the sentences match by only {a}: this is no translation of that article":
        "chỉ {a} các câu tương ứng với nhau: đây không phải là bản dịch của bài đó",
    # What the desk cannot do.
    "There is no such article.": "Không có bài này.",
    "There is no such check.": "Không có lượt kiểm tra này.",
    "There is no such format.": "Không có định dạng này.",
    "There is no such decision to undo.": "Không có quyết định nào như vậy để hoàn tác.",
    "There is a newer version of this article.": "Bài này đã có phiên bản mới hơn.",
    "This article could not be checked.": "Không kiểm tra được bài này.",
    "This article could not be checked, so there are no words to mark.":
        "Không kiểm tra được bài này nên không có từ nào để đánh dấu.",
    "This finding is not in the newest version of the article.":
        "Phát hiện này không có trong phiên bản mới nhất của bài.",
    "A finding is dismissed with a reason.": "Muốn bác bỏ một phát hiện thì phải nêu lý do.",
    "Say why it is none.": "Hãy nêu vì sao đó không phải là lỗi.",
    "No words are selected.": "Chưa chọn từ nào.",
    "Select words in one text or in both.": "Hãy chọn từ ngữ ở một hoặc cả hai văn bản.",
    "This is {a}'s decision.": "Đây là quyết định của {a}.",
    "Load the page anew, and look at it again.": "Hãy tải lại trang và xem lại.",
    "Load it anew.": "Hãy tải lại trang.",
    "Say your own opinion beside it; only a head of the desk undoes another's.":
        "Hãy nêu ý kiến của bạn bên cạnh; chỉ trưởng ban mới hoàn tác quyết định của người khác.",
    "Go back to the queue.": "Hãy quay về danh sách.",
    "This form is not from this desk, or too old.":
        "Biểu mẫu này không phải của trang này, hoặc đã quá cũ.",
    "This token opens nothing.": "Mã truy cập này không đúng.",
    "Use the address that was printed.": "Hãy dùng địa chỉ đã được in ra.",
    "Nobody knows who you are.": "Chưa biết bạn là ai.",
    "The file is empty.": "Tệp này rỗng.",
    "The request is not as it should be.": "Yêu cầu không đúng dạng.",
    "The server's log says more.": "Nhật ký của máy chủ có thêm chi tiết.",
    "The desk failed in a way that it should not: {a}.": "Có lỗi ngoài dự kiến: {a}.",
    "Not Found": "Không có trang này.",
    "The server ended while this check ran, and again at the next attempt.":
        "Máy chủ ngừng trong lúc kiểm tra, và lần thử sau cũng vậy.",
    "Check smaller texts, or look at the server's log.":
        "Hãy kiểm tra văn bản nhỏ hơn, hoặc xem nhật ký của máy chủ.",
})  # fmt: skip

_TABLES: Mapping[str, Mapping[str, str]] = {"vi": _VIETNAMESE}


def told(message: str, language: str) -> str:
    """Return a message in a language of the desk, or as it is where nobody has put it into that.

    >>> told("“held” became “sẽ”.", "vi")
    '“held” thành “sẽ”.'
    """
    for pattern, wanted in _patterns(language):
        found = pattern.fullmatch(message)
        if found:
            parts = found.groupdict()
            ours = {name: told(parts[name], language) for name in ("x", "y") if name in parts}
            return wanted.format(**{**parts, **ours})
    return _language_names(language).get(message, message)


@cache
def language_called(tag: str, language: str) -> str:
    """Return what a language is called in a language of the desk; empty if nobody knows."""
    names = Locale.parse(language).languages
    try:
        return str(names.get(tag) or Locale.parse(tag, sep="-").get_display_name(language) or "")
    except (UnknownLocaleError, ValueError):
        return ""


@cache
def _patterns(language: str) -> tuple[tuple[regex.Pattern[str], str], ...]:
    table = _TABLES.get(language, {})
    return tuple((_pattern(template), wanted) for template, wanted in table.items())


def _pattern(template: str) -> regex.Pattern[str]:
    parts = regex.sub(
        r"\\\{([abxy])\\\}", r"(?P<\1>.+)", regex.escape(template, literal_spaces=True)
    )
    return regex.compile(parts, regex.DOTALL)


@cache
def _language_names(language: str) -> Mapping[str, str]:
    """Return the English names of languages that messages have, with those of a language."""
    if language not in _TABLES:
        return {}
    called = {known.name: language_called(known.tag, language) for known in LANGUAGES}
    return {name: other[:1].lower() + other[1:] for name, other in called.items()}
