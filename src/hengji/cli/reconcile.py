"""hengji reconcile DIR"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hengji.cli.codes import FINE, UNUSABLE
from hengji.cli.columns import Side, aligned
from hengji.cli.output import exit_code, leave, progress, say_findings, say_json
from hengji.cli.verb import JSON, InChinese, folder_argument, form_option

if TYPE_CHECKING:
    from hengji.model.reconciliation import Claim, PersonalClaim
    from hengji.work.reconcile import Reconciled

_MOST_LINES = 60
_MOST_PERSONS = 30
_HEAD = ("机构", "层级", "应补（元）", "应付（元）", "已付（元）", "未付（元）", "多付（元）")


@click.command("reconcile", cls=InChinese)
@folder_argument
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), help="对账结果写到 xlsx（全部）或 csv（对账表）文件"
)
@form_option
def command(folder: Path, out: Path | None, form: str) -> None:
    """逐机构、逐层级核对 DIR 中的应补、应付、已付和未付，列出谁欠谁。"""
    from hengji.work.as_data import finding_data
    from hengji.work.reconcile import STEPS, data, reconcile, sheets
    from hengji.work.sheets import SUFFIXES, written

    if out is not None and out.suffix.lower() not in SUFFIXES:
        raise click.UsageError(f"--out 的文件名应以 {' 或 '.join(SUFFIXES)} 结尾，现为“{out.name}”。")
    with progress(STEPS) as tick:
        done = reconcile(folder, tick)
    if done.found is None:
        say_findings(done.findings)
        leave(UNUSABLE)
    code = exit_code(done.findings)
    if out is not None and code == FINE:
        from hengji.storage.folder import write_folder

        write_folder(out.parent, {out.name: written(out.suffix.lower(), sheets(done))})
    if form == JSON:
        say_json(data(done) | {"findings": [finding_data(finding) for finding in done.findings]})
    else:
        for line in _told(done):
            click.echo(line)
        if code != FINE:
            click.echo("有错误，读不成、算不出的没有计入，对账不完整；下面列出错在哪里。\n")
        say_findings(done.findings)
        if out is not None:
            click.echo(f"已写出 {out}" if code == FINE else "存在错误，没有写出文件；改正后重新运行。")
    leave(code)


def _told(done: Reconciled) -> Iterator[str]:
    from hengji.model.figure import chinese_date

    assert done.found is not None
    yield f"对账（截至{chinese_date(done.found.until)}）"
    if not done.found.claims:
        yield "没有可以对账的核算：要有用于应补的待遇核算（dossier.yaml 的 entitlements），台账要有拨付或落实的分录。"
    grouped: dict[str, list[Claim]] = {}
    for claim in done.found.claims:
        grouped.setdefault(claim.entitlement, []).append(claim)
    for entitlement, claims in grouped.items():
        yield ""
        yield f"{entitlement}　{done.title(entitlement)}"
        yield from _table(done, tuple(claims))
    yield from _debts(done)
    yield from _persons(done)
    yield from _strangers(done)
    yield from _summary(done)


def _table(done: Reconciled, claims: tuple[Claim, ...]) -> Iterator[str]:
    from hengji.work.reconcile import institution_name, totals

    rows = [
        (
            institution_name(claim.institution),
            claim.tier.value,
            *map(_yuan, (claim.due, claim.payable, claim.paid, claim.unpaid, claim.overpaid)),
        )
        for claim in claims[:_MOST_LINES]
    ]
    sums = totals(claims)
    rows.append(
        (
            "合计",
            "",
            *map(_yuan, (sums.due, done.payable(claims[0].entitlement), sums.paid, sums.unpaid, sums.overpaid)),
        )
    )
    yield from aligned(_HEAD, rows, (Side.LEFT, Side.LEFT))
    if len(claims) > _MOST_LINES:
        yield f"（另有 {len(claims) - _MOST_LINES} 行未列出，用 --out 写出全部）"
    if any(claim.payable is None and claim.budget for claim in claims):
        yield "（应付“—”：预算没有分到机构，只知合计）"
    for claim in claims[:_MOST_LINES]:
        if claim.unpaid or claim.overpaid or not claim.due:
            yield f"  · {institution_name(claim.institution)}（{claim.tier.value}）：{done.explained(claim)}"


def _debts(done: Reconciled) -> Iterator[str]:
    from hengji.work.reconcile import creditors

    assert done.found is not None
    if not done.found.debts:
        return
    yield "\n谁欠谁"
    head = ("欠款方", "应收方", "层级", "环节", "自", "天数", "金额（元）")
    rows = [
        (
            debt.debtor,
            creditors(debt),
            debt.tier.value,
            debt.cause.value,
            debt.since.isoformat() if debt.since else "—",
            "—" if debt.days is None else str(debt.days),
            _yuan(debt.amount),
        )
        for debt in done.found.debts[:_MOST_LINES]
    ]
    yield from aligned(head, rows, (Side.LEFT,) * 5)


def _persons(done: Reconciled) -> Iterator[str]:
    assert done.found is not None
    persons = done.found.persons
    if not persons:
        return
    differing = [each for each in persons if each.due != each.paid]
    yield f"\n清单逐项核对 {len(persons)} 项，不一致 {len(differing)} 项"
    if differing:
        rows = [
            (each.institution, each.person or "—", _yuan(each.due), _yuan(each.paid), _which(each))
            for each in differing[:_MOST_PERSONS]
        ]
        yield from aligned(("机构", "人员", "应补（元）", "清单已付（元）", "差异"), rows, (Side.LEFT, Side.LEFT))
    if len(differing) > _MOST_PERSONS:
        yield f"（另有 {len(differing) - _MOST_PERSONS} 项未列出，用 --out 写出全部）"


def _which(each: PersonalClaim) -> str:
    amount = _yuan(each.paid - each.due if each.paid > each.due else each.due - each.paid)
    if not each.paid_lines:
        return f"不在清单，少付{amount}"
    if not each.lines:
        return f"不在名册，多付{amount}"
    return f"多付{amount}" if each.paid > each.due else f"少付{amount}"


def _strangers(done: Reconciled) -> Iterator[str]:
    assert done.found is not None
    for title, strangers in (
        ("收款方不在名册之中", done.found.strangers),
        ("没有核算应补、只有付款的子项目", done.found.uncovered),
    ):
        if strangers:
            yield f"\n{title}"
            rows = [
                (each.programme, each.payee or "（未写）", each.tier.value, _yuan(each.amount)) for each in strangers
            ]
            yield from aligned(("子项目", "收款方", "层级", "金额（元）"), rows[:_MOST_LINES], (Side.LEFT,) * 3)


def _summary(done: Reconciled) -> Iterator[str]:
    from hengji.work.reconcile import totals

    assert done.found is not None
    if done.found.claims:
        sums = totals(done.found.claims)
        yield (
            f"\n合计　应补 {_yuan(sums.due)} 元，已付 {_yuan(sums.paid)} 元，"
            f"未付 {_yuan(sums.unpaid)} 元，多付 {_yuan(sums.overpaid)} 元\n"
        )


def _yuan(amount: int | None) -> str:
    from hengji.model.money import Money
    from hengji.work.reconcile import yuan

    return "—" if amount is None else f"{yuan(Money(amount)):,}"
