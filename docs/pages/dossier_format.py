"""Every file of a dossier and every key in it, out of the model: what each key means stands in keys.yaml."""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import yaml
from docs.pages.glossary import first_paragraph

from hengji.model.deadline import Deadline
from hengji.model.dossier import FigureRule, Head, Published
from hengji.model.evidence import Evidence
from hengji.model.indicator import Framework, WorkingPaper
from hengji.model.ledger import FundStage
from hengji.model.money import Money
from hengji.model.problem import ProblemBook
from hengji.model.profile import Profile
from hengji.model.programme import Tier
from hengji.model.rubric import Rubric
from hengji.model.survey import Questionnaire
from hengji.model.table import TableDeclaration
from hengji.model.target import GoalForm

RUBRICS = frozenset(typing.get_args(Rubric))
KEYS: dict[str, dict[str, str]] = yaml.load(
    (Path(__file__).parent / "keys.yaml").read_text("utf-8"),
    yaml.BaseLoader,
)
NOT_KEYS = {WorkingPaper: ("indicator", "analysis")}
"""Fields that do not stand in the YAML: a paper's indicator is its file name, its analysis what follows below."""

WORDS = {
    str: "文字",
    int: "整数",
    bool: "true 或 false",
    Decimal: "数",
    dt.date: "日期，如 2021-07-12",
    Money: "金额，如 108100元、10.81万元",
}

FILES: tuple[tuple[str, str, type, str], ...] = (
    ("dossier.yaml", "评价项目：谁委托、评什么、哪一年；唯一必须有的文件", Head, ""),
    ("indicators.yaml", "指标体系", Framework, ""),
    ("papers/<指标编号>.md", "工作底稿，一项末级指标一份", WorkingPaper, ""),
    ("figures.yaml", "自定义数值", FigureRule, "figures"),
    ("evidence.yaml", "佐证材料清单，文件放在 evidence/ 下", Evidence, "evidence"),
    ("findings.yaml", "问题、建议和整改", ProblemBook, ""),
    ("targets.yaml", "绩效目标申报表", GoalForm, ""),
    ("deadlines.yaml", "时限", Deadline, "deadlines"),
    ("published.yaml", "已公布报告中的数，供比较", Published, "published"),
    ("data/tables.yaml", "数据表声明，csv 或 xlsx 放在旁边", TableDeclaration, "tables"),
    ("surveys/<问卷编号>.yaml", "调查问卷，答卷 csv 放在旁边", Questionnaire, ""),
)

OPENING = """# 档案文件夹

<!-- 本页由 docs/build.py 从模型和 docs/pages/keys.yaml 生成。 -->

一次评价就是一个文件夹。里面都是文本和数据文件，可以邮寄、签名、比较，十年后不靠任何服务器也能打开。
报告里的一切由它算出，文件夹以外什么也不存。

| 文件 | 内容 |
|---|---|
"""

WRITING = """
## 怎样写

- 键是英文，值是中文。和默认值相同的键可以不写。
- 全部是 UTF-8 文本。缩进用空格，冒号用半角，冒号后空一格；多行文字用 `|` 起头。
- 数照原样精确读取：`0.10` 就是 0.10。金额一律带单位，日期一律写全四位年份。
- 写错了不会中断：每一处毛病都列为发现，写明文件、行、列、发现了什么、应为什么、怎么改。
- 产品改写文件时（如并入工作簿）用统一的写法：键按下列次序，默认值略去。YAML 里的注释不保留，说明请写在 note 里。
"""

TABLES = """
## funds.csv：资金台账

一行是一笔资金在一个环节上的流动，表头如下；金额的单位写在表头，元或万元任取一种。收回写负数。

| 列 | 必有 | 内容 |
|---|---|---|
| 日期 | 是 | 从哪天起算数；只知道月份的写月末，只知道“评价日前”的写评价日 |
| 环节 | 是 | {stages} |
| 项目 | 是 | 子项目编号 |
| 层级 | 是 | {tiers}；写“合计”的是合计行 |
| 金额（元）或 金额（万元） | 是 | 精确到分 |
| 资金来源、文号、付款方、收款方、备注 | 否 | 照实填写，追溯时显示 |

合计行说的是“到这一天为止累计多少”，不是一笔流动：只知道总数、不知道怎样分到层级时用它，不要自行拆分。项目可写几个编号，
以“、”分开，不写表示全部。分录之和超过合计行就是矛盾，会列为发现。一个环节在整个台账里没有任何一行，表示不知道；要表示没有，写一行 0。

## 数据表和答卷

csv 第一行是表头，与声明的列名或别名一致；也可以用 xlsx，`sheet` 写明工作表；不写的，读与表同名的那张（空格、大小写不计），没有同名的
读第一张有这样表头的，别的也有这样表头的在发现里列出。空格子表示没有填写，不是 0。
合并单元格、公式、两位年份、数字列里的文字都会被指出，不会猜。

答卷 csv 有两种：列为“题号、选项、份数”的是计数表；其余的一行一份，一列一题，格子里写选项或它的序号。

## policies/<名字>/

本档案自用的补助政策：law.md、parameters.yaml、cases.yaml，写法见[政策语言](policy-language.md)。没有的从政策库取。

## chapters/<章节编号>.md

作者补充到某一章的文字，编号见评价规范的提纲；`summary.md` 是摘要。写法见[文字](text.md)。
"""


