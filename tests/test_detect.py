"""Telling languages: of documents by vote, and of segments that do not belong."""

import random
import unicodedata
from pathlib import Path

import pytest

from align.detect import FEWEST_LETTERS, FOREIGN_LETTERS, Guess, detect, foreign

SEEDS = Path(__file__).parents[1] / "seeds"

ENGLISH = "The mayor said on Tuesday that the new bridge would open next week for everyone."
VIETNAMESE = "Thị trưởng cho biết hôm thứ Ba rằng cây cầu mới sẽ mở cửa vào tuần tới."
RUSSIAN = "Мэр сообщил во вторник, что новый мост откроют на следующей неделе."
TEXTS = {
    "en": ENGLISH,
    "vi": VIETNAMESE,
    "zh": "市长星期二说，新桥将于下周向所有人开放，大家都很高兴。",
    "ar": "قال العمدة يوم الثلاثاء إن الجسر الجديد سيفتح الأسبوع المقبل.",
    "ru": RUSSIAN,
    "fr": "Le maire a déclaré mardi que le nouveau pont ouvrirait la semaine prochaine.",
    "ja": "市長は火曜日、新しい橋が来週開通すると述べた。みんな喜んでいる。",
    "hi": "महापौर ने मंगलवार को कहा कि नया पुल अगले सप्ताह खुलेगा।",
    "ka": "მერმა სამშაბათს განაცხადა, რომ ახალი ხიდი მომავალ კვირას გაიხსნება.",
    "km": "អភិបាលក្រុងបាននិយាយថា ស្ពានថ្មីនឹងបើកនៅសប្តាហ៍ក្រោយ។",
}


@pytest.mark.parametrize("tag", TEXTS)
def test_languages_are_told(tag: str) -> None:
    """One sentence of each language is enough, also of those langdetect does not know."""
    guess = detect([TEXTS[tag]])
    assert guess.language == tag
    assert guess.confidence > 0.9


def test_vietnamese_without_marks_is_told() -> None:
    """Vietnamese typed on a plain keyboard is still Vietnamese."""
    plain = "".join(c for c in unicodedata.normalize("NFD", VIETNAMESE) if c.isascii())
    assert plain.isascii()
    assert detect([plain]).language == "vi"


def test_detecting_is_deterministic() -> None:
    """The same texts give the same guess, however often and in whatever order they come."""
    mixed = "Ponte nova abre hoje para todos, le pont ouvre demain pour tous"
    first = {text: detect([text]) for text in (*TEXTS.values(), mixed)}
    draw = random.Random(0)
    for _ in range(3):
        order = list(first)
        draw.shuffle(order)
        assert {text: detect([text]) for text in order} == first


@pytest.mark.parametrize("texts", [[], [""], ["Oh!"], ["12 345", "* * *"], ["a" * 5, "1"]])
def test_too_short_to_tell(texts: list[str]) -> None:
    """Texts with hardly a letter are in no language, with no confidence."""
    assert detect(texts) == Guess(None, 0.0)


def test_fewest_letters_is_the_border() -> None:
    """A text of the fewest letters is told, one that lacks a letter is not."""
    text = "The old town is here"
    letters = [i for i, c in enumerate(text) if c.isalpha()]
    assert detect([text[: letters[FEWEST_LETTERS - 1]]]).language is None
    assert detect([text[: letters[FEWEST_LETTERS - 1] + 1]]).language is not None


def test_short_lines_vote_together() -> None:
    """Lines that are too short one by one are told as a document."""
    lines = ["The mayor", "said that", "the bridge", "would open", "next week", "for all"]
    assert detect(lines).language == "en"


def test_majority_of_letters_wins() -> None:
    """A document with a quotation is in its own language, with some confidence less than 1."""
    guess = detect([ENGLISH * 4, RUSSIAN * 3, ENGLISH * 4])
    assert guess.language == "en"
    assert 0.5 < guess.confidence < 1


def test_long_documents_are_sampled_over_their_length() -> None:
    """A document whose first pages are in another language is told by all of it."""
    guess = detect([RUSSIAN * 3] * 40 + [ENGLISH * 3] * 200)
    assert guess.language == "en"


@pytest.mark.parametrize(
    ("number", "tag"), [("000", "en"), ("001", "en"), ("002", "en"), ("003", "en"), ("004", "vi")]
)
def test_seeds_are_told(number: str, tag: str) -> None:
    """Each article of the repository is told for what it is."""
    (path,) = SEEDS.glob(f"{number}_*.txt")
    assert detect(path.read_text("utf-8").splitlines()).language == tag


def test_russian_line_of_a_seed_is_foreign() -> None:
    """The Russian line that ends an English page is foreign, and no other line of it is."""
    (path,) = SEEDS.glob("001_*.txt")
    lines = path.read_text("utf-8").splitlines()
    found = {line: tag for line in lines if (tag := foreign(line, "en"))}
    assert found == {lines[-1]: "ru"}


@pytest.mark.parametrize("tag", ["ru", "ar", "ka", "km", "zh", "ja", "hi", "vi", "fr"])
def test_foreign_sentence_is_told(tag: str) -> None:
    """A sentence in another language is told, whether langdetect knows the language or not."""
    assert foreign(TEXTS[tag], "en") == tag


@pytest.mark.parametrize("tag", TEXTS)
def test_own_language_is_not_foreign(tag: str) -> None:
    """A sentence in the document's language is never foreign."""
    assert foreign(TEXTS[tag], tag) is None


@pytest.mark.parametrize(
    "names",
    [
        "Angela Hale, Sergei Ivanov, Lakhdar Benali and Joe Smith",
        "Moscow, Washington, Munich, Damascus, Geneva, Hanoi, Beijing",
        "Photo: Sergei Ivanov / Reuters / Getty Images",
        "Nguyen Van Ha, Tran Thi Mai, Le Hoang Son",
        "IBM, NATO, UNESCO, FIFA, OPEC, ASEAN, UNICEF",
    ],
)
def test_names_are_not_foreign(names: str) -> None:
    """A list of names in an English article is in no other language."""
    assert foreign(names, "en") is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Datuk bandar berkata jambatan baharu akan dibuka pada hari Selasa.", "id"),
        ("Wali kota mengatakan bahwa jembatan baru akan dibuka pada hari Selasa.", "ms"),
        ("Borgmesteren sagde tirsdag, at den nye bro åbner i næste uge.", "no"),
        ("Gradonačelnik je u utorak rekao da će novi most biti otvoren.", "sr"),
        ("महापौर ने मंगलवार को कहा कि नया पुल अगले सप्ताह खुलेगा।", "mr"),
        ("Starosta v úterý řekl, že nový most bude otevřen příští týden.", "sk"),
    ],
)
def test_siblings_are_not_foreign(text: str, language: str) -> None:
    """A single sentence does not tell a language from its sibling, so neither is foreign."""
    assert foreign(text, language) is None


def test_short_segment_is_never_foreign() -> None:
    """A segment with too few letters is left alone, even in another script."""
    short = RUSSIAN[:FOREIGN_LETTERS]
    assert sum(c.isalpha() for c in short) < FOREIGN_LETTERS
    assert foreign(short, "en") is None
    assert foreign(RUSSIAN, "en") == "ru"
