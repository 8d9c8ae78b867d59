"""The number under which somebody reports a defect of ours: it says what happened where in the program, nothing of the material."""

from __future__ import annotations

import hashlib
import traceback
from pathlib import Path


def numbered(error: BaseException) -> str:
    """“编号 3F2A1B（ValueError pdf.py:231）”: the same for the same defect."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    text = f"{type(error).__name__} {place}"
    return f"编号 {hashlib.sha256(text.encode()).hexdigest()[:6].upper()}（{text}）"
