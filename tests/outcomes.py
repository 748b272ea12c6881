"""Outcomes for the tests of a batch's report, made without a model."""

from dataclasses import replace
from pathlib import Path

from align.batch.outcome import Digested, Failure, Outcome, render
from align.bitext import Bead, Bitext
from align.finding import BeadRisk, ErrorType, Report, Severity
from align.site.folder import RESULTS
from tests.reports import clean_report, document, finding, mark, rich_report, silent_report

TRANSLATIONS = {
    "vi": "Cảng đóng cửa hôm thứ Hai vì bão.",
    "ar": "أُغلق الميناء يوم الثلاثاء.",
    "th": "ท่าเรือปิดเมื่อวันจันทร์ เพราะพายุ",
    "zh": "港口周一因风暴关闭。",
    "hi": "तूफ़ान के कारण बंदरगाह सोमवार को बंद रहा।",
}
HOSTILE = "</script><script>document.title='owned'</script>\u202eevil\u2028<!--"
SOURCE = "The port closed on Monday because of a storm."


def language_report(language: str, severity: Severity, risk: float) -> Report:
    """Return a report with one finding about a translation into a language."""
    source, ours = document("port.txt", "en", SOURCE)
    text = TRANSLATIONS[language]
    target, theirs = document(f"port-{language}.txt", language, text)
    kind = ("date", ErrorType.DATE, severity)
    marks = (mark(ours, 0, "Monday"),), (mark(theirs, 0, text[:4]),)
    found = finding(kind, 0, *marks, f"“Monday” is not “{text[:4]}”.", "By the calendar.")
    beads = (Bead(range(1), range(1), 0.9),)
    risks = (BeadRisk(risk, True),)
    bitext = Bitext(source, target, ours, theirs, beads)
    return Report(bitext, (found,), (), "veralign:0|checks:date.2", risk, risks)


def outcome(pair: str, report: Report | None, **fields: str) -> Outcome:
    """Return an outcome; one without a report has an error."""
    files = Digested(f"wire/{pair}.txt", "0" * 64), Digested(f"out/{pair}.txt", "1" * 64)
    error = None if report else Failure("The file is empty.", files[1].path, "Translate it.")
    return Outcome(pair, *files, tuple(fields.items()), "key", report, error)


def mixed() -> list[Outcome]:
    """Return outcomes of all kinds: languages, hostile texts, errors, missing fields."""
    grades = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR, Severity.NEUTRAL, Severity.MAJOR)
    languages = [
        outcome(
            f"port {language}",
            language_report(language, grade, 0.9 - number / 10),
            translator=("Lan", "Omar")[number % 2],
            date=f"2026-11-{number + 1:02d}",
        )
        for number, (language, grade) in enumerate(zip(TRANSLATIONS, grades, strict=True))
    ]
    clean = [
        outcome(f"clean {n}", replace(clean_report(), risk=n / 100), translator="Nguyễn Văn An")
        for n in range(1, 5)
    ]
    return [
        *languages,
        *clean,
        outcome("rich", rich_report(), translator=HOSTILE, desk="=1+1"),
        outcome("silent", silent_report(), translator="Lan", date="2026-11-03"),
        outcome(f"broken {HOSTILE}", None, date="yesterday"),
    ]


def store(folder: Path, outcomes: list[Outcome]) -> Path:
    """Write outcomes as the results of a batch."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / RESULTS).write_text("".join(map(render, outcomes)), "utf-8")
    return folder
