"""hengji review FILE …"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hengji.cli.codes import FAULTY, FINE, UNUSABLE, Over
from hengji.cli.output import exit_code, leave, progress, say_findings, say_json
from hengji.cli.verb import JSON, InChinese, form_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hengji.model.profile import Profile
    from hengji.model.quality import QualitySheet
    from hengji.work.hand_back import Marked


@click.command("review", cls=InChinese)
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--profile", "name", metavar="NAME", default="国家项目", help="按哪一份评价规范的参数审核")
@click.option("--quality", "sheet", metavar="NAME", default="通用", help="按哪一份质量考核表扣分")
@click.option("--silence", "silenced", metavar="CODE", multiple=True, help="不做编号以 CODE 开头的检查，可多次给出")
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path), help="把审核意见、批注和审核表写到文件夹")
@click.option("--text", "text", is_flag=True, help="只显示读出的文字；发现中的起止位置按它计算")
@form_option
def command(
    files: tuple[Path, ...],
    name: str,
    sheet: str,
    silenced: tuple[str, ...],
    out: Path | None,
    form: str,
    *,
    text: bool,
) -> None:
    """审核别人写的评价报告 FILE（docx、pdf、txt、md、html，或其所在文件夹）：哪些话自相矛盾，哪些分与标准不符。"""
    from hengji.work.hand_back import quality_named, reports_in
    from hengji.work.review import profile_named

    profile, faults = profile_named(name)
    quality, more = quality_named(sheet)
    if profile is None or quality is None:
        say_findings((*faults, *more))
        leave(UNUSABLE)
    paths = reports_in(files)
    if not paths:
        raise click.UsageError("文件夹里没有 docx、pdf、txt、md 或 html 报告（下一级文件夹不看，直接写它的路径）。")
    if text:
        _say_text(paths)
    profile = _silenced(profile, silenced)
    raise Over(_review(paths, profile, quality, out, form))


def _silenced(profile: Profile, codes: tuple[str, ...]) -> Profile:
    from dataclasses import replace

    return replace(profile, silenced=(*profile.silenced, *codes))


def _say_text(paths: Sequence[Path]) -> None:
    from hengji.work.review import read

    if len(paths) != 1:
        raise click.UsageError("--text 一次只读一个文件。")
    reading, faults = read(paths[0])
    if reading is None:
        say_findings(faults)
        leave(UNUSABLE)
    click.echo(reading.text, nl=False)
    leave(FINE)


def _review(paths: Sequence[Path], profile: Profile, quality: QualitySheet, out: Path | None, form: str) -> int:
    from hengji.work.hand_back import league_book, review_all

    many = len(paths) > 1
    done: list[Marked] = []
    written: list[Path] = []
    with progress(len(paths)) as tick:
        for handed in review_all(paths, profile, quality, tick, out):
            done.append(handed.marked)
            written += handed.written
            if form == JSON:
                _say_data(handed.marked, many=many)
    if out is not None and many:
        written.append(_write(out / "审核汇总.xlsx", league_book(done)))
    if form != JSON:
        _say(done, written, brief=many and out is not None)
    return _code(done)


def _say_data(marked: Marked, *, many: bool) -> None:
    """One object, readable; of several files one object a line."""
    import json

    from hengji.work.review import review_data

    data = review_data(marked.review)
    if many:
        click.echo(json.dumps(data, ensure_ascii=False))
    else:
        say_json(data)


def _say(done: Sequence[Marked], written: Sequence[Path], *, brief: bool) -> None:
    from hengji.cli.review_text import say_league, say_review

    for marked in done:
        say_review(marked, brief=brief)
    if len(done) > 1:
        say_league(done)
    if len(done) > 1 and written:
        click.echo(f"已写出 {len(written)} 个文件到 {written[-1].parent}，先看 {written[-1].name}")
        return
    for path in written:
        click.echo(f"已写出 {path}")


def _write(path: Path, content: bytes) -> Path:
    from hengji.storage.folder import write_folder

    write_folder(path.parent, {path.name: content})
    return path


def _code(done: Sequence[Marked]) -> int:
    """2 where nothing could be read, 1 where there is an error, else 0."""
    if all(marked.review.reading is None for marked in done):
        return UNUSABLE
    codes = {exit_code(marked.review.findings) for marked in done}
    return FAULTY if FAULTY in codes else FINE
