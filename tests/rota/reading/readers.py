"""What a process of its own may be asked to do with a file, as a test of how each ends."""

import errno
import os
import resource
import tempfile
from decimal import Decimal
from pathlib import Path

from rota.errors import BadInput, Fault


def size(path: Path, *, times: int) -> int:
    return len(path.read_bytes()) * times


def settings(_: Path) -> list[str]:
    return [name for name in os.environ if name.startswith("ROTA_")]


def scratch(_: Path) -> str:
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(b"x")
    return file.name


def limits(_: Path) -> tuple[int, int]:
    return resource.getrlimit(resource.RLIMIT_CPU)[0], resource.getrlimit(resource.RLIMIT_AS)[0]


def fault(path: Path, *, faults: int) -> None:
    raise BadInput(Fault(path.name, f"fault {n}") for n in range(1, faults + 1))


def never_end(_: Path) -> None:
    """Go on until no more time is left; one second of it, to be quick."""
    resource.setrlimit(resource.RLIMIT_CPU, (1, 2))
    while True:
        pass


def fill_the_memory(_: Path) -> int:
    return len(bytes(513 * 2**20))


def die(_: Path) -> None:
    os.abort()


def find_no_room(_: Path) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def have_a_bug(_: Path) -> None:
    raise ZeroDivisionError("a bug of ours")


def answer_with_what_is_not_allowed(_: Path) -> Decimal:
    return Decimal(1)
