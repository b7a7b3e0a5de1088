"""The audit, the outbox, and what the installation made up for itself."""
