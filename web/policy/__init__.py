"""The policy of a unit: what is asked of its rotas."""

from web.policy.pages import blueprint

__all__ = ["blueprint"]
