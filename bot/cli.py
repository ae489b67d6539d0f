"""The command line: run, doctor, ask, talk, demo, knowledge, records, schedule, outbox, sandbox.

A command imports its work when it is run: help and a mistyped option wait for no library.
"""

import os
import sys
from collections.abc import Coroutine
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from bot.errors import OperatorError
from bot.redaction import Redactor
from vietnamese.refusals import Refusal

if TYPE_CHECKING:
    from bot.settings import Settings

Result = TypeVar("Result")

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
        from bot.texts import Texts

        _fail(Texts().refusal(refused, "en"))
    except BrokenPipeError:
        # Whoever read the output has enough; the rest would only fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (OperatorError, OSError) as error:
        _fail(str(error))
    except Exception as error:  # noqa: BLE001 - the last place that can make one line of it
        _log(error)
        _fail(f"internal error, {type(error).__name__}: {error}; LOG_LEVEL=DEBUG shows where.")


def _log(error: Exception) -> None:
    """Log a fault with its traceback; a command that logs nothing else sets up its log here."""
    import structlog

    if not structlog.is_configured():
        _settings()
    structlog.get_logger("bot.cli").debug("internal error", exc_info=error)


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
    from bot.service import serve

    settings = _settings()
    _wait(serve(settings))


@cli.command("doctor")
def doctor_command() -> None:
    """Look over all that the assistant needs: a line each, ok or what to do."""
    from bot.checkup.finding import Mark
    from bot.clock import system_clock
    from bot.commands import doctor as commands

    found = _wait(commands.looked_over(system_clock))
    for one in found:
        click.echo(str(one))
    bad = sum(one.mark is Mark.WRONG for one in found)
    if bad:
        raise click.ClickException(f"{bad} of {len(found)} are to be mended.")


@cli.command("demo")
@click.option("--seed", type=int, show_default="that of the sandbox", help="Varies the reports.")
@click.option("--records", is_flag=True, help="Fill the bot's own records, which must be empty.")
def demo_command(*, seed: int | None, records: bool) -> None:
    """Make a fictional province to try the assistant with: units, people, tasks, reports."""
    from bot.service import demo

    settings = _settings()
    made = _wait(demo(settings, seed, records=records))
    click.echo("The demo is made." if made else "The demo is there already; nothing was changed.")


@cli.command("sandbox")
@click.option("--state", type=click.Path(dir_okay=False, path_type=Path), help="Keep chats here.")
def sandbox_command(state: Path | None) -> None:
    """Start the stand-in for Telegram alone, for a bot in another process."""
    from bot.sandboxed import serve_alone

    settings = _settings()
    _wait(serve_alone(settings, state))


@cli.command("ask")
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="JSON lines in, JSON lines out.")
@click.option(
    "--library", type=click.Path(file_okay=False, path_type=Path), help="Ask this folder."
)
@click.option("--top", type=click.IntRange(1, 50), default=3, show_default=True)
def ask_command(question: str | None, *, as_json: bool, library: Path | None, top: int) -> None:
    """Answer QUESTION, or with --json each line {"id", "question"} of standard input."""
    if as_json == (question is not None):
        raise click.UsageError("give either a QUESTION or --json with questions on standard input.")
    from bot.clock import system_clock
    from bot.commands import library as commands
    from bot.commands import questions
    from bot.settings import load
    from bot.texts import Texts

    with commands.opened(load(), library) as held:
        if question is not None:
            click.echo(questions.as_text(held, question, Texts(), system_clock))
            return
        broken = questions.as_lines(held, sys.stdin.buffer, top, system_clock)
    if broken:
        raise click.ClickException(f"{broken} line(s) of the input held no question.")


@cli.command("talk")
@click.option("--json", "as_json", is_flag=True, required=True, help="JSON lines in and out.")
@click.option("--as", "person", required=True, help="Who talks: an id or a name of the records.")
@click.option(
    "--records",
    type=click.Path(exists=True, path_type=Path),
    help="A DATA_DIR or a backup; else those of the settings, or a demo made for this.",
)
@click.option(
    "--library",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Ask this folder.",
)
@click.option("--now", type=click.DateTime(), help="When every conversation begins.")
def talk_command(
    *, as_json: bool, person: str, records: Path | None, library: Path | None, now: datetime | None
) -> None:
    """Hold a conversation for each line {"id", "turns"} of standard input.

    A turn is what is typed, or {"tap": LABEL} or {"wait": MINUTES}. Each conversation begins with
    the same records and changes a copy of them; what is written is {"id", "replies"}.
    """
    del as_json
    from bot.clock import system_clock
    from bot.commands import conversations as commands

    settings = _settings()
    among = commands.Among(person=person, records=records, library=library, now=now)
    broken = _wait(commands.talked(settings, among, sys.stdin.buffer, system_clock))
    if broken:
        raise click.ClickException(f"{broken} line(s) of the input held no conversation.")


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
    from bot.commands import library as commands
    from bot.settings import load

    with commands.opened(load(), None) as held:
        refused = commands.each(files, lambda path: commands.add(held, path))
    _end(refused, len(files))


