"""Measures the checks one by one: silent on faithful pairs, and finding what is planted in them?

    python eval/checks.py --data DIR [--language vie --language deu …] [--split dev] [--encoder]

DIR/ntrex/SPLIT holds NTREX-128 (Federmann et al., 2022; CC BY-SA 4.0; on GitHub under
MicrosoftTranslator/NTREX), as for `eval/findings.py`. Without `--encoder` only those checks run
that need no evidence. Three tables, in Markdown:

    faithful   per check, pairs of 100 with a finding of severity minor and above, and with a major
               one. Not all are false: the translations have errors of their own.
    found      per kind of error, the share of those planted in the translations that a finding
               touches. The kinds are planted here with the language tables of the checks, so that
               they show what a check does with a word it knows, not how many words it knows.
    speed      seconds of one core for 1,000 pairs, for all checks that need no evidence.

Writes eval/results/checks-SPLIT.json.
"""

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import platformdirs

from align import pipeline
from align.bitext import Span
from align.checks import CHECKS
from align.config import CheckSettings, Config
from align.dates import PartKind, find_date_parts
from align.encoder import Encoder, load_encoder
from align.finding import Finding, Severity
from align.languages import Language, find_language
from align.manifest import find_manifest
from align.measures import dimension, find_measures

ROOT = Path(__file__).parent.parent
TAGS = {
    "vie": "vi", "deu": "de", "fra": "fr", "spa": "es", "por": "pt", "ita": "it", "nld": "nl",
    "pol": "pl", "ces": "cs", "rus": "ru", "ukr": "uk", "tur": "tr", "arb": "ar", "hin": "hi",
    "ind": "id", "tha": "th", "zho-CN": "zh", "jpn": "ja", "kor": "ko",
}  # fmt: skip
MOST = 100
"""Most errors planted of a kind."""

Pair = tuple[str, str]
Edit = tuple[str, Span]
"""A text and where in it the planted words are."""


@dataclass(frozen=True)
class Planted:
    """A pair with an error in its translation."""

    kind: str
    source: str
    target: str
    place: Span


