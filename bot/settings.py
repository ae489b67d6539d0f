"""What an operator sets: read once from the environment and `.env`, typed, secrets hidden."""

import re
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import OperatorError

ENV_FILE: Final = Path(".env")

SHIPPED: Final = Path(__file__).parents[1] / "knowledge" / "files"
"""The digests that come with the program."""

_BOTFATHER_SHAPE: Final = r"^\d+:[A-Za-z0-9_-]{3,}$"
"""The id of a bot, a colon, its secret; lengths are Telegram's affair."""

_HEADER_SHAPE: Final = r"^[A-Za-z0-9_-]{16,256}$"
"""Bot API, setWebhook: 1-256 of these characters; under 16 could be guessed."""

_DATABASE_SHAPE: Final = r"^postgres(ql)?://\S+$"

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
"""Names of this machine, to which no proxy leads."""

_ADDRESS: Final = r"^https?://[^\s/]+(/\S*)?$"


class SettingsError(OperatorError):
    """A setting is missing or wrong; the message names the variable and never its value."""


class Settings(BaseSettings):
    """All settings; each field is the environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True
    )

    bot_token: SecretStr | None = None
    telegram_api_url: str = Field("https://api.telegram.org", pattern=_ADDRESS)
    admin_ids: Annotated[tuple[int, ...], NoDecode] = ()
    questions_open: bool = False
    database_url: SecretStr | None = None
    data_dir: Path = Path("data")
    library_dir: Path | None = None
    shipped_library: bool = True
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    webhook_url: str | None = Field(None, pattern=r"^https://[^\s/]+(/\S*)?$")
    webhook_secret: SecretStr | None = None
    webhook_host: str = "127.0.0.1"
    webhook_port: int = Field(8443, ge=1, le=65535)
    sandbox_host: str = "127.0.0.1"
    sandbox_port: int = Field(8080, ge=0, le=65535)

    def __init__(self, *, env_file: Path | None = None) -> None:
        super().__init__(_env_file=env_file, _env_file_encoding="utf-8")

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _split(cls, given: object) -> object:
        """Read `1, 2` as two ids."""
        if not isinstance(given, str):
            return given
        return [part.strip() for part in given.split(",") if part.strip()]

    @field_validator("bot_token")
    @classmethod
    def _token_shape(cls, given: SecretStr | None) -> SecretStr | None:
        return _shaped(
            given, _BOTFATHER_SHAPE, "must look like 123456789:AAE… as BotFather gives it"
        )

    @field_validator("webhook_secret")
    @classmethod
    def _secret_shape(cls, given: SecretStr | None) -> SecretStr | None:
        return _shaped(given, _HEADER_SHAPE, "must be 16 to 256 of A-Z a-z 0-9 _ -")

    @field_validator("database_url")
    @classmethod
    def _database_shape(cls, given: SecretStr | None) -> SecretStr | None:
        if given is not None and not given.get_secret_value():
            return None
        return _shaped(given, _DATABASE_SHAPE, "must look like postgresql://user@host/database")

    @field_validator("telegram_api_url", "webhook_url")
    @classmethod
    def _no_final_slash(cls, given: str | None) -> str | None:
        return given if given is None else given.rstrip("/")

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Self:
        if self.webhook_url is not None and self.webhook_secret is None:
            raise ValueError("WEBHOOK_SECRET: must be set when WEBHOOK_URL is")
        return self

    @property
    def operator_library(self) -> Path:
        """Where files that an operator adds are published."""
        return self.library_dir or self.data_dir / "library"

    @property
    def libraries(self) -> tuple[Path, ...]:
        """The folders that are answered from: the operator's, then the shipped one."""
        own = self.operator_library
        return (own, SHIPPED) if self.shipped_library else (own,)

    @property
    def sandboxed(self) -> bool:
        """Tell whether there is no token, so that the bot runs beside the sandbox."""
        return self.bot_token is None

    def secrets(self) -> tuple[str, ...]:
        """Return the values that no log may show."""
        held = (self.bot_token, self.webhook_secret, self.database_url)
        return tuple(secret.get_secret_value() for secret in held if secret is not None)


def load(env_file: Path | None = ENV_FILE) -> Settings:
    """Read the settings; the environment goes before `env_file`.

    Raises SettingsError with one sentence about the first variable that is wrong.
    """
    try:
        return Settings(env_file=env_file)
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None
    except UnicodeDecodeError:
        raise SettingsError(f"{env_file} is not UTF-8 text.") from None


def _shaped(given: SecretStr | None, pattern: str, rule: str) -> SecretStr | None:
    """Return the secret if it has its shape; the message must not repeat it."""
    if given is not None and not re.fullmatch(pattern, given.get_secret_value()):
        raise ValueError(rule)
    return given


def _sentence(error: ValidationError) -> str:
    """Word the first mistake: the variable, then what it must be."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    rule = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return f"{rule}."
    return f"{str(first['loc'][0]).upper()}: {rule[0].lower()}{rule[1:]}."
