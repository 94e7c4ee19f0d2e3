"""All that a trainer does with packs, over one store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.lists import read_list
from assistant.reports.stale import Outdated as Replaced
from assistant.sessions.changed import Outdated, outdated
from assistant.sessions.editing import Edits, arranged, carried_over, with_part_edited
from assistant.sessions.exports.sheet import Look
from assistant.sessions.kept import Kept, KeptPacks
from assistant.sessions.pack import Pack, PartName, SessionRequest
from assistant.sessions.planner import Planner
from assistant.sessions.uses import UseLog
from assistant.themes import Themes
from corpus.settings import ChatSettings, RetrievalSettings, SessionSettings, Settings
from corpus.store import Store

InShort = Callable[[Pack], Pack]
"""Puts below the quotes of a pack what they say in short, where that can be verified. Does not fail."""


class SessionDesk:
    """`signpost` is put into every pack; without `in_short`, packs are quotes alone; `themes` and
    `replaced` are the library's own lists, ours where it has none. What was typed has been screened by
    whoever calls."""

    def __init__(
        self,
        store: Store,
        retrieval: RetrievalSettings,
        signpost: str,
        in_short: InShort | None = None,
        themes: Themes | None = None,
        replaced: Replaced | None = None,
    ) -> None:
        self._register = store.register
        self._planner = Planner(store, retrieval, signpost, themes=themes, replaced=replaced)
        self._in_short = in_short
        self.packs = KeptPacks(store.register.engine)
        self.uses = UseLog(store.register.engine)

    def make(self, request: SessionRequest) -> Pack:
        """Planned and kept. Raises NotFound, NoMaterial."""
        pack = self._made(request)
        self.packs.keep(pack)
        return pack

    def make_anew(self, pack_id: str) -> Pack:
        """From the library as it is now, with the trainer's edits; the old pack stays. Raises NoSuchPack."""
        kept = self.packs.get(pack_id)
        pack = self._made(kept.pack.request)
        self.packs.keep(pack, carried_over(kept.edits, kept.pack, pack), earlier=pack_id)
        return pack

    def outdated(self, kept: Kept) -> list[Outdated]:
        """What the pack as it is used now cites and what no longer stands."""
        return outdated(kept.edited, self._register)

    def move(self, pack_id: str, name: PartName, step: int) -> None:
        kept = self.packs.get(pack_id)
        self.packs.edit(pack_id, arranged(kept.pack, kept.edits, name, step))

    def leave_out(self, pack_id: str, name: PartName) -> None:
        edits = self.packs.get(pack_id).edits
        self.packs.edit(pack_id, replace(edits, without_parts=edits.without_parts | {name}))

    def put_back(self, pack_id: str, name: PartName) -> None:
        edits = self.packs.get(pack_id).edits
        self.packs.edit(pack_id, replace(edits, without_parts=edits.without_parts - {name}))

    def write(
        self, pack_id: str, name: PartName, kept: frozenset[str], words: dict[str, str], added: str
    ) -> None:
        """The part as its form sent it. Raises NoSuchPack."""
        found = self.packs.get(pack_id)
        part = found.pack.part(name)
        if part is not None:
            self.packs.edit(pack_id, with_part_edited(part, found.edits, kept, words, added))

    def undo(self, pack_id: str) -> None:
        """The pack as it was made."""
        self.packs.get(pack_id)
        self.packs.edit(pack_id, Edits())

    def _made(self, request: SessionRequest) -> Pack:
        pack = self._planner.plan(request)
        return self._in_short(pack) if request.phrased and self._in_short else pack


def open_desk(store: Store, settings: Settings, signpost: str, in_short: InShort | None) -> SessionDesk:
    """With the library's own lists of themes and of what was replaced. Raises SettingsError."""
    lists = settings.reports.lists
    replaced = Replaced(read_list("outdated.yaml", lists))
    return SessionDesk(store, settings.retrieval, signpost, in_short, Themes.load(lists), replaced)


def open_in_short(store: Store, chat: ChatSettings) -> InShort | None:
    """By the model that the settings name; None where they name none. Raises SettingsError."""
    if not chat.model:
        return None
    # Half a second to import, which nobody should wait for who has no chat model.
    from assistant.models import open_chat_model
    from assistant.sessions.phrasing import Phraser

    return Phraser(open_chat_model(chat), store)


def look_of(settings: SessionSettings, address: str) -> Look:
    """The partnership's looks; links begin with `address`, without a slash at the end."""
    return Look(
        base_url=address,
        logo=settings.logo,
        logo_text=settings.logo_text,
        docx_template=settings.docx_template,
        pptx_template=settings.pptx_template,
    )
