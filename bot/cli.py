"""The command line: run, ask, demo, knowledge, records, schedule, outbox, sandbox."""

import asyncio
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

import click
import structlog
from telegram.error import TelegramError

from bot import asking, keeping, scheduling, shelving
from bot.application import build
from bot.clock import system_clock
from bot.demo import SEED, give_phones, seed_demo
from bot.lock import AlreadyRunningError
from bot.logging import Redactor, configure
from bot.opening import opened_demo, opened_store
from bot.running import PollingDiedError, RefusedTokenError, run, until_told
from bot.sandboxed import alone, beside, phones
from bot.settings import Settings, SettingsError, load
from bot.texts import Texts
from records.forms.reading import read_forms, shipped_forms
from records.store import Store
from sandbox.keeping import UnreadableState
from sandbox.server import NotLoopback, PortTaken
from vietnamese.refusals import Refusal

OWN_WORDS: Final = (
    SettingsError,
    AlreadyRunningError,
    RefusedTokenError,
    PollingDiedError,
    NotLoopback,
    PortTaken,
    UnreadableState,
    TelegramError,
    OSError,
)
"""Errors that say in one line what an operator must know."""

INTERRUPTED: Final = 130
"""Exit status after Ctrl-C, as shells have it."""


def main() -> None:
    """Run a command; an error is one line on standard error and a status other than 0."""
    # Without it the library warns at each flood control instead of telling the time in full.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    try:
        cli.main(prog_name="danvan", standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _fail("interrupted.", INTERRUPTED)
    except click.ClickException as error:
        _fail(error.format_message(), error.exit_code)
    except Refusal as refused:
        _fail(Texts().refusal(refused, "en"))
    except BrokenPipeError:
        # Whoever read the output has enough; the rest would only fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OWN_WORDS as error:
        _fail(str(error))
    except Exception as error:  # noqa: BLE001 - the last place that can make one line of it
        structlog.get_logger("bot.cli").debug("internal error", exc_info=error)
        _fail(f"internal error, {type(error).__name__}: {error}; LOG_LEVEL=DEBUG shows where.")


def _fail(reason: str, status: int = 1) -> None:
    """Say in one line why the command ends; a token in an error's text is hidden."""
    line = " ".join(Redactor(()).clean(reason).split())
    click.echo(f"danvan: {line}", err=True)
    sys.exit(status)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tro-ly-dan-van")
def cli() -> None:
    """Ask the directives of Party and State: the assistant and its library."""


@cli.command("run")
def run_command() -> None:
    """Start the assistant: with BOT_TOKEN in Telegram, without it in the sandbox."""
    settings = load()
    configure(settings.log_level, settings.secrets())
    asyncio.run(_run_sandboxed(settings) if settings.sandboxed else _run(settings))


async def _run(settings: Settings) -> None:
    async with opened_store(settings) as store:
        house = build(settings, clock=system_clock, store=store)
        await run(house, lambda: _say(settings.telegram_api_url))


async def _run_sandboxed(settings: Settings) -> None:
    async with beside(settings) as (own, running):
        configure(own.log_level, own.secrets())
        async with opened_demo(own) as store:
            await _seed(store, SEED)
            await give_phones(store, phones(running))
            house = build(own, clock=system_clock, store=store)
            await run(house, lambda: _say(f"sandbox {running.url}"))


async def _seed(store: Store, seed: int) -> bool:
    """Fill the store with the demo; the operator's own forms are no part of it."""
    forms = read_forms((shipped_forms(),))
    return await seed_demo(store, forms, Texts(), system_clock(), seed)


def _say(where: str) -> None:
    click.echo(f"The assistant is ready: {where}")


@cli.command("demo")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Varies the reports.")
@click.option("--records", is_flag=True, help="Fill the bot's own records, which must be empty.")
def demo_command(*, seed: int, records: bool) -> None:
    """Make a fictional province to try the assistant with: units, people, tasks, reports."""
    settings = load()
    configure(settings.log_level, settings.secrets())
    made = asyncio.run(_demo(settings, seed, records=records))
    click.echo("The demo is made." if made else "The demo is there already; nothing was changed.")


async def _demo(settings: Settings, seed: int, *, records: bool) -> bool:
    opened = opened_store(settings) if records else opened_demo(settings)
    async with opened as store:
        return await _seed(store, seed)


@cli.command("sandbox")
@click.option("--state", type=click.Path(dir_okay=False, path_type=Path), help="Keep chats here.")
def sandbox_command(state: Path | None) -> None:
    """Start the stand-in for Telegram alone, for a bot in another process."""
    settings = load()
    configure(settings.log_level, settings.secrets())
    asyncio.run(_sandbox(settings, state))


async def _sandbox(settings: Settings, state: Path | None) -> None:
    async with alone(settings, state) as running:
        click.echo(f"Chat page: {running.url}")
        click.echo(f"For the bot: TELEGRAM_API_URL={running.url} BOT_TOKEN={running.token}")
        await until_told()


@cli.command("ask")
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="JSON lines in, JSON lines out.")
@click.option(
    "--library", type=click.Path(file_okay=False, path_type=Path), help="Ask this folder."
)
@click.option("--top", type=click.IntRange(1, 50), default=3, show_default=True)
def ask_command(question: str | None, *, as_json: bool, library: Path | None, top: int) -> None:
    """Answer QUESTION, or with --json each line {"id", "question"} of standard input."""
    settings = load()
    configure(settings.log_level, settings.secrets())
    if as_json == (question is not None):
        raise click.UsageError("give either a QUESTION or --json with questions on standard input.")
    with shelving.opened(settings, library) as held:
        if question is not None:
            click.echo(asking.as_text(held, question, Texts(), system_clock))
            return
        broken = asking.as_lines(held, sys.stdin.buffer, top, system_clock)
    if broken:
        raise click.ClickException(f"{broken} line(s) of the input held no question.")


