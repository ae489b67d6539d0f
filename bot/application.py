"""The one place that builds: settings and clock in, the whole assistant out; nothing runs yet."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from pydantic import SecretStr
from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes, Defaults, ExtBot
from telegram.request import HTTPXRequest

from bot.api_request import ApiRequest
from bot.channel import TelegramChannel
from bot.charts import progress
from bot.clock import CheckedClock, Clock, monotonic, system_clock
from bot.clock_watch import WATCH_EVERY, ClockWatch
from bot.delivery import Delivery
from bot.intake import Intake
from bot.lookup import LOOK_EVERY, Lookup
from bot.order import WORKING
from bot.polling import Polling, Pulse
from bot.senders import Senders
from bot.settings import LOOPBACK, Settings
from bot.stores import pace_of
from bot.texts import Texts
from handlers.core.address import address_of
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.errors import ErrorHandler
from handlers.core.menus import Menus
from handlers.dispatch import MENUS, features, routes, together
from knowledge.library.arrivals import Arrivals
from knowledge.library.shelf import Shelf
from records.forms.files import read_forms, shipped_forms
from records.store import Store
from scheduler.acknowledgements import plan_acknowledgements
from scheduler.digest_plan import plan_digests
from scheduler.outbox import WORKERS, Sender
from scheduler.planner import plan_if_leading
from scheduler.reachability import tell_those_who_rely
from scheduler.ticks import FORGET_EVERY, PLAN_EVERY, SEND_EVERY, TAKE_OVER_EVERY, Tick, Ticks
from services.documents.registry import Registry
from services.people.entry import person_at
from services.question_log import QuestionLog
from services.units.mergers import carry_out
from vietnamese.zone import ZONE

POOL_SECONDS: Final = 30.0
"""How long a request may wait for a free connection; it is queued, not lost."""

READ_SECONDS: Final = 20.0
"""How long Telegram may take for an answer before it counts as lost."""

KEPT_FORMS: Final = "kept"
"""Folder within the operator's forms: every version that was ever read."""

Bot = Application[Any, Any, Any, Any, Any, Any]


class NoTokenError(Exception):
    """There is no token to build with; the sandbox gives one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """The assistant, built: what starts, serves and stops it works with this."""

    settings: Settings
    clock: Clock
    application: Bot
    lookup: Lookup
    questions: QuestionLog
    store: Store
    sender: Sender
    ticks: Ticks
    texts: Texts
    pulse: Pulse
    intake: Intake
    polling: Polling


def build(
    settings: Settings, *, clock: Clock, store: Store, lookup: Lookup | None = None
) -> Container:
    """Wire everything. Opens the question log; reads no library and calls nobody.

    `store` is open, and is closed by whoever opened it. Without a `lookup` it is over the folders
    of the settings.

    Raises NoTokenError where the settings hold no token.
    """
    if settings.bot_token is None:
        raise NoTokenError
    texts, pulse = Texts(), Pulse(monotonic)
    own_forms = settings.data_dir / "forms"
    lookup = lookup or Lookup.over(settings, clock)
    questions = QuestionLog(settings.data_dir / "questions.jsonl")
    delivery = Delivery(monotonic=monotonic, pace=pace_of(settings, store))
    deps = Dependencies(
        texts=texts,
        now=clock,
        questions=questions,
        catalogue=lookup.catalogue,
        ask=lookup.ask,
        search=lookup.search,
        version=lookup.version,
        work=asyncio.to_thread,
        registry=_registry(settings, store, lookup),
        store=store,
        forms=read_forms((shipped_forms(), own_forms), kept=own_forms / KEPT_FORMS),
        shown=delivery.shown,
        questions_open=settings.questions_open,
    )
    polls = HTTPXRequest(connection_pool_size=2, httpx_kwargs=_client(settings, clock))
    application = _application(settings, settings.bot_token, polls, delivery, clock)
    intake = _intake(application, store, clock, texts, delivery)
    menus = Menus(texts, MENUS)
    inside = together(features(deps, progress, menus))
    application.add_handlers(routes(deps, inside, menus))
    application.add_error_handler(ErrorHandler(deps, intake.owe).on_error)
    channel = TelegramChannel(
        bot=application.bot,
        texts=texts,
        notices=inside.notices,
    )
    sender = Sender(
        store=store, channel=channel, now=clock, on_gone=tell_those_who_rely, joint=channel
    )
    return Container(
        settings=settings,
        clock=clock,
        application=application,
        lookup=lookup,
        questions=questions,
        store=store,
        sender=sender,
        ticks=Ticks(
            [
                *_watch(clock, store),
                Tick("send", SEND_EVERY, sender.send_owed),
                Tick("mergers", PLAN_EVERY, lambda: carry_out(store, clock())),
                Tick("plan", PLAN_EVERY, lambda: plan_if_leading(store, clock())),
                Tick("acknowledgements", PLAN_EVERY, lambda: plan_acknowledgements(store, clock())),
                Tick("digests", PLAN_EVERY, lambda: plan_digests(store, clock())),
                Tick("library", LOOK_EVERY, lookup.renew),
                Tick("updates left by others", TAKE_OVER_EVERY, intake.take_over),
                Tick("updates of before", FORGET_EVERY, intake.forget),
            ],
            system_clock,
        ),
        texts=texts,
        pulse=pulse,
        intake=intake,
        polling=Polling(bot=application.bot, request=polls, intake=intake, pulse=pulse),
    )


def _registry(settings: Settings, store: Store, lookup: Lookup) -> Registry:
    """Return where documents come in, wait, and are published."""
    return Registry(
        store=store,
        arrivals=Arrivals(root=settings.data_dir / "arrivals"),
        shelf=Shelf(folder=settings.operator_library),
        catalogue=lookup.catalogue,
        search=lookup.search,
        work=asyncio.to_thread,
        change=lookup.change,
    )


def _watch(clock: Clock, store: Store) -> list[Tick]:
    """Return the tick that looks after the machine's clock, where it can be judged."""
    if not isinstance(clock, CheckedClock):
        return []
    return [Tick("clock", WATCH_EVERY, ClockWatch(clock, store).look)]


