"""Which original does each translation come from? Texts of any language, put together."""

from align.match.decide import match
from align.match.matches import Candidate, Match, Matches, Status, Text

__all__ = ["Candidate", "Match", "Matches", "Status", "Text", "match"]
