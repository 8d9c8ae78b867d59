"""评价各方的名称前后不一。

## 查什么
委托单位在封面、正文“受……委托”处是否同一家；被评价单位是否就是正文里“对……的项目进行绩效评价”的单位；评价机构在封面、“以下简称”处和落款是否同一个名称，简称有没有写错一个字；
主评人、评价组长的姓名是否只差一个字。

## 为什么
报告由谁委托、评谁、谁写的、谁负责，都以这几个名称为准；多半是从别的报告套用后没有改净。

## 怎么改
对照委托协议、营业执照和主评人备案改成一致。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript, Passage
from hengji.reading.names import region_of

CODE = "n599"
_OFFICE = rf"{HAN}{{2,18}}?(?:局|委员会|委|办公室|厅|人民政府|中心|联合会)"
_BODY = rf"{HAN}{{4,30}}?(?:有限责任公司|有限公司|事务所|研究院|研究所|研究中心)(?:\([^()]{{2,8}}\))?"
_BY_ORDER = pattern(rf"^[-*\s]*(?:委托单位|委托方|委托部门|委托人)[::](?P<name>{_OFFICE})$")
_ORDERED = pattern(rf"受(?P<name>{_OFFICE})的?委托(?=,|{HAN}{{0,30}}(?:对|承担|开展|组织|作为|于|实施))")
_JUDGED = pattern(
    rf"^[-*\s]*(?:被评价单位|项目(?:实施|主管|承担)?单位|(?:项目)?主管部门|(?:项目)?实施单位|预算单位)[::](?P<name>{_OFFICE})$"
)
_JUDGING = pattern(
    rf"对(?P<name>{_OFFICE})(?:实施|承担|组织实施|负责|主管)?的?(?:20\d\d年度?)[^,。;]{{2,60}}(?:进行|开展|实施)了?(?:重点|财政|支出)*绩效评价"
)
_MAKER = pattern(
    rf"^[-*\s]*(?:评价机构|第三方机构|受托机构|评价单位|受托方|受托单位|编制单位|第三方评价机构)[::](?P<name>{_BODY})$"
)
_MADE = pattern(rf"(?:^|[,。;、])(?P<name>{_BODY})\(以下简称(?:为|:)?[“\"'‘](?P<short>[^”\"'’]{{2,8}})[”\"'’]\)")
_SIGNED = pattern(rf"^(?P<name>{_BODY})(?:\(盖?章\))?$")
_PERSON = pattern(
    r"(?<!副)(?:主评人|(?:评价|项目)负责人|评价组组长|组长)(?:姓名)?[::](?:高级?工(?:程师)?|注册会计师|高级会计师|教授)?\s?(?P<labelled>[一-鿿]{2,3})(?![一-鿿])"
    r"|由(?P<leading>[一-鿿]{2,3})(?:担任|任|为)(?:评价组)?(?:组长|主评人)|以(?P<made>[一-鿿]{2,3})为主评人"
    r"|(?:^|[,。;])(?!由)(?P<heading>[一-鿿]{2,3})(?:担任|任)(?:评价组)?(?:组长|主评人)"
)
_NAMES = ("labelled", "leading", "made", "heading")
_NOT_EVALUATED = pattern("监理|监管|审计|设计|造价|检测|招标|代理")
_CLIENT = pattern(r"^.*(?:委托|聘请|邀请|选聘|选定|确定|由|局|厅|部门)|\([^()]*\)$")
_WHOLE_NAME = 3
_LONGEST_SHORT = 6
_TWICE = 2


@record
class _Named:
    """A name as one of several places has it."""

    name: str
    span: Span


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Each party with the first place that names it, and the first that names another."""
    yield from _offices(reading, _labelled(manuscript, _BY_ORDER), _told(manuscript, _ORDERED, "委托"), "委托单位")
    judged = _labelled(manuscript, _JUDGED)
    once = [each for each in judged if manuscript.plain.count(_bare(each.name)) == 1]
    yield from _offices(reading, once, _told(manuscript, _JUDGING, "绩效评价"), "被评价单位")
    makers = [
        *_labelled(manuscript, _MAKER),
        *_told(manuscript, _MADE, "以下简称"),
        *_labelled(manuscript, _SIGNED)[-1:],
    ]
    for other in makers[1:]:
        if not _clipped(_company(other.name), _company(makers[0].name)):
            yield _remark(reading, "评价机构", makers[0], other)
            break
    yield from _short(reading, manuscript)
    people = _people(manuscript)
    for at, person in enumerate(people):
        near = next((each for each in people[:at] if _one_off(each.name, person.name)), None)
        if near is not None:
            yield _remark(reading, "评价负责人的姓名", near, person)
            break


