"""参数与查表

标准是带日期、带出处的数据，写在 parameters.yaml 里；规则里只写它的名称。
"""

from __future__ import annotations

from collections.abc import Callable

Check = Callable[..., None]


def test_参数按日期取值(check: Check) -> None:
    """每个值从 from 那天起用，到下一版为止。按哪一天取值，由文件头的 as_of 列决定；没有 as_of 就按政策的起始日。"""
    check(
        """
        金额 省级 = 床位 × 每床标准
        """,
        """
        投用日:日期 | 床位:整数 || 省级 | 问题
        2020-12-31 | 10 || 30000元 | —
        2021-01-01 | 10 || 50000元 | —
        2019-12-31 | 10 || 0元 | 参数「每床标准」在 2019-12-31 还没有值
        — | 10 || 0元 | 投用日未填写，不知道用哪一版参数
        """,
        parameters="""
        parameters:
          - name: 每床标准
            type: 金额
            unit: 元/床
            values:
              - {from: 2020-01-01, value: 3000元, source: 某发〔2020〕1号 第五条}
              - {from: 2021-01-01, value: 5000元, source: 某发〔2021〕3号 第二条}
        """,
        as_of="投用日",
    )


def test_查参数表(check: Check) -> None:
    """「查」按一个或几个键取参数表里的值。键要写全，次序与表头相同。"""
    check(
        """
        金额 省级 = 人次 × 查(每人次标准, 星级, 能力)
        """,
        """
        星级:枚举(三星、四星、五星) | 能力:枚举(失能、半失能、自理) | 人次:整数 || 省级 | 问题
        五星 | 失能 | 3129 || 469350元 | —
        三星 | 失能 | 1 || 0元 | 参数表「每人次标准」没有“三星”、“失能”这一组
        """,
        parameters="""
        tables:
          - name: 每人次标准
            keys: [星级, 能力]
            type: 金额
            unit: 元/人次
            values:
              - from: 2020-01-01
                source: 某发〔2020〕1号 第十七条
                rows:
                  - [五星, 失能, 150]
                  - [五星, 半失能, 100]
                  - [五星, 自理, 80]
        """,
    )


def test_参数的种类(check: Check) -> None:
    """参数可以是金额、数值、整数、日期、是否和文本。百分数写作 90%，或写 90 并把 unit 写作 %。"""
    check(
        """
        条件 满意 = 满意率 ≥ 最低满意率 且 满意率 ≥ 同一比例
        条件 及时 = 申报日 ≤ 截止日
        条件 启用 = 已启用
        金额 省级 = 100元
        """,
        """
        满意率:数值 | 申报日:日期 || 省级 | 原因
        0.9 | 2020-06-30 || 100元 | —
        0.899999 | 2020-07-01 || 0元 | 满意、及时
        """,
        parameters="""
        parameters:
          - {name: 最低满意率, type: 数值, values: [{from: 2020-01-01, value: 90%, source: 第三条}]}
          - {name: 同一比例, type: 数值, unit: "%", values: [{from: 2020-01-01, value: 90, source: 第三条}]}
          - {name: 截止日, type: 日期, values: [{from: 2020-01-01, value: 2020-06-30, source: 第四条}]}
          - {name: 已启用, type: 是否, values: [{from: 2020-01-01, value: 是, source: 第四条}]}
        """,
    )
