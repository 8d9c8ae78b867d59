"""模板没有填完。

## 查什么
新建档案时给出的“（待填：…）”“尚未评判”和示例数据，有没有还留着的；每个文件夹合为一条，写明有几处、第一处在哪里。

## 为什么
没有填的地方会照样印在封面、正文和底稿里；没有评判的指标按不符合计分，示例的台账和问卷也会算出数来，看上去却像一份完整的报告。

## 怎么改
在工作簿或所列的文件里填写实际内容；没有的项目写“无”或删去这一条，不要留着模板的字样。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hengji.model.finding import Finding, Place, Severity
from hengji.model.record import record
from hengji.model.template import EXAMPLE, NOT_JUDGED, TO_FILL

CODE = "w903"
_TEXTS = (".yaml", ".md", ".csv")
_POLICIES = "policies"
_FOLDERS: Mapping[str, str] = {
    "papers": "工作底稿",
    "chapters": "报告正文",
    "surveys": "调查问卷",
    "data": "数据表",
    "evidence": "佐证材料",
}
_MARKS: Mapping[str, str] = {
    TO_FILL: f"“{TO_FILL}”",
    NOT_JUDGED: f"“{NOT_JUDGED}”，没有评判的按不符合或零分计算",
    EXAMPLE: "示例数据",
}


@record
class _Left:
    """遗留: how often a mark stands in a folder or a file at the top, in how many files, and where first."""

    places: int
    files: int
    first: Place


def find(files: Mapping[str, bytes]) -> Iterator[Finding]:
    """A finding for each mark of the template and each folder."""
    for mark, meaning in _MARKS.items():
        for folder, left in _by_folder(files, mark).items():
            within = (
                f"{_FOLDERS.get(folder, folder)}（{folder}/）的{left.files}个文件中"
                if left.first.file != folder
                else ""
            )
            yield Finding(
                CODE,
                Severity.WARNING,
                left.first,
                f"{within}还有{left.places}处{meaning}；这是第一处",
                "本项目的实际内容",
                "填写；没有的写“无”或删去这一条",
            )


def _by_folder(files: Mapping[str, bytes], mark: str) -> Mapping[str, _Left]:
    found: dict[str, _Left] = {}
    for path, content in sorted(files.items()):
        folder = path.partition("/")[0]
        if folder == _POLICIES or not path.endswith(_TEXTS):
            continue
        lines = content.decode("utf-8-sig", "replace").splitlines()
        counts = [line.count(mark) for line in lines]
        if not any(counts):
            continue
        old = found.get(folder)
        first = Place(path, next(number for number, count in enumerate(counts, 1) if count))
        found[folder] = (
            _Left(old.places + sum(counts), old.files + 1, old.first) if old else _Left(sum(counts), 1, first)
        )
    return found
