"""`assistant alerts send | list | subscribe | forget`: who is told of changes. Works beside the service."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from api import cli_output as output
from api.cli_support import AsJson, Data, database_of
from assistant.alerts.choices import Choices
from assistant.alerts.outbox import Outbox
from assistant.alerts.sending import AlertSender
from assistant.alerts.subscriptions import Channel, Subscription, Subscriptions
from assistant.themes import Themes
from corpus.errors import SettingsError
from corpus.register import Register
from corpus.settings import Settings

app = typer.Typer(help="Who is told of changes: send, list, subscribe, forget.", no_args_is_help=True)


@app.command()
def send(data: Data = None, as_json: AsJson = False) -> None:
    """Write what there is to tell, and send what is due, once; the service does this by itself."""
    with database_of(data) as (engine, settings):
        done = AlertSender(engine, settings.alerts, _themes(settings)).run()
        counts = Outbox(engine).counts()
        if as_json:
            return output.print_json(asdict(done) | {"waiting": counts.waiting})
        output.console.print(
            f"{done.written} written, {done.sent} sent, {done.put_off} put off, {done.given_up} given up; "
            f"{counts.waiting} waiting."
        )
        return None


@app.command(name="list")
def list_subscriptions(data: Data = None, as_json: AsJson = False) -> None:
    """Print who follows what, with their addresses: keep the output as you would keep the addresses."""
    with database_of(data) as (engine, settings):
        found = Subscriptions(engine).all()
        choices = Choices(Register(engine), _themes(settings))
        if as_json:
            return output.print_json([_plain(each, choices) for each in found])
        table = Table("Address", "By", "Follows", "Since", box=None, pad_edge=False)
        for each in found:
            since = f"{each.confirmed_at:%d %b %Y}" if each.confirmed_at else "not confirmed"
            follows = escape(choices.in_words(each.interest))
            table.add_row(escape(each.address), each.channel.value, follows, since)
        output.console.print(table if found else "Nobody follows anything.")
        counts = Outbox(engine).counts()
        output.console.print(
            f"Messages: {counts.waiting} waiting, {counts.sent} sent, {counts.given_up} given up."
        )
        return None


@app.command()
def subscribe(
    webhook: Annotated[str | None, typer.Option(help="Web address that is called.")] = None,
    email: Annotated[
        str | None, typer.Option(help="E-mail address of somebody who has agreed to it.")
    ] = None,
    about: Annotated[str, typer.Option(help="all, document:ID, chapter:NUMBER or theme:NAME.")] = "all",
    data: Data = None,
) -> None:
    """Make a subscription that needs no confirmation."""
    if (webhook is None) == (email is None):
        raise typer.BadParameter("Give --webhook or --email.")
    with database_of(data) as (engine, settings):
        choices = Choices(Register(engine), _themes(settings))
        interest = choices.interest(about)
        if webhook is not None:
            _require(settings.alerts.webhook_secret.get_secret_value(), "ASSISTANT_ALERTS__WEBHOOK_SECRET")
        else:
            _require(settings.alerts.smtp_url.get_secret_value(), "ASSISTANT_ALERTS__SMTP_URL")
            _require(settings.alerts.sender, "ASSISTANT_ALERTS__SENDER")
        # Everything that is sent holds links, every e-mail the one that ends it.
        _require(settings.alerts.public_url, "ASSISTANT_ALERTS__PUBLIC_URL")
        channel = Channel.EMAIL if webhook is None else Channel.WEBHOOK
        Subscriptions(engine).add(channel, webhook or email or "", interest)
        output.console.print(f"Follows {escape(choices.in_words(interest))}.")


@app.command()
def forget(address: Annotated[str, typer.Argument(help="E-mail or web address.")], data: Data = None) -> None:
    """Remove an address, all that it follows, and all that was to be sent to it."""
    with database_of(data) as (engine, _):
        count = Subscriptions(engine).forget(address)
        output.console.print(f"Removed: {count} subscription{'' if count == 1 else 's'}.")
        if not count:
            raise typer.Exit(1)


def _themes(settings: Settings) -> Themes:
    return Themes.load(settings.reports.lists)


def _require(value: str, name: str) -> None:
    if not value:
        raise SettingsError(f"The setting {name} is needed for this.", "See docs/alerts.md.")


def _plain(subscription: Subscription, choices: Choices) -> dict[str, object]:
    """All but the token, which is its owner's alone."""
    return {
        "id": subscription.id,
        "channel": subscription.channel,
        "address": subscription.address,
        "follows": choices.in_words(subscription.interest),
        "created_at": subscription.created_at,
        "confirmed_at": subscription.confirmed_at,
    }
