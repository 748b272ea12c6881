"""Edits that keep what a sentence says, so that silence is learnt too."""

import re
from random import Random

from models.train import rules
from models.train.lines import Context, Edit, Line
from models.train.meaning import replaced


def punctuate(line: Line, context: Context, rng: Random) -> Edit | None:
    """Change marks of punctuation, which changes nothing."""
    swaps = [
        ("“", '"'),
        ("”", '"'),
        ("’", "'"),
        ('"', "“"),
        (" – ", ", "),
        (" - ", " – "),
        (";", ","),
        (",", ""),
        (".", ""),
    ]
    rng.shuffle(swaps)
    for old, new in swaps:
        at = line.text.find(old)
        if at >= 0 and not line.text[max(0, at - 1) : at + 2].strip(old).isdigit():
            return Edit(line.text[:at] + new + line.text[at + len(old) :], "punctuate", "")
    return None  # fmt: skip


def reorder(line: Line, context: Context, rng: Random) -> Edit | None:
    """Move the first clause behind the second, where two commas stand or one does."""
    match = re.fullmatch(r"([^,.;:]{12,80}), ([^,;:]{12,200})([.!]?)", line.text)
    if not match:
        return None
    first, second, stop = match.groups()
    text = second[:1].upper() + second[1:] + ", " + first[:1].lower() + first[1:] + stop
    return Edit(text, "reorder", "")


def reword(line: Line, context: Context, rng: Random) -> Edit | None:
    """Use another wording for the same: a contraction, a number in words."""
    if line.language != "en":
        return None
    if rng.random() < 0.4:
        edit = _numeral(line, rng)
        if edit:
            return edit
    edit = replaced(line, rules.CONTRACTIONS, rng, "reword")
    return Edit(edit.text, "reword", "") if edit else None


def _numeral(line: Line, rng: Random) -> Edit | None:
    names = rules.NUMERALS_EN
    found = list(re.finditer(r"(?<![\d.,$£€-])(?:[2-9]|1[0-2])(?![\d.,%:-])", line.text))
    words = list(re.finditer(rf"\b(?:{'|'.join(names[2:])})\b", line.text))
    if not found and not words:
        return None
    match = rng.choice(found + words)
    new = names[int(match.group())] if match.group().isdigit() else str(names.index(match.group()))
    text = line.text[: match.start()] + new + line.text[match.end() :]
    return Edit(text, "numeral", "")


def restyle(line: Line, context: Context, rng: Random) -> Edit | None:
    """Write the line in another case, as a heading may be."""
    way = rng.random()
    text = line.text
    if way < 0.35:
        made = text.upper()
    elif way < 0.7:
        made = text[:1] + text[1:].lower() if way < 0.5 else text.title()
    else:
        made = text.rstrip(".。!") if text[-1:] in ".。!" else text + "."
    return Edit(made, "restyle", "") if made != text else None
