"""What a person wishes to do about a finding: checked, written to the log, and counted."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select

from align.desk.articles import get_version, recount, recount_open
from align.desk.decided import Added, render_added
from align.desk.decisions import Action, Decision, in_force
from align.desk.log import append, read_log
from align.desk.people import Person
from align.desk.selection import Selected, to_mark
from align.desk.store import writing
from align.desk.tables import articles, findings
from align.errors import ReadError
from align.finding import ErrorType, Severity
from align.write.slices import tidy

LONGEST_REASON = 1000

_STALE = "Load the page anew, and look at it again."


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wishes to do.

    `value` is the new type or severity, or the number of the decision to undo; for a finding that
    is added, `error_type` and `severity` are its own and `source` and `target` its words.
    """

    action: Action
    key: str = ""
    value: str = ""
    reason: str = ""
    error_type: str = ""
    severity: str = ""
    source: tuple[Selected, ...] = ()
    target: tuple[Selected, ...] = ()
    version: int = 0
    request: str = ""


def record(engine: Engine, article: int, wish: Wish, person: Person, at: str) -> int:
    """Write a decision down, durably, and return its number.

    Two people who decide at once are both in the log: nothing is ever overwritten.

    Raises:
        ReadError: The wish cannot be granted, and why.
    """
    with writing(engine) as connection:
        newest = connection.scalar(
            select(articles.c.version).where(articles.c.id == article).with_for_update()
        )
        if newest is None:
            raise ReadError("There is no such article.", fix="Go back to the queue.")
        key, value = _checked(connection, (article, int(newest)), wish, person)
        decision = Decision(
            key=key,
            action=wish.action,
            value=value,
            reason=tidy(wish.reason)[:LONGEST_REASON],
            who=person.name,
            role=person.role,
            at=at,
            version=int(newest),
        )
        number = append(connection, article, decision, wish.request)
        log = read_log(connection, article)
        if _changes_findings(wish, key, log):
            version = get_version(connection, article, int(newest))
            recount(connection, article, version.report if version else None)
        else:
            recount_open(connection, article, log)
    return number


def _changes_findings(wish: Wish, key: str, log: tuple[Decision, ...]) -> bool:
    return wish.action is Action.ADD or any(
        d.action is Action.ADD and d.key == key for d in log if wish.action is Action.UNDO
    )


def _checked(
    connection: Connection, article: tuple[int, int], wish: Wish, person: Person
) -> tuple[str, str]:
    """Return the key and the value of the decision that a wish becomes."""
    if wish.action is Action.UNDO:
        return _undone(read_log(connection, article[0]), wish, person)
    if wish.action is Action.ADD:
        added = _added(connection, article, wish)
        return added.key, render_added(added)
    known = (findings.c.article == article[0]) & (findings.c.key == wish.key)
    if connection.scalar(select(findings.c.key).where(known).limit(1)) is None:
        raise ReadError("This finding is not in the newest version of the article.", fix=_STALE)
    if wish.action is Action.TYPE:
        return wish.key, str(_error_type(wish.value))
    if wish.action is Action.SEVERITY:
        return wish.key, _severity(wish.value).label
    if wish.action is Action.DISMISS and not tidy(wish.reason):
        raise ReadError("A finding is dismissed with a reason.", fix="Say why it is none.")
    return wish.key, ""


def _undone(log: tuple[Decision, ...], wish: Wish, person: Person) -> tuple[str, str]:
    found = next((d for d in in_force(log) if str(d.id) == wish.value), None)
    if found is None:
        # The same attempt again finds its own work done.
        if wish.request and any(d.action is Action.UNDO and d.value == wish.value for d in log):
            return next(d.key for d in log if str(d.id) == wish.value), wish.value
        raise ReadError("There is no such decision to undo.", fix=_STALE)
    if found.who != person.name and person.role != "head":
        raise ReadError(
            f"This is {found.who}'s decision.",
            fix="Say your own opinion beside it; only a head of the desk undoes another's.",
        )
    return found.key, wish.value


def _added(connection: Connection, article: tuple[int, int], wish: Wish) -> Added:
    if wish.version != article[1]:
        raise ReadError("There is a newer version of this article.", fix=_STALE)
    version = get_version(connection, *article)
    if version is None or version.report is None:
        raise ReadError("This article could not be checked, so there are no words to mark.")
    bitext = version.report.bitext
    added = Added(
        _error_type(wish.error_type),
        _severity(wish.severity),
        tuple(to_mark(selected, bitext.source_segments) for selected in wish.source),
        tuple(to_mark(selected, bitext.target_segments) for selected in wish.target),
        tidy(wish.reason)[:LONGEST_REASON],
    )
    if not added.source and not added.target:
        raise ReadError("No words are selected.", fix="Select words in one text or in both.")
    return added


def _error_type(value: str) -> ErrorType:
    try:
        return ErrorType(value)
    except ValueError as error:
        raise ReadError(
            f"There is no error type {tidy(value)[:60]!r}.", fix=", ".join(ErrorType)
        ) from error


def _severity(value: str) -> Severity:
    found = next((s for s in Severity if s.label == value), None)
    if found is None:
        labels = ", ".join(s.label for s in Severity)
        raise ReadError(f"There is no severity {tidy(value)[:60]!r}.", fix=labels)
    return found
