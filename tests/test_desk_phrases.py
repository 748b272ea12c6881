"""Tests that the desk says everything in the language of its reader."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from align.checks import CHECKS
from align.desk.pages import REASONS
from align.desk.phrases import LANGUAGES
from align.desk.phrases.messages import language_called, told
from align.encoder import Encoder
from align.house import House
from align.read.house import parse_names, parse_terms
from tests.desks import add_article, make_desk, visiting
from tests.test_checks import BY_NAME, CASES, pair

DESK = Path(__file__).parent.parent / "align" / "desk"
TEMPLATES = sorted((DESK / "templates").glob("*.jinja"))
OURS = {"veralign", "veralign.", "API"}
SAME = {"api", "api.title"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name.split(".")[0])
def test_templates_say_nothing_themselves(path: Path) -> None:
    """Whatever a reader sees or hears comes from the phrases; the API's description is English."""
    text = path.read_text("utf-8").partition('<div lang="en">')[0]
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<svg.*?</svg>|<kbd>.*?</kbd>", "", text, flags=re.DOTALL)
    shown = re.sub(r"<[^>]*>|(?:\?|&amp;)\w+=|&\w+;|/api/openapi.json", " ", text)
    heard = re.findall(r'(?:title|aria-label|placeholder|alt)="([^"]*)"', text)
    words = {word for part in (shown, *heard) for word in re.findall(r"[^\W\d_]\w+", part)}
    assert not words - OURS


def test_every_phrase_is_there_and_is_said() -> None:
    """What templates and pages ask for by name exists; and no phrase is left that nobody says."""
    code = "".join(p.read_text("utf-8") for p in (*TEMPLATES, DESK / "pages.py"))
    asked = set(re.findall(r"""say\(["']([\w.]+)["'][),]""", code))
    assert asked <= set(LANGUAGES["en"])
    begun = tuple(re.findall(r"""["']([\w.]+\.)["'] ~""", code))
    named = set(re.findall(r"""["']([\w.]+)["']""", code))
    views = (DESK / "views.py").read_text("utf-8")
    facts = {key for key in LANGUAGES["en"] if f'"{key}"' in views} | {"suspect", "partly covered"}
    unsaid = {k for k in LANGUAGES["en"] if not k.startswith(begun)} - named - facts - {"language"}
    assert not unsaid
    assert {f"reason.{name}" for name in REASONS} <= set(LANGUAGES["en"])


def test_no_phrase_is_left_in_english() -> None:
    """Every phrase differs from the English one, but for names."""
    english, vietnamese = LANGUAGES["en"], LANGUAGES["vi"]
    assert {key for key in english if english[key] == vietnamese[key]} <= SAME


def test_pages_in_vietnamese_say_nothing_in_english(tmp_path: Path) -> None:
    """No English phrase and no message of a check stands on any page, not even where it fails."""
    desk = make_desk(str(tmp_path / "d.sqlite"))
    add_article(desk.engine)
    english = [phrase for key, phrase in LANGUAGES["en"].items() if key not in SAME]
    whole = [re.escape(phrase) for phrase in english if "{" not in phrase and " " in phrase]
    with visiting(desk) as client:
        client.get("/language/vi")
        for path in ("/", "/articles/1", "/statistics", "/articles/7", "/jobs/7", "/nowhere"):
            text = client.get(path).text
            assert not re.search(rf"\b(?:{'|'.join(whole)})\b", text), path
            assert not re.search("no counterpart|Nothing in the|There is no|Not Found", text), path
        assert "Bản dịch không có gì tương ứng với “Biden instead" in client.get("/articles/1").text
        assert "Tiếng Anh" in client.get("/articles/1").text


def messages() -> Iterator[str]:
    """Yield what the checks can say, an X for each part that is filled in."""
    for path in sorted((DESK.parent / "checks").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            given: list[ast.expr] = []
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "message":
                given = [node.value]
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "Mismatch":
                given = [node.args[0]]
            elif isinstance(node, ast.FunctionDef) and node.name == "_message":
                given = [r.value for r in ast.walk(node) if isinstance(r, ast.Return) and r.value]
            parts = (
                p for g in given for p in ([g.body, g.orelse] if isinstance(g, ast.IfExp) else [g])
            )
            yield from (
                skeleton(part) for part in parts if isinstance(part, ast.JoinedStr | ast.Constant)
            )


def skeleton(node: ast.JoinedStr | ast.Constant) -> str:
    """Return a message with an X for each part that is filled in."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(p.value) if isinstance(p, ast.Constant) else "X" for p in parts)


# Parts of these are words of ours, which the cases below go through.
PIECED = {
    "X X X in the translationX.",
    "“X” is past, X",
    "“X” goes on now, X",
    "X X missing from the translation.",
    "“X” is not to be “X”X.",
    "“X” is X: X denies nothing.",
    "“X” X; X X.",
}


def test_every_message_of_the_checks_is_known() -> None:
    """A check that says something new needs its words in Vietnamese, too."""
    found = set(messages())
    assert len(found) > 30
    assert {m for m in found if told(m, "vi") == m} <= PIECED
    assert found >= PIECED


@pytest.mark.model
def test_messages_of_all_cases_are_known(encoder: Encoder) -> None:
    """What the checks say of their cases and examples is said in Vietnamese."""
    left = []
    for check in CHECKS:
        for case in tomllib.loads((CASES / f"{check.name}.toml").read_text("utf-8"))["case"]:
            if case["expect"] != "find":
                continue
            tags = (case.get("source_language", "en"), case.get("target_language", "vi"))
            terms = parse_terms(case["glossary"].encode(), "") if "glossary" in case else ()
            names = parse_names(case["aliases"].encode(), "") if "aliases" in case else {}
            seen = pair(encoder, case["source"], case["target"], tags, House(terms, names))
            said = [mismatch.message for mismatch in BY_NAME[check.name].find(seen)]
            left += [message for message in said if told(message, "vi") == message]
    assert not left


def test_words_of_the_texts_are_left_alone() -> None:
    """What is quoted is nobody's to translate, even if it reads like words of ours."""
    assert told("“the source” became “unit”.", "vi") == "“the source” thành “unit”."
    assert told("The translation is still in English.", "vi") == "Bản dịch vẫn còn là tiếng Anh."
    assert told("“held” became “sẽ”.", "en") == "“held” became “sẽ”."
    assert told("something new", "vi") == "something new"
    assert language_called("xx-none", "vi") == ""
