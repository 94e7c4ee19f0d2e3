"""The texts of alerts: e-mails, and what a webhook is sent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

from assistant.alerts.digest import digest_of, interest_in_words, label, words
from assistant.alerts.interest import Interest, Scope
from assistant.alerts.news import News, Sort
from assistant.alerts.subscriptions import Subscription

_MOST_PARAGRAPHS = 40


class Writer:
    """`base` is the service's public address, without a slash at its end."""

    def __init__(self, base: str) -> None:
        self._base = base

    def confirm_link(self, subscription: Subscription) -> str:
        return self._link("confirm", subscription)

    def unsubscribe_link(self, subscription: Subscription) -> str:
        return self._link("unsubscribe", subscription)

    def document_link(self, news: News) -> str:
        """Opens the version that the news tells of, for good."""
        return f"{self._base}/documents/{quote(news.document_id)}?version={news.version}"

    def confirmation(self, subscription: Subscription, interest: str, hours: int) -> tuple[str, str]:
        """Subject and text."""
        said = words()["confirm"]
        body = said["body"].format(interest=interest, hours=hours, confirm=self.confirm_link(subscription))
        return said["subject"], body

    def mail(self, subscription: Subscription, news: Sequence[News]) -> str:
        """A digest as the outbox keeps it: JSON of subject and text, whose first two lines say it all."""
        said, digest = words()["mail"], digest_of(news)
        lines = [digest.what, digest.effect, ""]
        lines += [said["intro"].format(interest=_interest(subscription.interest, news)), ""]
        left = _MOST_PARAGRAPHS
        for each in news:
            lines += [each.title, *self._whole(each)]
            lines += [f"- {c.anchor}: {label(c.kind.value)}" for c in each.changes[:left]]
            left = max(0, left - len(each.changes))
            lines += [said["read"].format(link=self.document_link(each)), ""]
        hidden = sum(len(each.changes) for each in news) - _MOST_PARAGRAPHS
        if hidden > 0:
            lines.append(said["more"].format(n=hidden))
        lines += [said["all"].format(link=f"{self._base}/changes"), "", said["caution"], "", "-- "]
        lines.append(
            said["footer"].format(service=self._base, unsubscribe=self.unsubscribe_link(subscription))
        )
        return json.dumps({"subject": digest.subject, "text": "\n".join(lines)}, ensure_ascii=False)

    def payload(self, news: Sequence[News]) -> str:
        """What a webhook is sent, as JSON."""
        digest = digest_of(news)
        return json.dumps(
            {
                "type": "documents.changed",
                "subject": digest.subject,
                "summary": [digest.what, digest.effect],
                "documents": [
                    {
                        "document_id": each.document_id,
                        "title": each.title,
                        "version": each.version,
                        "sort": each.sort.value,
                        "successor": each.successor,
                        "at": each.at.isoformat(),
                        "url": self.document_link(each),
                        "changes": [{"kind": c.kind.value, "anchor": c.anchor} for c in each.changes],
                    }
                    for each in news
                ],
            },
            ensure_ascii=False,
        )

    def _whole(self, news: News) -> list[str]:
        """What became of the document as a whole."""
        said = words()["mail"]
        lines = [] if news.sort is Sort.CHANGED else [said[news.sort.value]]
        if news.successor:
            lines.append(said["successor"].format(link=f"{self._base}/documents/{quote(news.successor)}"))
        return lines

    def _link(self, what: str, subscription: Subscription) -> str:
        return f"{self._base}/alerts/{what}/{subscription.id}/{subscription.token}"


def _interest(interest: Interest, news: Sequence[News]) -> str:
    title = news[0].title if interest.scope is Scope.DOCUMENT else ""
    return interest_in_words(interest, title)
