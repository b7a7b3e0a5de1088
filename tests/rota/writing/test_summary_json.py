"""summary.json, byte for byte."""

import pytest

from rota.writing import write_summary

SUMMARY = """\
{
  "status": "optimal",
  "levels": {
    "limit": {
      "cost": 0,
      "bound": 0
    }
  },
  "unit": "Siân's"
}
"""


def test_keys_stay_in_their_order(tmp_path):
    levels = {"limit": {"cost": 0, "bound": 0}}
    summary = {"status": "optimal", "levels": levels, "unit": "Siân's"}
    write_summary(tmp_path / "summary.json", summary)
    assert (tmp_path / "summary.json").read_text(encoding="utf-8") == SUMMARY


@pytest.mark.parametrize(("value", "error"), [(float("nan"), ValueError), ({1}, TypeError)])
def test_what_json_cannot_hold_is_a_bug_and_leaves_no_file(tmp_path, value, error):
    with pytest.raises(error):
        write_summary(tmp_path / "summary.json", {"odd": value})
    assert list(tmp_path.iterdir()) == []
