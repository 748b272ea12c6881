"""Vietnamese."""

from align.languages.language import Language

LANGUAGE = Language(tag="vi", name="Vietnamese")
