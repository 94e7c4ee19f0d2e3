"""How the C library keeps memory for the process; see docs/decisions/0026-memory.md."""

from __future__ import annotations

import ctypes

# From glibc's malloc.h.
_M_ARENA_MAX = -8


def share_one_heap() -> None:
    """Let all threads take memory from one heap, from now on; to be called before there are any.

    glibc gives them up to eight heaps a processor, each of which keeps what its busiest moment needed. Other
    C libraries have no such setting, and nothing is done there.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_M_ARENA_MAX, 1)
