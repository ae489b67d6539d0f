"""A real python-telegram-bot takes the sandbox for Telegram."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from telegram import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    ReplyKeyboardMarkup,
    ReplyParameters,
    Update,
)
from telegram.constants import ParseMode, ReactionEmoji
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from sandbox.methods.edits import REACTIONS
from tests.e2e.phone import Phone, Town, sandbox

Context = ContextTypes.DEFAULT_TYPE
MORE = InlineKeyboardMarkup([[InlineKeyboardButton("Xem thêm", callback_data="1:xem")]])


async def _on_start(update: Update, _: Context) -> None:
    assert update.message is not None
    keyboard = ReplyKeyboardMarkup([["Hỏi chỉ thị"]], resize_keyboard=True)
    await update.message.reply_text("<b>Chào đồng chí</b>", ParseMode.HTML, reply_markup=keyboard)


async def _on_text(update: Update, _: Context) -> None:
    assert update.message is not None
    await update.message.reply_text(f"Đồng chí hỏi: {update.message.text}", reply_markup=MORE)


async def _on_press(update: Update, _: Context) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer("Đang mở")
    await query.edit_message_text("Toàn văn khoản này")


async def _on_inline(update: Update, _: Context) -> None:
    query = update.inline_query
    assert query is not None
    content = InputTextMessageContent(f"trích: {query.query}")
    await query.answer([InlineQueryResultArticle("1", "Khoản 1", content)], cache_time=0)


async def _on_document(update: Update, _: Context) -> None:
    assert update.message is not None
    assert update.message.document is not None
    file = await update.message.document.get_file()
    content = bytes(await file.download_as_bytearray())
    await update.message.reply_document(content.upper(), filename="lai.txt", caption="gửi lại")


Any_Application = Application[Any, Any, Any, Any, Any, Any]


@asynccontextmanager
async def _application(town: Town) -> AsyncIterator[Any_Application]:
    """Run a bot with a handler for each kind of update, not yet receiving."""
    built = (
        ApplicationBuilder()
        .token(town.token)
        .base_url(town.api_url)
        .base_file_url(town.file_url)
        .build()
    )
    built.add_handler(CommandHandler("start", _on_start))
    built.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, _on_text))
    built.add_handler(MessageHandler(filters.Document.ALL, _on_document))
    built.add_handler(CallbackQueryHandler(_on_press))
    built.add_handler(InlineQueryHandler(_on_inline))
    async with built:
        await built.start()
        try:
            yield built
        finally:
            await built.stop()


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    """Run a sandbox with the bot polling in it."""
    async with sandbox() as running, _application(running) as application:
        assert application.updater is not None
        await application.updater.start_polling(timeout=5)
        try:
            yield running
        finally:
            await application.updater.stop()


@pytest.fixture
async def lan(town: Town) -> Phone:
    """Give Lan a phone."""
    return await town.phone("Lan")


async def test_a_dialogue_goes_there_and_back(lan: Phone) -> None:
    """Command, reply keyboard, question, button and edit work as on Telegram."""
    await lan.says("/start")
    assert (await lan.sees("Chào đồng chí")).html == "<b>Chào đồng chí</b>"
    await lan.taps("Hỏi chỉ thị")
    await lan.sees("Đồng chí hỏi: Hỏi chỉ thị")
    await lan.taps("Xem thêm")
    assert (await lan.notices())["text"] == "Đang mở"
    edited = await lan.sees("Toàn văn khoản này")
    assert edited.labels == []


async def test_inline_results_are_chosen_into_a_group(town: Town, lan: Phone) -> None:
    """A person quotes a clause into a group through the bot."""
    group = lan.at(await town.group("Tổ công tác", lan))
    (result,) = await group.inline("thu hồi đất")
    assert result["title"] == "Khoản 1"
    sent = await group.chooses("Khoản 1")
    assert sent["text"] == "trích: thu hồi đất"


async def test_files_go_up_and_down(lan: Phone) -> None:
    """The bot reads what a person sent and sends a file back."""
    await lan.uploads(b"chi thi", "chi-thi.txt")
    answer = await lan.sees("gửi lại")
    assert await lan.downloads(answer.message["document"]["file_id"]) == b"CHI THI"


async def test_refusals_are_the_errors_that_bots_know(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each refusal reaches the library as its own exception."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # the library warns of its older form
    async with sandbox() as town, _application(town) as application:
        bot = application.bot
        lan = await town.phone("Lan")
        with pytest.raises(Forbidden, match="can't initiate conversation"):
            await bot.send_message(lan.id, "x")
        await lan.says("/start")
        with pytest.raises(BadRequest, match="parse entities"):
            await bot.send_message(lan.id, "<b>x", ParseMode.HTML)
        await town.fault(status=429, retry_after=7)
        with pytest.raises(RetryAfter):
            await bot.send_message(lan.id, "x")
        await town.fault(kind="reset")
        with pytest.raises(NetworkError):
            await bot.send_message(lan.id, "x")


async def test_the_rest_of_the_bot_s_means() -> None:
    """Quotes, reactions, actions, pins, commands and descriptions are taken and given back."""
    async with sandbox() as town, _application(town) as application:
        bot = application.bot
        lan = await town.phone("Lan")
        said = await lan.says("Chỉ thị 33 nói gì?")
        reply = ReplyParameters(said["message_id"], quote="Chỉ thị 33")
        sent = await bot.send_message(lan.id, "trả lời", reply_parameters=reply)
        assert sent.quote is not None
        assert sent.quote.text == "Chỉ thị 33"
        assert await bot.set_message_reaction(lan.id, said["message_id"], ReactionEmoji.EYES)
        assert await bot.send_chat_action(lan.id, "typing")
        assert await bot.pin_chat_message(lan.id, sent.message_id)
        chat = await bot.get_chat(lan.id)
        assert chat.pinned_message is not None
        commands = (BotCommand("hoi", "Hỏi chỉ thị"),)
        assert await bot.set_my_commands(commands, language_code="vi")
        assert await bot.get_my_commands(language_code="vi") == commands
        assert await bot.get_my_commands() == ()
        assert await bot.set_my_description("Tra cứu chỉ thị")
        assert (await bot.get_my_description()).description == "Tra cứu chỉ thị"
        assert (await bot.get_chat_member(lan.id, lan.id)).status == "member"


@asynccontextmanager
async def _hook(application: Any_Application, secret: str) -> AsyncIterator[str]:
    """Take posted updates for the bot; return the address."""

    async def take(request: web.Request) -> web.Response:
        assert request.headers["X-Telegram-Bot-Api-Secret-Token"] == secret
        update = Update.de_json(await request.json(), application.bot)
        await application.update_queue.put(update)
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


async def test_updates_come_by_webhook_as_well() -> None:
    """A bot that is posted its updates holds the same dialogue."""
    secret = "Khoa_1"
    async with (
        sandbox() as town,
        _application(town) as application,
        _hook(application, secret) as url,
    ):
        lan = await town.phone("Lan")
        await application.bot.set_webhook(url, secret_token=secret)
        await lan.says("/start")
        await lan.sees("Chào đồng chí")
        info = await application.bot.get_webhook_info()
        assert (info.url, info.last_error_message) == (url, None)


def test_reactions_are_those_that_the_library_names() -> None:
    """The listed emoji are Telegram's, with the coloured form or without."""
    named = {str(emoji.value).replace("\ufe0f", "") for emoji in ReactionEmoji}
    assert named == REACTIONS
