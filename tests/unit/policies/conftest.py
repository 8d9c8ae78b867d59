"""A small sound policy, and how to spoil it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hengji.model.finding import Finding
from hengji.model.policy_source import PolicySource
from hengji.policies.loading import read_policy
from hengji.policies.policy import Policy

LAW = """---
name: 例
title: 养老机构运营补助
jurisdiction: 某县
documents:
  - {number: 某发〔2020〕1号, title: 某办法, date: 2020-03-01}
effective: {start: 2020-01-01}
rows: 申请
recipient: 机构
tables:
  申请:
    columns:
      - {name: 机构, type: 文本}
      - {name: 人数, type: 整数}
      - {name: 星级, type: 枚举, choices: [一星, 二星]}
---

# 养老机构运营补助

## 第一条 补助条件

评上一星以上的机构。

出处：某发〔2020〕1号 第一条

```rule
条件 有人入住 = 人数 > 0
```

## 第二条 补助标准

出处：某发〔2020〕1号 第二条

```rule
金额 省级 = 人数 × 每人标准 × 查(系数, 星级)
```

## 第三条 材料

```note
材料是否齐全由人判断。
```
"""

PARAMETERS = """parameters:
  - name: 每人标准
    type: 金额
    unit: 元/人
    values:
      - {from: 2020-01-01, value: 600元, source: 某发〔2020〕1号 第二条}
tables:
  - name: 系数
    keys: [星级]
    type: 数值
    values:
      - from: 2020-01-01
        source: 某发〔2020〕1号 第二条
        rows:
          - [一星, 0.8]
          - [二星, 0.9]
"""

CASES = """cases:
  - name: 两家机构
    source: 某发〔2020〕1号 附件
    tables:
      申请:
        - {机构: 甲, 人数: 13, 星级: 一星}
        - {机构: 乙, 人数: 0, 星级: 二星}
    expect:
      总额: 6240元
      省级: 6240元
      rows: [{省级: 6240元}, {总额: 0元, 有人入住: 否}]
      reasons: [[], 有人入住]
    published: {合计数: 6240元}
    holds:
      - 总额 = 合计数
      - 计数(申请, 当=人数 > 0) = 1
      - 省级 ÷ 查(系数, “一星”) = 13 × 每人标准
"""

Spoil = Callable[..., tuple[Policy | None, list[str]]]


@pytest.fixture
def source() -> PolicySource:
    return PolicySource("例", LAW, PARAMETERS, CASES)


@pytest.fixture
def spoiled() -> Spoil:
    """The policy with each text replaced by another, and what is then said, with the place."""

    def run(*changes: tuple[str, str]) -> tuple[Policy | None, list[str]]:
        texts = [LAW, PARAMETERS, CASES]
        for old, new in changes:
            assert any(old in text for text in texts), old
            texts = [text.replace(old, new) for text in texts]
        policy, findings = read_policy(PolicySource("例", *texts))
        return policy, [said(finding) for finding in findings]

    return run


def said(finding: Finding) -> str:
    place = finding.place
    where = f"{place.file.rpartition('/')[2]}:{place.line or '-'}:{place.column or '-'}"
    return f"{finding.code} {where} {finding.found}"
