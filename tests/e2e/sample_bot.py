"""A small real bot that uses each of Telegram's means once; the chat page is tested against it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, TypeAlias

from telegram import (
    BotCommand,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.constants import ChatAction, ParseMode
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

Context: TypeAlias = ContextTypes.DEFAULT_TYPE
Running: TypeAlias = Application[Any, Any, Any, Any, Any, Any]

LONG_CLAUSE: Final = "\n".join(f"Dòng thứ {line} của đoạn trích." for line in range(1, 9))
BUTTONS: Final = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Xem tiếp", callback_data="more")],
        [
            InlineKeyboardButton("Thông báo", callback_data="toast"),
            InlineKeyboardButton("Cảnh báo", callback_data="alert"),
        ],
        [
            InlineKeyboardButton("Chép số", copy_text=CopyTextButton("12-CT/TU")),
            InlineKeyboardButton("Tra tại đây", switch_inline_query_current_chat="dân vận"),
        ],
    ]
)


async def _start(update: Update, _: Context) -> None:
    keyboard = ReplyKeyboardMarkup(
        [["Trích đoạn", "Hỏi lại"]],
        resize_keyboard=True,
        is_persistent=True,
        input_field_placeholder="Đồng chí cần hỏi gì?",
    )
    if update.effective_message:
        started = update.effective_message.text or ""
        await update.effective_message.reply_text(
            f"Chào đồng chí: {started}", reply_markup=keyboard
        )


async def _text(update: Update, _: Context) -> None:
    message = update.effective_message
    if message is None or message.via_bot is not None:
        return
    if message.text == "Trích đoạn":
        html = (
            f"<b>Trích</b> <i>văn bản</i>"
            f"<blockquote expandable>{LONG_CLAUSE}</blockquote>"
            f"<tg-spoiler>ẩn</tg-spoiler> /start"
        )
        await message.reply_text(html, parse_mode=ParseMode.HTML, reply_markup=BUTTONS)
    elif message.text == "Hỏi lại":
        ask = ForceReply(input_field_placeholder="Viết câu trả lời")
        await message.reply_text("Đơn vị nào?", reply_markup=ask)
    elif message.text == "Soạn":
        await message.reply_chat_action(ChatAction.TYPING)
    else:
        name = update.effective_user.full_name if update.effective_user else ""
        await message.reply_text(f"{name} viết: {message.text}", do_quote=True)


async def _edited(update: Update, _: Context) -> None:
    if update.edited_message:
        await update.edited_message.reply_text(f"Sửa thành: {update.edited_message.text}")


async def _file(update: Update, _: Context) -> None:
    message = update.effective_message
    if message is None:
        return
    if message.document:
        content = await (await message.document.get_file()).download_as_bytearray()
        await message.reply_text(f"Tệp {message.document.file_name}: {len(content)} byte")
    elif message.photo:
        await message.set_reaction("👍")
        await message.reply_photo(message.photo[-1].file_id, caption="Ảnh gửi lại")


async def _press(update: Update, _: Context) -> None:
    query = update.callback_query
    if query is None:
        return
    if query.data == "toast":
        await query.answer("Đã ghi nhận")
    elif query.data == "alert":
        await query.answer("Việc này cần xác nhận", show_alert=True)
    else:
        await query.answer()
        await query.edit_message_text("Đây là phần tiếp theo")


async def _inline(update: Update, _: Context) -> None:
    if update.inline_query is None:
        return
    asked = update.inline_query.query
    results = [
        InlineQueryResultArticle(
            str(number),
            f"Kết quả {number}",
            InputTextMessageContent(f"Trích {number} về {asked}"),
            description=f"Về {asked}",
        )
        for number in (1, 2)
    ]
    await update.inline_query.answer(results, cache_time=0, is_personal=True)


def _build(api_url: str, file_url: str, token: str) -> Running:
    bot = ApplicationBuilder().token(token).base_url(api_url).base_file_url(file_url).build()
    edited = filters.UpdateType.EDITED_MESSAGE
    bot.add_handler(MessageHandler(edited & filters.TEXT, _edited))
    bot.add_handler(CommandHandler("start", _start, filters=~edited))
    bot.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, _text))
    bot.add_handler(MessageHandler(filters.PHOTO | filters.Document.ALL, _file))
    bot.add_handler(CallbackQueryHandler(_press))
    bot.add_handler(InlineQueryHandler(_inline))
    return bot


@asynccontextmanager
async def sample_bot(api_url: str, file_url: str, token: str) -> AsyncIterator[None]:
    """Run the bot on long polling for as long as the block lasts."""
    bot = _build(api_url, file_url, token)
    async with bot:
        await bot.bot.set_my_commands(
            [BotCommand("start", "Bắt đầu"), BotCommand("trogiup", "Giúp")]
        )
        await bot.bot.set_my_description("Bot mẫu để thử trang trò chuyện.")
        await bot.start()
        if bot.updater is None:
            return
        await bot.updater.start_polling(bootstrap_retries=-1)
        try:
            yield
        finally:
            await bot.updater.stop()
            await bot.stop()