@knowledge_group.command("check")
@FILES
def check_command(files: tuple[Path, ...]) -> None:
    """Read FILEs as the library would, and say what was found; keep nothing."""
    from bot import inspection
    from bot.commands import library as commands

    _end(commands.each(files, inspection.check), len(files))


@knowledge_group.command("show")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The parsed directive as JSON.")
def show_command(file: Path, *, as_json: bool) -> None:
    """Show how FILE is understood."""
    from bot import inspection

    click.echo(inspection.shown(file) if as_json else inspection.check(file))


@knowledge_group.command("list")
def list_command() -> None:
    """List the documents of the library."""
    from bot.commands import library as commands
    from bot.settings import load

    with commands.opened(load(), None) as held:
        for line in commands.listed(held):
            click.echo(line)


@cli.group("records")
def records_group() -> None:
    """Look over, back up, restore and move the records."""


@records_group.command("check")
def check_records_command() -> None:
    """Read every record and say what there is; status 1 if anything is damaged."""
    from bot.commands import records as commands

    settings = _settings()
    lines, sound = _wait(commands.looked_over(settings))
    click.echo("\n".join(lines))
    if not sound:
        raise click.ClickException("the records are damaged.")


@records_group.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup_command(file: Path) -> None:
    """Write all records to FILE; the assistant may be stopped or use a database."""
    from bot.clock import system_clock
    from bot.commands import records as commands

    settings = _settings()
    click.echo(_wait(commands.backed_up(settings, file, system_clock)))


@records_group.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore_command(file: Path) -> None:
    """Take the records of a backup FILE into records that are empty."""
    from bot.commands import records as commands

    settings = _settings()
    click.echo(_wait(commands.restored(settings, file)))


@records_group.command("migrate")
@click.option("--to", "url", required=True, help="postgresql://user@host/database")
def migrate_command(url: str) -> None:
    """Bring the records of DATA_DIR into PostgreSQL, and compare."""
    from bot.commands import records as commands

    settings = _settings(url)
    click.echo("\n".join(_wait(commands.moved(settings, url))))


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
    from bot.clock import system_clock
    from bot.commands import schedule as commands

    settings = _settings()
    days = (first.date(), last.date())
    work = commands.previewed(settings, *days, system_clock, as_json=as_json)
    for line in _wait(work):
        click.echo(line)


@cli.group("outbox")
def outbox_group() -> None:
    """Look at what is owed, and settle what is stuck."""


@outbox_group.command("list")
def outbox_list_command() -> None:
    """List what is owed, unclear, unreachable or set aside."""
    from bot.commands import schedule as commands

    settings = _settings()
    for line in _wait(commands.listed(settings)):
        click.echo(line)


@outbox_group.command("retry")
@click.argument("key")
def retry_command(key: str) -> None:
    """Send the message KEY again."""
    from bot.commands import schedule as commands

    settings = _settings()
    if not _wait(commands.retried(settings, key)):
        raise click.ClickException(f"{key}: no such message waits.")


@outbox_group.command("drop")
@click.argument("key")
def drop_command(key: str) -> None:
    """Send the message KEY no more."""
    from bot.clock import system_clock
    from bot.commands import schedule as commands

    settings = _settings()
    if not _wait(commands.dropped(settings, key, system_clock)):
        raise click.ClickException(f"{key}: no such message waits.")


def _settings(*secrets: str) -> "Settings":
    """Read the settings, and log as they say; `secrets` are hidden too."""
    from bot.logging import configure
    from bot.settings import load

    settings = load()
    configure(settings.log_level, (*settings.secrets(), *secrets))
    return settings


def _wait(work: Coroutine[Any, Any, Result]) -> Result:
    """Run `work` to its end."""
    import asyncio

    return asyncio.run(work)


def _end(refused: int, files: int) -> None:
    """End with status 1 if any file was refused."""
    if refused:
        raise click.ClickException(f"{refused} of {files} file(s) refused.")


if __name__ == "__main__":
    main()
