"""The register's tables. Changes here need a migration in `migrations/versions`."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)


class Moment(TypeDecorator[datetime]):
    """A time with its zone, UTC: SQLite keeps no zone, PostgreSQL hands out its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("source", Text, nullable=False, unique=True),
    # The switch: readers see the version that this names, whole, and no other. No foreign key, since
    # the two tables would then need each other's rows first.
    Column("current", Integer),
    Column("withdrawn", Boolean, nullable=False, default=False),
    # Why and since when it answers no question (see `corpus.documents.Because`), and what took its place.
    Column("withdrawn_because", String(20)),
    Column("withdrawn_at", Moment),
    Column("superseded_by", String(120)),
)

versions = Table(
    "versions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("document_id", ForeignKey("documents.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("original_sha256", String(64), nullable=False),
    Column("original_name", Text, nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("recipe", String(64), nullable=False),
    Column("last_reviewed", Date),
    Column("next_review", Date),
    Column("effective_from", Date),
    Column("ingested_at", Moment, nullable=False),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Column("warnings", JSON, nullable=False),
    UniqueConstraint("document_id", "number"),
)

sections = Table(
    "sections",
    metadata,
    Column("version_id", ForeignKey("versions.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("parent", Integer),
    Column("level", Integer, nullable=False),
    Column("number", Text),
    Column("heading", Text, nullable=False),
    Column("anchor", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("page", Integer),
    Column("part", String(20)),
    Column("body", Text),
)

passages = Table(
    "passages",
    metadata,
    Column("version_id", ForeignKey("versions.id"), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("ordinal", Integer, nullable=False),
    Column("section", Integer, nullable=False),
    Column("anchor", Text, nullable=False),
    Column("number", Text),
    Column("trail", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("page", Integer),
    Column("part", String(20)),
    Column("lines", JSON, nullable=False),
    Column("embedding", ForeignKey("embeddings.digest"), nullable=False),
    Index("ix_passages_id", "id"),
)

embeddings = Table(
    "embeddings",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("model", String(200), nullable=False),
    # float32, one row: the passage; float16, one row a line; uint64, one row a word piece.
    Column("passage", LargeBinary, nullable=False),
    Column("lines", LargeBinary, nullable=False),
    Column("pieces", LargeBinary, nullable=False, server_default=text("''")),
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("document_id", ForeignKey("documents.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("anchor", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("was", Text),
    Column("moved", Boolean),
    Column("old_start", Integer),
    Column("old_end", Integer),
    Column("new_start", Integer),
    Column("new_end", Integer),
    Column("trail", JSON),
    Column("previous", Integer),
    Column("at", Moment, nullable=False),
    Index("ix_changes_document_id_version", "document_id", "version"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("roots", JSON, nullable=False),
    Column("report", JSON),
)

# A record of an answer. What it says of itself is chained by `hash` (see `assistant.chain`); what was asked
# and what was said stand in tables of their own, so that they can be removed and the chain still holds.
answers = Table(
    "answers",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("id", String(32), nullable=False, unique=True),
    # SHA-256 of the conversation's id: whoever knows the id may read the conversation.
    Column("conversation", String(64)),
    Column("at", Moment, nullable=False),
    Column("status", String(30), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("run", Integer),
    Column("model", Text),
    Column("prompt", Text),
    Column("timings", JSON, nullable=False),
    Column("question_sha256", String(64)),
    Column("words_sha256", String(64)),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_answers_conversation", "conversation"),
    Index("ix_answers_at", "at"),
)

answer_questions = Table(
    "answer_questions",
    metadata,
    Column("sequence", ForeignKey("answers.sequence"), primary_key=True),
    Column("text", Text, nullable=False),
)

answer_words = Table(
    "answer_words",
    metadata,
    Column("sequence", ForeignKey("answers.sequence"), primary_key=True),
    Column("text", Text, nullable=False),
)

answer_citations = Table(
    "answer_citations",
    metadata,
    Column("sequence", ForeignKey("answers.sequence"), primary_key=True),
    Column("number", Integer, primary_key=True),
    # No foreign key: a record outlives whatever becomes of the document.
    Column("document_id", String(120), nullable=False),
    Column("version", Integer, nullable=False),
    Column("anchor", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Index("ix_answer_citations_document_id_version_start", "document_id", "version", "start"),
)

answer_feedback = Table(
    "answer_feedback",
    metadata,
    Column("sequence", ForeignKey("answers.sequence"), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("useful", Boolean, nullable=False),
    Column("reason", String(30)),
    Column("comment", Text),
)

state = Table(
    "state",
    metadata,
    Column("key", String(50), primary_key=True),
    Column("value", Text, nullable=False),
)
