"""Logging of every process: one JSON line per event on stderr, all libraries included, never a payload value."""

import logging
import sys
from collections.abc import Iterable
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from shared.contracts.envelope import EnvelopeError
from shared.messaging.handling import Reject
from shared.runtime.redaction import Redaction, let_speak, spoken

__all__ = ["configure", "let_speak"]

let_speak(EnvelopeError, Reject)

_QUIET = {
    "aiokafka": logging.WARNING,
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "aiosmtpd": logging.ERROR,
    "uvicorn.access": logging.WARNING,
}
_KEPT_AS_THEY_ARE = frozenset({"event", "level", "logger", "timestamp", "exception"})


class _Routed(logging.Logger):
    """A logger whose library cannot give it an output of its own; everything goes through the root."""

    @property
    def propagate(self) -> bool:
        return True

    @propagate.setter
    def propagate(self, value: bool) -> None:
        pass

    def addHandler(self, hdlr: logging.Handler) -> None:  # noqa: N802 - the standard library's name
        """Ignore: FastStream and uvicorn bring handlers that print whole exceptions."""


class _WithoutValues(logging.Filter):
    """Takes payload values out of records that libraries wrote."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True; changes the record."""
        if isinstance(record.msg, dict):  # ours, through structlog
            return True
        if isinstance(record.msg, BaseException):
            record.msg = _named(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_named(arg) if isinstance(arg, BaseException) else arg for arg in record.args)
        message = record.getMessage()
        if record.name == "asyncio":  # its further lines are the repr of tasks and their exceptions
            message = message.partition("\n")[0]
        if record.exc_info and record.exc_info[1] is not None:
            message = _without_text(message, record.exc_info[1])
        record.msg, record.args = message, ()
        return True


def configure(level: str, secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Set up logging for this process; repeating it replaces what was set.

    ``level`` is a standard name such as ``INFO``; ``secrets`` are hidden wherever they would appear. On a terminal
    lines are made for people, elsewhere JSON. Raises ValueError for an unknown level.
    """
    output = stream or sys.stderr
    number = logging.getLevelNamesMapping().get(level.upper())
    if number is None:
        raise ValueError(f"unknown log level {level!r}")
    redaction = Redaction(secrets)
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _exceptions(redaction),
        _redact(redaction),
    ]
    structlog.configure(
        processors=[*common, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(output)
    handler.addFilter(_WithoutValues())
    renderer: Processor = (
        structlog.dev.ConsoleRenderer() if output.isatty() else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=common,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    _route_everything(handler, number)
    sys.excepthook = _log_uncaught


def _route_everything(handler: logging.Handler, level: int) -> None:
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    logging.setLoggerClass(_Routed)
    for name in list(logging.Logger.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    for name, least in _QUIET.items():
        logging.getLogger(name).setLevel(max(least, level))
    logging.captureWarnings(capture=True)


def _exceptions(redaction: Redaction) -> Processor:
    def process(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        info = event.pop("exc_info", None)
        event.pop("stack_info", None)
        if info is True:
            info = sys.exc_info()
        error = info[1] if isinstance(info, tuple) else info
        if isinstance(error, BaseException):
            event["exception"] = redaction.error(error)
        return event

    return process


def _redact(redaction: Redaction) -> Processor:
    def process(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        for key, value in event.items():
            if key in {"_record", "_from_structlog"} or key == "exception":
                continue
            event[key] = redaction.value(value) if key in _KEPT_AS_THEY_ARE else redaction.field(key, value)
        return event

    return process


def _named(error: BaseException) -> str:
    text = spoken(error)
    return type(error).__qualname__ if text is None else f"{type(error).__qualname__}: {text}"


def _without_text(message: str, error: BaseException) -> str:
    for text in {str(error), repr(error)} - {""}:
        message = message.replace(text, _named(error))
    return message


def _log_uncaught(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> Any:
    if issubclass(kind, KeyboardInterrupt):
        return
    structlog.get_logger("uncaught").critical("ended by an exception", exc_info=(kind, error, traceback))
