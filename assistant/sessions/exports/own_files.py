"""A partnership's own files, logo and templates: what is wrong with one is told with the setting's name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import SettingsError, reason_of

_LOGO = "ASSISTANT_SESSIONS__LOGO names a PNG or JPEG."


def kind_of_logo(logo: Path) -> str:
    """ "png" or "jpg", by what is in it and not by its name. Raises SettingsError."""
    # A tenth of a second to import, which only those wait for who have a logo.
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(logo, formats=("PNG", "JPEG")) as picture:
            picture.load()
            return "png" if picture.format == "PNG" else "jpg"
    except UnidentifiedImageError as error:
        raise SettingsError(f"The logo {logo} is no PNG or JPEG.", _LOGO) from error
    except Exception as error:
        # A broken picture fails in ways that no library documents.
        raise SettingsError(f"The logo {logo} cannot be read: {reason_of(error)}.", _LOGO) from error


@contextmanager
def logo_in_use(logo: Path) -> Iterator[None]:
    """Around what reads it: a picture may be whole, and still of a make that the writer of a format does not
    know. Raises SettingsError."""
    try:
        yield
    except Exception as error:
        raise SettingsError(f"The logo {logo} cannot be put into this kind of file.", _LOGO) from error


@contextmanager
def template_in_use(template: Path | None, program: str, suffix: str, setting: str) -> Iterator[None]:
    """Around what opens it. Raises SettingsError, whatever the library raises that reads it."""
    try:
        yield
    except Exception as error:
        if template is None:
            raise
        raise SettingsError(
            f"The template {template} is no {program} file that can be opened.",
            f"Save it anew in {program} as {suffix}, or correct {setting}.",
        ) from error
