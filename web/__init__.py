"""The Flask front end: pages for managers, staff and heads of units, and the JSON API.

It never plans: it asks services for what is stored, and asks for runs, which a worker plans.
"""

from web.app import create_app

__all__ = ["create_app"]
