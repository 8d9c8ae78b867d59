"""How fast it is, from what the benchmarks said when they were last run (docs/performance.json)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KEPT = Path(__file__).parents[1] / "performance.json"

OPENING = """# 速度与规模

<!-- 本页由 docs/build.py 从 docs/performance.json 生成；数字由 python -m bench.performance --write 跑出。 -->

同一笔补助（博山 2021 年养老机构运营奖补：中度、重度失能老年人的人月，乘机构星级系数，运营满一年，满意率不低于 90%，同一人全年
不超过 12 个月），从同样的两个 Parquet 文件算到同样的一个 Parquet 文件。每种做法各占一个进程，轮流跑，合计金额一分不差才算数。
秒数随机器变，比值不大变：每一轮各取一次比值，再取中位数。内存是进程占用过的最高值。

名册按月上报的次序排列，每月之内人员不分先后；百分之二的人年内换过机构，千分之二的人有一个月重复登记。
"""

CLOSING = """
## 重新测一遍

```
make bench-contenders                                     # 对比用的程序装进 .venv-bench，不进产品
.venv/bin/python -m bench.performance                     # 列出各部分的命令
.venv/bin/python -m bench.performance award_1m county store --write
.venv/bin/python -m bench.performance library sets --write
```

一亿行以上的部分要几十分钟和几十 GB 磁盘，宜在别的程序都停下的时候跑。
"""

NAMES = {
    "institution": "本产品：按机构",
    "provenance": "本产品：按机构，另写每行的金额、原因和条款",
    "sets": "本产品：按机构，十个参数方案",
    "sql": "手写 DuckDB SQL（两条语句）",
    "scan": "只读所需的列，什么也不算",
    "polars": "Polars（流式）",
    "pandas": "pandas",
    "openfisca": "OpenFisca-core",
    "policyengine": "policyengine-core",
    "spark": "手写 Spark SQL（local[2]，不计启动）",
}
AWARDS = {"award_1m": "一百万人月", "award_10m": "一千万人月", "award_100m": "一亿人月"}
LARGE = ("award_10m", "award_100m")


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that must lie on one side of ``limit``; ``of`` finds it in what a part gave."""

    words: str
    parts: tuple[str, ...]
    of: Callable[[Any], float | None]
    most: float | None = None
    least: float | None = None

    def met(self, value: float) -> bool:
        """Whether the value is on the right side."""
        return (self.most is None or value <= self.most) and (self.least is None or value >= self.least)

    @property
    def limit(self) -> str:
        """The side, in words."""
        if self.most is not None and self.least is not None:
            return f"{self.least:g} 至 {self.most:g}"
        return f"不超过 {self.most:g}" if self.most is not None else f"不低于 {self.least:g}"


def _ratio(name: str) -> Callable[[Any], float | None]:
    return lambda result: result["ratios"].get(name)


def _largest(name: str) -> Callable[[Any], float | None]:
    return lambda result: max(result["runs"], key=lambda run: run["rows"])[name]


def _slowest(name: str) -> Callable[[Any], float | None]:
    """Of all policies."""
    return lambda result: max((it[name] for it in result["policies"].values()), default=None)


def _review_seconds(form: str) -> Callable[[Any], float | None]:
    """Of the published report, where there was one to be had."""
    return lambda result: (result["published"] or result["forms"])["seconds"].get(form)


