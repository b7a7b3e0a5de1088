"""What machines ask to know whether Rota is well."""

from web.probes.pages import blueprint

__all__ = ["blueprint"]
