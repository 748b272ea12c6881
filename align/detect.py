"""Which language a document is in, and which of its segments are in another one."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import regex
from langdetect import DetectorFactory
from langdetect.detector_factory import PROFILES_DIRECTORY
from langdetect.lang_detect_exception import LangDetectException
from py3langid.langid import LanguageIdentifier

from align.identifier import load_identifier, shed
from align.languages.language import Language
from align.profiles import load_detectors

SEED = 0
"""langdetect draws at random; without a seed it changes its mind from run to run."""

VOTERS = 60
"""Most pieces of a document that vote; they are spread over its whole length."""

VOTER_CHARACTERS = 200
"""Length up to which short lines are put together before they vote."""

FEWEST_LETTERS = 12
"""A text with fewer letters is too short to tell."""

FOREIGN_LETTERS = 20
"""A segment with fewer letters is never called foreign: names alone mislead every detector."""

FOREIGN_CONFIDENCE = 0.8
"""Both detectors must be this sure; py3langid gives about .9 for a short Russian headline."""

OWN_SCRIPT_CONFIDENCE = 0.5
"""The same for py3langid and scripts that few languages share: it is right about Arabic, Hindi and
Chinese sentences, yet puts a quarter of its trust in languages that are written otherwise."""

_SHARED_SCRIPT = regex.compile(r"[\p{Latin}\p{Cyrillic}]")
BARE_SHARE = 0.2
"""A text with less than this part of its language's usual marks is written without them."""

_LETTER = regex.compile(r"\p{L}")
_SAME = {"zh-cn": "zh", "zh-tw": "zh", "nb": "no", "nn": "no", "iw": "he", "in": "id"}
_SIBLINGS = (
    frozenset({"id", "ms"}),
    frozenset({"hr", "sr", "bs", "sl"}),
    frozenset({"cs", "sk"}),
    frozenset({"no", "da", "sv"}),
    frozenset({"zh", "wuu", "yue"}),
    frozenset({"bg", "mk"}),
    frozenset({"hi", "mr", "ne"}),
    frozenset({"pt", "gl", "es"}),
)
"""Languages that a single sentence does not tell apart, so that neither is foreign to the other."""

_LANGDETECT = frozenset(path.name.split("-")[0] for path in Path(PROFILES_DIRECTORY).iterdir())
"""What langdetect was trained on; py3langid judges the rest."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A language tag and the share of the evidence that speaks for it; None if nothing tells."""

    language: str | None
    confidence: float


def detect(texts: Sequence[str]) -> Guess:
    """Return the language of a document by a vote over its blocks, weighted by their letters.

    langdetect votes, with a fixed seed; py3langid where it sees a language that langdetect does
    not know.
    """
    votes: Counter[str] = Counter()
    for piece in _voters(texts):
        guess = _judge(piece)
        if guess.language:
            votes[guess.language] += round(guess.confidence * _letters(piece))
    total = sum(votes.values())
    if not total:
        return Guess(None, 0.0)
    language, weight = votes.most_common(1)[0]
    return Guess(language, weight / total)


def foreign(text: str, language: str) -> str | None:
    """Return the language of a segment that is not in its document's language, else None.

    Both detectors must be sure of it and agree: a quotation in Russian is foreign in an English
    article, a list of names is not.
    """
    if _letters(text) < FOREIGN_LETTERS:
        return None
    tag, confidence = _identifier().classify(text)
    tag = _SAME.get(tag, tag)
    shared = _SHARED_SCRIPT.search(text)
    if tag == language or confidence < (FOREIGN_CONFIDENCE if shared else OWN_SCRIPT_CONFIDENCE):
        return None
    if any({tag, language} <= siblings for siblings in _SIBLINGS):
        return None
    second = _judge(text)
    return tag if second.language == tag and second.confidence >= FOREIGN_CONFIDENCE else None


def lacks_diacritics(texts: Sequence[str], language: Language) -> bool:
    """Tell whether texts are written without the marks that their language needs.

    Telegrams, old web pages and hasty messages are; an encoder reads them badly, and lists of
    words do not fit them.
    """
    if not language.diacritics:
        return False
    joined = " ".join(_voters(texts))
    marked = sum(_is_marked(character) for character in joined)
    letters = _letters(joined)
    return letters >= FEWEST_LETTERS and marked < BARE_SHARE * language.diacritics * letters


def _is_marked(letter: str) -> bool:
    return letter in "đĐ" or unicodedata.normalize("NFD", letter) != letter


def _judge(text: str) -> Guess:
    if _letters(text) < FEWEST_LETTERS:
        return Guess(None, 0.0)
    tag, confidence = _identifier().classify(text)
    tag = _SAME.get(tag, tag)
    if tag not in _LANGDETECT and confidence >= FOREIGN_CONFIDENCE:
        return Guess(tag, float(confidence))
    detector = _detectors().create()
    try:
        detector.append(text)
        best = detector.get_probabilities()[0]
    except LangDetectException:
        return Guess(tag, float(confidence))
    return Guess(_SAME.get(best.lang, best.lang), float(best.prob))


def _voters(texts: Sequence[str]) -> list[str]:
    pieces: list[str] = []
    piece = ""
    for text in texts:
        piece = f"{piece} {text}".strip()
        if len(piece) >= VOTER_CHARACTERS:
            pieces.append(piece[: 5 * VOTER_CHARACTERS])
            piece = ""
    if piece:
        pieces.append(piece)
    step = max(1, len(pieces) // VOTERS)
    return pieces[::step][:VOTERS]


def _letters(text: str) -> int:
    return sum(1 for _ in _LETTER.finditer(text))


def load(cache: Path | None = None) -> None:
    """Load the detectors' models, which otherwise happens on first use.

    Args:
        cache: A folder that may keep an unpacked copy; see `align.identifier`.
    """
    with _LOADING:
        if not _LOADED:
            _LOADED.append((load_detectors(cache, SEED), load_identifier(cache)))


def rest() -> None:
    """Give back what memory the detectors can do without until they are asked again."""
    for _, identifier in _LOADED:
        shed(identifier)


_LOADING = Lock()
_LOADED: list[tuple[DetectorFactory, LanguageIdentifier]] = []


def _detectors() -> DetectorFactory:
    load()
    return _LOADED[0][0]


def _identifier() -> LanguageIdentifier:
    load()
    return _LOADED[0][1]
