"""补助核算: what each recipient is entitled to under the policy, by tier, and why a row is not paid."""

from __future__ import annotations

from hengji.model.document import Align, Block, Cell, Items, Row, RowKind, SumOf, Table
from hengji.model.evaluation import Grant
from hengji.reports.chapters.parts import Report, joined, lead, words

_MOST_RECIPIENTS = 60


def subsidies(report: Report) -> tuple[Block, ...]:
    """A table per policy that was run, with reasons for what is not paid."""
    blocks: list[Block] = []
    for grant in report.evaluation.grants:
        blocks.extend(_grant(report, grant))
    return tuple(blocks)


def _grant(report: Report, grant: Grant) -> list[Block]:
    programme = next(
        (p for p in report.evaluation.dossier.head.programmes if p.id == grant.entitlement.programme), None
    )
    title = programme.name if programme else grant.title
    blocks: list[Block] = [lead(title), report.sentence(_sentence(grant)), _table(report, grant)]
    refused = {refusal.condition: refusal.text for row in grant.rows for refusal in row.refusals}
    if refused:
        blocks.append(report.sentence("未予计算的记录及原因："))
        key = grant.entitlement.id
        lines = [f"• {text}，{{{{ 补助.{key}.不补.{condition} }}}}。" for condition, text in refused.items()]
        blocks.append(Items(tuple(report.scope.inlines(line) for line in lines)))
    return blocks


def _sentence(grant: Grant) -> str:
    key = grant.entitlement.id
    split = "，".join(f"{tier.value}{{{{ 补助.{key}.应补.{tier.value} | 元 }}}}" for tier in grant.tiers)
    parts = f"（{split}）" if len(grant.tiers) > 1 else ""
    basis = joined(grant.documents)
    return f"按{basis}逐条计算，{grant.entitlement.use.value}{{{{ 补助.{key}.应补 | 元 }}}}{parts}。"


def _table(report: Report, grant: Grant) -> Table:
    key = grant.entitlement.id
    recipients = list(dict.fromkeys(row.recipient for row in grant.rows))[:_MOST_RECIPIENTS]
    rows = []
    for name in recipients:
        base = f"补助.{key}.{name}.应补"
        tiers = tuple(report.scope.cell(f"{base}.{tier.value}", "元") for tier in grant.tiers)
        rows.append(Row((words(name, align=Align.LEFT), *tiers, report.scope.cell(base, "元"))))
    indices = tuple(range(len(rows)))
    names = [f"补助.{key}.应补.{tier.value}" for tier in grant.tiers] + [f"补助.{key}.应补"]
    totals = tuple(_total(report, name, indices) for name in names)
    rows.append(Row((words("合计"), *totals), RowKind.TOTAL))
    head = Row(
        tuple(words(text, align=Align.CENTRE) for text in (grant.recipient, *(t.value for t in grant.tiers), "合计"))
    )
    widths = (24, *(10 for _ in names))
    return Table(
        f"补助表{key}", f"{grant.title}{grant.entitlement.use.value}金额", (head,), tuple(rows), widths, unit="元"
    )


def _total(report: Report, figure: str, rows: tuple[int, ...]) -> Cell:
    cell = report.scope.cell(figure, "元")
    return Cell(cell.inlines, align=cell.align, number=cell.number, calculation=SumOf(rows))
