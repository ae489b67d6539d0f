"""What the stand-in for Telegram keeps: people, chats, messages, files, the bot's profile."""

from dataclasses import dataclass, field
from typing import Final, Literal

from sandbox.values import JsonObject

FIRST_PERSON: Final = 5_000_001
FIRST_GROUP: Final = -4_000_001
FIRST_SUPERGROUP: Final = -1_002_000_000_001

BotStatus = Literal["member", "administrator", "left", "kicked"]
ChatType = Literal["private", "group", "supergroup"]


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody who uses Telegram."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    started: bool = False
    """Has written to the bot, so the bot may write back."""
    blocked: bool = False

    def form(self) -> JsonObject:
        """Return the person as a User."""
        user: JsonObject = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.last_name:
            user["last_name"] = self.last_name
        if self.username:
            user["username"] = self.username
        return user | {"language_code": "vi"}


@dataclass(slots=True, kw_only=True)
class Entry:
    """One message: its form as the bot sees it, and what only the phone sees."""

    message: JsonObject
    markup: JsonObject | None = None
    """The keyboard of any kind; the bot gets back only an inline one."""
    inline_id: str | None = None
    reactions: list[JsonObject] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Chat:
    """A private chat with the bot, or a group."""

    id: int
    type: ChatType
    title: str | None = None
    members: list[int] = field(default_factory=list)
    """People; the bot's place is told by `bot`."""
    banned: list[int] = field(default_factory=list)
    bot: BotStatus = "member"
    entries: dict[int, Entry] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    migrated_to: int | None = None
    last_message: int = 0
    """Counts only in a supergroup; elsewhere one counter serves all chats."""


@dataclass(slots=True, kw_only=True)
class StoredFile:
    """A file that was sent; its content lies apart."""

    id: str
    unique_id: str
    kind: Literal["document", "photo", "voice"]
    name: str
    mime: str
    size: int
    path: str
    width: int = 0
    height: int = 0
    seconds: int = 0


@dataclass(slots=True, kw_only=True)
class Profile:
    """What the bot says of itself; the inner keys are language codes, "" for all."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[str, list[JsonObject]] = field(default_factory=dict)
    """By scope and language, as `scope_key` writes them."""
    menu_buttons: dict[int, JsonObject] = field(default_factory=dict)
    """By private chat; 0 is the default."""


@dataclass(slots=True, kw_only=True)
class Webhook:
    """Where updates are posted; no url means that they are polled."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_at: int | None = None
    last_error: str | None = None


@dataclass(slots=True, kw_only=True)
class State:
    """Everything that is still there after a restart."""

    persons: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    profile: Profile = field(default_factory=Profile)
    webhook: Webhook = field(default_factory=Webhook)
    allowed_updates: list[str] = field(default_factory=list)
    """Empty: the default kinds."""
    updates: list[JsonObject] = field(default_factory=list)
    next_update: int = 100_000_001
    next_message: int = 1
    next_file: int = 1
    next_query: int = 1

    def take_query_id(self) -> str:
        """Return a fresh id for a callback or an inline query."""
        self.next_query += 1
        return str(4_000_000_000_000 + self.next_query)
