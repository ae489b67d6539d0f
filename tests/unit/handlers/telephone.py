"""A person who talks with the wired conversations, without a network: Telegram's end records."""

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes
from telegram.request import BaseRequest, RequestData

from bot.charts import progress
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.errors import ErrorHandler
from handlers.core.menus import Menus
from handlers.dispatch import MENUS, features, routes, together
from knowledge.answering.values import Answer, SmallTalk
from knowledge.vocabulary import SmallTalkKind

ME = {"id": 1, "is_bot": True, "first_name": "Trợ lý", "username": "tro_ly_bot"}


class FarEnd(BaseRequest, ABC):
    """Telegram's end without a network: takes every request, and answers as its kind does."""

    @property
    def read_timeout(self) -> float | None:
        """Say that there is none."""
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Take a request."""
        del method
        given: dict[str, Any] = {} if request_data is None else dict(request_data.parameters)
        status, said = self.answer(url.rpartition("/")[2], given)
        return status, json.dumps(said).encode()

    @abstractmethod
    def answer(self, name: str, given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Return the status and the body for a method called with these parameters."""


class Records(FarEnd):
    """Telegram's end: keeps what was said, and says that all is well."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.buttons: list[str] = []
        self.alerts: list[str] = []

    def answer(self, name: str, given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Keep what was said."""
        result: object = True
        if name == "getMe":
            result = ME
        elif name == "answerCallbackQuery":
            self.alerts.append(str(given.get("text", "")))
        elif name in {"sendMessage", "editMessageText"}:
            self.said.append(given["text"])
            rows = (given.get("reply_markup") or {}).get("inline_keyboard", ())
            self.buttons = [one["callback_data"] for row in rows for one in row]
            chat = {"id": given["chat_id"], "type": "private"}
            result = {"message_id": 900, "date": 1, "chat": chat, "text": "…"}
        return 200, {"ok": True, "result": result}


@dataclass(slots=True)
class Line:
    """All conversations as they are wired, and their far end."""

    deps: Dependencies
    far: Records = field(default_factory=Records)
    application: Any = None
    number: int = 0
    asked: list[str] = field(default_factory=list)
    """What went to the library."""

    async def ask(self, question: str) -> Answer:
        """Take a question as the library does."""
        self.asked.append(question)
        return SmallTalk(kind=SmallTalkKind.THANKS)

    async def open(self) -> None:
        """Wire them."""
        application: Application[Any, Any, Any, Any, Any, Any] = (
            ApplicationBuilder()
            .token("1:token")
            .request(self.far)
            .get_updates_request(self.far)
            .context_types(ContextTypes(context=Context))
            .job_queue(None)
            .build()
        )
        menus = Menus(self.deps.texts, MENUS)
        inside = together(features(self.deps, progress, menus))
        application.add_handlers(routes(self.deps, inside, menus))
        application.add_error_handler(ErrorHandler(self.deps, lambda _: None).on_error)
        await application.initialize()
        self.application = application

    async def says(self, who: int, words: str) -> str:
        """Type, and return what was answered last."""
        message = self._message(who, {"text": words})
        if words.startswith("/"):
            length = len(words.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return await self.given({"message": message})

    async def taps(self, who: int, data: str) -> str:
        """Tap a button, and return what was shown last."""
        query: dict[str, Any] = {
            "id": "7",
            "from": self._person(who),
            "chat_instance": "1",
            "message": self._message(1, {"text": "…"}),
            "data": data,
        }
        query["message"]["chat"]["id"] = who
        return await self.given({"callback_query": query})

    async def given(self, what: dict[str, Any]) -> str:
        """Hand an update in, and return what was said last."""
        self.number += 1
        update = Update.de_json({"update_id": self.number, **what}, self.application.bot)
        await self.application.process_update(update)
        return self.far.said[-1] if self.far.said else ""

    def _person(self, who: int) -> dict[str, Any]:
        return {"id": who, "is_bot": False, "first_name": "Lan"}

    def _message(self, who: int, what: dict[str, Any]) -> dict[str, Any]:
        self.number += 1
        chat = {"id": who, "type": "private"}
        return {
            "message_id": self.number,
            "date": 1_790_000_000,
            "chat": chat,
            "from": self._person(who),
            **what,
        }
