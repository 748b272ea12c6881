"""What measures the findings: curves, figures and the page for people to read."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.bitext import Span
from align.finding import ErrorType, Finding, Mark, PairReport, Severity
from eval import curves, findings, findings_plot, findings_real
from eval.findings import Answered
from models.train.planted import Planted
from models.train.real import Real
from models.train.risk import Sample, drawn_documents, held_out, kept, regression

SCORES = np.array([0.1, 0.2, 0.2, 0.6, 0.7, 0.9])
WRONG = np.array([False, False, True, False, True, True])


def finding(start: int, end: int, severity: Severity = Severity.MAJOR) -> Finding:
    """Return a finding on words of the source."""
    mark = Mark(0, Span(start, end), "words")
    return Finding("k", "name", ErrorType.NAME, severity, 0.9, 0, (mark,), (), "A name.", ())


def answered(kind: str, risk: float, *found: Finding, spans: tuple[Span, ...] = ()) -> Answered:
    """Return a pair with its answer."""
    pair = Planted("a", kind, "Kovac met Brandt.", "Kovac traf Brandt.", spans)
    return Answered("deu", pair, PairReport(0, risk, (), found))


def test_auroc_counts_pairs_and_halves_ties() -> None:
    """Of nine pairs of an error with a faithful one, seven are in order and one is a tie."""
    assert curves.auroc(WRONG, SCORES) == pytest.approx(7.5 / 9)
    assert np.isnan(curves.auroc(np.ones(3, bool), np.arange(3.0)))


def test_average_precision_is_that_of_the_ranks() -> None:
    """Errors at ranks 1, 2 and, tied with a faithful pair, 4 to 5."""
    assert curves.average_precision(WRONG, SCORES) == pytest.approx((1 + 1 + 3 / 5) / 3)


@given(
    st.lists(
        st.tuples(st.floats(0, 1, allow_subnormal=False), st.booleans()), min_size=2, max_size=60
    )
)
def test_a_curve_runs_from_few_to_all(rows: list[tuple[float, bool]]) -> None:
    """Recall rises to one, and precision ends at the share of errors."""
    score, wrong = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    if not wrong.any():
        return
    points = curves.precision_recall(wrong, score)
    recalls = [recall for recall, _ in points]
    assert recalls == sorted(recalls)
    assert points[-1][0] == 1.0
    assert points[-1][1] == pytest.approx(wrong.mean(), abs=1e-3)


def test_recall_at_allowed_alarms() -> None:
    """With one alarm in four allowed, the second highest faithful score is the limit."""
    sound = np.array([0.1, 0.2, 0.3, 0.8])
    assert curves.recall_at(np.array([0.25, 0.5, 0.9]), sound, 25) == pytest.approx(2 / 3)
    assert curves.recall_at(np.array([0.5, 0.9]), sound, 1) == pytest.approx(1 / 2)


def test_reliability_and_correlation() -> None:
    """Risks that are true to their name lie on the diagonal; a perfect score correlates fully."""
    risk = np.array([0.25, 0.25, 0.25, 0.25, 0.95, 0.95])
    wrong = np.array([True, False, False, False, True, True])
    assert curves.reliability(risk, wrong) == [(0.25, 0.25, 4), (0.95, 1.0, 2)]
    assert curves.best_correlation(wrong, wrong.astype(float)) == pytest.approx(1.0)


def test_scarce_kinds_count_more_and_errors_their_share() -> None:
    """A fifth of the weight is that of errors, and a lone error weighs more than one of many."""
    kinds = [""] * 10 + ["name"] * 9 + ["date"]
    counts = curves.balanced(kinds, 0.2)
    assert counts[10:].sum() == pytest.approx(0.2 * counts.sum())
    assert counts[-1] == pytest.approx(3 * counts[10])


def test_a_finding_must_touch_the_words_concerned() -> None:
    """A finding elsewhere is no hit; where no words are known, any finding is."""
    name = (Span(10, 16),)
    assert findings.is_found(answered("name", 0.9, finding(10, 16), spans=name))
    assert not findings.is_found(answered("name", 0.9, finding(0, 5), spans=name))
    assert not findings.is_found(
        answered("name", 0.9, finding(10, 16, Severity.NEUTRAL), spans=name)
    )
    assert findings.is_found(answered("name", 0.9, finding(0, 5)))


def test_figures_of_faithful_pairs_and_errors() -> None:
    """Alarms are counted on faithful pairs only, found errors on the others."""
    rows = [answered("", 0.1), answered("", 0.6, finding(0, 5))]
    rows += [answered("name", 0.9, finding(0, 5)), answered("name", 0.2)]
    assert findings.silence(rows) == {
        "pairs": 2,
        "any": 50.0,
        "major": 50.0,
        "by check": {"name": 50.0},
    }
    assert findings.planted(rows)["name"] == {
        "pairs": 2,
        "AUROC": 0.75,
        "recall at 5": 0.5,
        "recall at 1": 0.5,
        "found": 0.5,
    }


def test_the_page_shows_both_sentences() -> None:
    """The worst false alarm comes first, with what was said; a miss with the words concerned."""
    page = findings.page(
        [answered("", 0.6, finding(0, 5)), answered("name", 0.2, spans=(Span(10, 16),))]
    )
    alarm, miss = page.split("# Errors that were suspected least")
    assert "Kovac traf Brandt." in alarm
    assert "name, major: A name." in alarm
    assert "Concerned: “Brandt”" in miss


def test_a_regression_finds_what_errors_hang_on() -> None:
    """A sign that tells gets weight, one that does not or tells the opposite gets none."""
    rng = np.random.default_rng(0)
    wrong = rng.random(600) < 0.5
    design = np.stack([wrong + rng.normal(0, 0.5, 600), rng.normal(size=600), -1.0 * wrong], 1)
    slopes = regression(design, wrong, np.ones(600))
    assert slopes[0] > 1
    assert slopes[1] < 0.3
    assert slopes[2] == 0
    odds = held_out(design, wrong, np.ones(600), [str(k % 5) for k in range(600)])
    assert curves.auroc(wrong, odds) > 0.85


def test_documents_are_drawn_with_and_without_errors() -> None:
    """About half of the documents have an error, and theirs have the higher worst odds."""
    samples = [
        Sample("deu", str(k % 21), "name" if k % 4 == 0 else "", (0.0,), 0.0) for k in range(800)
    ]
    odds = np.array([3.0 if sample.kind else -2.0 for sample in samples])
    rows, errors = drawn_documents(samples, odds)
    assert 0.3 < errors.mean() < 0.7
    assert set(rows[errors, 0]) == {3.0}
    assert set(rows[~errors, 0]) == {-2.0}


FIGURES = {
    "precision-recall": [[0.5, 1.0], [1.0, 0.6]],
    "reliability": [[0.2, 0.1, 40], [0.9, 0.95, 7]],
}


def test_the_same_figures_give_the_same_picture(tmp_path: Path) -> None:
    """A drawing does not change unless its figures do."""
    one, two = tmp_path / "one.svg", tmp_path / "two.svg"
    findings_plot.draw(FIGURES, one)
    findings_plot.draw(FIGURES, two)
    assert one.read_bytes() == two.read_bytes()
    assert "risk as reported" in one.read_text("utf-8")


def test_each_kind_has_its_picture(tmp_path: Path) -> None:
    """Seven of them need two rows, and each stands under its name."""
    names = [f"kind-{k}" for k in range(7)]
    findings_plot.draw_each([(name, FIGURES) for name in names], tmp_path / "kinds.svg")
    drawn = (tmp_path / "kinds.svg").read_text("utf-8")
    assert all(name in drawn for name in names)


def test_each_kind_has_its_curves() -> None:
    """The curve of a kind is that of its errors and the faithful pairs, and no other kind's."""
    rows = [answered("", 0.1), answered("", 0.3), answered("name", 0.9), answered("date", 0.2)]
    kinds = findings.together(rows)["planted"]
    assert isinstance(kinds, dict)
    assert kinds["name"]["average precision"] == 1.0
    assert kinds["date"]["average precision"] == 0.5
    assert kinds["name"]["precision-recall"][-1] == (1.0, 0.333)


