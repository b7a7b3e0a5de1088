"""The pages of the audit, figures, health and the guide."""