def main() -> None:
    """Measure each language, print the tables, and store the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--language", action="append", choices=TAGS)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--encoder", action="store_true")
    options = parser.parse_args()
    cache = platformdirs.user_cache_path("veralign")
    encoder = load_encoder(find_manifest("e5-small"), cache) if options.encoder else None
    names = tuple(c.name for c in CHECKS if encoder or not c.needs_encoder)
    config = Config(checks=CheckSettings(select=names))
    figures = {}
    for language in options.language or TAGS:
        pairs = read(options.data / "ntrex" / options.split, language)
        figures[language] = measure(pairs, TAGS[language], config, encoder)
        print(json.dumps({language: figures[language]}), flush=True)
    print(table({name: f["faithful"] for name, f in figures.items()}))
    print(table({name: f["found"] for name, f in figures.items()}))
    path = ROOT / "eval" / "results" / f"checks-{options.split}.json"
    path.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def read(folder: Path, language: str) -> list[Pair]:
    """Return the lines of a language beside the English ones."""
    columns = [
        (folder / f"{name}.txt").read_text("utf-8").splitlines() for name in ("eng", language)
    ]
    return [(source.strip(), target.strip()) for source, target in zip(*columns, strict=True)]


def measure(
    pairs: Sequence[Pair], tag: str, config: Config, encoder: Encoder | None
) -> dict[str, dict[str, str | float]]:
    """Return the figures of one language, by table."""
    start = time.process_time()
    reports = list(pipeline.check_pairs(pairs, config, encoder, ("en", tag)))
    seconds = (time.process_time() - start) * 1000 / len(pairs)
    return {
        "faithful": faithful([report.findings for report in reports]),
        "found": found(plant(pairs, find_language(tag)), tag, config, encoder),
        "speed": {"seconds for 1,000 pairs": round(seconds, 2)} if encoder is None else {},
    }


def faithful(findings: Sequence[Sequence[Finding]]) -> dict[str, str | float]:
    """Return, per check and for all, pairs of 100 with a finding, and with a major one."""
    count: dict[str, Counter[str]] = defaultdict(Counter)
    for row in findings:
        for least, label in ((Severity.MINOR, "any"), (Severity.MAJOR, "major")):
            names = {f.check for f in row if f.severity >= least}
            count[label].update(names | ({"all"} if names else set()))
    share = 100 / max(1, len(findings))
    return {
        name: f"{share * count['any'][name]:.1f} / {share * count['major'][name]:.1f}"
        for name in sorted(count["any"], key=lambda name: (name == "all", name))
    }


def found(
    items: Sequence[Planted], tag: str, config: Config, encoder: Encoder | None
) -> dict[str, str | float]:
    """Return, per kind of planted error, the share that a finding touches."""
    rows = [(item.source, item.target) for item in items]
    hits: dict[str, list[bool]] = defaultdict(list)
    for item, report in zip(
        items, pipeline.check_pairs(rows, config, encoder, ("en", tag)), strict=True
    ):
        marks = [mark.span for f in report.findings if f.severity for mark in f.target]
        hits[item.kind].append(any(item.place.overlaps(span) for span in marks))
    return {kind: round(sum(hit) / len(hit), 2) for kind, hit in hits.items()}


def table(figures: dict[str, dict[str, str | float]]) -> str:
    """Return the figures of all languages as a table in Markdown."""
    columns = list(dict.fromkeys(name for row in figures.values() for name in row))
    lines = [["", *columns], ["---"] * (len(columns) + 1)]
    lines += [[name, *(str(row.get(c, "")) for c in columns)] for name, row in figures.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def plant(pairs: Sequence[Pair], language: Language) -> list[Planted]:
    """Return pairs with one error each, the same in every run."""
    planted = []
    for kind, edit in EDITS.items():
        made = 0
        order = list(range(len(pairs)))
        Random(kind).shuffle(order)  # noqa: S311 - nothing secret
        for i in order:
            source, target = pairs[i]
            edited = edit(source, target, language, Random(f"{kind}/{i}"))  # noqa: S311
            if edited and made < MOST:
                made += 1
                planted.append(Planted(kind, source, *edited))
    return planted


def change_number(source: str, target: str, language: Language, random: Random) -> Edit | None:
    """Raise one digit of a number that both sides write in digits."""
    theirs = set(re.findall(r"\d+", source))
    shared = [m for m in re.finditer(r"(?<![\w.,])\d+(?![\d.,]*\d)", target) if m[0] in theirs]
    if not shared:
        return None
    match = random.choice(shared)
    place = random.randrange(len(match[0]))
    digit = str((int(match[0][place]) + random.randint(1, 8)) % 9 + 1)
    new = match[0][:place] + digit + match[0][place + 1 :]
    return None if new in theirs else replaced(target, Span(*match.span()), new)


def change_scale(_source: str, target: str, language: Language, random: Random) -> Edit | None:
    """Put one large scale word in place of another behind a number in digits."""
    large = {
        form: value
        for forms, value in language.scale_words.items()
        for form in forms.split("|")
        if value >= 10**3 and len(form) > (2 if language.spaced else 0)
    }
    end = r"(?!\w)" if language.spaced else ""
    words = "|".join(sorted(map(re.escape, large), key=len, reverse=True))
    spots = list(re.finditer(rf"(?<=\d)\s?({words}){end}", target)) if words else []
    if not spots:
        return None
    spot = random.choice(spots)
    others = sorted(form for form, value in large.items() if value != large[spot[1]])
    return replaced(target, Span(*spot.span(1)), random.choice(others))


def change_date(_source: str, target: str, language: Language, random: Random) -> Edit | None:
    """Put one month or weekday in place of another."""
    tables = {PartKind.MONTH: language.months, PartKind.WEEKDAY: language.weekdays}
    parts = [
        part
        for part in find_date_parts(target, language)
        if part.sure and part.kind in tables and not part.span.of(target).isdecimal()
    ]
    if not parts:
        return None
    part = random.choice(parts)
    plain = [name for names in tables[part.kind] for name in names if re.fullmatch(r"[\w ]+", name)]
    others = [
        n
        for n in plain
        if find_date_parts(n, language)[:1]
        and part.values.isdisjoint(find_date_parts(n, language)[0].values)
    ]
    return replaced(target, part.span, random.choice(others)) if others else None


def change_unit(source: str, target: str, language: Language, random: Random) -> Edit | None:
    """Put one unit or currency in place of another of its kind, where both sides have it."""
    theirs = find_measures(source, find_language("en"))
    measures = [
        measure
        for measure in find_measures(target, language)
        if len(measure.units) == 1
        and any(m.units & measure.units and m.values & measure.values for m in theirs)
    ]
    if not measures:
        return None
    measure = random.choice(measures)
    unit = min(measure.units)
    kin = [u for u in language.units if dimension(u) == dimension(unit) and u not in measure.units]
    after = Span(measure.quantity.span.end, measure.span.end)
    if not kin or after.start >= after.end or "degree" in (unit, *kin):
        return None
    word = language.units[random.choice(kin)].split("|")[0]
    return replaced(target, after, f" {word}" if language.spaced else word)


def leave_untranslated(source: str, target: str, _: Language, random: Random) -> Edit | None:
    """Put the end of the source in place of the end of the target."""
    words = source.split()
    keep = random.randint(4, 8)
    if len(words) < 2 * keep:
        return None
    cut = int(len(target) * (1 - keep / len(words)))
    cut = target.rfind(" ", 0, cut) if " " in target[:cut] else cut
    new = " ".join(words[-keep:])
    return replaced(target, Span(cut, len(target)), f" {new}")


def replaced(text: str, span: Span, new: str) -> Edit:
    """Return a text with some words replaced, and where the new ones stand."""
    return text[: span.start] + new + text[span.end :], Span(span.start, span.start + len(new))


EDITS: dict[str, Callable[[str, str, Language, Random], Edit | None]] = {
    "number": change_number,
    "scale": change_scale,
    "date": change_date,
    "unit": change_unit,
    "untranslated": leave_untranslated,
}


if __name__ == "__main__":
    main()
