"""hengji whatif DIR ENTITLEMENT --policy OTHER | --set 参数=值 …"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hengji.cli.codes import UNUSABLE
from hengji.cli.columns import aligned
from hengji.cli.output import exit_code, leave, progress, say_findings, say_json
from hengji.cli.verb import JSON, InChinese, folder_argument, form_option

if TYPE_CHECKING:
    from hengji.policies.settings import Setting
    from hengji.work.as_data import finding_data
    from hengji.work.what_if import Change, Trial

_MOST = 60


@click.command("whatif", cls=InChinese)
@folder_argument
@click.argument("entitlement")
@click.option("--policy", default="", metavar="POLICY", help="另一版政策：档案或政策库中的名称，或政策文件夹")
@click.option(
    "--set", "given", multiple=True, metavar="参数=值", help="改一个参数（参数表写作 参数表[键,键]=值），可多次给出"
)
@form_option
def command(folder: Path, entitlement: str, policy: str, given: tuple[str, ...], form: str) -> None:
    """试算 DIR 中的待遇核算 ENTITLEMENT：换一版政策或参数，各级多花多少，谁多谁少。不改动档案。"""
    from hengji.work.what_if import STEPS, data, what_if

    settings = _settings(given)
    if not policy and not settings:
        raise click.UsageError("没有给出要试算什么：用 --policy 换一版政策，或用 --set 改参数。")
    with progress(STEPS) as tick:
        trial, findings = what_if(folder, entitlement, policy, settings, tick)
    if form == JSON:
        say_json((data(trial) if trial else {}) | {"findings": [finding_data(finding) for finding in findings]})
    else:
        for line in _told(trial) if trial else ():
            click.echo(line)
        if findings or trial is None:
            say_findings(findings)
    leave(UNUSABLE if trial is None else exit_code(findings))


def _settings(given: tuple[str, ...]) -> tuple[Setting, ...]:
    from hengji.policies.settings import read_setting

    read = [(text, read_setting(text)) for text in given]
    wrong = [text for text, setting in read if setting is None]
    if wrong:
        raise click.UsageError(f"--set 应写作“参数=值”或“参数表[键,键]=值”，现为“{'”、“'.join(wrong)}”。")
    settings = tuple(setting for _, setting in read if setting is not None)
    aims = [(setting.name, setting.keys) for setting in settings]
    twice = sorted({name for name, keys in aims if aims.count((name, keys)) > 1})
    if twice:
        raise click.UsageError(f"参数“{'、'.join(twice)}”给了不止一个值，每次试算只给一个。")
    return settings


def _told(trial: Trial) -> Iterator[str]:
    yield f"试算“{trial.entitlement.id}”　{trial.now.title}（{trial.now.name}）"
    if trial.tried.name != trial.now.name or trial.tried.title != trial.now.title:
        yield f"  换用政策　{trial.tried.title}（{trial.tried.name}）"
    for each in trial.changes:
        keys = f"[{'、'.join(each.setting.keys)}]" if each.setting.keys else ""
        idle = "（在这份名册上不起作用）" if each in trial.idle else ""
        yield f"  改动参数　{each.setting.name}{keys}：{'、'.join(each.before)} → {each.after}{idle}"
    yield ""
    yield from aligned(
        ("层级", "现行（元）", "试算（元）", "增减（元）", "增减"), [_row(each) for each in (*trial.tiers, trial.total)]
    )
    yield ""
    yield from _institutions(trial)
    yield ""
    yield from _rows(trial)


def _row(change: Change) -> tuple[str, ...]:
    from hengji.model.money import round_to
    from hengji.work.what_if import share, yuan

    part = share(change)
    percent = "—" if part is None else f"{round_to(part * 100, 2):+f}%"
    return (
        change.name,
        f"{yuan(change.before):,}",
        f"{yuan(change.after):,}",
        f"{yuan(change.difference):+,}",
        percent,
    )


def _institutions(trial: Trial) -> Iterator[str]:
    from hengji.work.what_if import Comparison, Fate, winners_and_losers

    ordered = sorted(trial.institutions, key=lambda each: -abs(each.difference))
    head: tuple[str, ...] = ("机构", "现行（元）", "试算（元）", "增减（元）", "增减")
    rows = [_row(each) for each in ordered[:_MOST]]
    if trial.compared is Comparison.ROWS:
        head += tuple(f"{fate.value}（行）" for fate in Fate)
        counts = [tuple(str(each.fates.get(fate, 0)) for fate in Fate) for each in ordered[:_MOST]]
        rows = [(*row, *count) for row, count in zip(rows, counts, strict=True)]
    yield from aligned(head, rows)
    if len(ordered) > _MOST:
        yield f"（另有 {len(ordered) - _MOST} 家未列出，用 --format json 看全部）"
    yield "机构　" + "，".join(f"{fate.value} {count} 家" for fate, count in winners_and_losers(trial))


def _rows(trial: Trial) -> Iterator[str]:
    from hengji.work.what_if import Comparison, Fate

    if trial.compared is not Comparison.ROWS:
        yield "两版政策核算的不是同一张表，不能逐行比较。"
        return
    yield "数据行　" + "，".join(f"{fate.value} {trial.fates.get(fate, 0)} 行" for fate in Fate)
    yield f"　　　　由不补变为予补 {trial.admitted} 行，由予补变为不补 {trial.refused} 行"
    for condition, count in trial.reasons.items():
        yield f"　　　　　　不符合“{condition}” {count} 行"
