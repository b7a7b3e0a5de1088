"""An officer's own rota."""

from web.my_rota.pages import blueprint

__all__ = ["blueprint"]
