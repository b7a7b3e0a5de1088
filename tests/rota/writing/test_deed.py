"""What the audit keeps, in lines."""

from rota.writing.deed import MOST, Part, parts


def test_each_row_of_a_table_has_a_line():
    rows = [
        {"site": "Leeds", "desks": 2, "is_open": True},
        {"site": "York", "desks": None, "is_open": False},
    ]
    assert parts({"closures": rows}) == (
        Part(
            "closures",
            ("site: Leeds, desks: 2, is open: yes", "site: York, desks: none, is open: no"),
        ),
    )


def test_plain_values_have_one_line_and_lists_within_are_joined():
    told = {
        "version": 3,
        "costs": {"limit": 0, "cover": 1},
        "policy": {"counts": ["office", "court"]},
    }
    assert parts(told) == (
        Part("version", ("3",)),
        Part("costs", ("limit: 0, cover: 1",)),
        Part("policy", ("counts: office; court",)),
    )


def test_of_many_rows_the_first_are_told_and_the_others_counted():
    lines = parts({"seats": [str(number) for number in range(MOST + 5)]})[0].lines
    assert (len(lines), lines[0], lines[-1]) == (MOST + 1, "0", "and 5 more")


def test_nothing_has_no_parts():
    assert parts(None) == parts({}) == ()
    assert parts({"skills": [], "note": ""}) == (Part("skills", ()), Part("note", ("none",)))
