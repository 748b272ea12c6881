"""What the viewer says about the texts: the line above them, and the reason of a finding below."""

from rich.text import Text

from align.finding import Report
from align.viewer.state import View
from align.write.columns import STYLES
from align.write.slices import tidy
from align.write.words import SIGNS, TYPES, count, percent, skipped_by_reason, unsaid_words, verdict


def head(view: View, status: str) -> str:
    """Return the line above the texts: what they are called, and how far the check has come."""
    parts = [status]
    if view.seen is not None:
        listed, everything = len(view.listed()), len(view.seen.report.findings)
        has_number = view.current() is not None and view.finding is not None
        number = f"{(view.finding or 0) + 1}/{listed}" if has_number else count(listed, "finding")
        parts.append(number)
        if listed != everything:
            parts.append(f"{everything - listed} filtered out")
    if view.query:
        parts.append(f"“{tidy(view.query)}”: {count(len(view.found), 'place')}")
    names = " → ".join(tidy(document.name) or "unnamed" for document in view.documents)
    return " · ".join(filter(None, (*parts, names)))


def reason(view: View) -> Text:
    """Return what is said of the finding that is looked at, or of the whole report."""
    if view.seen is None:
        return Text("The texts are being put together …", "dim")
    finding = view.current()
    if finding is None:
        return _whole(view.seen.report, is_whole=view.seen.is_whole)
    text = Text.assemble(
        (f"{SIGNS[finding.severity]} {finding.severity.label}", STYLES[finding.severity]),
        (f" · {TYPES[finding.error_type]}", "bold"),
        (f" · {tidy(finding.check)} check · {percent(finding.confidence)} sure", "dim"),
    )
    if finding.accepted:
        text.append(f"\n✓ accepted: {tidy(finding.accepted)}", "green")
    text.append(f"\n{tidy(finding.message)}")
    for line in finding.grounds():
        text.append(f"\nEvidence: {tidy(line)}", "dim")
    words = unsaid_words(finding)
    return text.append(f"\n{words}", "dim") if words else text


def _whole(report: Report, *, is_whole: bool) -> Text:
    if not is_whole:
        return Text("Being checked …", "dim")
    text = Text(verdict(report), "bold")
    if report.risk is not None:
        text.append(f"\nRisk {percent(report.risk)}")
    for why, checks in skipped_by_reason(report).items():
        text.append(f"\nNot checked: {', '.join(checks)}: {why}", "dim")
    return text
