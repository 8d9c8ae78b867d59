"""Evidence: what a judgement rests on."""

from __future__ import annotations

from datetime import date

from hengji.model.record import record


@record
class Evidence:
    """佐证材料: a document, a data file or a site record.

    ``path`` is relative to the dossier; ``sha256`` is of that file; ``effective`` is the day from which the
    document is in force (生效日期), ``obtained`` the day it came into the dossier.
    """

    id: str
    title: str
    kind: str
    document: str = ""
    source: str = ""
    effective: date | None = None
    obtained: date | None = None
    path: str = ""
    sha256: str = ""
    note: str = ""
