"""English."""

from align.languages.language import Language

LANGUAGE = Language(tag="en", name="English")
