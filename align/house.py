"""What a desk itself lays down: its terms, and the spellings of its names."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the source and how it is to be translated.

    `required` lists translations of which one must stand, `forbidden` those that must not; either
    may be empty. Small and capital letters are the same unless `case_sensitive`. A language tag
    that is empty stands for any language.
    """

    source: str
    required: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    case_sensitive: bool = False
    source_language: str = ""
    target_language: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """The terms of a glossary, and the spellings of names that mean the same.

    `names` maps each spelling, in lower case, to the first one of its row.
    """

    terms: tuple[Term, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
