"""What passes between the caller and the reader process: frames, each a length and that many bytes.

JSON, not pickles: a hostile file that took over a C library in the reader process gains nothing by its reply.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict
from typing import IO

from corpus.errors import UnreadableFile
from ingest.blocks import Block, BlockKind, Reading

_LENGTH = struct.Struct("!Q")


def send(stream: IO[bytes], *frames: bytes) -> None:
    for frame in frames:
        stream.write(_LENGTH.pack(len(frame)))
        stream.write(frame)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """The next frame; None where the other side has ended."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    frame = stream.read(length)
    return frame if len(frame) == length else None


def pack(result: Reading | UnreadableFile) -> bytes:
    if isinstance(result, UnreadableFile):
        return json.dumps({"message": result.message, "advice": result.advice}).encode()
    return json.dumps(asdict(result)).encode()


def unpack(frame: bytes) -> Reading:
    """Raises the UnreadableFile that the reader raised."""
    reply = json.loads(frame)
    if "message" in reply:
        raise UnreadableFile(reply["message"], reply["advice"])
    blocks = tuple(
        Block(
            BlockKind(block["kind"]),
            block["text"],
            block["level"],
            block["page"],
            tuple(block["cells"]),
            tuple(block["header"]),
            block["anchor"],
        )
        for block in reply["blocks"]
    )
    warnings = tuple(reply["warnings"])
    return Reading(blocks, reply["media_type"], reply["metadata"], reply["pages"], warnings)
