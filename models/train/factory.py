"""Draws the pairs to learn from: faithful ones, errors made of them, and real translations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from align.bitext import Span
from align.vectors import Vectors
from models.train import edits, meaning
from models.train.corpus import PRIOR_TOKENS, Corpus, Encode, Side, Text
from models.train.lines import Context, Editor
from models.train.pairs import (
    Draft,
    Example,
    Labels,
    all_of,
    faithful,
    finish,
    touching,
    unknown,
    unrelated,
    with_sentence,
)
from models.train.real import Real

LONGEST = 180
"""Tokens of both sides together; longer pairs are left out of the training for their cost."""

WEIGHTS = {"vie": 4.0, "deu": 3.0, "jpn": 2.0, "zho-CN": 2.0, "fra": 1.5, "spa": 1.5, "rus": 1.5}
"""How often a language is drawn, against 1."""

SCARCE = (
    meaning.wrong_date,
    meaning.scale,
    *(meaning.antonym,) * 4,
    *(edits.swap_names,) * 2,
    *(meaning.remode,) * 3,
)
"""Errors that few sentences lend themselves to; sentences are sought for them."""
SOUGHT = 0.5
"""Share of the groups whose sentence is sought for a scarce error."""
ERRORS_EACH = 3
"""Errors made of a faithful pair; a third of the pairs gets a faithful variant besides."""
FAITHFUL_SHARE = 0.35
SECOND_SHARE = 0.5
"""Share of the groups that get a second faithful pair, of another language."""
WHOLE_LINES, UNRELATED = 0.12, 0.35
"""Share of the errors that concern a whole sentence, and of these, that replace the target."""
TRIES = 8
FEWEST = 6


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A faithful pair: the texts of each side, and where they come from."""

    base: tuple[list[Text], list[Text]]
    sides: tuple[Side, Side]
    indices: list[int]
    group: int


class Factory:
    """Draws groups of examples from a corpus."""

    def __init__(
        self, corpus: Corpus, prior: Vectors, encode: Encode, scarce: Sequence[Editor] = SCARCE
    ) -> None:
        """Take the corpus.

        Args:
            corpus: The lines.
            prior: The mean token vector of texts at large.
            encode: Gives the tokens of edited texts their vectors.
            scarce: Errors for which sentences are sought.
        """
        self.corpus = corpus
        self.prior = prior
        self.encode = encode
        self.names = sorted(corpus.sides)
        self.count = 0
        self.scarce = [(editor, self._lending(editor)) for editor in scarce]

    def _lending(self, editor: Editor) -> list[int]:
        """Return the lines that lend themselves to an editor in English."""
        english, rng, empty = self.corpus.sides["eng"], Random(0), Context(())
        lines = range(len(self.corpus.articles))
        found = [i for i in lines if editor(english.line(i), empty, rng) is not None]
        return found or list(lines)

    def groups(self, rng: Random, count: int) -> list[Example]:
        """Return `count` groups: each a faithful pair, errors made of it, and faithful variants."""
        ready: list[Example] = []
        drafts: list[Draft] = []
        for _ in range(count):
            self.count += 1
            self._group(rng, self.count, ready, drafts)
        texts = self.encode([draft.edit.text for draft in drafts])
        for draft, tokens in zip(drafts, texts, strict=True):
            mean = draft.sides[draft.side][draft.part].mean
            halves = tokens.vectors.astype(np.float16)
            draft.encoded = Text(draft.edit.text, tokens.spans, halves, mean)
            example = finish(draft)
            if example is not None:
                ready.append(example)
        return [example for example in ready if example.tokens <= LONGEST]

    def _languages(self, rng: Random) -> tuple[Side, Side]:
        others = [name for name in self.names if name != "eng"]
        if len(others) == 1:
            one, other = rng.sample(["eng", *others], 2)
            return self.corpus.sides[one], self.corpus.sides[other]
        weights = [WEIGHTS.get(name, 1.0) for name in others]
        one = rng.choices(others, weights)[0]
        way = rng.random()
        if way < 0.65:
            pair = ("eng", one)
        elif way < 0.85:
            pair = (one, "eng")
        else:
            two = rng.choices(others, weights)[0]
            pair = (one, two if two != one else "eng")
        return self.corpus.sides[pair[0]], self.corpus.sides[pair[1]]

    def _group(self, rng: Random, group: int, ready: list[Example], drafts: list[Draft]) -> None:
        sought, lines = rng.choice(self.scarce) if rng.random() < SOUGHT else (None, [])
        drawn = self._drawn(rng, group, lines)
        ready.append(faithful(drawn.base, group))
        ready += self._second(drawn, rng)
        if sought is not None:
            drafts += self._draft(drawn, rng, [(sought, 1.0)])
        for _ in range(ERRORS_EACH - (sought is not None)):
            if rng.random() < WHOLE_LINES:
                ready += self._whole_line(drawn, rng)
            else:
                drafts += self._draft(drawn, rng, edits.ERRORS)
        if rng.random() < FAITHFUL_SHARE:
            drafts += self._draft(drawn, rng, edits.FAITHFUL)

    def _second(self, drawn: _Drawn, rng: Random) -> Iterator[Example]:
        """Yield the same lines in another language, so that errors are told from more than one."""
        side = rng.choice([self.corpus.sides[n] for n in self.names if n != "eng"])
        if rng.random() < SECOND_SHARE and side not in drawn.sides:
            texts = [self._text(side, i, rng) for i in drawn.indices]
            if all(text.spans for text in texts):
                yield replace(faithful((drawn.base[0], texts), drawn.group), kind="second")

    def _drawn(self, rng: Random, group: int, lines: Sequence[int]) -> _Drawn:
        sides = self._languages(rng)
        pool = lines
        while True:
            index = rng.choice(pool or range(len(self.corpus.articles)))
            pool = ()
            indices = self._run(index, rng)
            base = tuple([self._text(side, i, rng) for i in indices] for side in sides)
            size = sum(len(t.spans) for part in base for t in part)
            if FEWEST <= size <= LONGEST * 0.85 and all(t.spans for part in base for t in part):
                return _Drawn((base[0], base[1]), sides, indices, group)

    def _run(self, index: int, rng: Random) -> list[int]:
        way = rng.random()
        size = 1 if way < 0.84 else 2 if way < 0.97 else 3
        article = self.corpus.of_article[self.corpus.articles[index]]
        at = article.index(index)
        return article[at : at + size]

    def _text(self, side: Side, index: int, rng: Random) -> Text:
        text = side.texts[index]
        if rng.random() < 0.8 or not len(text.vectors):
            return text
        # A row of a table may stand alone: then only its own mean and the prior are known.
        weight = PRIOR_TOKENS / (PRIOR_TOKENS + len(text.vectors))
        own = text.vectors.mean(axis=0, dtype=np.float32)
        return replace(text, mean=weight * self.prior + (1 - weight) * own)

    def _context(self, side: Side, indices: Sequence[int]) -> Context:
        article = self.corpus.of_article[self.corpus.articles[indices[0]]]
        others = [side.line(i) for i in article if i not in indices]
        name = side.name
        return Context(others, self.corpus.cousins(name), self.corpus.opposites(name))

    def _draft(
        self, drawn: _Drawn, rng: Random, editors: Sequence[tuple[Editor, float]]
    ) -> Iterator[Draft]:
        for _ in range(TRIES):
            side, part = rng.randrange(2), rng.randrange(len(drawn.indices))
            context = self._context(drawn.sides[side], drawn.indices)
            editor = rng.choices([e for e, _ in editors], [w for _, w in editors])[0]
            line = drawn.sides[side].line(drawn.indices[part])
            edit = editor(line, context, rng)
            if edit is not None and edit.text.strip() and edit.text != line.text:
                yield Draft(drawn.base, side, part, edit, drawn.group)
                return

    def _whole_line(self, drawn: _Drawn, rng: Random) -> Iterator[Example]:
        article = self.corpus.of_article[self.corpus.articles[drawn.indices[0]]]
        near = [i for i in article if i not in drawn.indices]
        if not near:
            return
        if rng.random() < UNRELATED:
            texts = drawn.sides[1].texts
            wanted = sum(len(t.spans) for t in drawn.base[1])
            some = rng.sample(near, min(4, len(near)))
            other = min(some, key=lambda i: abs(len(texts[i].spans) - wanted))
            yield unrelated(drawn.base[0], [texts[other]], drawn.group)
            return
        side, place = rng.randrange(2), rng.randrange(len(drawn.indices) + 1)
        edge = {0: drawn.indices[0] - 1, len(drawn.indices): drawn.indices[-1] + 1}.get(place)
        extra = drawn.sides[side].texts[edge if edge in near else rng.choice(near)]
        if extra.spans:
            extra = replace(extra, mean=drawn.base[side][0].mean)
            yield with_sentence(drawn.base, side, place, extra, drawn.group)


