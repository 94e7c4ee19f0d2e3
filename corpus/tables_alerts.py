"""Tables of alerts and of what is noted beside recommendations, on the register's MetaData."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from corpus.tables import Moment, metadata

# Who is told of changes. An e-mail address is personal data: it stands here and nowhere else, and the row
# goes when somebody unsubscribes. `through` is the id of the newest version that the subscription was told
# of, `withdrawn_through` the time of the newest withdrawal.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", String(10), nullable=False),
    Column("address", Text, nullable=False),
    Column("scope", String(10), nullable=False),
    # A document's id, a chapter's number or a theme's name; empty for all documents.
    Column("target", String(200), nullable=False),
    # Opens the links for confirming and ending that only the address's owner is sent.
    Column("token", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("confirmed_at", Moment),
    Column("through", Integer, nullable=False),
    Column("withdrawn_through", Moment),
    UniqueConstraint("channel", "address", "scope", "target"),
)

# What is to be sent: written in the same transaction that moves `through` on, and marked when the other side
# has taken it. `claimed_until` keeps two senders from sending the same message at the same time.
outbox = Table(
    "outbox",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("subscription_id", ForeignKey("subscriptions.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("content", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("claimed_until", Moment),
    Column("sent_at", Moment),
    Column("given_up", Boolean, nullable=False),
    Column("fault", String(200)),
    Index("ix_outbox_due_at", "due_at"),
    Index("ix_outbox_subscription_id", "subscription_id"),
)

# What a business manager records of a recommendation. No foreign key: a note outlives its briefing's
# versions, and is found again by the recommendation's place.
recommendation_notes = Table(
    "recommendation_notes",
    metadata,
    Column("document_id", String(120), primary_key=True),
    Column("anchor", String(200), primary_key=True),
    Column("status", String(20), nullable=False),
    Column("owner", Text, nullable=False),
    Column("due", Date),
    Column("evidence", Text, nullable=False),
    Column("noted_at", Moment, nullable=False),
    # Of the recommendation's words when the note was made: a note on other words says so.
    Column("text_sha256", String(64), nullable=False),
)
