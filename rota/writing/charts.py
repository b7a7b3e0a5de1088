"""Charts as SVG: no styles within, only classes, so that pages colour them and the text scales."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

WIDTH = 360
"""Units across, about as many as a phone has points, so that text keeps its size there."""

_LINE = 46
"""Characters that fit on a line."""

_PITCH, _BAR = 44, 12
_FOOT, _HEIGHT, _LEFT = 20, 110, 45

_ROOM = 120
"""Units that two labels need side by side."""

_FEWEST = 15
"""Columns for which there is room at least, so that a few do not grow fat."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar; `says` stands beside its label, and a line at `mark` tells what is asked or allowed.

    A short one misses what is asked, which `says` tells too.
    """

    label: str
    value: float
    says: str
    mark: float | None = None
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars below each other; `full` is the value that fills the width."""

    title: str
    says: str
    bars: tuple[Bar, ...]
    full: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns side by side, each a label and a whole number; the first and last are named."""

    title: str
    says: str
    columns: tuple[tuple[str, int], ...]


Chart = Bars | Columns


def draw_chart(chart: Chart) -> str:
    """The chart as an element of a page."""
    drawn = _draw_bars(chart) if isinstance(chart, Bars) else _draw_columns(chart)
    return tostring(drawn, encoding="unicode")


def _draw_bars(chart: Bars) -> Element:
    canvas = _build_canvas(chart, _PITCH * len(chart.bars))
    for number, bar in enumerate(chart.bars):
        _draw_bar(canvas, bar, _PITCH * number, chart.full)
    return canvas


def _draw_bar(canvas: Element, bar: Bar, top: int, full: float) -> None:
    label = _shorten(bar.label, _LINE - len(bar.says))
    _add_text(canvas, label, x=0, y=top + 15, name="label")
    _add_text(canvas, bar.says, x=WIDTH, y=top + 15, name="value", anchor="end")
    _add_rect(canvas, 0, top + 22, WIDTH, _BAR, "track")
    name = "bar bar--short" if bar.is_short else "bar"
    _add_rect(canvas, 0, top + 22, _scale(bar.value, full), _BAR, name)
    if bar.mark is not None:
        x = min(_scale(bar.mark, full), WIDTH - 2)
        _add_rect(canvas, x, top + 19, 2, _BAR + 6, "mark")


def _draw_columns(chart: Columns) -> Element:
    canvas = _build_canvas(chart, _HEIGHT + 2 * _FOOT)
    most = max((value for _, value in chart.columns), default=0)
    step = (WIDTH - _LEFT) / max(len(chart.columns), _FEWEST)
    bottom = _FOOT + _HEIGHT
    for number, (_, value) in enumerate(chart.columns):
        height = value * _HEIGHT / max(most, 1)
        _add_rect(canvas, _LEFT + number * step, bottom - height, step * 0.8, height, "bar")
    _add_rect(canvas, _LEFT, bottom, WIDTH - _LEFT, 1, "line")
    _add_text(canvas, str(most), x=_LEFT - 6, y=_FOOT + 6, name="value", anchor="end")
    _add_text(canvas, "0", x=_LEFT - 6, y=bottom + 4, name="value", anchor="end")
    _write_end_labels(canvas, chart, step, bottom + 17)
    return canvas


def _write_end_labels(canvas: Element, chart: Columns, step: float, y: float) -> None:
    """Write the first label, and the last where there is room between them."""
    if not chart.columns:
        return
    (first, _), (last, _) = chart.columns[0], chart.columns[-1]
    _add_text(canvas, first, x=_LEFT, y=y, name="label")
    if len(chart.columns) * step >= _ROOM:
        end = _LEFT + len(chart.columns) * step
        _add_text(canvas, last, x=end, y=y, name="label", anchor="end")


def _build_canvas(chart: Chart, height: int) -> Element:
    canvas = Element(
        "svg", {"class": "rota-chart", "viewBox": f"0 0 {WIDTH} {height}", "role": "img"}
    )
    SubElement(canvas, "title").text = chart.title
    SubElement(canvas, "desc").text = chart.says
    return canvas


def _add_text(
    canvas: Element, text: str, *, x: float, y: float, name: str, anchor: str = ""
) -> None:
    place = {"class": f"rota-chart__{name}", "x": _format_number(x), "y": _format_number(y)}
    end = {"text-anchor": anchor} if anchor else {}
    SubElement(canvas, "text", place | end).text = text


def _add_rect(canvas: Element, x: float, y: float, width: float, height: float, name: str) -> None:
    classes = " ".join(f"rota-chart__{part}" for part in name.split())
    sizes = {"x": x, "y": y, "width": width, "height": height}
    attributes = {key: _format_number(value) for key, value in sizes.items()}
    SubElement(canvas, "rect", {"class": classes, **attributes})


def _scale(value: float, full: float) -> float:
    return WIDTH * min(value / full, 1) if full else 0


def _shorten(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _format_number(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
