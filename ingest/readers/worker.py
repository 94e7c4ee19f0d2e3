"""The reader process: takes a name and a file, answers with its reading, until its input ends.

Started by `sandbox.ReaderProcess`, never by hand.
"""

from __future__ import annotations

import os
import sys

from corpus.errors import UnreadableFile
from ingest.blocks import Reading
from ingest.readers import read
from ingest.readers.wire import pack, receive, send

_OUT_OF_MEMORY = 2


def main(memory_mb: int) -> None:
    _limit_memory(memory_mb)
    requests = sys.stdin.buffer
    # Replies get a descriptor of their own, since C libraries print their complaints to the standard output.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while (name := receive(requests)) is not None and (data := receive(requests)) is not None:
        send(replies, _answer(data, name.decode(), memory_mb))


def _answer(data: bytes, name: str, memory_mb: int) -> bytes:
    result: Reading | UnreadableFile
    try:
        result = read(data, name)
        return pack(result)
    except UnreadableFile as refusal:
        return pack(refusal)
    except MemoryError:
        return pack(too_much_memory(memory_mb))


def too_much_memory(memory_mb: int) -> UnreadableFile:
    return UnreadableFile(
        f"The file needed more than {memory_mb} MB of memory to read.",
        "Split it into smaller files, or take out its pictures.",
    )


def _limit_memory(memory_mb: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    limit = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]))
    except MemoryError:  # already while the file was being received
        sys.exit(_OUT_OF_MEMORY)
