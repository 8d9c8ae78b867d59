"""hengji calculate POLICY --table NAME=PATH …"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hengji.cli.codes import FINE, UNUSABLE
from hengji.cli.output import exit_code, finding_data, leave, progress, say_findings, say_json
from hengji.cli.verb import JSON, InChinese, form_option

if TYPE_CHECKING:
    from hengji.model.money import Money
    from hengji.model.programme import Tier
    from hengji.policies.outcome import Outcome
    from hengji.work.calculate_policy import Calculation

_MOST_LINES = 12
_MOST_RECIPIENTS = 60
_STEPS = 6


class _Assignment(click.ParamType):  # type: ignore[type-arg]  # generic only since click 8.4
    """表名=路径."""

    name = "表名=文件路径"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Path]:
        name, equals, path = str(value).partition("=")
        if not (name.strip() and equals and path.strip()):
            self.fail(value, param, ctx)
        return name.strip(), Path(path.strip())


@click.command("calculate", cls=InChinese)
@click.argument("policy")
@click.option(
    "--table", "given", multiple=True, metavar="NAME=PATH", type=_Assignment(), help="政策的数据表与文件，可多次给出"
)
@click.option("--out", metavar="PATH", type=click.Path(path_type=Path), help="逐行结果写到 csv 或 xlsx 文件")
@click.option("--explain", "row", metavar="N", type=int, help="说明第 N 行的结果是怎样得来的，N 是文件中的行号")
@form_option
def command(policy: str, given: tuple[tuple[str, Path], ...], out: Path | None, row: int | None, form: str) -> None:
    """按政策 POLICY（政策库中的名称，或政策文件夹）逐行计算应补金额。"""
    from hengji.work.calculate_policy import calculate_policy, derivation
    from hengji.work.outcome_rows import outcome_file
    from hengji.work.sheets import SUFFIXES

    _refuse_wrong_use(given, out, SUFFIXES)
    with progress(_STEPS) as tick:
        done = calculate_policy(policy, dict(given), tick)
    if done.outcome is None:
        _say_faults(done, form)
        leave(UNUSABLE)
    told, faults = derivation(done, row) if row is not None else ("", ())
    if faults:
        say_findings(faults)
        leave(UNUSABLE)
    code = exit_code(done.findings)
    if out is not None and code == FINE:
        from hengji.storage.folder import write_folder

        write_folder(out.parent, {out.name: outcome_file(out.suffix.lower(), done.main, done.outcome)})
    if form == JSON:
        say_json(_data(done, done.outcome) | ({"explain": told.splitlines()} if told else {}))
    else:
        _say(done, done.outcome, told)
        if out is not None:
            click.echo(f"已写出 {out}" if code == FINE else "存在错误，没有写出文件；改正后重新运行。")
    leave(code)


def _refuse_wrong_use(given: tuple[tuple[str, Path], ...], out: Path | None, suffixes: tuple[str, ...]) -> None:
    names = [name for name, _ in given]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise click.UsageError(f"数据表“{'、'.join(twice)}”给了不止一次，每张表只给一个文件。")
    if out is not None and out.suffix.lower() not in suffixes:
        raise click.UsageError(f"--out 的文件名应以 {' 或 '.join(suffixes)} 结尾，现为“{out.name}”。")


def _say_faults(done: Calculation, form: str) -> None:
    if form == JSON:
        say_json({"policy": done.policy and done.policy.name, "findings": [finding_data(f) for f in done.findings]})
    else:
        say_findings(done.findings)


def _say(done: Calculation, outcome: Outcome, told: str) -> None:
    assert done.policy is not None
    click.echo(f"{done.policy.title}（{done.policy.name}）")
    if told:
        click.echo(told)
    else:
        _say_all(done, outcome)
    click.echo()
    say_findings(done.findings)


def _say_all(done: Calculation, outcome: Outcome) -> None:
    from hengji.cli.columns import aligned

    assert done.policy is not None
    refused = sum(1 for row in outcome.rows if row.reasons)
    faulty = sum(1 for row in outcome.rows if row.faults)
    paid = len(outcome.rows) - refused - faulty
    tail = f"，算不出 {faulty} 行" if faulty else ""
    click.echo(f"数据 {len(outcome.rows)} 行，予补 {paid} 行，不补 {refused} 行{tail}\n")
    header = (done.policy.recipient, *(f"{tier.value}（元）" for tier in outcome.tiers), "合计（元）")
    shown = list(outcome.recipients.items())[:_MOST_RECIPIENTS]
    broken = {row.recipient for row in outcome.rows if row.faults}
    rows = [
        (
            name,
            *(
                "算不出" if name in broken else _yuan(each)
                for each in (*(due[tier] for tier in outcome.tiers), _sum(due))
            ),
        )
        for name, due in shown
    ]
    total = ("合计", *(_yuan(outcome.totals[tier]) for tier in outcome.tiers), _yuan(outcome.total))
    for line in aligned(header, [*rows, total]):
        click.echo(line)
    if len(outcome.recipients) > len(shown):
        click.echo(f"（另有 {len(outcome.recipients) - len(shown)} 个未列出，用 --out 写出逐行结果）")
    for line in _refusals(done, outcome):
        click.echo(line)


def _refusals(done: Calculation, outcome: Outcome) -> Iterator[str]:
    """Why rows get nothing: one group a condition, with its clause and the first rows."""
    groups = _grouped(done, outcome)
    if groups:
        yield "\n不予补助的原因"
    for group in groups:
        lines = group["lines"]
        more = " 等" if len(lines) > _MOST_LINES else ""
        source = f"，{group['source']}" if group["source"] else ""
        yield f"  {group['condition']}　{len(lines)} 行（{group['clause']}{source}）"
        yield f"    文件第 {'、'.join(map(str, lines[:_MOST_LINES]))} 行{more}。如：{group['example']}"


def _grouped(done: Calculation, outcome: Outcome) -> list[dict[str, Any]]:
    assert done.policy is not None
    clauses = {condition.name: condition.clause.title for condition in done.policy.conditions()}
    groups: dict[str, dict[str, Any]] = {}
    for row in outcome.rows:
        for reason in row.reasons:
            fresh = {
                "code": reason.code,
                "condition": reason.condition,
                "clause": clauses[reason.condition],
                "source": reason.source,
                "lines": [],
                "example": reason.text,
            }
            groups.setdefault(reason.code, fresh)["lines"].append(row.line or row.row + 1)
    return list(groups.values())


def _sum(due: Mapping[Tier, Money]) -> Money:
    from hengji.model.money import Money

    return sum(due.values(), Money(0))


def _yuan(amount: Money) -> str:
    return f"{Decimal(int(amount)).scaleb(-2):,.2f}"


def _plain(amount: Money) -> str:
    return f"{Decimal(int(amount)).scaleb(-2):.2f}"


def _data(done: Calculation, outcome: Outcome) -> dict[str, Any]:
    """The same as data; amounts in yuan as text."""
    assert done.policy is not None
    return {
        "policy": done.policy.name,
        "title": done.policy.title,
        "rows": len(outcome.rows),
        "tiers": {tier.value: _plain(amount) for tier, amount in outcome.totals.items()},
        "total": _plain(outcome.total),
        "recipients": [
            {
                "name": name,
                "tiers": {tier.value: _plain(amount) for tier, amount in due.items()},
                "total": _plain(_sum(due)),
            }
            for name, due in outcome.recipients.items()
        ],
        "refused": _grouped(done, outcome),
        "findings": [finding_data(finding) for finding in done.findings],
    }
