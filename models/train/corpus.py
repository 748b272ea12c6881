"""The texts that the verifier learns from, with the encoder's vectors of their tokens."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from babel import Locale
from numpy.typing import NDArray
from rapidfuzz import fuzz

from align.bitext import Span
from align.relate import word_spans
from align.vectors import TokenVectors, Vectors, unit
from models.train.lines import Cousins, Line
from models.train.meaning import english_opposites
from models.train.real import read_lines

Encode = Callable[[Sequence[str]], Sequence[TokenVectors]]
Halves = NDArray[np.float16]

PRIOR_TOKENS = 8
COMMON = 70
"""So many most frequent words of a language are taken for its little words."""

SEEN = 2
"""How often a word must have been seen to translate another, to be taken for its translation."""

TELLING = {"deu", "vie", "spa", "rus"}
"""Languages by which English words are told apart, if they are there."""

SHORT = {
    "arb": "ar",
    "ben": "bn",
    "bul": "bg",
    "ces": "cs",
    "deu": "de",
    "ell": "el",
    "eng": "en",
    "fas": "fa",
    "fil": "fil",
    "fin": "fi",
    "fra": "fr",
    "heb": "he",
    "hin": "hi",
    "hun": "hu",
    "ind": "id",
    "ita": "it",
    "jpn": "ja",
    "khm": "km",
    "kor": "ko",
    "lao": "lo",
    "msa": "ms",
    "nld": "nl",
    "pol": "pl",
    "por": "pt",
    "ron": "ro",
    "rus": "ru",
    "spa": "es",
    "swe": "sv",
    "tha": "th",
    "tur": "tr",
    "ukr": "uk",
    "vie": "vi",
    "zho-CN": "zh",
}
"""NTREX file names to language tags."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text, its tokens, and their vectors, half precision, unit rows as the encoder gives them.

    `mean` is the mean token vector of texts like it, which is subtracted before use.
    """

    text: str
    spans: tuple[Span, ...]
    vectors: Halves
    mean: Vectors

    def centred(self) -> Vectors:
        """Return the token vectors without their mean, rows of unit length."""
        return unit(self.vectors.astype(np.float32) - self.mean)


def join(parts: Sequence[Text]) -> Text:
    """Return several texts as one, with a space between."""
    if len(parts) == 1:
        return parts[0]
    spans: list[Span] = []
    offset = 0
    for part in parts:
        spans.extend(span.shift(offset) for span in part.spans)
        offset += len(part.text) + 1
    vectors = np.concatenate([part.vectors for part in parts])
    return Text(" ".join(p.text for p in parts), tuple(spans), vectors, parts[0].mean)


class Side:
    """All lines of one language, with what is known about its words."""

    def __init__(self, name: str, texts: Sequence[Text], english: "Side | None" = None) -> None:
        """Take the lines; `english` are the same lines in English, which tells names."""
        self.name = name
        self.tag = SHORT.get(name, name[:2])
        self.texts = tuple(texts)
        self.english = english
        self._lines: dict[int, Line] = {}
        self._aligned: dict[int, list[str]] = {}

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word occurs, case folded; and each as it is written inside a sentence."""
        found: Counter[str] = Counter()
        for text in self.texts:
            for k, span in enumerate(word_spans(text.text, text.spans)):
                word = span.of(text.text)
                found[word.casefold()] += 1
                if k and word.islower():
                    found["\0" + word] += 1
        return found

    @cached_property
    def common(self) -> frozenset[str]:
        """The most frequent words."""
        words = [w for w, _ in self.counts.most_common() if not w.startswith("\0")]
        most = words[: min(COMMON, len(words) // 10)]
        return frozenset(w for w in most if not any(c.isdigit() for c in w))

    def line(self, index: int) -> Line:
        """Return a line, with its words told apart."""
        if index not in self._lines:
            text = self.texts[index]
            words = word_spans(text.text, text.spans)
            common = tuple(w.of(text.text).casefold() in self.common for w in words)
            names = self._names(index, words)
            self._lines[index] = Line(text.text, self.tag, words, common, names)
        return self._lines[index]

    def _names(self, index: int, words: tuple[Span, ...]) -> tuple[bool, ...]:
        text = self.texts[index].text
        if self.english is None:
            return tuple(
                bool(k and w.of(text)[0].isupper() and len(w) > 2)
                and not self.counts["\0" + w.of(text).lower()]
                and text[: w.start].rstrip()[-1:] not in ".!?:"
                and w.of(text) not in _CALENDAR
                for k, w in enumerate(words)
            )
        line = self.english.line(index)
        named = {line.word(k) for k in range(len(line.words)) if line.names[k]}
        return tuple(english in named for english in self.aligned(index))

    def aligned(self, index: int) -> list[str]:
        """Return for each word of a line the English word that it translates, or nothing."""
        if index not in self._aligned:
            assert self.english is not None  # noqa: S101 - only a translation asks
            own, theirs = self.texts[index], self.english.texts[index]
            _, matrix = word_matrix(own, theirs)
            others = word_spans(theirs.text, theirs.spans)
            self._aligned[index] = [others[j].of(theirs.text) if j >= 0 else "" for j in matrix]
        return self._aligned[index]

    @cached_property
    def _types(self) -> tuple[list[str], Vectors]:
        rows: dict[str, list[Vectors]] = {}
        for text in self.texts:
            words, vectors = word_rows(text)
            for word, vector in zip(words, vectors, strict=True):
                form = word.of(text.text)
                if form.casefold() not in self.common and len(form) > 1:
                    rows.setdefault(form, []).append(vector)
        forms = sorted(rows)
        return forms, unit(np.array([np.mean(rows[form], axis=0) for form in forms], np.float32))

    def cousins_with(self, lexicon: "Callable[[str], Counter[str]]") -> Callable[[str], list[str]]:
        """Return a function that finds words near a word which do not share its translations."""
        forms, vectors = self._types
        place = {form: k for k, form in enumerate(forms)}

        @cache
        def find(word: str) -> list[str]:
            if word not in place:
                return []
            cosines = vectors @ vectors[place[word]]
            near = np.argsort(-cosines)[1:25]
            own = lexicon(word)
            return [
                forms[k]
                for k in near
                if 0.3 < cosines[k] < 0.85
                and fuzz.ratio(word.casefold(), forms[k].casefold()) < 70
                and not _shared(own, lexicon(forms[k]))
            ][:8]

        return find

    @cached_property
    def lexicon(self) -> dict[str, Counter[str]]:
        """English words that each word was seen to translate."""
        found: dict[str, Counter[str]] = {}
        for index, text in enumerate(self.texts):
            words = word_spans(text.text, text.spans)
            for word, english in zip(words, self.aligned(index), strict=True):
                if english:
                    form = word.of(text.text)
                    found.setdefault(form, Counter())[english.casefold()] += 1
        return found

    @cached_property
    def opposites(self) -> dict[str, list[str]]:
        """Words of which each mostly translates an opposite of what the key mostly translates."""
        means: dict[str, str] = {}
        forms: dict[str, Counter[str]] = {}
        for form, english in self.lexicon.items():
            word, count = english.most_common(1)[0]
            if count >= SEEN and count > english.total() / 2:
                means[form] = word
                forms.setdefault(word, Counter())[form] = count
        table = english_opposites()
        return {
            form: [
                other
                for opposite in table.get(word, ())
                for other, _ in forms.get(opposite.casefold(), Counter()).most_common(3)
            ]
            for form, word in means.items()
        }


def _shared(one: Counter[str], other: Counter[str]) -> bool:
    total = min(one.total(), other.total())
    return total == 0 or sum((one & other).values()) > 0.1 * total


_CALENDAR = frozenset(
    name
    for names in (Locale("en").months, Locale("en").days)
    for name in names["format"]["wide"].values()
)


def word_rows(text: Text) -> tuple[tuple[Span, ...], Vectors]:
    """Return the words of a text, and the unit mean of each one's centred token vectors."""
    words = word_spans(text.text, text.spans)
    rows = np.zeros((len(words), text.vectors.shape[1]), np.float32)
    word = 0
    for span, vector in zip(text.spans, text.centred(), strict=True):
        while word < len(words) and words[word].end <= span.start:
            word += 1
        if word < len(words) and words[word].overlaps(span):
            rows[word] += vector
    return words, unit(rows)


def word_matrix(own: Text, theirs: Text) -> tuple[tuple[Span, ...], list[int]]:
    """Return the words of a text, and for each the word of the other that it stands for, or -1."""
    words, rows = word_rows(own)
    _, others = word_rows(theirs)
    if not len(rows) or not len(others):
        return words, [-1] * len(words)
    matrix = rows @ others.T
    best, back = matrix.argmax(1), matrix.argmax(0)
    sure = (back[best] == np.arange(len(words))) & (matrix.max(1) > 0.3)
    return words, [int(j) if s else -1 for j, s in zip(best, sure, strict=True)]


class Corpus:
    """Texts in English and other languages: line by line the same."""

    def __init__(
        self,
        articles: Sequence[str],
        texts: Mapping[str, Sequence[Text]],
        wider: "Corpus | None" = None,
    ) -> None:
        """Take the lines of each language.

        Args:
            articles: The article of each line.
            texts: The lines of each language, English as `eng` among them.
            wider: A corpus that knows more words, to find cousins in.
        """
        self.articles = articles
        self.wider = wider
        self.of_article: dict[str, list[int]] = {}
        for index, article in enumerate(articles):
            self.of_article.setdefault(article, []).append(index)
        english = Side("eng", texts["eng"])
        self.sides = {
            name: english if name == "eng" else Side(name, lines, english)
            for name, lines in texts.items()
        }
        self._cousins: dict[str, Callable[[str], list[str]]] = {}

    def cousins(self, name: str) -> Callable[[str], list[str]]:
        """Return what finds a word's cousins in a language."""
        if self.wider is not None and name in self.wider.sides:
            return self.wider.cousins(name)
        if name not in self._cousins:
            side = self.sides[name]
            table = self._english_lexicon() if side.english is None else side.lexicon
            empty: Counter[str] = Counter()
            self._cousins[name] = side.cousins_with(lambda word: table.get(word, empty))
        return self._cousins[name]

    def opposites(self, name: str) -> Cousins:
        """Return what finds a word's opposites in a language, by what it translates."""
        if self.wider is not None and name in self.wider.sides:
            return self.wider.opposites(name)
        side = self.sides[name]
        table = {} if side.english is None else side.opposites
        return lambda word: table.get(word, ())

    def _english_lexicon(self) -> dict[str, Counter[str]]:
        # Two English words are kept apart by what stands for them in a few languages.
        found: dict[str, Counter[str]] = {}
        for name in sorted((TELLING & set(self.sides)) or self.sides):
            side = self.sides[name]
            if side.english is None:
                continue
            for index, text in enumerate(side.texts):
                words = word_spans(text.text, text.spans)
                for word, english in zip(words, side.aligned(index), strict=True):
                    if english:
                        form = f"{name}:{word.of(text.text).casefold()}"
                        found.setdefault(english, Counter())[form] += 1
        return found


def load_corpus(
    data: Path, store: Path, split: str, names: Sequence[str], encode: Encode
) -> Corpus:
    """Read NTREX; vectors are computed once and kept in `store`."""
    folder = data / "ntrex" / split
    store.mkdir(parents=True, exist_ok=True)
    articles = (folder / "document_ids.txt").read_text("utf-8").rstrip("\n").split("\n")
    texts = {}
    for name in names:
        lines = read_lines(folder / f"{name}.txt")
        texts[name] = with_vectors(lines, articles, store / f"{split}.{name}.npz", encode)
    return Corpus(articles, texts)


def with_vectors(
    lines: Sequence[str], articles: Sequence[str], path: Path, encode: Encode
) -> list[Text]:
    """Return lines with the vectors of their tokens, from a file that is written if need be."""
    if not path.exists():
        tokens = encode(lines)
        counts = np.array([len(t.spans) for t in tokens], np.int32)
        spans = np.array([(s.start, s.end) for t in tokens for s in t.spans], np.int32)
        vectors = np.concatenate([t.vectors for t in tokens]).astype(np.float16)
        with path.open("wb") as file:
            np.savez(file, counts=counts, spans=spans.reshape(-1, 2), vectors=vectors)
    stored = np.load(path)
    cuts = np.cumsum(stored["counts"])[:-1]
    rows = np.split(stored["vectors"], cuts)
    tokens_of = [
        tuple(Span(int(a), int(b)) for a, b in part) for part in np.split(stored["spans"], cuts)
    ]
    whole = stored["vectors"].mean(axis=0, dtype=np.float32)
    by_article: dict[str, list[Halves]] = {}
    for article, row in zip(articles, rows, strict=True):
        by_article.setdefault(article, []).append(row)
    means = {article: _mean(np.concatenate(parts), whole) for article, parts in by_article.items()}
    return [
        Text(line, span, row, means[article])
        for line, span, row, article in zip(lines, tokens_of, rows, articles, strict=True)
    ]


def _mean(rows: Halves, whole: Vectors) -> Vectors:
    # As `align.vectors.centred` has it: a text's own mean, leaning on that of texts at large.
    weight = PRIOR_TOKENS / (PRIOR_TOKENS + len(rows))
    mean: Vectors = weight * whole + (1 - weight) * rows.mean(axis=0, dtype=np.float32)
    return mean
