"""条例写成部门制定的。

## 查什么
厅、局、部、委一级的部门名称后面紧接“《……条例》”的。条例由人民代表大会及其常务委员会或者国务院制定，部门的规章和文件不得称条例；同一条例在
别处写明由谁通过的，一并指出。

## 为什么
制定机关写错，依据的效力级别就错了。

## 怎么改
写明通过或者公布的机关和文号；确是部门文件的，改正名称。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.manuscript import Manuscript

CODE = "n573"
_ORDINANCE = pattern(r"《[^《》]{2,40}条例》")
_BY = pattern(
    r"(?P<who>(?:国家|[省市县区州])?(?:(?:民政|财政|教育|卫生健康|农业农村|水利|交通运输|人力资源和?社会保障|自然资源|生态环境|住房和?城乡建设|林业和?草原|应急管理|商务|文化和旅游|公安|审计|统计|体育|医疗保障)(?:厅|局|部|委员会)|卫健委|发改委|发展和?改革委(?:员会)?))(?:关于)?(?:印发|发布|制定|出台)?的?$"
)
_PASSED = pattern(r"(?:人大|人民代表大会|国务院)[^。;《]{0,30}(?:通过|公布|制定|颁布)[^。;《]{0,6}$")
_REACH = 48


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Ordinances that stand right behind the name of a department; each once."""
    passed: dict[str, Span] = {}
    wrong: dict[str, tuple[str, Span]] = {}
    for passage in manuscript.holding("条例》"):
        for match in _ORDINANCE.finditer(passage.text):
            before = passage.text[max(0, match.start() - _REACH) : match.start()]
            if told := _PASSED.search(before):
                passed.setdefault(match[0], passage.span(match.start() - len(told[0]), match.end()))
            elif told := _BY.search(before):
                span = passage.span(match.start() - len(told[0]), match.end())
                wrong.setdefault(match[0], (told["who"], span))
    for title, (who, span) in wrong.items():
        fault = Fault(
            CODE,
            Severity.WARNING,
            f"{title}写成“{who}”制定的；部门的文件不得称条例",
            "人民代表大会、其常务委员会或者国务院通过、公布的条例",
            "改正制定机关，或改正文件名称",
            confidence=Confidence.LIKELY,
        )
        yield remark(reading, fault, span, *([passed[title]] if title in passed else ()))
