"""What people do on their phones: write, edit, press, upload, ask inline, block, move groups."""

from typing import Any, get_args

from sandbox.exchange import INLINE, Exchange
from sandbox.markup.entities import cut
from sandbox.markup.formatting import typed
from sandbox.methods.targets import fields_of, without_reply
from sandbox.refusals import BadRequest
from sandbox.state import FIRST_SUPERGROUP, BotStatus, Chat, Entry, Person
from sandbox.values import JsonObject


class People:
    """Carries out what a person does, and lets the bot hear what Telegram would tell it."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def person(self, number: object) -> Person:
        """Return a person by id; raises BadRequest."""
        person = self._exchange.state.persons.get(number) if isinstance(number, int) else None
        if person is None:
            raise BadRequest("user not found")
        return person

    def place(self, person: Person, number: object) -> Chat:
        """Return a chat this person may write in; raises BadRequest."""
        chat = self._exchange.state.chats.get(number) if isinstance(number, int) else None
        if chat is None or person.id not in chat.members or chat.migrated_to is not None:
            raise BadRequest("chat not found")
        return chat

    def entry(self, chat: Chat, number: object) -> Entry:
        """Return a message of a chat; raises BadRequest."""
        entry = chat.entries.get(number) if isinstance(number, int) else None
        if entry is None:
            raise BadRequest("message not found")
        return entry

    def send(
        self, person: Person, chat: Chat, content: JsonObject, reply_to: object = None
    ) -> JsonObject:
        """Post a person's message; the bot hears it if it may."""
        if chat.type == "private":
            self._start(person, chat)
        if reply_to is not None:
            answered = self.entry(chat, reply_to).message
            content = content | {"reply_to_message": without_reply(answered)}
        entry = self._exchange.post(chat, person.form(), content)
        self._heard("message", chat, entry.message)
        return entry.message

    def text(self, text: str) -> JsonObject:
        """Return the fields of a typed text; raises BadRequest."""
        read = typed(text)
        if not read.text:
            raise BadRequest("message text is empty")
        return fields_of(read)

    def edit(self, person: Person, chat: Chat, number: object, text: str) -> JsonObject:
        """Change the text of a person's own message."""
        entry = self.entry(chat, number)
        if entry.message["from"]["id"] != person.id or "text" not in entry.message:
            raise BadRequest("message can't be edited")
        kept = {key: entry.message[key] for key in entry.message if key != "entities"}
        entry.message = kept | self.text(text) | {"edit_date": self._exchange.now}
        self._exchange.show_edited(chat, entry)
        self._heard("edited_message", chat, entry.message)
        return entry.message

    def press(self, person: Person, chat: Chat, number: object, data: str) -> str:
        """Press a button that carries `data`; return the id of the callback query."""
        entry = self.entry(chat, number)
        rows = (entry.markup or {}).get(INLINE, [])
        if not any(button.get("callback_data") == data for row in rows for button in row):
            raise BadRequest("BUTTON_DATA_INVALID")
        query_id = self._exchange.state.take_query_id()
        self._exchange.queries.ask(query_id, person.id)
        source: JsonObject = {"message": entry.message}
        if entry.inline_id:
            source = {"inline_message_id": entry.inline_id}
        query = {"id": query_id, "from": person.form(), "chat_instance": str(chat.id), "data": data}
        self._exchange.to_bot("callback_query", query | source)
        return query_id

    def ask_inline(self, person: Person, text: str, offset: str) -> str:
        """Ask the bot inline, or find the answer somebody got before; return the query's id."""
        served = self._exchange.queries.cached(person.id, text, offset)
        if served is not None:
            return served
        query_id = self._exchange.state.take_query_id()
        self._exchange.queries.ask(query_id, person.id, text, offset)
        self._exchange.to_bot(
            "inline_query",
            {"id": query_id, "from": person.form(), "query": text, "offset": offset},
        )
        return query_id

    def choose(self, person: Person, chat: Chat, query_id: str, result_id: str) -> JsonObject:
        """Send the chosen inline result into a chat in this person's name."""
        query = self._exchange.queries.inline(query_id)
        results = query.answer["results"] if query and query.answer else []
        chosen = next((one for one in results if one["id"] == result_id), None)
        if query is None or chosen is None:
            raise BadRequest("inline result not found")
        if chat.type == "private":
            self._start(person, chat)
        markup = chosen.get("reply_markup")
        inline_id = self._exchange.inline_message_id() if markup else None
        content = chosen["content"] | {"via_bot": self._exchange.bot_user()}
        entry = self._exchange.post(chat, person.form(), content, markup, inline_id)
        self._heard("message", chat, entry.message)
        if self._exchange.settings.inline_feedback:
            told = {"result_id": result_id, "from": person.form(), "query": query.text}
            link = {"inline_message_id": inline_id} if inline_id else {}
            self._exchange.to_bot("chosen_inline_result", told | link)
        return entry.message

    def block(self, person: Person, *, blocked: bool) -> None:
        """Block the bot, or let it in again; the bot is told."""
        if person.blocked == blocked:
            return
        person.blocked = blocked
        chat = self._exchange.state.chats[person.id]
        if blocked:
            self._exchange.bot_moved(chat, person, "member", "kicked")
        else:
            self._exchange.bot_moved(chat, person, "kicked", "member")

    def place_bot(self, person: Person, chat: Chat, place: str) -> None:
        """Put the bot into a group, out of it, or among its administrators."""
        status = next((one for one in get_args(BotStatus) if one == place), None)
        if status is None or chat.type == "private":
            raise BadRequest("unknown place for the bot")
        self._exchange.bot_moved(chat, person, chat.bot, status)

    def migrate(self, chat: Chat) -> Chat:
        """Turn a group into a supergroup: a new id, the old one answers with it."""
        if chat.type != "group":
            raise BadRequest("only a group can be upgraded")
        state = self._exchange.state
        grown = sum(one.type == "supergroup" for one in state.chats.values())
        new = Chat(
            id=FIRST_SUPERGROUP - grown,
            type="supergroup",
            title=chat.title,
            members=chat.members,
            bot=chat.bot,
        )
        state.chats[new.id] = new
        owner = state.persons[chat.members[0]].form()
        left = self._exchange.post(chat, owner, {"migrate_to_chat_id": new.id})
        chat.migrated_to = new.id
        self._exchange.tell({"kind": "chat", "chat": self._exchange.chat_view(new)}, new)
        arrived = self._exchange.post(new, owner, {"migrate_from_chat_id": chat.id})
        self._exchange.to_bot("message", left.message)
        self._exchange.to_bot("message", arrived.message)
        return new

    def _start(self, person: Person, chat: Chat) -> None:
        """Let the bot answer: whoever writes to it allows that, and ends a block."""
        if person.blocked:
            self.block(person, blocked=False)
        if not person.started:
            person.started = True
            chat.bot = "member"

    def _heard(self, kind: str, chat: Chat, message: JsonObject) -> None:
        if chat.type == "private" or (
            chat.bot in {"member", "administrator"} and self._concerns_bot(chat, message)
        ):
            self._exchange.to_bot(kind, message)

    def _concerns_bot(self, chat: Chat, message: JsonObject) -> bool:
        """Judge by Telegram's privacy mode whether the bot gets a group's message."""
        exchange = self._exchange
        if exchange.settings.reads_all_group_messages or chat.bot == "administrator":
            return True
        bot = exchange.bot_user()["id"]
        answered = message.get("reply_to_message", {}).get("from", {}).get("id")
        via = message.get("via_bot", {}).get("id")
        return bot in {answered, via} or self._is_called(message)

    def _is_called(self, message: JsonObject) -> bool:
        """Tell whether a message names the bot or carries a command that may be for it."""
        name = "@" + self._exchange.settings.bot_username.lower()
        words = _marked(message, {"mention", "bot_command"})
        commands = [word for word in words if word.startswith("/")]
        return name in words or any("@" not in one or one.endswith(name) for one in commands)


def _marked(message: JsonObject, kinds: set[str]) -> list[str]:
    """Return the parts of a message under entities of `kinds`, in lower case."""
    text: Any = message.get("text", message.get("caption", ""))
    entities: list[JsonObject] = message.get("entities") or message.get("caption_entities") or []
    return [
        cut(text, one["offset"], one["length"]).lower() for one in entities if one["type"] in kinds
    ]
