"""hengji calculate POLICY --table [NAME=]PATH …"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Unpack

import click

from hengji.cli.codes import UNUSABLE
from hengji.cli.output import as_typed, exit_code, leave, say_findings, say_json, watching
from hengji.cli.tables import OverTables, about_data, over_tables, refuse_wrong_files, request_of, told_of_file
from hengji.cli.verb import JSON, InChinese, form_option

if TYPE_CHECKING:
    from hengji.model.money import Money
    from hengji.model.programme import Tier
    from hengji.work.calculated import Summary
    from hengji.work.calculating import Calculated

_MOST_LINES = 12
_MOST_RECIPIENTS = 60
_GRAINS = ("row", "institution", "period", "total")


@click.command("calculate", cls=InChinese)
@click.argument("policy")
@over_tables(_GRAINS, "逐行，按机构，按机构和月份，或只要合计")
@click.option("--row", metavar="N", type=int, help="说明第 N 行的结果是怎样得来的，N 是文件中的行号")
@click.option("--person", metavar="列=值", help="说明一个人（或一家机构）各行的结果是怎样得来的，如 人员编号=A01")
@click.option(
    "--explain", is_flag=True, help="只说明将怎样计算：读什么、怎样相连和分组、先筛什么、每个原因编号出自哪一条"
)
@click.option(
    "--blank", metavar="PATH", type=click.Path(path_type=Path), help="只把政策要用的各张空表写到 xlsx，供填写"
)
@form_option
def command(
    policy: str,
    blank: Path | None,
    row: int | None,
    person: str | None,
    explain: bool,  # noqa: FBT001  click gives flags so
    form: str,
    **over: Unpack[OverTables],
) -> None:
    """按政策 POLICY（政策库中的名称，或政策文件夹）计算应补金额。"""
    from hengji.work import calculating
    from hengji.work.as_data import calculation_data

    if blank is not None:
        _write_blank(policy, blank)
    refuse_wrong_files(over)
    _refuse_two_questions({"--out": over["out"], "--row": row, "--person": person, "--explain": explain or None})
    asked = row if row is not None else _whose(person)
    request = replace(request_of(policy, over), asked=asked)
    with watching() as watch:
        done = (calculating.explain if explain else calculating.calculate)(request, watch)
    unusable = done.summary is None and not done.told
    if form == JSON:
        say_json(calculation_data(done))
    else:
        _say(done, request.out)
    leave(UNUSABLE if unusable else exit_code(done.findings))


def _write_blank(policy: str, path: Path) -> NoReturn:
    from hengji.work.blank import blank

    if path.suffix.lower() != ".xlsx":
        raise click.UsageError(f"--blank 的文件名应以 .xlsx 结尾，现为“{path.name}”。")
    tables, findings = blank(policy, path)
    if tables:
        told = f"已写出 {path}（{'、'.join(tables)}）"
        click.echo(f"{told}\n填好后运行：hengji calculate {policy} --table {as_typed(path)}")
    else:
        say_findings(findings)
    leave(exit_code(findings) if tables else UNUSABLE)


def _refuse_two_questions(options: Mapping[str, object]) -> None:
    asked = [option for option, there in options.items() if there is not None]
    if len(asked) > 1:
        raise click.UsageError(f"{'、'.join(asked)} 每次只用一个。")


def _whose(person: str | None) -> tuple[str, str] | None:
    if person is None:
        return None
    column, sign, name = person.partition("=")
    if not sign or not column.strip() or not name.strip():
        raise click.UsageError("选项 --person 的值不对，应写作 列=值，如 人员编号=A01。")
    return column.strip(), name.strip()


def _say(done: Calculated, out: Path | None) -> None:
    if done.told:
        click.echo(done.told)
    elif done.summary is not None:
        for line in _told(done.summary):
            click.echo(line)
        if about_data(done.findings):
            click.echo("有误的行没有计入；下面列出错在哪里。")
    if done.told or done.summary is not None:
        click.echo()
    if done.findings or not done.told:
        say_findings(done.findings)
    for line in told_of_file(out, done.written, done.findings) if done.summary is not None else ():
        click.echo(line)


def _told(made: Summary) -> Iterator[str]:
    from hengji.cli.columns import Side, aligned
    from hengji.engines.columnar import Grain
    from hengji.model.identity import hidden

    yield f"{made.policy.title}（{made.policy.name}）"
    tail = f"，算不出 {made.broken:,} 行" if made.broken else ""
    yield f"数据 {made.rows:,} 行，予补 {made.paid:,} 行，不补 {made.unpaid:,} 行{tail}\n"
    months = ("月份",) if made.grain is Grain.PERIOD else ()
    header = (made.policy.recipient, *months, *(f"{tier.value}（元）" for tier in made.totals), "合计（元）")
    shown = made.recipients[:_MOST_RECIPIENTS]
    rows = [
        (
            hidden(each.name),
            *((each.month,) if months else ()),
            *(
                "算不出" if each.broken else _yuan(amount)
                for amount in (*(each.due[tier] for tier in made.totals), _sum(each.due))
            ),
        )
        for each in shown
    ]
    total = ("合计", *("" for _ in months), *(_yuan(amount) for amount in made.totals.values()), _yuan(made.total))
    yield from aligned(header, [*rows, total], (Side.LEFT,) * (1 + len(months)))
    if made.recipient_count > len(shown):
        grain = "period" if months else "institution"
        yield f"（另有 {made.recipient_count - len(shown):,} 个未列出，用 --grain {grain} --out 写出全部）"
    yield from _refusals(made)


def _refusals(made: Summary) -> Iterator[str]:
    """Why rows get nothing: one group a condition, with its clause and the first rows."""
    if made.refused:
        yield "\n不予补助的原因"
    for group in made.refused:
        more = " 等" if group.count > _MOST_LINES else ""
        source = f"，{group.source}" if group.source else ""
        clause = f"{group.clause}{source}".removeprefix("，")
        yield f"  {group.condition}　{group.count:,} 行（{clause}）"
        example = f"如：{group.example}" if group.example else f"用 --row {group.lines[0]} 看其中一行的说明"
        yield f"    文件第 {'、'.join(map(str, group.lines[:_MOST_LINES]))} 行{more}。{example}"


def _sum(due: Mapping[Tier, Money]) -> Money:
    from hengji.model.money import Money

    return sum(due.values(), Money(0))


def _yuan(amount: Money) -> str:
    return f"{Decimal(int(amount)).scaleb(-2):,.2f}"