TARGETS = (
    Target("按机构的结果，是手写 SQL 的几倍时间", LARGE, _ratio("institution_vs_sql"), most=0.9),
    Target("按机构的结果，是只读所需列的几倍时间", LARGE, _ratio("vs_scan"), most=4.0),
    Target("按机构另写每行的原因，是不写原因的手写 SQL 的几倍时间", LARGE, _ratio("provenance_vs_sql"), most=2.0),
    Target("OpenFisca-core 是本产品的几倍时间", LARGE, _ratio("openfisca_vs_ours"), least=6),
    Target("OpenFisca-core 是本产品的几倍内存", LARGE, _ratio("memory_openfisca_vs_ours"), least=15),
    Target("policyengine-core 是本产品的几倍时间", LARGE, _ratio("policyengine_vs_ours"), least=4),
    Target("pandas 是本产品的几倍时间", LARGE, _ratio("pandas_vs_ours"), least=3),
    Target("Spark（local[2]）是本产品的几倍时间", LARGE, _ratio("spark_vs_ours"), least=5),
    Target("十个参数方案一起算，是算一个的几倍时间", ("sets",), _ratio("sets_vs_one"), most=2.0),
    Target("二百个档案、二十人同用，首页：半数答复不超过（毫秒）", ("web",), lambda it: it["home_p50_ms"], most=100),
    Target("同上，首页：百分之九十九的答复不超过（毫秒）", ("web",), lambda it: it["home_p99_ms"], most=300),
    Target("同上，评分：半数答复不超过（毫秒）", ("web",), lambda it: it["scoring_p50_ms"], most=100),
    Target("同上，评分：百分之九十九的答复不超过（毫秒）", ("web",), lambda it: it["scoring_p99_ms"], most=300),
    Target("收答卷，是只插入一行的 Django 的几倍速度", ("web",), lambda it: it["ratio_to_bare_view"], least=0.6),
    Target(
        "收答卷，随机地来、每秒为能收的六成，百分之九十九不超过（毫秒）",
        ("web",),
        lambda it: it["intake_calm_p99_ms"],
        most=50,
    ),
    Target("收答卷，十六人不停地交，百分之九十九不超过（毫秒）", ("web",), lambda it: it["intake_p99_ms"], most=50),
    Target("政策库里最慢的一项，是手写 SQL 的几倍时间", ("library",), _slowest("vs_hand"), most=1.15),
    Target("在 Spark 上跑，是手写 Spark SQL 的几倍时间", ("spark",), _ratio("spark_vs_hand"), most=1.2),
    Target("一县六千行，整个进程是 OpenFisca 的几倍时间", ("county",), _ratio("county_vs_openfisca"), most=0.75),
    Target("从明细库里说明一个人，启动以外的毫秒数", ("store",), lambda it: it["explain_ms_above_start"], most=50),
    Target("明细库每行字节数", ("store",), lambda it: it["bytes_per_row"], most=2.5),
    Target(
        "从一百万到最大的名册，除去开头固定的时间，随行数增长的指数",
        ("scale",),
        lambda it: it["exponents_beyond_start"]["both"],
        1.05,
        0.95,
    ),
    Target("最大的名册，内存最高值（MB）", ("scale",), _largest("rss_mb"), most=8192),
    Target("xlsx 校验，是只用 fastexcel 读的几倍速度", ("intake",), _ratio("speed_vs_fastexcel"), least=0.6),
    Target("审核六万二千字的文本，启动以外的秒数", ("review",), _review_seconds("text"), most=0.5),
    Target("审核同样的 Word 文件，启动以外的秒数", ("review",), _review_seconds("word"), most=0.5),
    Target("审核同样的 PDF，启动以外的秒数", ("review",), _review_seconds("pdf"), most=1.0),
    Target(
        "审核，从六万字到二百万字，时间随字数增长的指数", ("review",), lambda it: it["growth"]["exponent"], most=1.05
    ),
    Target("xlsx 校验，是 openpyxl 只读的几倍速度", ("intake",), _ratio("speed_vs_openpyxl"), least=8),
)


def kept() -> dict[str, Any]:
    """What the benchmarks said, by part; empty when none was run."""
    read: dict[str, Any] = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    return read


def page() -> str:
    """The whole page."""
    return page_of(kept())


def page_of(found: Mapping[str, Any]) -> str:
    """The page of what the benchmarks said."""
    parts = [OPENING, *_targets(found)]
    for part, words in AWARDS.items():
        if part in found:
            parts += _award(words, found[part])
    for part, section in (
        ("sets", _sets),
        ("library", _library),
        ("web", _web),
        ("county", _county),
        ("store", _store),
        ("scale", _scale),
        ("review", _review),
    ):
        if part in found:
            parts += section(found[part]["result"], _where(found[part]["circumstances"]))
    return "".join([*parts, CLOSING])


def _targets(found: Mapping[str, Any]) -> Iterator[str]:
    titles = " | ".join(AWARDS[part] for part in LARGE)
    yield f"\n## 目标\n\n| 目标 | 要求 | {titles} |\n|---|---|{'---|' * len(LARGE)}\n"
    yield from (_target(target, found) for target in TARGETS if target.parts == LARGE)
    yield "\n| 目标 | 要求 | 测得 |\n|---|---|---|\n"
    yield from (_target(target, found) for target in TARGETS if target.parts != LARGE)


def _target(target: Target, found: Mapping[str, Any]) -> str:
    values = [target.of(found[part]["result"]) if part in found else None for part in target.parts]
    said = ["未测" if value is None else f"{_number(value)}，{_verdict(target, value)}" for value in values]
    return f"| {target.words} | {target.limit} | {' | '.join(said)} |\n"


def _verdict(target: Target, value: float) -> str:
    return "达到" if target.met(value) else "**未达到**"


