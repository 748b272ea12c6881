"""The tables of the desk's database, the same in SQLite and PostgreSQL."""

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA = 1
"""Version of the tables. It rises with every change that an older program could not read."""

metadata = MetaData()

about = Table(
    "about",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

uploads = Table(
    "uploads",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

# Counts and names stand here a second time, so that the queue is one query however long reports
# are; each is written in the transaction that changes what it counts.
articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("collection", Text, nullable=False),
    Column("pair", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("source_name", Text, nullable=False),
    Column("target_name", Text, nullable=False),
    Column("languages", Text, nullable=False),
    Column("translator", Text, nullable=False),
    Column("fields", Text, nullable=False),
    Column("search", Text, nullable=False),
    Column("risk", Float),
    Column("failure", Text, nullable=False),
    Column("found", Integer, nullable=False),
    Column("undecided", Integer, nullable=False),
    Column("disputed", Integer, nullable=False),
    Column("changed", String(32), nullable=False),
    UniqueConstraint("collection", "pair"),
)

versions = Table(
    "versions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("article", Integer, ForeignKey("articles.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("source_sha256", String(64), nullable=False),
    Column("target_sha256", String(64), nullable=False),
    Column("report", LargeBinary),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
    UniqueConstraint("article", "number"),
)

findings = Table(
    "findings",
    metadata,
    Column("article", Integer, ForeignKey("articles.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("key", String(64), nullable=False),
    Column("check", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("accepted", Integer, nullable=False),
)
"""The findings of each article's newest version."""

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("article", Integer, ForeignKey("articles.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("key", String(64), nullable=False),
    Column("action", String(16), nullable=False),
    Column("value", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("at", String(32), nullable=False),
    Column("request", String(64), unique=True),
)
"""Only ever appended to. `request` names the attempt, so that a repeated one is kept once."""

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("status", String(16), nullable=False),
    Column("task", Text, nullable=False),
    Column("progress", Float, nullable=False),
    Column("failure", Text, nullable=False),
    Column("article", Integer, ForeignKey("articles.id")),
    Column("attempts", Integer, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("who", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("expires", Float, nullable=False),
)

Index("articles_by_risk", articles.c.risk, articles.c.id)
Index("decisions_by_article", decisions.c.article, decisions.c.id)
Index("jobs_by_status", jobs.c.status, jobs.c.id)

KEPT = (uploads, articles, versions, findings, decisions, jobs)
"""What a backup holds, in the order in which it can be put back; sessions begin anew."""
