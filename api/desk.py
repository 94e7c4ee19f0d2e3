"""The keepers' desk: what its pages show, and the smaller acts that its buttons start."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http import HTTPStatus

from fastapi.responses import HTMLResponse

from api.library_schemas import words_of
from api.pages import Pages
from api.service import Service
from corpus.changes import ChangeKind
from corpus.documents import Kind
from corpus.errors import AssistantError, IngestError, NotFound, UnreadableFile
from corpus.runs import Runs
from corpus.source_list import SourceList
from corpus.uploads import UploadState
from ingest.syncing import source_kind

_DONE = {
    "published": "Published: its words answer questions from now on.",
    "discarded": "Put aside. Nothing of it was published.",
    "withdrawn": "Withdrawn: it answers no questions any more. Links to its words still open.",
    "restored": "Restored: it answers questions again.",
    "superseded": "Superseded: it answers no questions any more, and says which document took its place.",
    "source": "Kept. It is looked at within a minute or two, and then as often as it says.",
    "due": "It is looked at within a minute or two.",
    "removed": "It is looked at no more. Its documents stay.",
}
_MOST_CHANGES = 200


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the library would not do, and what to do about it."""

    message: str
    advice: str


class Desk:
    """The pages of one request. Raises what the library raises."""

    def __init__(self, service: Service, pages: Pages, today: date, has_token: bool) -> None:
        self._service = service
        self._pages = pages
        self._today = today
        self._has_token = has_token

    def page(self, done: str = "", refusal: Refusal | None = None) -> HTMLResponse:
        """The desk, with a word on what was just done or refused."""
        register = self._service.store.register
        documents = register.documents()
        return self._pages.render(
            "library_manage.html",
            HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK,
            done=_DONE.get(done, ""),
            refusal=refusal,
            live=[document for document in documents if not document.withdrawn],
            withdrawn=[document for document in documents if document.withdrawn],
            titles={document.id: document.title for document in documents},
            uploads=self._service.library.uploads.waiting(),
            sources=SourceList(register.engine).all(),
            runs=Runs(register.engine).newest(15),
            today=self._today,
            has_token=self._has_token,
            most_mb=self._service.settings.ingest.max_file_mb,
        )

    def preview(self, upload_id: str) -> HTMLResponse:
        """How an upload was understood."""
        library = self._service.library
        upload = library.uploads.get(upload_id)
        if upload.state is not UploadState.WAITING:
            return self.page(refusal=Refusal(f"This upload was {upload.state.value}.", ""))
        try:
            preview = library.preview(upload)
        except UnreadableFile as error:
            return self.page(refusal=Refusal(error.message, error.advice))
        told = [change for change in preview.changes if change.kind is not ChangeKind.RENUMBERED]
        superseded = self._service.store.register.document(upload.supersedes) if upload.supersedes else None
        return self._pages.render(
            "library_upload.html",
            upload=upload,
            preview=preview,
            document=preview.document,
            superseded=superseded,
            counts=Counter(change.kind.value for change in preview.changes),
            changes=[(change, words_of(change)) for change in told[:_MOST_CHANGES]],
            left_out=max(len(told) - _MOST_CHANGES, 0),
            today=self._today,
        )

    def document(self, document_id: str) -> HTMLResponse:
        """What can be done with one document."""
        register = self._service.store.register
        others = [other for other in register.documents() if not other.withdrawn and other.id != document_id]
        return self._pages.render(
            "library_document.html", document=register.document(document_id), others=others
        )

    def change(self, document_id: str, act: str, by: str) -> str:
        """Withdraw, restore or supersede; the name of what was done. Raises NotFound for another act."""
        library = self._service.library
        if act == "withdraw":
            library.withdraw(document_id)
            return "withdrawn"
        if act == "restore":
            library.restore(document_id)
            return "restored"
        if act == "supersede" and not by:
            raise AssistantError("No other document was chosen.", "Choose the one that takes its place.")
        if act == "supersede":
            library.supersede(document_id, by)
            return "superseded"
        raise NotFound("There is no such act.")

    def add_source(self, location: str, kind: Kind | None) -> None:
        """Keep a web manual. Raises IngestError for what is no web address.

        Folders are added from the command line alone: a page must not reach into the machine's files.
        """
        if not location.startswith(("http://", "https://")):
            raise IngestError(
                "This is no web address.",
                "It begins with https://. A folder is added with `assistant sync add FOLDER`.",
            )
        sort, place = source_kind(location)
        SourceList(self._service.store.register.engine).add(
            sort,
            place,
            datetime.now(UTC),
            every_hours=self._service.settings.web.every_hours,
            document_kind=kind,
        )

    def change_source(self, source_id: int, act: str) -> str:
        """Make a source due, or forget it. Raises NotFound."""
        sources = SourceList(self._service.store.register.engine)
        if act == "sync":
            sources.make_due(source_id)
            return "due"
        if act == "remove":
            sources.remove(source_id)
            return "removed"
        raise NotFound("There is no such act.")
