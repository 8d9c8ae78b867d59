"""Units as reports print them: what they measure, what they count, and how many of its base unit one of them is.

``UNIT`` is the pattern of a unit in folded text; ``unit_of`` says what it means. Amounts per something (元/人次) keep the money's measure: who
adds amounts asks ``Unit.per`` first. Sources: the units of GB 3100 in the spelling of everyday reports, and Chinese measure words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from hengji.model.claim import Measure
from hengji.model.patterns import pattern
from hengji.model.record import record


@record
class Unit:
    """计量单位: ``kind`` is what may be compared (人 for 名 and 位), ``scale`` base units to one; ``per`` what it is an amount per
    (as printed where that is measured: 公里, else its kind).

    ``whole`` units count things: an integer of them is exact.
    """

    measure: Measure
    kind: str
    scale: int = 1
    per: str = ""
    whole: bool = False


_SCALES: Mapping[str, int] = {"": 1, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
_PEOPLE = ("人", "名", "位")
_COUNTED = """
人次 人月 人天 人年 人份 户次 床日 课时 学时 车次 班次 台次 户 家 处 个 张 套 件 项 份 次 座 栋 幢 台 辆 间 所 村 镇 头 只 羽 株 棵 尾 部 册 本 场 批 期 班
段 趟 针 枚 餐 门 支 盏 口 孔 眼 床 张床位 例 组 对 副 根 块 片 盒 袋 箱 瓶 桶 剂 类 大类 方面 种 款 条 宗 笔 届 起 艘 架 名次 星 扇 道 则 篇 幅 节 讲
"""
_WHOLE = tuple(_COUNTED.split())
_MEASURED: Mapping[str, tuple[str, int]] = {
    "平方米": ("平方米", 1),
    "m2": ("平方米", 1),
    "平米": ("平方米", 1),
    "平方公里": ("平方米", 10**6),
    "km2": ("平方米", 10**6),
    "公顷": ("公顷", 1),
    "亩": ("亩", 1),
    "立方米": ("立方米", 1),
    "m3": ("立方米", 1),
    "立方": ("立方米", 1),
    "公里": ("米", 1000),
    "千米": ("米", 1000),
    "km": ("米", 1000),
    "米": ("米", 1),
    "延米": ("米", 1),
    "吨": ("千克", 1000),
    "公斤": ("千克", 1),
    "千克": ("千克", 1),
    "kg": ("千克", 1),
    "斤": ("斤", 1),
    "度": ("度", 1),
    "千瓦时": ("度", 1),
    "千瓦": ("千瓦", 1),
    "小时": ("小时", 1),
    "分钟": ("分钟", 1),
    "升": ("升", 1),
    "倍": ("倍", 1),
    "岁": ("岁", 1),
    "周岁": ("岁", 1),
    "年": ("年", 1),
    "个月": ("月", 1),
    "月": ("月", 1),
    "周": ("周", 1),
    "季度": ("季度", 1),
    "个季度": ("季度", 1),
    "学期": ("学期", 1),
    "个学期": ("学期", 1),
}
_DAYS: Mapping[str, str] = {
    "天": "日",
    "日": "日",
    "个日历日": "日",
    "日历天": "日",
    "个工作日": "工作日",
    "工作日": "工作日",
}
_RATES = ("%", "‰", "成")
_POINTS = ("个百分点", "百分点")
_PER = (*_WHOLE, *_MEASURED, *_DAYS, *_PEOPLE, "床位", "生", "学年", "餐", "站", "项目", "篇", "村", "点")
_LONGER: Mapping[str, str] = {
    "项": "目",
    "名": "称单额义",
    "次": "要性",
    "段": "落时",
    "针": "对",
    "餐": "厅饮费具馆标补",
    "位": "置于列",
    "处": "理于置在罚室",
    "份": "额",
    "户": "籍外",
    "张": "贴",
    "家": "庭长园",
    "人": "民力员均才行居",
    "期": "间末初限",
    "条": "件例",
    "所": "有属需",
    "台": "账阶",
    "年": "级龄度",
    "天": "然",
    "批": "复准",
    "部": "门分署",
    "本": "级次项市区年报",
    "面": "积向",
    "片": "区",
    "升": "级",
    "起": "来到点步草止始码",
    "组": "织成",
    "门": "诊槛",
    "支": "出付持",
    "分": "钟之支贝米册",
    "种": "植",
    "班": "级子",
    "对": "比应象于",
    "成": "立本果效功",
    "节": "约",
    "道": "路德",
    "类": "似别",
    "日": "常",
    "月": "度份饼",
    "星": "级",
    "米": "粉",
    "床": "位",
    "度": "假",
    "口": "头",
}


def _spelling(words: Iterable[str], longer: Mapping[str, str]) -> str:
    """An alternation, the longest first; a word that begins another word of the language is not matched as a unit."""
    parts = []
    for word in sorted(dict.fromkeys(words), key=len, reverse=True):
        barred = longer.get(word[-1], "")
        parts.append(re.escape(word) + (f"(?![{barred}])" if barred else ""))
    return "|".join(parts)


_WORDS = ("元", "分", *_PEOPLE, *_WHOLE, *_MEASURED, *_DAYS, *_RATES, *_POINTS)
SCALE = r"(?P<scale>万亿|千万|百万|亿|万|千(?![克米瓦]))?"
UNIT = rf"(?P<unit>{_spelling(_WORDS, _LONGER)})(?P<per>(?:[/·]每?(?:{_spelling(_PER, {})}))*)"
"""Patterns of what follows a number; ``per`` holds what the unit is an amount per, with its strokes."""

MEASURED = pattern(rf"{SCALE}(?P<vague>[余多来](?!种|样))?(?:{UNIT})")
"""What follows a number: its scale, a word that makes it vague, its unit."""


@lru_cache(maxsize=4096)
def unit_named(text: str) -> Unit | None:
    """The unit that a folded text is, as it stands in the head of a table (万元, 人次); None where it is none."""
    match = MEASURED.fullmatch(text)
    return unit_of(match["scale"] or "", match["unit"], match["per"]) if match and not match["vague"] else None


@cache
def unit_of(scale: str, word: str, per: str = "") -> Unit:
    """The meaning of the groups of ``SCALE`` and ``UNIT``."""
    times = _SCALES[scale]
    over = "/".join(each if each in _MEASURED else _kind_of(each) for each in re.split(r"[/·]每?", per) if each)
    if word == "元":
        return Unit(Measure.MONEY, "元", times, over)
    if word in _DAYS:
        return Unit(Measure.DAYS, _DAYS[word], times, over, whole=not scale)
    if word in _POINTS:
        return Unit(Measure.PERCENTAGE_POINTS, "百分点", times, over)
    if word in _RATES:
        return Unit(Measure.RATE, "千分率" if word == "‰" else "率", times, over)
    if word == "分":
        return Unit(Measure.POINTS, "分", times, over)
    if word in _MEASURED:
        kind, own = _MEASURED[word]
        return Unit(Measure.COUNT, kind, own * times, over)
    return Unit(Measure.COUNT, _kind_of(word), times, over, whole=not scale)


def _kind_of(word: str) -> str:
    if word in _PEOPLE:
        return "人"
    if word in _MEASURED:
        return _MEASURED[word][0]
    return {"张床位": "张", "床位": "张", "床": "张", "天": "日"}.get(word, word)