def _intake(
    application: Bot, store: Store, clock: Clock, texts: Texts, delivery: Delivery
) -> Intake:
    """Build what takes updates in and hands them to the library's handlers."""
    bot: ExtBot[Any] = application.bot

    async def known(sender: int) -> bool:
        return await person_at(store, address_of(sender)) is not None

    async def tell(sender: int) -> None:
        with suppress(TelegramError):
            await bot.send_message(sender, texts.screen("too_many"))

    return Intake(
        bot=bot,
        store=store,
        now=clock,
        senders=Senders(monotonic, known, tell),
        handle=application.process_update,
        on_backlog=delivery.keep_strictly,
    )


def _client(settings: Settings, clock: Clock) -> dict[str, Any]:
    """Return how the HTTP client is set up.

    A proxy of the environment is for the world outside, not for a server on this machine.
    """
    client = {"trust_env": urlsplit(settings.telegram_api_url).hostname not in LOOPBACK}
    return client | (_hearing(clock.hear) if isinstance(clock, CheckedClock) else {})


def _hearing(hear: Callable[[str], None]) -> dict[str, Any]:
    """Return how the client passes on the time of Telegram's answers, and of nobody else's."""

    async def on_response(response: httpx.Response) -> None:
        json = response.headers.get("content-type", "").startswith("application/json")
        if response.status_code == httpx.codes.OK and json and "date" in response.headers:
            hear(response.headers["date"])

    return {"event_hooks": {"response": [on_response]}}


def _application(
    settings: Settings, token: SecretStr, polls: HTTPXRequest, delivery: Delivery, clock: Clock
) -> Bot:
    """Build the library's application without what fetches, persists, plans or converses."""
    url = settings.telegram_api_url
    return (
        ApplicationBuilder()
        .token(token.get_secret_value())
        .context_types(ContextTypes(context=Context))
        .base_url(f"{url}/bot")
        .base_file_url(f"{url}/file/bot")
        .defaults(
            Defaults(
                parse_mode=ParseMode.HTML,
                tzinfo=ZONE,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        )
        .rate_limiter(delivery)
        .request(
            ApiRequest(
                connection_pool_size=WORKING + WORKERS,
                pool_timeout=POOL_SECONDS,
                read_timeout=READ_SECONDS,
                httpx_kwargs=_client(settings, clock),
            )
        )
        .get_updates_request(polls)
        .job_queue(None)
        .updater(None)
        .build()
    )