def test_lists_of_numbers_stay_on_a_line() -> None:
    """Curves do not fill a screen each, and the rest is left as it is."""
    rows = json.dumps({"a": [[0.5, 1.0], [1, 2]], "b": "[1]"}, indent=1)
    assert json.loads(findings.tidy(rows)) == json.loads(rows)
    assert "[ 0.5, 1.0 ]" in findings.tidy(rows)


def test_marks_are_compared_with_changed_words() -> None:
    """Marks on just the words that people changed agree with them fully, on others not at all."""
    words = ((Span(0, 5), True), (Span(6, 9), False), (Span(10, 17), False))
    row = Real("Kovac met Brandt.", "Kovac traf Brandt.", words, None, None)
    right, none = answered("", 0.9, finding(0, 5)).report, answered("", 0.1).report
    assert findings_real.agreement([row], [right])["source correlation"] == 1.0
    assert findings_real.agreement([row], [none])["source correlation"] == 0.0
    assert findings_real.agreement([row], [right])["source marked"] == pytest.approx(
        1 / 3, abs=1e-3
    )


def test_annotations_of_several_raters_are_put_together(tmp_path: Path) -> None:
    """What any rater saw counts, errors of accuracy only, and the marks leave the texts."""
    lines = [
        "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\tcomment",
        'A\td\t1\t1\tx\tA "big" ship.\tEin <v>kleines</v> Schiff.'
        "\tAccuracy/Mistranslation\tMajor\t",
        'A\td\t1\t1\ty\tA "big" ship.\tEin kleines Schiff.\tFluency/Grammar\tMinor\t',
        'B\td\t1\t1\tx\tA "big" ship.\tEin Schiff.\tNo-error\tno-error\t',
    ]
    (tmp_path / "ende.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    first, second = findings_real.read_mqm(tmp_path / "ende.tsv")
    assert first.kinds == {"mistranslation"}
    assert first.target == "Ein kleines Schiff."
    assert not second.kinds


def test_what_was_asked_once_is_kept(tmp_path: Path) -> None:
    """A run that was interrupted does not ask again, and reads what it wrote."""
    samples = [Sample("deu", "a", "name", (0.1, 2.0), 0.5)]
    path = tmp_path / "deu.json"
    assert kept(path, lambda: samples) == samples
    assert kept(path, list) == samples
