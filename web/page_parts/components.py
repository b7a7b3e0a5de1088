"""The components of GOV.UK as functions for our templates.

Their templates use values that nobody has set, which ours may not; so they have an environment of
their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader

_PACKAGE = "govuk_frontend_jinja"

NAMES = (
    "button",
    "checkboxes",
    "error-message",
    "error-summary",
    "file-upload",
    "input",
    "password-input",
    "radios",
    "select",
    "textarea",
)
"""The components that `templates/macros/forms.html` is made of."""


@cache
def load_components() -> Mapping[str, Any]:
    """The macro of each component under its name, such as govukErrorSummary."""
    environment = Environment(
        loader=PrefixLoader({_PACKAGE: PackageLoader(_PACKAGE)}),
        undefined=ChainableUndefined,
        auto_reload=False,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    macros = {}
    for name in NAMES:
        macro = "govuk" + name.title().replace("-", "")
        module = environment.get_template(f"{_PACKAGE}/components/{name}/macro.html").module
        macros[macro] = getattr(module, macro)
    return macros
