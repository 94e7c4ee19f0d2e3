"""Alembic's entry: migrate over the connection that `corpus.database` hands in."""

from alembic import context

from corpus.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