@cli.group("knowledge")
def knowledge_group() -> None:
    """Fill, check and list the library."""


FILES: Final = click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)


@knowledge_group.command("add")
@FILES
def add_command(files: tuple[Path, ...]) -> None:
    """Take FILEs into the library; a FILE that is refused leaves nothing behind."""
    settings = load()
    configure(settings.log_level, settings.secrets())
    with shelving.opened(settings, None) as held:
        refused = shelving.each(files, lambda path: shelving.add(held, path))
    _end(refused, len(files))


@knowledge_group.command("check")
@FILES
def check_command(files: tuple[Path, ...]) -> None:
    """Read FILEs as the library would, and say what was found; keep nothing."""
    _end(shelving.each(files, shelving.check), len(files))


@knowledge_group.command("show")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The parsed directive as JSON.")
def show_command(file: Path, *, as_json: bool) -> None:
    """Show how FILE is understood."""
    click.echo(shelving.shown(file) if as_json else shelving.check(file))


@knowledge_group.command("list")
def list_command() -> None:
    """List the documents of the library."""
    settings = load()
    configure(settings.log_level, settings.secrets())
    with shelving.opened(settings, None) as held:
        for line in shelving.listed(held):
            click.echo(line)


@cli.group("records")
def records_group() -> None:
    """Look over, back up, restore and move the records."""


@records_group.command("check")
def check_records_command() -> None:
    """Read every record and say what there is; status 1 if anything is damaged."""
    lines, sound = asyncio.run(keeping.looked_over(_settings()))
    click.echo("\n".join(lines))
    if not sound:
        raise click.ClickException("the records are damaged.")


@records_group.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup_command(file: Path) -> None:
    """Write all records to FILE; the assistant may be stopped or use a database."""
    click.echo(asyncio.run(keeping.backed_up(_settings(), file, system_clock)))


@records_group.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore_command(file: Path) -> None:
    """Take the records of a backup FILE into records that are empty."""
    click.echo(asyncio.run(keeping.restored(_settings(), file)))


@records_group.command("migrate")
@click.option("--to", "url", required=True, help="postgresql://user@host/database")
def migrate_command(url: str) -> None:
    """Bring the records of DATA_DIR into PostgreSQL, and compare."""
    settings = load()
    configure(settings.log_level, (*settings.secrets(), url))
    click.echo("\n".join(asyncio.run(keeping.moved(settings, url))))


@cli.group("schedule")
def schedule_group() -> None:
    """Look at what will be sent."""


DAY: Final = click.DateTime(formats=["%Y-%m-%d"])


@schedule_group.command("preview")
@click.option("--from", "first", required=True, type=DAY, help="First day.")
@click.option("--to", "last", required=True, type=DAY, help="Last day, included.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object a line.")
def preview_command(first: datetime, last: datetime, *, as_json: bool) -> None:
    """Print every reminder that would be sent, to whom and why."""
    if last < first:
        raise click.UsageError("--to lies before --from.")
    days = (first.date(), last.date())
    work = scheduling.previewed(_settings(), *days, system_clock, as_json=as_json)
    for line in asyncio.run(work):
        click.echo(line)


@cli.group("outbox")
def outbox_group() -> None:
    """Look at what is owed, and settle what is stuck."""


@outbox_group.command("list")
def outbox_list_command() -> None:
    """List what is owed, unclear, unreachable or set aside."""
    for line in asyncio.run(scheduling.listed(_settings())):
        click.echo(line)


@outbox_group.command("retry")
@click.argument("key")
def retry_command(key: str) -> None:
    """Send the message KEY again."""
    if not asyncio.run(scheduling.retried(_settings(), key)):
        raise click.ClickException(f"{key}: no such message waits.")


@outbox_group.command("drop")
@click.argument("key")
def drop_command(key: str) -> None:
    """Send the message KEY no more."""
    if not asyncio.run(scheduling.dropped(_settings(), key, system_clock)):
        raise click.ClickException(f"{key}: no such message waits.")


def _settings() -> Settings:
    settings = load()
    configure(settings.log_level, settings.secrets())
    return settings


def _end(refused: int, files: int) -> None:
    """End with status 1 if any file was refused."""
    if refused:
        raise click.ClickException(f"{refused} of {files} file(s) refused.")


if __name__ == "__main__":
    main()
