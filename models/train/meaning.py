"""Edits that turn what a sentence says: figures, dates, negation, time, possibility, opposites."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from random import Random

from babel import Locale, UnknownLocaleError

from align.bitext import Span
from models.train import opposites, particles, rules
from models.train.lines import Context, Edit, Editor, Line, put

SHOWN_SHARE = 0.6
"""How often an opposite that the translations show is put where a listed one could be."""

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def wrong_number(line: Line, context: Context, rng: Random) -> Edit | None:
    """Change a digit, drop one, double one, or put another number."""
    found = [Span(*m.span()) for m in _DIGITS.finditer(line.text)]
    if not found:
        return None
    span = rng.choice(found)
    old = span.of(line.text)
    places = [k for k, c in enumerate(old) if c.isdigit()]
    k = rng.choice(places)
    way = rng.random()
    if way < 0.6:
        new = old[:k] + rng.choice([d for d in "0123456789" if d != old[k]]) + old[k + 1 :]
    elif way < 0.75:
        new = old[:k] + rng.choice("0123456789") + old[k:]
    elif way < 0.85 and len(places) > 1:
        new = old[:k] + old[k + 1 :]
    else:
        new = str(rng.choice((rng.randrange(2, 100), rng.randrange(100, 3000))))
    if new[:1] == "0" or not re.fullmatch(r"\d+(?:[.,]\d+)*", new):
        return None
    return put(line, span, new, "number", "number")


def replaced(line: Line, table: Sequence[rules.Rule], rng: Random, error: str) -> Edit | None:
    """Apply one of the rules that fit."""
    order = list(table)
    rng.shuffle(order)
    for pattern, new in order:
        # Few words are turned at the start of a sentence in good faith: that makes a question.
        found = list(re.finditer(pattern, line.text))
        if found:
            match = rng.choice(found)
            return _put_match(line, match, match.expand(new), error)
    return None


def _put_match(line: Line, match: re.Match[str], new: str, error: str) -> Edit | None:
    span = Span(*match.span())
    if new.strip():
        return put(line, span, new, error, error)
    text = line.text[: span.start] + line.text[span.end :]
    # Where a word is gone, its neighbour shows it.
    near = re.compile(r"[^\W\d_]+").search(text, span.start)
    given = (Span(*near.span()),) if near else ()
    return Edit(text, error, error, taken=(span,), given=given)


def _ruled(tables: dict[str, tuple[rules.Rule, ...]], error: str) -> Editor:
    def edit(line: Line, context: Context, rng: Random) -> Edit | None:
        return replaced(line, tables.get(line.language, ()), rng, error)

    return edit


@cache
def _opposites(pairs: str, both: bool = True) -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    table: dict[str, list[str]] = {}
    for group in re.split(r"[|\n]", pairs.strip()):
        words = group.split()
        half = len(words) // 2
        sides = (" ".join(words[:half]), " ".join(words[half:])) if both else tuple(words)
        for word in sides:
            table.setdefault(word, []).extend(other for other in sides if other != word)
    names = sorted(table, key=len, reverse=True)
    unspaced = all(ord(c) > 0x2E80 for name in names for c in name)
    body = "|".join(re.escape(name) for name in names)
    pattern = re.compile(body if unspaced else rf"(?<![\w'’-])(?:{body})(?![\w'’-])", re.IGNORECASE)
    return pattern, {word.casefold(): tuple(others) for word, others in table.items()}


def _opposed(pairs: str, line: Line, rng: Random, error: str, both: bool = True) -> Edit | None:
    pattern, table = _opposites(pairs, both)
    found = list(pattern.finditer(line.text))
    if not found:
        return None
    match = rng.choice(found)
    others = table.get(match.group().casefold())
    if not others:
        return None
    new = rng.choice(others)
    if match.group()[:1].isupper():
        new = new[:1].upper() + new[1:]
    return put(line, Span(*match.span()), new, error, error)


def antonym(line: Line, context: Context, rng: Random) -> Edit | None:
    """Put the opposite, one that is listed or one that the translations have shown."""
    pairs = opposites.ANTONYMS.get(line.language)
    edit = _opposed(pairs, line, rng, "mistranslation") if pairs else None
    if edit is None or rng.random() < SHOWN_SHARE:
        edit = _shown_opposite(line, context, rng) or edit
    return Edit(edit.text, "antonym", edit.error, edit.taken, edit.given) if edit else None


def _shown_opposite(line: Line, context: Context, rng: Random) -> Edit | None:
    order = list(range(len(line.words)))
    rng.shuffle(order)
    for k in order:
        found = context.opposites(line.word(k))
        if found:
            return put(line, line.words[k], rng.choice(found), "antonym", "mistranslation")
    return None


def english_opposites() -> Mapping[str, tuple[str, ...]]:
    """Return the opposites of English words, small letters."""
    return _opposites(opposites.ANTONYMS["en"])[1]


def scale(line: Line, context: Context, rng: Random) -> Edit | None:
    """Write a million for a billion; sometimes another unit."""
    tables = list(opposites.SCALES.get(line.language, ()))
    kind = "magnitude"
    if line.language == "en" and rng.random() < 0.3:
        tables, kind = list(opposites.UNITS), "unit"
    rng.shuffle(tables)
    for table in tables:
        edit = _opposed(table, line, rng, "number", both=False)
        if edit:
            return Edit(edit.text, kind, "number", edit.taken, edit.given)
    return None


def quantifier(line: Line, context: Context, rng: Random) -> Edit | None:
    """Write some for all. Kept out of the training, to see what carries over."""
    tables = list(opposites.QUANTIFIERS) if line.language == "en" else []
    rng.shuffle(tables)
    for table in tables:
        edit = _opposed(table, line, rng, "mistranslation", both=False)
        if edit:
            return Edit(edit.text, "quantifier", edit.error, edit.taken, edit.given)
    return None


@cache
def _calendar(language: str) -> tuple[str, ...]:
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return ()
    tables = []
    for names in (locale.months, locale.days):
        for form in ("format", "stand-alone"):
            words = [names[form]["wide"][k] for k in names[form]["wide"]]
            spaces = [w.replace(" ", "\x00") for w in words]
            tables.append(" ".join(spaces))
    return tuple(dict.fromkeys(tables))


def wrong_date(line: Line, context: Context, rng: Random) -> Edit | None:
    """Write another month or weekday."""
    # In English and German a small letter makes another word: "may", "march".
    flags = re.NOFLAG if line.language in ("en", "de") else re.IGNORECASE
    for table in _calendar(line.language):
        names = [word.replace("\x00", " ") for word in table.split(" ")]
        # Months that are mere numbers ("1月") are left to the numbers.
        found = [
            m
            for name in names
            if not name[:1].isdigit() and len(name) > 1
            for m in re.finditer(rf"(?<!\w){re.escape(name)}(?![a-z])", line.text, flags)
        ]
        if found:
            match = rng.choice(found)
            old = match.group()
            new = rng.choice([name for name in names if name.casefold() != old.casefold()])
            new = new[:1].upper() + new[1:] if old[:1].isupper() else new[:1].lower() + new[1:]
            return put(line, Span(*match.span()), new, "date", "date")
    return None


negate = _ruled(rules.NEGATION | particles.NEGATION, "negation")
retime = _ruled(rules.TENSE | particles.TENSE, "tense")
remode = _ruled(rules.MODALITY | particles.MODALITY, "modality")
