"""What Alembic runs: the steps, on the connection that the caller has opened."""

from alembic import context
from sqlmodel import SQLModel

import rota.tables  # noqa: F401, which fills the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
