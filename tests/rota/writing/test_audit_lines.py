"""What the audit keeps, in lines."""

from rota.writing.audit_lines import MOST, AuditPart, list_audit_parts


def test_each_row_of_a_table_has_a_line():
    rows = [
        {"site": "Leeds", "desks": 2, "is_open": True},
        {"site": "York", "desks": None, "is_open": False},
    ]
    assert list_audit_parts({"closures": rows}) == (
        AuditPart(
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
    assert list_audit_parts(told) == (
        AuditPart("version", ("3",)),
        AuditPart("costs", ("limit: 0, cover: 1",)),
        AuditPart("policy", ("counts: office; court",)),
    )


def test_people_are_called_by_their_names_beside_what_is_kept_of_them():
    called = {
        "staff_no": {"102": "Omar Obi (102)"},
        "mentor": {"102": "Omar Obi (102)"},
        "user": {"ann@example.org": "Ann Lee, ann@example.org"},
    }
    told = {
        "away": [{"staff_no": "102", "kind": "sick"}, {"staff_no": "109", "kind": "102"}],
        "officers": [{"staff_no": "102", "name": "Omar", "mentor": "102", "working_days": [0, 2]}],
        "staff_no": "102",
        "user": "ann@example.org",
        "version": 102,
    }
    assert list_audit_parts(told, called) == (
        AuditPart("away", ("staff no: Omar Obi (102), kind: sick", "staff no: 109, kind: 102")),
        AuditPart(
            "officers",
            ("staff no: 102, name: Omar, mentor: Omar Obi (102), working days: Mon; Wed",),
        ),
        AuditPart("staff no", ("Omar Obi (102)",)),
        AuditPart("user", ("Ann Lee, ann@example.org",)),
        AuditPart("version", ("102",)),
    )


def test_of_many_rows_the_first_are_told_and_the_others_counted():
    lines = list_audit_parts({"seats": [str(number) for number in range(MOST + 5)]})[0].lines
    assert (len(lines), lines[0], lines[-1]) == (MOST + 1, "0", "and 5 more")


def test_nothing_has_no_parts():
    assert list_audit_parts(None) == list_audit_parts({}) == ()
    assert list_audit_parts({"skills": [], "note": "", "costs": {}}) == (
        AuditPart("skills", ()),
        AuditPart("note", ("none",)),
        AuditPart("costs", ("none",)),
    )
    assert list_audit_parts({"policy": {"weights": {}}}) == (
        AuditPart("policy", ("weights: none",)),
    )
