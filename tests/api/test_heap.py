"""Threads of the service share one heap, so that none keeps for itself what its busiest moment needed."""

from __future__ import annotations

import ctypes
import re
import subprocess
import sys

import pytest

# Eight threads hold memory at the same time; then the C library tells of its heaps.
_HEAPS = """
import ctypes, sys, threading
from api.heap import share_one_heap
if sys.argv[1] == "shared":
    share_one_heap()
library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p
together = threading.Barrier(8)
def hold():
    for _ in range(100):
        library.malloc(ctypes.c_size_t(10_000))
    together.wait()
threads = [threading.Thread(target=hold) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
library.malloc_info(0, ctypes.c_void_p.in_dll(library, "stdout"))
library.fflush(None)
"""


@pytest.mark.skipif(
    not hasattr(ctypes.CDLL(None), "mallopt"), reason="the C library has one heap, or hides it"
)
def test_all_threads_take_memory_from_one_heap() -> None:
    assert _heaps("shared") == 1 < _heaps("apart")


def _heaps(how: str) -> int:
    done = subprocess.run([sys.executable, "-c", _HEAPS, how], capture_output=True, text=True, check=True)
    return len(re.findall("<heap nr=", done.stdout))
