"""Logs as one JSON object a line."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from logging import Formatter, LogRecord


class Json(Formatter):
    """time, level, logger, message; and where a fault of ours was, for us to find it."""

    def format(self, record: LogRecord) -> str:
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["fault"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)
