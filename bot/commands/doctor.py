"""`danvan doctor`: every thing the assistant needs, a line each."""

from bot.checkup import holdings, machine
from bot.checkup.finding import Finding, wrong
from bot.checkup.telegram import telegram
from bot.clock import Clock
from bot.settings import ENV_FILE, SettingsError, load


async def looked_over(clock: Clock) -> list[Finding]:
    """Look everything over. A setting that cannot be read is the one finding."""
    try:
        settings = load()
    except SettingsError as error:
        return [wrong("settings", f"{error} Mend it in {ENV_FILE}, then ask again")]
    return [
        *await telegram(settings, clock),
        machine.zone(clock()),
        machine.disk(settings.data_dir),
        *machine.rights(settings.data_dir, ENV_FILE),
        await holdings.records(settings),
        holdings.library(settings),
        *machine.programs(),
        holdings.backup(settings, clock()),
    ]
