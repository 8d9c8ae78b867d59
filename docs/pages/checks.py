"""Every check out of its docstring and its page of cases; every other code out of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.checks.test_pages import FOUND, Case, cases_of

from hengji.checks.registry import Check, all_checks
from hengji.work.explain import explanations

CASES = Path(__file__).parents[2] / "tests" / "checks"

OPENING = """# 检查

<!-- 本页由 docs/build.py 从 src/hengji/checks 的说明、tests/checks 的算例和 src/hengji/packs/codes.yaml 生成。 -->

`hengji check DIR` 列出档案的全部发现，`hengji explain 编号` 解释一个编号，大小写不拘。

- **错误**：评价不能成立，改正以前不写报告。
- **警告**：评审时多半会被追问；逐条核对，确实如此的在报告中说明。
- **提示**：值得一看，不影响结论。

小写字母开头的是检查，各有一页；大写字母开头的是读取和计算时发现的毛病，列在最后的表中。地方不适用的检查，在评价规范的
`silenced` 中写明编号（或编号的开头几位）即可关闭。
"""

OTHERS = """## 读取和计算时的发现

| 编号 | 毛病 | 为什么 | 怎么改 |
|---|---|---|---|
"""


def page() -> str:
    return OPENING + "".join(_check(check) for check in all_checks()) + "\n" + OTHERS + "".join(_others())


def _check(check: Check) -> str:
    body = check.page.partition("\n")[2].strip()
    text = (
        body.replace("## 查什么\n", "**查什么**　")
        .replace("## 为什么\n", "**为什么**　")
        .replace("## 怎么改\n", "**怎么改**　")
    )
    cases = cases_of(CASES / f"{check.code}.md")
    found = "".join(line for case in cases if case.section == FOUND for line in _found(case))
    passed = "".join(f"- {case.prose}\n" for case in cases if case.section != FOUND)
    return f"\n## {check.code}　{check.title.rstrip('。')}\n\n{text}\n\n应当发现：\n\n{found}\n不应发现：\n\n{passed}"


def _found(case: Case) -> Iterator[str]:
    yield f"- {case.prose}\n"
    for expected in case.expected:
        yield f"  - `{expected}`\n"


def _others() -> Iterator[str]:
    checks = {check.code for check in all_checks()}
    for each in explanations():
        if each.code not in checks:
            why, _, remedy = each.text.partition("## 为什么\n")[2].partition("\n\n## 怎么改\n")
            yield f"| {each.code} | {each.title} | {why} | {remedy} |\n"