class RealPairs:
    """Real machine translation of one pair of languages, encoded as it is drawn."""

    def __init__(self, rows: Sequence[Real], encode: Encode) -> None:
        """Take the rows; the means come from the first of them."""
        self.rows = rows
        self.encode = encode
        sample = rows[:48]
        self.means = tuple(
            np.concatenate([t.vectors for t in encode(texts)]).mean(axis=0)
            for texts in ([r.source for r in sample], [r.target for r in sample])
        )

    def draw(self, rng: Random, count: int, group: int) -> list[Example]:
        """Return examples; their groups are below zero, for none has a faithful version."""
        rows = rng.sample(self.rows, min(count, len(self.rows)))
        tokens = self.encode([r.source for r in rows] + [r.target for r in rows])
        found = []
        for k, row in enumerate(rows):
            source, target = (
                Text(text, t.spans, t.vectors.astype(np.float16), mean)
                for text, t, mean in (
                    (row.source, tokens[k], self.means[0]),
                    (row.target, tokens[len(rows) + k], self.means[1]),
                )
            )
            if source.spans and target.spans:
                found.append(_real(row, source, target, -group - k))
        return [example for example in found if example.tokens <= LONGEST]


def _real(row: Real, source: Text, target: Text, group: int) -> Example:
    silent = (unknown(source), unknown(target))
    bad = (_bad(source, row.source_bad), _bad(target, row.target_bad))
    # What no post-editor touched is faithful, and this is where silence on real output is learnt.
    clean = all((b == 0).all() for b in bad) and row.critical is None
    none = (all_of(source, 0), all_of(target, 0)) if clean else silent
    error = "" if clean else None
    return Example(source, target, none, none, bad, error, row.critical, group, "real")


def _bad(text: Text, tags: Sequence[tuple[Span, bool]] | None) -> Labels:
    if tags is None:
        return unknown(text)
    return touching(text, [span for span, bad in tags if bad]).astype(np.int8)
