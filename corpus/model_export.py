"""Run as a process: write a transformer's last hidden state as an ONNX graph (opset 17).

Eager attention, since fused attention kernels have no ONNX form. Mean pooling and normalisation are left
to the caller (`corpus.embedding`), where they cost microseconds.
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from transformers import AutoModel

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_OUTPUT = "last_hidden_state"


class _LastHiddenState(torch.nn.Module):
    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        output = self.model(input_ids=ids, attention_mask=mask, token_type_ids=types)
        hidden: torch.Tensor = output.last_hidden_state
        return hidden


def export(folder: Path, target: Path) -> None:
    """Export the safetensors model in `folder` to `target`."""
    model = AutoModel.from_pretrained(
        folder, attn_implementation="eager", use_safetensors=True, local_files_only=True
    ).eval()
    example = torch.ones(2, 7, dtype=torch.long)
    torch.onnx.export(
        _LastHiddenState(model),
        (example, example, torch.zeros_like(example)),
        str(target),
        input_names=list(_INPUTS),
        output_names=[_OUTPUT],
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in (*_INPUTS, _OUTPUT)},
        opset_version=17,
        dynamo=False,
    )


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]))
