"""What other programs make of our files; each test needs one that may not be there.

apt-get install libreoffice-calc-nogui libreoffice-writer-nogui poppler-utils
npm install @microsoft/sarif-multitool-linux    # its Sarif.Multitool on the PATH
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from align.finding import Severity
from align.write import sarif
from align.write.formats import named
from tests.reports import REPORTS, accepting, astral_report

OFFICE = shutil.which("soffice")
READER = shutil.which("pdftotext")
MULTITOOL = shutil.which("Sarif.Multitool")


@pytest.mark.skipif(not (OFFICE and READER), reason="needs LibreOffice and pdftotext")
@pytest.mark.parametrize("report", ["seed", "rich"])
@pytest.mark.parametrize("name", ["xlsx", "docx", "html"])
def test_libreoffice_opens_it(tmp_path: Path, name: str, report: str) -> None:
    """LibreOffice opens the file and prints it, with the words of the texts and the findings."""
    known = named(name)
    written = known.render(REPORTS[report](), Severity.MAJOR)
    path = tmp_path / f"report{known.suffixes[0]}"
    path.write_bytes(written if isinstance(written, bytes) else written.encode("utf-8"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path]
    subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=180)  # noqa: S603
    printed = subprocess.run(  # noqa: S603 - a program that we looked up
        [str(READER), "-layout", str(path.with_suffix(".pdf")), "-"],
        check=True,
        capture_output=True,
    ).stdout.decode()
    words = "Munich" if report == "seed" else "ships"
    assert words in printed
    assert "major" in printed


def multitool(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the SARIF tool of Microsoft."""
    return subprocess.run(  # noqa: S603 - a program that we looked up
        [str(MULTITOOL), *map(str, arguments)],
        check=True,
        capture_output=True,
        text=True,
        timeout=180,
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
    )


NO_HOME = "SARIF2005"
"""The tool has no address on the web that it could name."""
NO_REGION = "SARIF2017"
"""A file without lines, such as a Word file, has names of places instead of regions."""


@pytest.mark.skipif(not MULTITOOL, reason="needs Sarif.Multitool")
@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize("report", REPORTS)
def test_sarif_is_valid_for_others(tmp_path: Path, report: str, accepted: bool) -> None:
    """The validator of SARIF's authors objects to nothing in any log but what cannot be given."""
    made = REPORTS[report]()
    if accepted:
        made = accepting(made, {f.key: "as agreed" for f in made.findings})
    log, out = tmp_path / "report.sarif", tmp_path / "out.sarif"
    log.write_text(sarif.render(made), "utf-8")
    multitool("validate", log, "--output", out)
    results = json.loads(out.read_text("utf-8-sig"))["runs"][0]["results"]
    said = {(r.get("level", "warning"), r["ruleId"]) for r in results}
    known = {("warning", NO_HOME)}
    if report == "rich":  # its translation is a Word file
        known.add(("warning", NO_REGION))
    assert {one for one in said if one[0] != "note"} == known


@pytest.mark.skipif(not MULTITOOL, reason="needs Sarif.Multitool")
@pytest.mark.parametrize("kept", [("startLine", "startColumn", "endLine", "endColumn"),
                                  ("charOffset", "charLength")])  # fmt: skip
def test_sarif_leads_others_to_the_words(tmp_path: Path, kept: tuple[str, ...]) -> None:
    """Asked what stands in a region, another program reads the marked words out of the files."""
    log = json.loads(sarif.render(astral_report(tmp_path)))
    (result,) = log["runs"][0]["results"]
    places = (result["locations"][0], *result["relatedLocations"])
    regions = [place["physicalLocation"]["region"] for place in places]
    words = [region["snippet"]["text"] for region in regions]
    for place, region in zip(places, regions, strict=True):
        place["physicalLocation"]["region"] = {key: region[key] for key in kept}
    given, filled = tmp_path / "given.sarif", tmp_path / "filled.sarif"
    given.write_text(json.dumps(log), "utf-8")
    multitool("rewrite", given, "--insert", "RegionSnippets", "--output", filled)
    (read,) = json.loads(filled.read_text("utf-8-sig"))["runs"][0]["results"]
    assert words == [
        place["physicalLocation"]["region"]["snippet"]["text"]
        for place in (read["locations"][0], *read["relatedLocations"])
    ]