def _award(words: str, part: Mapping[str, Any]) -> Iterator[str]:
    result = part["result"]
    yield f"\n## {words}\n\n{_where(part['circumstances'])}{_versions(part['circumstances'])}。\n\n共 {result['rows']:,} 行左右，{result['rounds']} 轮，合计 "
    yield f"{result['total_fen'] // 100:,} 元。\n\n| 做法 | 秒 | 每秒万行 | 是手写 SQL 的 | 内存 MB |\n|---|---|---|---|---|\n"
    seconds, by_hand = result["seconds"], result["seconds"].get("sql")
    for name, title in NAMES.items():
        if name in seconds:
            speed = result["rows"] / seconds[name] / 10_000
            times = "—" if not by_hand else f"{seconds[name] / by_hand:.2f} 倍"
            yield f"| {title} | {seconds[name]:.3f} | {speed:,.0f} | {times} | {result['rss_mb'][name]:,.0f} |\n"
        elif name in result["skipped"]:
            yield f"| {title} | 没有安装 | | | |\n"


def _sets(result: Mapping[str, Any], where: str) -> Iterator[str]:
    seconds, held = result["seconds"], result["rss_mb"]
    yield f"\n## 十个参数方案\n\n{where}{result['rows']:,} 行左右，{result['rounds']} 轮，按机构。\n\n"
    yield "| 方案 | 秒 | 内存 MB |\n|---|---|---|\n"
    for name, title in (("institution", "一个"), ("sets", "十个，满意率的要求逐个提高一个百分点")):
        yield f"| {title} | {seconds[name]:.3f} | {held[name]:,.0f} |\n"


def _web(result: Mapping[str, Any], where: str) -> Iterator[str]:
    yield f"\n## 工作台\n\n{where}SQLite（WAL，synchronous=FULL），一个服务进程。\n\n"
    yield f"{result['dossiers']:.0f} 个博山那样大的档案，{result['users']:.0f} 人同用，每人平均每 {result['think_seconds']:.0f} 秒打开一页：\n\n"
    yield "| 页面 | 半数不超过，毫秒 | 99% 不超过，毫秒 | 每秒答复 | 每次占用处理器，毫秒 |\n|---|---|---|---|---|\n"
    for name, title in (("home", "首页"), ("scoring", "评分")):
        p50, p99, speed, cpu = (result[f"{name}_{each}"] for each in ("p50_ms", "p99_ms", "a_second", "cpu_ms"))
        yield f"| {title} | {p50:.0f} | {p99:.0f} | {speed:.0f} | {cpu:.1f} |\n"
    yield "\n十六人不停地交卷，收下才答复，断电不丢：\n\n| 做法 | 每秒份数 | 99% 不超过，毫秒 | 每次占用处理器，毫秒 |\n|---|---|---|---|\n"
    ours = (result["intake_a_second"], result["intake_p99_ms"], result["intake_cpu_ms"])
    bare = (result["bare_view_a_second"], result["bare_view_p99_ms"], result["bare_view_cpu_ms"])
    for title, (speed, p99, cpu) in (("本产品", ours), ("Django 只插入一行，别的什么也不做", bare)):
        yield f"| {title} | {speed:,.0f} | {p99:.0f} | {cpu:.1f} |\n"
    yield f"| 一个线程里循环插入，不经网络 | {result['insert_a_second']:,.0f} | | |\n"
    if "intake_calm_p99_ms" in result:
        calm, bare_calm = (result[f"{name}_calm_p99_ms"] for name in ("intake", "bare_view"))
        yield f"\n不停地交，等多久只看有几个人、每秒收几份。随机地来、每秒 {result['intake_calm_a_second']:.0f} 份（上面的六成）时，99% 不超过 {calm:.0f} 毫秒"
        yield f"（只插入一行的，同样六成，{bare_calm:.0f} 毫秒）；同一轮里这块盘写下四页，99% 不超过 {result['disk_p99_ms']:.0f} 毫秒。\n"


def _library(result: Mapping[str, Any], where: str) -> Iterator[str]:
    yield f"\n## 政策库的各项政策\n\n{where}各 {result['rows']:,} 行随机数据，{result['rounds']} 轮，处理器秒（所有线程合计），按机构。"
    yield f"每项政策都另有一份手写 SQL，要求不超过它的 {result['limit']:g} 倍；只读是把每一格读出来，什么也不算。"
    titles = {"ours": "本产品", "hand": "手写 SQL", "paid": "手写，只列付款的", "scan": "只读"}
    measured = [each for each in titles if all(each in it for it in result["policies"].values())]
    if "paid" in measured:
        yield "手写 SQL 给出每家的行数和各级金额，分文未得的也列；不说其中几行予补、几行算不出，也不找政策不认识的词，本产品都做。只列付款的，连分文未得的机构和行数也略去。"
    others = [each for each in measured if each != "ours"]
    ratios = {"hand": "是手写 SQL 的", "paid": "是只列付款的", "scan": "是只读的"}
    heads = ["政策", *(titles[each] for each in measured), *(ratios[each] for each in others)]
    yield f"\n\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}\n"
    for name, it in result["policies"].items():
        cells = [*(f"{it[each]:.3f}" for each in measured), *(f"{it[f'vs_{each}']:.2f} 倍" for each in others)]
        yield f"| {name} | {' | '.join(cells)} |\n"


