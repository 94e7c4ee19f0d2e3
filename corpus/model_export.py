"""Run as a process: write a transformer as an ONNX graph (opset 17) of two outputs, its last hidden state and
the mean of those of some of its layers.

Eager attention, since fused attention kernels have no ONNX form. Mean pooling and normalisation are left
to the caller (`corpus.embedding`), where they cost microseconds.

With eight bits, the weights of the matrix products are rounded in blocks of 128, each with a scale of its
own, and what they are multiplied with is rounded block by block and token by token as it comes: one scale for
a whole text would drown most of it in the few large values that some layers make, and one for a whole batch
would make a text's vector depend on its neighbours'.
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import torch
from transformers import AutoModel

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_OUTPUTS = ("last_hidden_state", "word_pieces")
_BLOCK = 128
# Of ONNX Runtime's levels, the one whose products are of whole numbers of eight bits.
_IN_WHOLE_NUMBERS = 4


class _HiddenStates(torch.nn.Module):
    def __init__(self, model: torch.nn.Module, inputs: tuple[str, ...], layers: range) -> None:
        super().__init__()
        self.model = model
        self.inputs = inputs
        self.layers = layers

    def forward(self, *given: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        output = self.model(**dict(zip(self.inputs, given, strict=True)), output_hidden_states=True)
        # The first of the hidden states is what the layers begin with.
        middle = torch.stack([output.hidden_states[layer] for layer in self.layers]).mean(dim=0)
        return output.last_hidden_state, middle


def export(precision: str, layers: range, folder: Path, target: Path) -> None:
    """Export the safetensors model in `folder` to `target`, with weights in "fp32" or "int8". The second
    output is the mean over `layers`, counted from 1."""
    model = AutoModel.from_pretrained(
        folder, attn_implementation="eager", use_safetensors=True, local_files_only=True
    ).eval()
    inputs = tuple(name for name in _INPUTS if name in inspect.signature(model.forward).parameters)
    example = torch.ones(2, 7, dtype=torch.long)
    given = {"token_type_ids": torch.zeros_like(example)}
    torch.onnx.export(
        _HiddenStates(model, inputs, layers),
        tuple(given.get(name, example) for name in inputs),
        str(target),
        input_names=list(inputs),
        output_names=list(_OUTPUTS),
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in (*inputs, *_OUTPUTS)},
        opset_version=17,
        dynamo=False,
    )
    if precision == "int8":
        _round(target)


def _round(path: Path) -> None:
    import onnx
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

    rounding = MatMulNBitsQuantizer(
        onnx.load(path), bits=8, block_size=_BLOCK, is_symmetric=True, accuracy_level=_IN_WHOLE_NUMBERS
    )
    rounding.process()
    onnx.save(rounding.model.model, path)


if __name__ == "__main__":
    _, given_precision, first, last, *paths = sys.argv
    export(given_precision, range(int(first), int(last) + 1), *map(Path, paths))
