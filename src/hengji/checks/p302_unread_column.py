"""政策声明的列没有用到。

## 查什么
所用政策在文件头声明的数据列，是否至少有一条规则用到。

## 为什么
要求填报却用不到的列，多半是漏写了一条规则；也让经办人白填。

## 怎么改
补上用到它的规则，或从文件头删去这一列。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from hengji.model.finding import Finding
from hengji.policies.coverage import unread_columns
from hengji.policies.policy import Policy

CODE = "p302"


def find(policies: Mapping[str, Policy]) -> Iterator[Finding]:
    """Columns that are asked for and never read."""
    for policy in policies.values():
        yield from (replace(finding, code=CODE) for finding in unread_columns(policy))
