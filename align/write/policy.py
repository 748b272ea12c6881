"""What a desk has laid down about reports: from where a finding fails, and what it has accepted."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from align.finding import Finding, Report, Severity


@dataclass(frozen=True, slots=True)
class Policy:
    """How grave a finding must be to fail a build, and which findings are accepted, with reasons.

    `suppressed` maps the key of a finding to the reason why it may stay. Such a finding is in every
    format, said to be accepted, and fails nothing.
    """

    fail_on: Severity = Severity.MAJOR
    suppressed: Mapping[str, str] = field(default_factory=dict)

    def fails(self, finding: Finding) -> bool:
        """Tell whether a finding is grave enough to fail, and not accepted."""
        return finding.severity >= self.fail_on and finding.key not in self.suppressed

    def status(self, finding: Finding) -> str:
        """Return `accepted` or `open`."""
        return "accepted" if finding.key in self.suppressed else "open"

    def reason(self, finding: Finding) -> str:
        """Return why a finding was accepted; empty if it was not, or nobody said why."""
        return self.suppressed.get(finding.key, "")

    def accepted(self, report: Report) -> int:
        """Count the findings of a report that are accepted."""
        return sum(finding.key in self.suppressed for finding in report.findings)


DEFAULT = Policy()
