"""hengji whatif DIR ENTITLEMENT, and hengji whatif POLICY --table [NAME=]PATH …: --other POLICY, --set 参数=值 …"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Unpack

import click

from hengji.cli.codes import UNUSABLE
from hengji.cli.columns import aligned
from hengji.cli.output import exit_code, leave, progress, say_findings, say_json, watching
from hengji.cli.tables import OverTables, over_tables, refuse_wrong_files, request_of, told_of_file
from hengji.cli.verb import JSON, InChinese, form_option

if TYPE_CHECKING:
    from hengji.policies.settings import Setting
    from hengji.work.trial import Change, Trial
    from hengji.work.what_if_tables import Tried

_MOST = 60
_MOST_LINES = 12
_GRAINS = ("row", "institution", "total")


@click.command("whatif", cls=InChinese)
@click.argument("subject", metavar="DIR|POLICY")
@click.argument("entitlement", metavar="[ENTITLEMENT]", required=False)
@click.option("--other", default="", metavar="POLICY", help="另一版政策：档案或政策库中的名称，或政策文件夹")
@click.option(
    "--set", "given", multiple=True, metavar="参数=值", help="改一个参数（参数表写作 参数表[键,键]=值），可多次给出"
)
@click.option(
    "--set-file",
    "sets",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="几个方案一起算：csv、xlsx 或 xls，列为方案、参数、值，一行改一个参数",
)
@over_tables(_GRAINS, "逐行比较，只比各机构，或只比各级合计")
@form_option
def command(
    subject: str,
    entitlement: str | None,
    other: str,
    given: tuple[str, ...],
    sets: Path | None,
    form: str,
    **over: Unpack[OverTables],
) -> None:
    """试算换一版政策或参数：各级多花多少，谁多谁少。算 DIR 中的待遇核算 ENTITLEMENT（不改动档案），或用 --table 给出政策 POLICY 的数据表。"""
    settings = _settings(given)
    if not other and not settings and sets is None:
        raise click.UsageError("没有给出要试算什么：用 --other 换一版政策，用 --set 或 --set-file 改参数。")
    if over["tables"]:
        if entitlement is not None:
            raise click.UsageError(f"给了 --table，就不写待遇核算“{entitlement}”：政策 {subject} 直接算这些表。")
        _over_tables(subject, other, settings, sets, form, over)
    if entitlement is None:
        raise click.UsageError("还缺一样：档案后面写待遇核算的编号，政策后面用 --table 给出数据表。")
    _refuse_without_tables(sets, over)
    _in_dossier(Path(subject), entitlement, other, settings, form)


def _in_dossier(folder: Path, entitlement: str, other: str, settings: tuple[Setting, ...], form: str) -> NoReturn:
    from hengji.work.as_data import finding_data
    from hengji.work.trial import data
    from hengji.work.what_if import STEPS, what_if

    with progress(STEPS) as tick:
        trial, findings = what_if(folder, entitlement, other, settings, tick)
    if form == JSON:
        told = {"entitlement": trial.name} | data(trial) if trial else {}
        say_json(told | {"findings": [finding_data(finding) for finding in findings]})
    else:
        for line in _told(trial) if trial else ():
            click.echo(line)
        if findings or trial is None:
            say_findings(findings)
    leave(UNUSABLE if trial is None else exit_code(findings))


def _over_tables(
    policy: str, other: str, settings: tuple[Setting, ...], sets: Path | None, form: str, over: OverTables
) -> NoReturn:
    from hengji.work.as_data import finding_data
    from hengji.work.trial import data
    from hengji.work.what_if_tables import Asked, what_if_tables

    refuse_wrong_files(over)
    if over["out"] is not None and sets is not None and over["out"].resolve() == sets.resolve():
        raise click.UsageError("写出的文件不能就是 --set-file 的文件，换一个名字。")
    asked = Asked(request_of(policy, over), other, settings, sets)
    with watching() as watch:
        done = what_if_tables(asked, watch)
    if form == JSON:
        trials = [{"name": each.name} | data(each) for each in done.trials]
        head = {"policy": done.policy and done.policy.name, "engine": done.engine.value, "trials": trials}
        say_json(head | {"findings": [finding_data(finding) for finding in done.findings]})
    else:
        _say(done, over["out"])
    leave(exit_code(done.findings) if done.trials else UNUSABLE)


def _refuse_without_tables(sets: Path | None, over: OverTables) -> None:
    """A dossier has its tables, and shows all there is to see."""
    given = {
        "--set-file": sets,
        "--mapping": over["mappings"] or None,
        "--engine": over["engine"],
        "--grain": over["grain"] if over["grain"] != _GRAINS[0] else None,
        "--out": over["out"],
        "--keep-good": over["keep_good"] or None,
        "--memory": over["memory"],
        "--plain-numbers": over["plain_numbers"] or None,
    }
    wrong = [name for name, value in given.items() if value is not None]
    if wrong:
        raise click.UsageError(f"{'、'.join(wrong)} 只与 --table 同用；档案里的待遇核算用不着。")


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


def _say(done: Tried, out: Path | None) -> None:
    for line in _told(done.trials[0]) if len(done.trials) == 1 else _overview(done.trials):
        click.echo(line)
    if done.trials:
        click.echo()
    say_findings(done.findings)
    for line in told_of_file(out, done.written, done.findings) if done.trials else ():
        click.echo(line)


def _overview(trials: tuple[Trial, ...]) -> Iterator[str]:
    """One line for each of several proposals."""
    if not trials:
        return
    yield f"试算　{trials[0].now.title}（{trials[0].now.name}）"
    for trial in trials:
        yield f"{trial.name}"
        yield from _proposed(trial)
    for heading, rows in _compared(trials):
        yield ""
        yield from aligned(heading, rows)
    yield "（各机构、各行的增减用 --out 写出）"


def _compared(trials: tuple[Trial, ...]) -> Iterator[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    from hengji.engines.outcomes.changes import Fate
    from hengji.work.trial import winners_and_losers

    tiers = [f"{each.name}增减（元）" for each in trials[0].tiers]
    head = ("方案", "现行（元）", "试算（元）", "增减（元）", "增减", *tiers)
    yield head, [(trial.name, *_row(trial.total)[1:], *(_row(each)[3] for each in trial.tiers)) for trial in trials]
    head = ("方案", *(f"{fate.value}（家）" for fate in Fate))
    rows = [(trial.name, *(str(count) for _, count in winners_and_losers(trial))) for trial in trials]
    if all(trial.rows is not None for trial in trials):
        head += (*(f"{fate.value}（行）" for fate in Fate), "变为予补（行）", "变为不补（行）")
        counts = [
            (*(f"{trial.fates.get(fate, 0):,}" for fate in Fate), f"{trial.rows.admitted:,}", f"{trial.rows.refused:,}")
            for trial in trials
            if trial.rows is not None
        ]
        rows = [(*row, *count) for row, count in zip(rows, counts, strict=True)]
    yield head, rows


def _proposed(trial: Trial) -> Iterator[str]:
    if trial.tried.name != trial.now.name or trial.tried.title != trial.now.title:
        yield f"  换用政策　{trial.tried.title}（{trial.tried.name}）"
    for each in trial.changes:
        keys = f"[{'、'.join(each.setting.keys)}]" if each.setting.keys else ""
        idle = "（在这份名册上不起作用）" if each in trial.idle else ""
        yield f"  改动参数　{each.setting.name}{keys}：{'、'.join(each.before)} → {each.after}{idle}"


def _told(trial: Trial) -> Iterator[str]:
    from hengji.work.proposals import ONLY

    named = "" if trial.name == ONLY else f"“{trial.name}”"
    yield f"试算{named}　{trial.now.title}（{trial.now.name}）"
    yield from _proposed(trial)
    yield ""
    yield from aligned(
        ("层级", "现行（元）", "试算（元）", "增减（元）", "增减"), [_row(each) for each in (*trial.tiers, trial.total)]
    )
    yield ""
    yield from _institutions(trial)
    yield ""
    yield from _rows(trial)


def _row(change: Change) -> tuple[str, ...]:
    from hengji.model.identity import hidden
    from hengji.model.money import round_to
    from hengji.work.trial import share, yuan

    part = share(change)
    percent = "—" if part is None else f"{round_to(part * 100, 2):+f}%"
    return (
        hidden(change.name),
        f"{yuan(change.before):,}",
        f"{yuan(change.after):,}",
        f"{yuan(change.difference):+,}",
        percent,
    )


def _institutions(trial: Trial) -> Iterator[str]:
    from hengji.engines.outcomes.changes import Fate
    from hengji.work.trial import winners_and_losers

    ordered = sorted(trial.institutions, key=lambda each: -abs(each.difference))
    head: tuple[str, ...] = (trial.now.recipient, "现行（元）", "试算（元）", "增减（元）", "增减")
    rows = [_row(each) for each in ordered[:_MOST]]
    if trial.rows is not None:
        head += tuple(f"{fate.value}（行）" for fate in Fate)
        counts = [tuple(f"{each.fates.get(fate, 0):,}" for fate in Fate) for each in ordered[:_MOST]]
        rows = [(*row, *count) for row, count in zip(rows, counts, strict=True)]
    yield from aligned(head, rows)
    if len(ordered) > _MOST:
        yield f"（另有 {len(ordered) - _MOST:,} 家未列出，用 --format json 看全部）"
    yield "机构　" + "，".join(f"{fate.value} {count:,} 家" for fate, count in winners_and_losers(trial))


def _rows(trial: Trial) -> Iterator[str]:
    from hengji.engines.outcomes.changes import Fate

    if trial.rows is None:
        yield "没有逐行比较：两版政策核算同一张表、--grain 为 row 时才逐行比较。"
        return
    yield "数据行　" + "，".join(f"{fate.value} {trial.fates.get(fate, 0):,} 行" for fate in Fate)
    yield f"　　　　由不补变为予补 {trial.rows.admitted:,} 行，由予补变为不补 {trial.rows.refused:,} 行"
    for condition, count in trial.rows.reasons.items():
        yield f"　　　　　　不符合“{condition}” {count:,} 行"
    for fate, lines in trial.rows.lines.items():
        if lines:
            more = " 等" if trial.fates.get(fate, 0) > _MOST_LINES else ""
            yield f"　　　　{fate.value}的在文件第 {'、'.join(map(str, lines[:_MOST_LINES]))} 行{more}"
