"""The pages of figures: of one unit in full, and of all units side by side."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, url_for
from markupsafe import Markup

from rota.services.upkeep import unit_figures
from rota.services.upkeep.unit_figures import ROUNDED, WEEKS, Region
from rota.writing.charts import Chart, draw_chart
from web.access.request_context import the_act, the_database, the_unit
from web.page_parts.dates import read_date_argument
from web.upkeep.figure_forms import RegionForm, WeeksForm

blueprint = Blueprint("overview", __name__)


@blueprint.get("/units/<int:unit_id>/overview")
def show(unit_id: int) -> str:
    """All figures of the unit, with pictures."""
    overview = unit_figures.load_overview(
        the_database(),
        the_act(),
        unit=the_unit(),
        start=read_date_argument("period"),
        week=read_date_argument("week"),
    )
    form = WeeksForm()
    arguments = {}
    if overview.period and overview.span:
        form.offer(overview.periods, overview.period, overview.span)
        arguments = {"period": form.period.data, "week": form.week.data or None}
    return render_template(
        "upkeep/unit_figures.html",
        overview=overview,
        form=form,
        rounded=ROUNDED,
        draw=draw_figure,
        csv=lambda key: url_for("overview.table", unit_id=unit_id, key=key, **arguments),
    )


@blueprint.get("/units/<int:unit_id>/overview/<key>.csv")
def table(unit_id: int, key: str) -> Response:
    """One figure for a spreadsheet."""
    del unit_id
    text = unit_figures.write_figure_csv(
        the_database(),
        the_act(),
        unit=the_unit(),
        key=key,
        start=read_date_argument("period"),
        week=read_date_argument("week"),
    )
    return _build_csv_answer(text, key)


@blueprint.get("/overview")
def units() -> str | tuple[str, int]:
    """Every unit that the user heads or manages in."""
    form = RegionForm(request.args)
    if not request.args:
        form.weeks.data = WEEKS
    elif not form.validate():
        return _render_region(form, unit_figures.load_region(the_database(), the_act())), 422
    region = unit_figures.load_region(
        the_database(), the_act(), first=form.first.day, weeks=form.weeks.data or WEEKS
    )
    form.first.process_data(region.span.first)
    return _render_region(form, region)


@blueprint.get("/overview.csv")
def units_table() -> Response:
    """The same for a spreadsheet."""
    form = RegionForm(request.args)
    weeks = form.weeks.data if form.validate() else WEEKS
    text = unit_figures.write_region_csv(
        the_database(), the_act(), first=form.first.day, weeks=weeks
    )
    return _build_csv_answer(text, "units")


def draw_figure(chart: Chart) -> Markup:
    """The chart as SVG in a page; `draw_chart` escapes its texts."""
    return Markup(draw_chart(chart))


def _render_region(form: RegionForm, region: Region) -> str:
    return render_template(
        "upkeep/region_figures.html",
        region=region,
        form=form,
        rounded=ROUNDED,
        draw=draw_figure,
        csv=url_for("overview.units_table", first=region.span.first, weeks=region.span.weeks),
        href=lambda row: url_for("overview.show", unit_id=region.lines[row].unit_id),
    )


def _build_csv_answer(text: str, name: str) -> Response:
    """The table as a file, with the mark that tells spreadsheets that it is UTF-8."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(f"\ufeff{text}", mimetype="text/csv", headers=headers)
