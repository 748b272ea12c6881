"""The log of decisions in the database: appended to, and read in order."""

from typing import cast

from sqlalchemy import Connection, insert, select
from sqlalchemy.engine import RowMapping

from align.desk.decisions import Action, Decision, Role
from align.desk.tables import decisions


def append(connection: Connection, article: int, decision: Decision, request: str | None) -> int:
    """Append a decision, and return its number.

    Args:
        connection: A transaction that writes and holds the article.
        article: The article.
        decision: What was decided; its number is not looked at.
        request: A name for the attempt. A decision that is there under it already is not repeated.
    """
    if request:
        before = connection.scalar(select(decisions.c.id).where(decisions.c.request == request))
        if before is not None:
            return int(before)
    values = {
        "article": article,
        "version": decision.version,
        "key": decision.key,
        "action": str(decision.action),
        "value": decision.value,
        "reason": decision.reason,
        "who": decision.who,
        "role": decision.role,
        "at": decision.at,
        "request": request or None,
    }
    return int(
        connection.execute(
            insert(decisions).values(**values).returning(decisions.c.id)
        ).scalar_one()
    )


def read_log(connection: Connection, article: int) -> tuple[Decision, ...]:
    """Return the decisions on an article, in order."""
    rows = connection.execute(
        select(decisions).where(decisions.c.article == article).order_by(decisions.c.id)
    )
    return tuple(_decision(row) for row in rows.mappings())


def read_logs(connection: Connection) -> dict[int, list[Decision]]:
    """Return the decisions on all articles, in order."""
    logs: dict[int, list[Decision]] = {}
    for row in connection.execute(select(decisions).order_by(decisions.c.id)).mappings():
        logs.setdefault(int(row["article"]), []).append(_decision(row))
    return logs


def _decision(row: RowMapping) -> Decision:
    return Decision(
        key=str(row["key"]),
        action=Action(row["action"]),
        value=str(row["value"]),
        reason=str(row["reason"]),
        who=str(row["who"]),
        role=cast(Role, row["role"]),
        at=str(row["at"]),
        version=int(row["version"]),
        id=int(row["id"]),
    )
