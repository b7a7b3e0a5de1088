"""Charts are drawn to scale, and told in words to those who do not see them."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from rota.writing.charts import WIDTH, Bar, Bars, Chart, Columns, draw_chart

BARS = Bars("Time", "Blue 50%.", (Bar("Blue", 50, "50%", 60, is_short=True),), 100)


def parts(chart: Chart, name: str) -> list[dict[str, str]]:
    """The attributes of the shapes of a class."""
    root = ElementTree.fromstring(draw_chart(chart))
    its = (shape.attrib for shape in root.iter("rect"))
    return [shape for shape in its if f"rota-chart__{name}" in shape["class"].split()]


def texts(chart: Chart) -> list[str | None]:
    return [text.text for text in ElementTree.fromstring(draw_chart(chart)).iter("text")]


def test_a_bar_is_as_long_as_its_share_and_a_line_marks_what_is_asked() -> None:
    assert [bar["width"] for bar in parts(BARS, "bar")] == [str(WIDTH // 2)]
    assert [mark["x"] for mark in parts(BARS, "mark")] == ["216"]  # 60 % of 360.
    assert texts(BARS) == ["Blue", "50%"]


def test_a_short_bar_has_a_class_of_its_own() -> None:
    assert len(parts(BARS, "bar--short")) == 1


def test_a_bar_or_mark_beyond_the_scale_ends_with_it() -> None:
    chart = Bars("Desks", "Too many.", (Bar("Mon", 12, "12", 14),), 10)
    assert parts(chart, "bar")[0]["width"] == "360"
    assert parts(chart, "mark")[0]["x"] == "358"


def test_bars_without_a_scale_are_empty() -> None:
    assert parts(Bars("None", "", (Bar("Mon", 0, "0"),), 0), "bar")[0]["width"] == "0"


def test_a_long_label_leaves_room_for_what_its_bar_says() -> None:
    chart = Bars("Long", "", (Bar("x" * 60, 1, "1 of 2 weeks"),), 2)
    assert texts(chart) == ["x" * 33 + "…", "1 of 2 weeks"]


def test_the_highest_column_is_full_and_the_first_and_last_are_named() -> None:
    nights = tuple((f"{day} Jan", day) for day in range(20))
    chart = Columns("Nights", "Many.", nights)
    assert [column["height"] for column in parts(chart, "bar")][::19] == ["0", "110"]
    assert texts(chart) == ["19", "0", "0 Jan", "19 Jan"]


def test_a_few_columns_are_narrow_and_only_the_first_is_named() -> None:
    chart = Columns("Nights", "3 in all.", (("4 Jan", 1), ("5 Jan", 0), ("6 Jan", 2)))
    bars = parts(chart, "bar")
    assert [(bar["height"], bar["width"]) for bar in bars] == [
        ("55", "16.8"),
        ("0", "16.8"),
        ("110", "16.8"),
    ]
    assert texts(chart) == ["2", "0", "4 Jan"]


def test_no_columns_and_columns_of_nothing_can_be_drawn() -> None:
    assert texts(Columns("Nights", "", ())) == ["0", "0"]
    assert parts(Columns("Nights", "", (("4 Jan", 0),)), "bar")[0]["height"] == "0"


def test_a_chart_is_an_image_with_a_title_and_a_description() -> None:
    root = ElementTree.fromstring(draw_chart(BARS))
    assert root.attrib["role"] == "img"
    assert [(child.tag, child.text) for child in root[:2]] == [
        ("title", "Time"),
        ("desc", "Blue 50%."),
    ]


def test_a_chart_carries_no_styles_and_no_markup_of_others() -> None:
    text = draw_chart(Bars("<b>", "&", (Bar("<script>", 1, '"'),), 1))
    assert "<script>" not in text
    assert "style" not in text
    assert set(re.findall(r"[\s\"](on\w+|style|fill|width)=", text)) == {"width"}
