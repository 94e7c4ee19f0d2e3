"""ONNX Runtime, set up for a service that shares its few cores with everything else."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def open_session(model: Path, threads: int) -> Any:
    """An inference session on the CPU; onnxruntime is imported now."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # A spinning thread would take the core that the answer is being put together on.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
