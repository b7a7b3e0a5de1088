"""The Flask front end: pages for managers, staff and heads of units, and the JSON API.

It never plans: it asks services for what is stored, and for runs that a worker plans.
"""

from web.app import create_app

__all__ = ["create_app"]
