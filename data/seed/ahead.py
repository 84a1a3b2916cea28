"""Makes demo frames in a second process, one chunk ahead of whoever loads them.

Answers for the process. A plain subprocess with pickles through its pipes, because multiprocessing would run the
program's main module again, which may be the server that is asking. Run as `python -m data.seed.ahead`.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from data.seed.demo import generate

ROOT = Path(__file__).resolve().parents[2]
_DONE = None


def generate_ahead(*given: object, **named: object) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """The same chunks as demo.generate. An error there is raised here; leaving early ends the process."""
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "data.seed.ahead"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=os.environ | {"PYTHONPATH": path}
    )
    try:
        with process.stdin as job:
            pickle.dump((given, named), job)
        while (item := _read(process)) is not _DONE:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def _read(process: subprocess.Popen) -> object:
    try:
        return pickle.load(process.stdout)
    except EOFError:
        died = f"the process that makes demo cases died (exit code {process.wait()}); its output says why"
        raise RuntimeError(died) from None


def _serve() -> None:
    given, named = pickle.load(sys.stdin.buffer)
    try:
        for item in generate(*given, **named):
            pickle.dump(item, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)
            sys.stdout.buffer.flush()
        pickle.dump(_DONE, sys.stdout.buffer)
    except Exception as error:
        pickle.dump(error, sys.stdout.buffer)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    _serve()
