"""Log records as JSON lines on standard error; secrets are taken out of every one."""

import logging
import sys
from collections.abc import Sequence
from typing import Final, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.redaction import Redactor

_QUIET: Final = (
    "httpx",
    "httpcore",
    "telegram",
    "aiohttp.access",
    "asyncio",
    "bm25s",
    "matplotlib",
)
"""Loggers whose records below WARNING hold addresses with the token, or what people wrote."""

_TICKING: Final = "apscheduler"
"""A logger that says each second that a tick ran, or that the one before still runs."""


class _CleanJson:
    """Renders a record as JSON, then redacts the whole line: keys, values and tracebacks."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._render = structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=False)

    def __call__(self, logger: WrappedLogger, name: str, event: EventDict) -> str:
        rendered = self._render(logger, name, event)
        text = rendered if isinstance(rendered, str) else rendered.decode()
        return self._redactor.clean(text)


def configure(level: str, secrets: Sequence[str], stream: TextIO = sys.stderr) -> None:
    """Send every record, ours and the libraries', through one chain to `stream`."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        # Locals in a traceback would hold what people wrote.
        structlog.processors.ExceptionRenderer(
            structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        ),
    ]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _CleanJson(Redactor(secrets)),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger(_TICKING).setLevel(logging.ERROR)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