def _offices(reading: Reading, labelled: list[_Named], told: list[_Named], what: str) -> Iterator[Finding]:
    every = [*labelled[:1], *told]
    for other in every[1:]:
        if not _clipped(other.name, every[0].name):
            yield _remark(reading, what, every[0], other)
            return


def _clipped(one: str, other: str) -> bool:
    """Whether both are one name, in one of them without its place or with another part of it."""
    ours, theirs = sorted((_bare(one), _bare(other)), key=len)
    here, there = region_of(one), region_of(other)
    if here and there and not (here.endswith(there) or there.endswith(here)):
        return False
    return theirs.endswith(ours) or theirs.startswith(ours)


def _company(name: str) -> str:
    """The name of an evaluator without who commissioned it, and without the bracket behind it."""
    return _CLIENT.sub("", name)


def _bare(name: str) -> str:
    return name[len(region_of(name)) :].lstrip("省市县区旗") or name


def _labelled(manuscript: Manuscript, sought: re.Pattern[str]) -> list[_Named]:
    """The names on lines of their own."""
    kinds = (Kind.PROSE, Kind.TITLE)
    return [_named(passage, match) for passage in manuscript.of(*kinds) if (match := sought.match(passage.text))]


def _told(manuscript: Manuscript, sought: re.Pattern[str], word: str) -> list[_Named]:
    """The names in sentences on the evaluation."""
    return [
        _named(passage, match)
        for passage in manuscript.holding(word)
        if passage.kind is Kind.PROSE and "评价" in passage.text
        for match in sought.finditer(passage.text)
        if not _NOT_EVALUATED.search(passage.text, match.start(), passage.sentence(match.start())[1])
    ]


def _named(passage: Passage, match: re.Match[str]) -> _Named:
    return _Named(match["name"], passage.span(*match.span("name")))


def _short(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """A short name of the evaluator that stands once with another character where many places have the right one."""
    for passage in manuscript.holding("以下简称"):
        for match in _MADE.finditer(passage.text):
            short = match["short"]
            if not _WHOLE_NAME <= len(short) <= _LONGEST_SHORT or manuscript.plain.count(short) < _TWICE:
                continue
            for at in range(len(short) - 2):
                wrong = re.compile(
                    rf"(?<!{HAN})(?!{re.escape(short)}){re.escape(short[:at])}{HAN}{re.escape(short[at + 1 :])}"
                )
                places = [(each, found) for each in manuscript.matching(wrong) for found in wrong.finditer(each.text)]
                if len(places) == 1 and places[0][1][0] not in _OURS:
                    there, found = places[0]
                    right = _Named(short, passage.span(*match.span("short")))
                    yield _remark(reading, "评价机构的简称", right, _Named(found[0], there.span(*found.span())))
                    return


_OURS = ("我公司", "本公司", "该公司", "贵公司", "分公司", "子公司")


def _people(manuscript: Manuscript) -> list[_Named]:
    """Those who lead the evaluation, wherever they are named as such."""
    return [
        _Named(match[group], passage.span(*match.span(group)))
        for passage in manuscript.holding("主评人", "负责人", "组长")
        for match in _PERSON.finditer(passage.text)
        for group in _NAMES
        if match[group]
    ]


def _one_off(one: str, other: str) -> bool:
    """Whether two names are one but for a character; names of two characters differ so by chance."""
    apart = [at for at in range(len(one)) if one[at : at + 1] != other[at : at + 1]]
    return len(one) == len(other) >= _WHOLE_NAME and len(apart) == 1


def _remark(reading: Reading, what: str, one: _Named, other: _Named) -> Finding:
    found = f"{what}这里写“{other.name}”，别处写“{one.name}”"
    remedy = "对照协议、执照或备案改成一致"
    fault = Fault(CODE, Severity.WARNING, found, "各处一致", remedy, confidence=Confidence.LIKELY)
    return remark(reading, fault, other.span, one.span)
