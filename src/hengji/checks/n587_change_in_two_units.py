"""同一增减的前后两数单位不同。

## 查什么
“由几人增至几人次”这样的话，增减前后两个数是否一个数人、一个数人次（户与户次、台与台次等同样）；“几人次，比上年增加几人”的，差额与本数是否
一个单位。

## 为什么
人和人次不是一回事，单位不同的数不能相减，增长率也没有意义。

## 怎么改
核对统计口径，统一单位；口径确实变了的，写明前后各是什么口径。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Manuscript

CODE = "n587"
_NUMBER = r"\d[\d,]*(?:\.\d+)?万?"
_UNIT = r"[人户家台车班件辆场]"
_MORE = "(?:增加|增长|提高|上升|扩大|增|升)"
_LESS = "(?:减少|下降|降低|缩减|减|降)"
_FROM_TO = pattern(
    rf"[由从](?P<before>[^,。;:、\d]{{0,12}}(?:20\d\d年[^,。;:、\d]{{0,4}})?)(?P<first>{_NUMBER}(?P<one>{_UNIT}次?))(?!月|天|均)"
    rf"[^,。;:、\d]{{0,4}}(?:{_MORE}|{_LESS})(?:[到至为])(?P<second>{_NUMBER}(?P<other>{_UNIT}次?))(?!月|天|均)"
)
_THEN_MORE = pattern(
    rf"(?P<first>{_NUMBER}(?P<one>{_UNIT}次?))(?!月|天|均),(?:同比|[比较](?:上年|去年|20\d\d年)[^,。;:、\d]{{0,4}})(?:{_MORE}|{_LESS})了?"
    rf"(?P<second>{_NUMBER}(?P<other>{_UNIT}次?))(?!月|天|均)"
)


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Changes one end of which counts persons and the other one visits."""
    for passage in manuscript.told():
        if "次" not in passage.text:
            continue
        for form in (_FROM_TO, _THEN_MORE):
            for match in form.finditer(passage.text):
                one, other = match["one"], match["other"]
                if one[0] == other[0] and one != other:
                    found = f"“{match['first']}”与“{match['second']}”单位不同，不能说增减"
                    fault = Fault(
                        CODE,
                        Severity.WARNING,
                        found,
                        f"前后都用“{one[0]}”或都用“{one[0]}次”",
                        "核对统计口径，统一单位",
                        confidence=Confidence.LIKELY,
                    )
                    yield remark(
                        reading, fault, passage.span(*match.span("second")), passage.span(*match.span("first"))
                    )
