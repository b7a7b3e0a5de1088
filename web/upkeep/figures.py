"""Figures of one unit in full, and of all units side by side."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, url_for
from markupsafe import Markup

from rota.services.upkeep import unit_figures
from rota.services.upkeep.unit_figures import ROUNDED, WEEKS, Region
from rota.writing.charts import Chart, draw_chart
from web.access.request_context import the_act, the_database, the_unit
from web.page_parts.dates import date_asked
from web.upkeep.figure_forms import RegionForm, WeeksForm

blueprint = Blueprint("overview", __name__)


@blueprint.get("/units/<int:unit_id>/overview")
def show(unit_id: int) -> str:
    """All figures of the unit, with pictures."""
    its = unit_figures.load_overview(
        the_database(),
        the_act(),
        unit=the_unit(),
        start=date_asked("period"),
        week=date_asked("week"),
    )
    form = WeeksForm()
    asked = {}
    if its.period and its.span:
        form.offer(its.periods, its.period, its.span)
        asked = {"period": form.period.data, "week": form.week.data or None}
    return render_template(
        "upkeep/unit_figures.html",
        overview=its,
        form=form,
        rounded=ROUNDED,
        drawn=drawn,
        csv=lambda key: url_for("overview.table", unit_id=unit_id, key=key, **asked),
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
        start=date_asked("period"),
        week=date_asked("week"),
    )
    return _spreadsheet(text, key)


@blueprint.get("/overview")
def units() -> str | tuple[str, int]:
    """Every unit that the user heads or manages in."""
    form = RegionForm(request.args)
    if not request.args:
        form.weeks.data = WEEKS
    elif not form.validate():
        return _units_page(form, unit_figures.load_region(the_database(), the_act())), 422
    its = unit_figures.load_region(
        the_database(), the_act(), first=form.first.day, weeks=form.weeks.data or WEEKS
    )
    form.first.process_data(its.span.first)
    return _units_page(form, its)


@blueprint.get("/overview.csv")
def units_table() -> Response:
    """The same for a spreadsheet."""
    form = RegionForm(request.args)
    weeks = form.weeks.data if form.validate() else WEEKS
    text = unit_figures.write_region_csv(
        the_database(), the_act(), first=form.first.day, weeks=weeks
    )
    return _spreadsheet(text, "units")


def drawn(chart: Chart) -> Markup:
    """The chart in a page; whoever draws it escapes what it says."""
    return Markup(draw_chart(chart))


def _units_page(form: RegionForm, its: Region) -> str:
    return render_template(
        "upkeep/region_figures.html",
        region=its,
        form=form,
        rounded=ROUNDED,
        drawn=drawn,
        csv=url_for("overview.units_table", first=its.span.first, weeks=its.span.weeks),
        href=lambda row: url_for("overview.show", unit_id=its.lines[row].unit_id),
    )


def _spreadsheet(text: str, name: str) -> Response:
    """The table as a file, with a mark by which spreadsheets know its alphabet."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(f"\ufeff{text}", mimetype="text/csv", headers=headers)
