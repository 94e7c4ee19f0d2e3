"""Alembic's entry: migrate over the connection that `corpus.database` hands in."""

from alembic import context

# Known to the metadata by being imported.
from corpus import tables_alerts, tables_living, tables_packs, tables_procedures  # noqa: F401
from corpus.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
