"""The exchange: one place through which messages pass between the people and the bot."""

import asyncio
import secrets
from collections.abc import Iterable
from typing import Final

from sandbox.clock import Clock
from sandbox.events import Events
from sandbox.files import FileRoom
from sandbox.limits import Flood
from sandbox.markup.entities import Formatted, entity_from
from sandbox.markup.rendering import to_html
from sandbox.queries import Queries
from sandbox.settings import SandboxSettings
from sandbox.state import (
    FIRST_GROUP,
    FIRST_PERSON,
    BotStatus,
    Chat,
    Entry,
    Person,
    State,
)
from sandbox.updates import Updates
from sandbox.values import JsonObject

INLINE: Final = "inline_keyboard"


class Exchange:
    """Holds the state and does what both sides need; judges nothing."""

    def __init__(self, settings: SandboxSettings, state: State, files: FileRoom) -> None:
        self.settings = settings
        self.state = state
        self.files = files
        self.clock: Clock = settings.clock
        self.events = Events()
        self.updates = Updates(state, settings.clock)
        self.flood = Flood(settings.limits, settings.clock)
        self.queries = Queries(settings.clock)
        self.webhook_set = asyncio.Event()
        """Set while updates are posted, not polled."""
        if state.webhook.url:
            self.webhook_set.set()
        self.changes = 0
        """Counts what changed the state, so that its keeper knows when to write."""

    @property
    def now(self) -> int:
        """Return the date a message gets now, in whole seconds since the epoch."""
        return int(self.clock.now())

    def bot_user(self) -> JsonObject:
        """Return the bot as a User."""
        names = self.state.profile.names
        return {
            "id": int(self.settings.token.partition(":")[0]),
            "is_bot": True,
            "first_name": names.get("", self.settings.bot_name),
            "username": self.settings.bot_username,
        }

    def join(self, first_name: str, last_name: str | None, username: str | None) -> Person:
        """Add a person, with the private chat in which they may write to the bot."""
        number = FIRST_PERSON + len(self.state.persons)
        person = Person(id=number, first_name=first_name, last_name=last_name, username=username)
        self.state.persons[number] = person
        self.state.chats[number] = Chat(id=number, type="private", members=[number])
        self.tell({"kind": "user", "user": person.form()}, None)
        return person

    def found(self, title: str, members: Iterable[int]) -> Chat:
        """Found a group with the bot in it; the first member owns it."""
        groups = sum(chat.type == "group" for chat in self.state.chats.values())
        chat = Chat(id=FIRST_GROUP - groups, type="group", title=title, members=list(members))
        self.state.chats[chat.id] = chat
        founder = self.state.persons[chat.members[0]]
        self.tell({"kind": "chat", "chat": self.chat_view(chat)}, chat)
        self.bot_moved(chat, founder, "left", "member")
        created = self.post(chat, founder.form(), {"group_chat_created": True})
        self.to_bot("message", created.message)
        return chat

    def chat_form(self, chat: Chat) -> JsonObject:
        """Return a Chat."""
        if chat.type != "private":
            return {"id": chat.id, "title": chat.title, "type": chat.type}
        person = self.state.persons[chat.id].form()
        names = {
            key: person[key] for key in ("first_name", "last_name", "username") if key in person
        }
        return {"id": chat.id} | names | {"type": "private"}

    def chat_view(self, chat: Chat) -> JsonObject:
        """Return a chat as the page lists it."""
        return self.chat_form(chat) | {"members": chat.members}

    def post(
        self,
        chat: Chat,
        sender: JsonObject,
        content: JsonObject,
        markup: JsonObject | None = None,
        inline_id: str | None = None,
    ) -> Entry:
        """Put a message into a chat; the phones see it, the bot not yet."""
        message: JsonObject = {
            "message_id": self._next_message(chat),
            "from": sender,
            "chat": self.chat_form(chat),
            "date": self.now,
        } | content
        if markup and INLINE in markup:
            message["reply_markup"] = markup
        entry = Entry(message=message, markup=markup, inline_id=inline_id)
        chat.entries[message["message_id"]] = entry
        self.tell({"kind": "message", "chat": chat.id, "message": self.view(entry)}, chat)
        return entry

    def show_edited(self, chat: Chat, entry: Entry) -> None:
        """Tell the phones that a message looks different now."""
        self.tell({"kind": "edited", "chat": chat.id, "message": self.view(entry)}, chat)

    def remove(self, chat: Chat, message_id: int) -> None:
        """Take a message out of a chat."""
        del chat.entries[message_id]
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
        self.tell({"kind": "deleted", "chat": chat.id, "message_id": message_id}, chat)

    def view(self, entry: Entry) -> JsonObject:
        """Return a message as the page shows it: with its keyboard and its text in HTML."""
        view = entry.message | {"html": to_html(_shown_text(entry.message))}
        if entry.markup:
            view["reply_markup"] = entry.markup
        if entry.reactions:
            view["reactions"] = entry.reactions
        return view

    def tell(self, body: JsonObject, chat: Chat | None) -> None:
        """Write an event for the members of `chat`, or for everybody."""
        self.changes += 1
        self.events.add(body, frozenset(chat.members) if chat else None)

    def tell_one(self, body: JsonObject, person: int) -> None:
        """Write an event for one person."""
        self.changes += 1
        self.events.add(body, frozenset({person}))

    def to_bot(self, kind: str, payload: JsonObject) -> None:
        """Queue an update for the bot."""
        self.changes += 1
        self.updates.add(kind, payload)

    def bot_moved(self, chat: Chat, actor: Person, old: BotStatus, new: BotStatus) -> None:
        """Tell the bot that its own place in a chat changed."""
        chat.bot = new if chat.type != "private" else chat.bot
        self.to_bot(
            "my_chat_member",
            {
                "chat": self.chat_form(chat),
                "from": actor.form(),
                "date": self.now,
                "old_chat_member": self.bot_member(old),
                "new_chat_member": self.bot_member(new),
            },
        )

    def bot_member(self, status: BotStatus) -> JsonObject:
        """Return the bot as a ChatMember."""
        member: JsonObject = {"user": self.bot_user(), "status": status}
        if status == "kicked":
            member["until_date"] = 0
        if status == "administrator":
            member |= dict.fromkeys(ADMIN_RIGHTS, False) | {"can_be_edited": False}
        return member

    def inline_message_id(self) -> str:
        """Return a fresh id for a message sent through the bot."""
        return secrets.token_urlsafe(18)

    def by_inline_id(self, inline_id: str) -> tuple[Chat, Entry] | None:
        """Return the message that was sent through the bot under this id."""
        for chat in self.state.chats.values():
            for entry in chat.entries.values():
                if entry.inline_id == inline_id:
                    return chat, entry
        return None

    def _next_message(self, chat: Chat) -> int:
        """Take a message number: supergroups count for themselves, all other chats together."""
        if chat.type == "supergroup":
            chat.last_message += 1
            return chat.last_message
        number = self.state.next_message
        self.state.next_message += 1
        return number


ADMIN_RIGHTS: Final = (
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
"""The required rights of ChatMemberAdministrator."""


def _shown_text(message: JsonObject) -> Formatted:
    """Return the text or caption of a message with its entities."""
    return formatted_of(message, "text") if "text" in message else formatted_of(message, "caption")


def formatted_of(message: JsonObject, name: str) -> Formatted:
    """Return field `name` of a message with its entities."""
    entities = message.get("entities" if name == "text" else "caption_entities", [])
    return Formatted(message.get(name, ""), tuple(entity_from(one) for one in entities))
