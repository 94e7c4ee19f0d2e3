"""Typst in a process of its own: it keeps half a gigabyte for its next file, to its end.

What it sets comes in as JSON, and the PDF goes out: `python typesetting.py` is what `typeset` runs.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

_MOST_SECONDS = 60


def typeset(template: Path, root: Path, data: str, made_at: int) -> bytes:
    """A PDF/UA-1 of the template with `data` (JSON), dated `made_at` (seconds since 1970). It may read files
    below `root` alone.

    Raises CalledProcessError where the template cannot be set, TimeoutExpired where it takes a minute.
    """
    asked = {"template": str(template), "root": str(root), "data": data, "made_at": made_at}
    # -P: what stands beside this file is no module of the other process.
    command = [sys.executable, "-P", str(Path(__file__))]
    given = json.dumps(asked).encode()
    done = subprocess.run(command, input=given, capture_output=True, check=True, timeout=_MOST_SECONDS)
    return done.stdout


def _set() -> None:
    import typst

    asked = json.loads(sys.stdin.buffer.read())
    compiler = typst.Compiler(
        input=Path(asked["template"]).read_bytes(),
        root=asked["root"],
        ignore_system_fonts=True,
        sys_inputs={"pack": asked["data"]},
    )
    file = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=asked["made_at"])
    if not isinstance(file, bytes):
        raise TypeError("Typst gave no PDF.")
    sys.stdout.buffer.write(file)


if __name__ == "__main__":
    _set()
