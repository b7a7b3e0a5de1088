"""The example in the document on the API does what it says, word for word."""

import json
import re
import shutil
import subprocess

import pytest

from tests.docs.documents import API, read
from tests.solver.processes import PATIENCE
from tests.web.api.conftest import draft
from tests.web.api.program import program, token_of


@pytest.mark.skipif(shutil.which("curl") is None, reason="There is no curl here.")
def test_the_example_of_the_document(town, served):
    draft(town)
    section = read(API).partition("\n## An example\n")[2].partition("\n## ")[0]
    names, calls = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    assert re.findall(r"\b([A-Z]+)=", names) == ["ROTA", "TOKEN", "UNIT", "START", "OFFICER", "DAY"]
    manager = program(town, "manager")
    seats = manager.get("/units/1/drafts/2027-02-01/seats", staff_no="102")["items"]
    day = next(seat["date"] for seat in seats if seat["site"] != "home")
    told = {
        "ROTA": f"{served}/api/v1",
        "TOKEN": token_of(town, "red_manager"),
        "UNIT": "1",
        "START": "2027-02-01",
        "OFFICER": "102",
        "DAY": day,
    }
    set_up = "".join(f"{name}='{value}'\n" for name, value in told.items())
    ran = subprocess.run(
        ["sh", "-e"], input=set_up + calls, capture_output=True, text=True, timeout=PATIENCE
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    units, rota, edit, run = _read(ran.stdout)
    assert [unit["name"] for unit in units["items"]] == ["Millbrook"]
    assert [seat["date"] for seat in rota["items"]] == [f"2027-01-{day}" for day in range(12, 16)]
    assert edit["draft"]["revision"] == 2
    assert run["state"] == "waiting"
    seats = manager.get("/units/1/drafts/2027-02-01/seats", staff_no="102")["items"]
    assert [seat["site"] for seat in seats if seat["date"] == day] == ["home"]


def _read(text):
    """Each of the JSON texts that follow one another."""
    decoder = json.JSONDecoder()
    while text:
        value, end = decoder.raw_decode(text)
        yield value
        text = text[end:]
