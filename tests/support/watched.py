"""Runs the real command and keeps what it would leave no trace of:

    python watched.py KEEP ARGUMENT...

KEEP/1, KEEP/2 ... are copies of every file that it deleted or renamed; KEEP/network has a line for every use of a socket.
"""

from __future__ import annotations

import shutil
import sys
from itertools import count
from pathlib import Path
from typing import Any


def watch(keep: Path) -> None:
    """From here on, note what happens."""
    numbers, log, busy = count(1), (keep / "network").open("w", encoding="utf-8"), False

    def look(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal busy
        if busy or (event not in ("os.remove", "os.rename", "shutil.rmtree") and not event.startswith("socket.")):
            return
        busy = True  # what is done here is not the command's doing
        try:
            if event.startswith("socket."):
                print(event, arguments, file=log, flush=True)
            elif (path := Path(arguments[0])).is_dir():
                shutil.copytree(path, keep / str(next(numbers)))
            elif path.is_file():
                shutil.copyfile(path, keep / str(next(numbers)))
        finally:
            busy = False

    sys.addaudithook(look)


if __name__ == "__main__":
    watch(Path(sys.argv[1]))
    from handouts.cli import main

    main(sys.argv[2:])
