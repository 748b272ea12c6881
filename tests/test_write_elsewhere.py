"""What other programs make of our files; each test needs one that may not be there.

apt-get install libreoffice-calc-nogui libreoffice-writer-nogui poppler-utils
npm install @microsoft/sarif-multitool-linux    # its Sarif.Multitool on the PATH
apt-get install php-symfony-translation omegat    # carry the schemas of XLIFF 2 and TMX 1.4
"""

import json
import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from align.finding import Severity
from align.write import sarif, tmx, xliff
from align.write.formats import named
from tests.reports import REPORTS, astral_report, rich_report, seed_report

OFFICE = shutil.which("soffice")
READER = shutil.which("pdftotext")
XLIFF_SCHEMA = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")
MULTITOOL = shutil.which("Sarif.Multitool")
OMEGAT = Path("/usr/share/omegat/OmegaT.jar")


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


@pytest.mark.skipif(not XLIFF_SCHEMA.is_dir(), reason="needs the schema of XLIFF 2")
def test_xliff_fits_the_published_schema(tmp_path: Path) -> None:
    """The core schema of OASIS takes every report that we write."""
    imported = tmp_path / "informativeCopiesOf3rdPartySchemas" / "w3c"
    imported.mkdir(parents=True)
    shutil.copy(XLIFF_SCHEMA / "xml.xsd", imported)
    shutil.copy(XLIFF_SCHEMA / "xliff-core-2.0.xsd", tmp_path)
    schema = etree.XMLSchema(etree.parse(str(tmp_path / "xliff-core-2.0.xsd")))
    for make in REPORTS.values():
        schema.assertValid(etree.fromstring(xliff.render(make()).encode()))


@pytest.mark.skipif(not OMEGAT.is_file(), reason="needs the document type of TMX")
def test_tmx_fits_its_document_type() -> None:
    """The document type of TMX 1.4 takes every report that we write."""
    with ZipFile(OMEGAT) as archive:
        rules = etree.DTD(BytesIO(archive.read("schemas/tmx14.dtd")))
    for report in (seed_report(), rich_report()):
        for written in (tmx.render(report), tmx.render_alignment(report.bitext)):
            rules.assertValid(etree.fromstring(written.encode()))


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


@pytest.mark.skipif(not MULTITOOL, reason="needs Sarif.Multitool")
@pytest.mark.parametrize("report", REPORTS)
def test_sarif_is_valid_for_others(tmp_path: Path, report: str) -> None:
    """The validator of SARIF's authors finds no error in any log that we write."""
    log, out = tmp_path / "report.sarif", tmp_path / "out.sarif"
    log.write_text(sarif.render(REPORTS[report]()), "utf-8")
    multitool("validate", log, "--output", out)
    results = json.loads(out.read_text("utf-8-sig"))["runs"][0]["results"]
    assert [r for r in results if r.get("level", "warning") == "error"] == []


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
