"""What people decided on findings: a log that only grows, and where it leaves each finding."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from align.finding import ErrorType, Severity

Role = Literal["reviser", "head"]
Verdict = Literal["open", "agreed", "dismissed", "disputed"]


class Action(StrEnum):
    """What one can do about a finding.

    To agree is to say that it is an error; a finding that is *accepted* in a report is one that a
    person let pass, which is what becomes of the dismissed ones.
    """

    AGREE = "agree"
    DISMISS = "dismiss"
    TYPE = "type"
    SEVERITY = "severity"
    ADD = "add"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the log.

    `value` is the new type or severity, the number of the decision that is undone, or the added
    finding as JSON; `version` is that of the article which the person saw.
    """

    key: str
    action: Action
    value: str = ""
    reason: str = ""
    who: str = ""
    role: Role = "reviser"
    at: str = ""
    version: int = 1
    id: int = 0


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one person thinks of one finding, as of the last thing they said."""

    who: str
    role: Role
    at: str
    is_error: bool
    reason: str = ""
    error_type: ErrorType | None = None
    severity: Severity | None = None

    def differs(self, other: "Opinion") -> bool:
        """Tell whether two people say different things of a finding."""
        mine, theirs = (
            (o.is_error, *((o.error_type, o.severity) if o.is_error else ())) for o in (self, other)
        )
        return mine != theirs


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the opinions leave a finding.

    Those who differ leave it disputed, until a head of the desk says what holds. `deciding` is the
    opinion that holds, or the latest one of a dispute; `is_split` says that opinions differ, even
    where a head has settled it.
    """

    verdict: Verdict = "open"
    deciding: Opinion | None = None
    opinions: tuple[Opinion, ...] = ()
    is_split: bool = False


OPEN = Standing()
"""Where a finding stands of which nobody has said anything."""


def standings(log: Sequence[Decision]) -> dict[str, Standing]:
    """Return where each finding stands that anybody has decided on.

    Args:
        log: The decisions on one article, in order.
    """
    opinions: dict[str, dict[str, Opinion]] = {}
    for decision in in_force(log):
        people = opinions.setdefault(decision.key, {})
        before = people.pop(decision.who, None)
        people[decision.who] = _opinion(decision, before)
    return {key: _standing(tuple(people.values())) for key, people in opinions.items()}


def in_force(log: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that nobody has undone, without the undoing."""
    undone = {d.value for d in log if d.action is Action.UNDO}
    return tuple(d for d in log if d.action is not Action.UNDO and str(d.id) not in undone)


def last_of(log: Sequence[Decision], who: str) -> Decision | None:
    """Return the last decision of a person that can still be undone."""
    return next((d for d in reversed(in_force(log)) if d.who == who), None)


def as_row(decision: Decision) -> dict[str, object]:
    """Return a decision as the API and exports tell it."""
    value = json.loads(decision.value) if decision.action is Action.ADD else decision.value
    return {
        "id": decision.id,
        "key": decision.key,
        "action": str(decision.action),
        "value": value,
        "reason": decision.reason,
        "who": decision.who,
        "role": decision.role,
        "at": decision.at,
        "version": decision.version,
    }


def _opinion(decision: Decision, before: Opinion | None) -> Opinion:
    # Who changes the type or severity of a finding says that there is an error.
    fresh = Opinion(decision.who, decision.role, decision.at, is_error=True)
    if before is not None and before.is_error:
        fresh = replace(fresh, error_type=before.error_type, severity=before.severity)
    if decision.action is Action.DISMISS:
        return replace(fresh, is_error=False, reason=decision.reason)
    if decision.action is Action.TYPE:
        return replace(fresh, error_type=ErrorType(decision.value))
    if decision.action is Action.SEVERITY:
        return replace(fresh, severity=Severity[decision.value.upper()])
    return fresh


def _standing(opinions: tuple[Opinion, ...]) -> Standing:
    heads = [o for o in opinions if o.role == "head"]
    deciding = (heads or opinions)[-1]
    is_split = any(o.differs(deciding) for o in opinions)
    if is_split and not heads:
        return Standing("disputed", deciding, opinions, is_split)
    return Standing("agreed" if deciding.is_error else "dismissed", deciding, opinions, is_split)


def tally(keys: Iterable[str], standing: Mapping[str, Standing]) -> tuple[int, int]:
    """Return how many of some findings are undecided, and how many of these are disputed."""
    verdicts = [standing.get(key, OPEN).verdict for key in keys]
    disputed = verdicts.count("disputed")
    return verdicts.count("open") + disputed, disputed
