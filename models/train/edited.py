"""The post-edits of MLQE-PE as faithful pairs: texts of another kind than news."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import regex

from models.train.corpus import Corpus, Encode, with_vectors
from models.train.real import read_words

EDITED_LINES, EDITED_ARTICLE = 3000, 40
"""Post-edited pairs that are taken of each pair of languages, and of how many a mean is made."""
_EDITED = {"en": "eng", "de": "deu", "zh": "zho-CN", "ro": "ron", "ru": "rus"}
"""Languages whose machine translation was good enough for the post-edits to be faithful."""


def load_edited(data: Path, store: Path, encode: Encode, wider: Corpus) -> Iterator[Corpus]:
    """Read what post-editors of MLQE-PE made of machine translation: faithful, and not news."""
    articles = [str(k // EDITED_ARTICLE) for k in range(EDITED_LINES)]
    for pair, rows in read_words(data, "train"):
        if not set(pair.split("-")) <= set(_EDITED):
            continue
        some = Random(0).sample(rows, min(EDITED_LINES, len(rows)))
        texts = {}
        for tag, lines in zip(
            pair.split("-"), ([r.source for r in some], [r.edited for r in some]), strict=True
        ):
            name = _EDITED[tag]
            path = store / f"edited.{pair}.{name}.npz"
            plain = [untokenised(line) for line in lines]
            texts[name] = with_vectors(plain, articles[: len(some)], path, encode)
        yield Corpus(articles[: len(some)], texts, wider)


_TIGHT = (
    (regex.compile(r"\s+([,.;:!?%)\]}…]|['’](?:s|t|re|ve|ll|d|m)\b)"), r"\1"),
    (regex.compile(r"([(\[{])\s+"), r"\1"),
    (regex.compile(r'"\s*([^"]*?)\s*"'), r'"\1"'),
    (
        regex.compile(
            r"(?<=[\p{Han}，。、；：！？《》（）“”])\s+(?=[\p{Han}，。、；：！？《》（）“”\d])"
        ),
        "",
    ),
    (regex.compile(r"(?<=\d)\s+(?=\p{Han})"), ""),
)


def untokenised(text: str) -> str:
    """Return a text whose marks stand apart from the words as people write it."""
    for pattern, new in _TIGHT:
        text = pattern.sub(new, text)
    return text
