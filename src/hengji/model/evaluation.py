"""An evaluation: a dossier with everything that was computed from it. Reports and checks read this and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from hengji.model.dossier import Dossier
from hengji.model.figure import Figures
from hengji.model.finding import Finding
from hengji.model.money import Money
from hengji.model.profile import Profile
from hengji.model.programme import Entitlement, Tier
from hengji.model.reconciliation import Reconciliation
from hengji.model.record import record
from hengji.model.score import ScoreSheet
from hengji.model.survey import Count
from hengji.model.table import Table


@record
class Refusal:
    """不予支付: the condition that a row fails, and why, in words with the clause."""

    condition: str
    text: str


@record
class RowDue:
    """逐行应补: what one row of a table is entitled to by tier, or why it is not."""

    row: int
    recipient: str
    due: Mapping[Tier, Money]
    refusals: tuple[Refusal, ...] = ()


@record
class Grant:
    """核算结果: a policy over a table. ``title`` and ``documents`` are the policy's, for printing."""

    entitlement: Entitlement
    title: str
    documents: tuple[str, ...]
    recipient: str
    tiers: tuple[Tier, ...]
    table: Table
    rows: tuple[RowDue, ...]


@record
class Evaluation:
    """评价结果: a dossier with everything that was computed from it.

    ``origins`` names for each field of the profile who set it; ``counts`` are the tallies by questionnaire id.
    """

    dossier: Dossier
    profile: Profile
    origins: Mapping[str, str]
    figures: Figures
    sheet: ScoreSheet
    grants: tuple[Grant, ...] = ()
    counts: Mapping[str, tuple[Count, ...]] | None = None
    tables: Mapping[str, Table] | None = None
    findings: tuple[Finding, ...] = ()
    reconciliation: Reconciliation | None = None
