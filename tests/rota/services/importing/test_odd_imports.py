"""Whatever odd unit is read, it can be stored, and stored again it is the same."""

import random

from rota.errors import BadInput
from rota.services.importing import imports
from tests.rota.reading.small_unit import TODAY
from tests.rota.reading.test_odd_cells import TEXTS, spoilt, write_folder
from tests.rota.services.example import ON_SQLITE
from tests.stored import act

DRAWS = 120


@ON_SQLITE
def test_units_with_odd_cells(database, tmp_path):
    draw = random.Random(7)
    taken_in = 0
    for number in range(DRAWS):
        folder = write_folder(tmp_path / str(number), spoilt(draw, [*TEXTS]))
        name = f"Unit {number}"
        try:
            imports.import_unit(database, act(TODAY), name=name, path=folder, is_acknowledged=True)
        except BadInput:
            continue
        taken_in += 1
        again = imports.import_unit(database, act(TODAY), name=name, path=folder, is_trial=True)
        assert again.is_empty, number
    assert taken_in > DRAWS / 10