def _county(result: Mapping[str, Any], where: str) -> Iterator[str]:
    yield f"\n## 一个县\n\n{where}{result['rows']:,} 行，从敲下命令到结果写完，{result['rounds']} 轮。\n\n| 做法 | 秒 |\n|---|---|\n"
    titles = {
        "county": "hengji calculate，DuckDB 引擎",
        "engine": "只用引擎，不经命令行",
        "openfisca": "OpenFisca-core，不装 pandas",
        "openfisca_with_pandas": "OpenFisca-core，装了 pandas",
        "python": "Python 启动并打开 DuckDB，什么也不算",
    }
    for name, title in titles.items():
        yield f"| {title} | {result['seconds'][name]:.3f} |\n"


def _store(result: Mapping[str, Any], where: str) -> Iterator[str]:
    yield f"\n## 明细库\n\n{where}{result['rows']:,} 行按机构、人员、月份排好，每行 {result['bytes_per_row']:.2f} 字节"
    yield f"（按月上报的原样 {result['month_major_bytes_per_row']:.2f} 字节）。"
    yield f"说明一个人各月得多少、为什么，启动以外 {result['explain_ms_above_start']:.0f} 毫秒"
    yield f"（最慢的一个 {result['explain_ms_slowest']:.0f} 毫秒）。\n"


def _scale(result: Mapping[str, Any], where: str) -> Iterator[str]:
    beyond, every = result["exponents_beyond_start"], result["exponents"]
    start = result["runs"][0]["start"]
    yield f"\n## 规模\n\n{where}一台机器，数据库内存限 {result['memory']}。每次开头固定要 {start['both']:.2f} 秒（一万行的名册所用），此外的时间约"
    yield f"与行数的 {beyond['both']:.2f} 次方成正比（只按机构的 {beyond['institution']:.2f} 次方）；连开头一起算是 {every['both']:.2f} 次方"
    yield f"（只按机构的 {every['institution']:.2f} 次方）。\n\n"
    yield "| 行 | 按机构，秒 | 按机构并写每行，秒 | 内存 MB | 名册每行字节 | 每行结果的字节 |\n|---|---|---|---|---|---|\n"
    for run in result["runs"]:
        seconds = run["seconds"]
        sizes = f"{run['roster_bytes_per_row']:.1f} | {run['outcome_bytes_per_row']:.1f}"
        yield f"| {run['rows']:,} | {seconds['institution']:.2f} | {seconds['both']:.2f} | {run['rss_mb']:,.0f} | {sizes} |\n"


def _review(result: Mapping[str, Any], where: str) -> Iterator[str]:
    growth = result["growth"]
    measured = [("published", "一份公布的报告"), ("forms", "测试用的各份报告拼成，同样的字数，数字多一倍")]
    yield f"\n## 审核\n\n{where}整个命令从敲下到结束的秒数，和占用各处理器的秒数，都已减去只显示帮助的命令（启动，"
    yield f"{result['forms']['seconds']['start']:.2f} 秒），{result['rounds']} 轮的中位数。PDF 带文字层。\n"
    for part, words in measured:
        if forms := result[part]:
            yield f"\n{words}（{forms['characters']:,} 字，PDF {forms['pages']} 页）：\n\n| 报告 | 秒 | 处理器秒 |\n|---|---|---|\n"
            for name, title in (("text", "文本"), ("word", "Word 文件"), ("pdf", "PDF")):
                yield f"| {title} | {forms['seconds'][name]:.2f} | {forms['of_processors'][name]:.2f} |\n"
    yield f"\n报告更长时，只计审核，不计启动和装入；处理器秒约与字数的 {growth['exponent']:.2f} 次方成正比：\n\n| 字 | 处理器秒 |\n|---|---|\n"
    for size, taken in sorted((int(size), taken) for size, taken in growth["seconds"].items()):
        yield f"| {size:,} | {taken:.2f} |\n"


def _where(about: Mapping[str, Any]) -> str:
    machine = f"{about['processor']}，{about['cores']} 核，{about['memory_gb']} GB 内存，{about['system']}"
    return f"{about['date']} 测；{machine}，Python {about['python']}。"


def _versions(about: Mapping[str, Any]) -> str:
    return "，".join(f"{name} {number}" for name, number in about["versions"].items())


def _number(value: float) -> str:
    return f"{value:.2f}" if value < 100 else f"{value:,.0f}"  # noqa: PLR2004 as many digits as are worth reading
