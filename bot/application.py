"""The one place that builds: settings and clock in, the whole assistant out; nothing runs yet."""

import asyncio
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic import SecretStr
from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.ext import Application, ApplicationBuilder, ContextTypes, Defaults

from bot.api_request import ApiRequest
from bot.channel import TelegramChannel
from bot.charts import progress
from bot.clock import Clock, monotonic
from bot.delivery import Delivery
from bot.lookup import Lookup
from bot.order import WORKING, ChatOrder
from bot.pace import Pace
from bot.polling import PollingRequest, Pulse
from bot.settings import Settings
from bot.stores import pace_of
from bot.texts import Texts
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.errors import ErrorHandler
from handlers.core.menus import Menus
from handlers.dispatch import MENUS, features, routes, together
from records.forms.files import read_forms, shipped_forms
from records.store import Store
from scheduler.acknowledgements import plan_acknowledgements
from scheduler.digest_plan import plan_digests
from scheduler.outbox import WORKERS, Sender
from scheduler.planner import plan_if_leading
from scheduler.reachability import tell_those_who_rely
from scheduler.ticks import PLAN_EVERY, SEND_EVERY, Tick, Ticks
from services.question_log import QuestionLog
from vietnamese.zone import ZONE

POOL_SECONDS: Final = 30.0
"""How long a request may wait for a free connection; it is queued, not lost."""

READ_SECONDS: Final = 20.0
"""How long Telegram may take for an answer before it counts as lost."""

KEPT_FORMS: Final = "kept"
"""Folder within the operator's forms: every version that was ever read."""

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})

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


def build(settings: Settings, *, clock: Clock, store: Store) -> Container:
    """Wire everything. Opens the question log; reads no library and calls nobody.

    `store` is open, and is closed by whoever opened it.

    Raises NoTokenError where the settings hold no token.
    """
    if settings.bot_token is None:
        raise NoTokenError
    texts, pulse = Texts(), Pulse(monotonic)
    own_forms = settings.data_dir / "forms"
    lookup = Lookup.over(settings, clock)
    questions = QuestionLog(settings.data_dir / "questions.jsonl")
    deps = Dependencies(
        texts=texts,
        now=clock,
        questions=questions,
        catalogue=lookup.catalogue,
        ask=lookup.ask,
        search=lookup.search,
        version=lookup.version,
        work=asyncio.to_thread,
        store=store,
        forms=read_forms((shipped_forms(), own_forms), kept=own_forms / KEPT_FORMS),
        questions_open=settings.questions_open,
    )
    application = _application(settings, settings.bot_token, pulse, pace_of(settings, store))
    menus = Menus(texts, MENUS)
    inside = together(features(deps, progress, menus))
    application.add_handlers(routes(deps, inside, menus))
    application.add_error_handler(ErrorHandler(deps).on_error)
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
                Tick("send", SEND_EVERY, sender.send_owed),
                Tick("plan", PLAN_EVERY, lambda: plan_if_leading(store, clock())),
                Tick("acknowledgements", PLAN_EVERY, lambda: plan_acknowledgements(store, clock())),
                Tick("digests", PLAN_EVERY, lambda: plan_digests(store, clock())),
            ]
        ),
        texts=texts,
        pulse=pulse,
    )


def _application(settings: Settings, token: SecretStr, pulse: Pulse, pace: Pace) -> Bot:
    """Build the library's application without its persistence, job queue and conversations."""
    url = settings.telegram_api_url
    # A proxy of the environment is for the world outside, not for a server on this machine.
    client = {"trust_env": urlsplit(url).hostname not in LOOPBACK}
    builder = (
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
        .rate_limiter(Delivery(monotonic=monotonic, pace=pace))
        .concurrent_updates(ChatOrder())
        .request(
            ApiRequest(
                connection_pool_size=WORKING + WORKERS,
                pool_timeout=POOL_SECONDS,
                read_timeout=READ_SECONDS,
                httpx_kwargs=client,
            )
        )
        .get_updates_request(PollingRequest(pulse, httpx_kwargs=client))
        .job_queue(None)
    )
    return (builder.updater(None) if settings.webhook_url else builder).build()
