"""Takes out of fetched style sheets what only GOV.UK itself may use, or what leads elsewhere."""

from __future__ import annotations

import re

_FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
_OFFICIAL_FONT = re.compile(r"\"?GDS Transport\"?,\s*arial", re.IGNORECASE)
_SOURCE_MAP = re.compile(r"/\*#\s*sourceMappingURL=[^*]*\*/")
_OFFICIAL_SIGN = re.compile(r"[\w-]+:[^;{}]*(?:crown|crest)\.[^;{}]*(?:;|(?=\}))")
_SCRIPT_MAP = re.compile(r"//# sourceMappingURL=\S*")
_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']?([^\"';]+)")
_OWN_IMAGES = re.compile(r"url\([\"']?/assets/images/")
IMAGES = "images/"
"""Where style sheets find images, seen from where they are themselves."""


class LeadsElsewhere(Exception):  # noqa: N818
    """A style sheet would load something that is not ours."""


def stripped_style(css: str) -> str:
    """The style sheet without the typeface, crown and crest, which are GOV.UK's alone.

    Raises LeadsElsewhere if it would load anything but images that lie beside it.
    """
    for pattern, instead in (
        (_FONT_FACE, ""),
        (_OFFICIAL_FONT, "Arial"),
        (_SOURCE_MAP, ""),
        (_OFFICIAL_SIGN, ""),
        (_OWN_IMAGES, f"url({IMAGES}"),
    ):
        css = pattern.sub(instead, css)
    for address in addresses(css):
        if not address.startswith((IMAGES, "data:image/")):
            raise LeadsElsewhere(address)
    return css


def stripped_script(script: str) -> str:
    """The script without the address of a source map, which is not fetched."""
    return _SCRIPT_MAP.sub("", script)


def addresses(css: str) -> list[str]:
    """Everything that the style sheet loads."""
    return [one or other for one, other in _ADDRESS.findall(css)]
