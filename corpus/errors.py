"""Every fault the product raises on purpose.

AssistantError
├── SettingsError          a setting is wrong
├── StoreError             the data folder or database cannot be used
│   ├── StoreBusy          another process owns the embedded index
│   ├── IndexDamaged       an index cannot be read; it is made anew from the register
│   └── DiskFull           no room left to write
├── ModelError             the embedding model is missing, altered or of another make than the index
├── ChatModelError         the chat model failed, was too slow, or is left alone for a while
├── IngestError            an ingest as a whole cannot go on
│   └── UnreadableFile     one file is refused; the ingest goes on with the others
├── NotFound               a document, version or span that does not exist
│   ├── NotKept            an answer or a conversation that was never recorded, or is no longer
│   └── NoSuchPack         a session pack that was never made
├── NoMaterial             the library holds nothing to make a session pack from
├── EvaluationError        question cases or an open question set that cannot be used
└── TooLarge               input over a limit in the settings

A message says what went wrong; `advice` says what to do about it.
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of all faults; `str()` is fit to be shown to a person."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()

    def __reduce__(self) -> tuple[type[AssistantError], tuple[str, str]]:
        # The default would lose `advice` on the way back from a reader process.
        return type(self), (self.message, self.advice)


class SettingsError(AssistantError):
    """A setting is wrong."""


class StoreError(AssistantError):
    """The data folder or the database cannot be used."""


class StoreBusy(StoreError):
    """Another process owns the embedded index."""


class IndexDamaged(StoreError):
    """An index cannot be read; it is derived, and made anew from the register."""


class DiskFull(StoreError):
    """No room left to write."""


class ModelError(AssistantError):
    """The embedding model is missing, altered, or not the one that the index was made with."""


class ChatModelError(AssistantError):
    """The chat model failed, was too slow, or is left alone for a while; quotes are given instead."""


class IngestError(AssistantError):
    """An ingest as a whole cannot go on."""


class UnreadableFile(IngestError):
    """One file is refused, with the reason and what to do; the others go on."""


class NotFound(AssistantError):
    """A document, version or span that does not exist."""


class NotKept(NotFound):
    """An answer or a conversation that was never recorded, or is no longer."""


class NoSuchPack(NotFound):
    """A session pack that was never made."""


class NoMaterial(AssistantError):
    """The library holds nothing to make a session pack from."""


class EvaluationError(AssistantError):
    """Question cases or an open question set that cannot be used."""


class TooLarge(AssistantError):
    """Input over a limit in the settings."""


def reason_of(error: BaseException) -> str:
    """What an error of somebody else says, in one line without its full stop, to stand inside a sentence."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0].rstrip(".") if lines else type(error).__name__