def page() -> str:
    """The whole page. ValueError when keys.yaml and the model do not agree."""
    listed = "".join(f"| `{path}` | {what} |\n" for path, what, _, _ in FILES)
    others = "| `funds.csv` | 资金台账 |\n| `policies/`、`chapters/`、`data/`、`evidence/` | 见文末 |\n"
    shown: set[type] = set()
    parts = [OPENING + listed + others + WRITING]
    for path, what, kind, key in FILES:
        lead = f"键 `{key}` 下是列表，每项如下。\n\n" if key else ""
        parts.append(f"\n## {path}\n\n{what}。{lead and chr(10) * 2}{lead.rstrip()}\n")
        parts += sections(kind, shown)
    stages, tiers = ("、".join(each.value for each in kind) for kind in (FundStage, Tier))
    parts.append(TABLES.format(stages=stages, tiers=tiers))
    parts.append("\n## 评价规范\n\n随产品或第三方的包提供（profiles/*.yaml），档案以 `profile` 指名。\n")
    parts += sections(Profile, shown)
    agree(shown)
    return "\n".join(line.rstrip() for line in "".join(parts).split("\n")).rstrip() + "\n"


def sections(kind: type, shown: set[type]) -> Iterator[str]:
    """The keys of a class, then those of the classes in it that have not been shown yet."""
    if kind in shown or kind in RUBRICS:
        return
    shown.add(kind)
    yield keys(kind)
    for inner in records(kind):
        if inner not in shown and inner not in RUBRICS:
            yield f"\n### {term(inner)}\n"
            yield from sections(inner, shown)


def term(kind: type) -> str:
    """The Chinese word with which the docstring of a model class begins."""
    return first_paragraph(kind).partition(":")[0]


def fields(kind: type) -> Iterator[tuple[dataclasses.Field[Any], Any]]:
    """The fields that stand in a file, with their types."""
    hints = typing.get_type_hints(kind)
    for field in dataclasses.fields(kind):
        if field.init and field.name not in NOT_KEYS.get(kind, ()):
            yield field, hints[field.name]


def records(kind: type) -> Iterator[type]:
    """The records directly within a record."""
    for _, hint in fields(kind):
        yield from (inner for inner in within(hint) if dataclasses.is_dataclass(inner))


def within(hint: Any) -> Iterator[Any]:
    """A type, or the types that it is made of."""
    inner = typing.get_args(hint)
    if not inner:
        yield hint
    for each in inner:
        yield from within(each)


def keys(kind: type) -> str:
    """The table of a record's keys; a record without keys has none."""
    rows = [
        f"| `{field.name}` | {KEYS[kind.__name__][field.name]} | {worded(field, hint)} | {needed(field)} |\n"
        for field, hint in fields(kind)
        if field.name in KEYS.get(kind.__name__, {})
    ]
    return "\n| 键 | 填什么 | 写法 | 必填 |\n|---|---|---|---|\n" + "".join(rows) if rows else ""


def needed(field: dataclasses.Field[Any]) -> str:
    """Whether a key must be there, or what it is when it is not."""
    if field.default is dataclasses.MISSING:
        return "是" if field.default_factory is dataclasses.MISSING else "否"
    default = field.default.value if isinstance(field.default, Enum) else field.default
    return f"否（{default}）" if default not in ("", None, ()) and not dataclasses.is_dataclass(default) else "否"


def worded(field: dataclasses.Field[Any], hint: Any) -> str:
    """How the value of a field is written; an operand is a text to the codec but a number to its author."""
    return "数值" if str(field.type).startswith(("Operand", "'Operand'")) else how(hint)


def how(hint: Any) -> str:
    """How a value of the type is written."""
    origin = typing.get_origin(hint)
    if hint == Rubric or set(typing.get_args(hint)) & RUBRICS:
        return "见[评分方法](scoring.md)"
    if origin in (types.UnionType, typing.Union):
        return how(next(each for each in typing.get_args(hint) if each is not type(None)))
    if origin is tuple:
        return "列表：" + how(typing.get_args(hint)[0])
    if origin is dict:
        return "若干“名称: 值”"
    if isinstance(hint, type) and issubclass(hint, Enum):
        return "、".join(member.value for member in hint if member.value)
    if dataclasses.is_dataclass(hint):
        return term(typing.cast("type", hint))
    return WORDS[hint]


def agree(shown: set[type]) -> None:
    """Every key is explained, and nothing is explained that is not a key."""
    kinds = {kind.__name__: kind for kind in shown}
    for rubric in RUBRICS:
        kinds[rubric.__name__] = rubric
        kinds |= {inner.__name__: inner for inner in records(rubric)}
    wanted = {name: {field.name for field, _ in fields(kind)} for name, kind in kinds.items()}
    written = {name: set(entry) for name, entry in KEYS.items()}
    wrong = {name for name in wanted.keys() | written.keys() if wanted.get(name) != written.get(name)}
    if wrong:
        raise ValueError("docs/pages/keys.yaml and the model differ: " + ", ".join(sorted(wrong)))
