"""政策文件夹

一项政策是一个文件夹，里面有 law.md、parameters.yaml 和 cases.yaml。
"""

from __future__ import annotations

from collections.abc import Callable

Whole = Callable[[str, str, str], None]


def test_三个文件(whole: Whole) -> None:
    """law.md 的文件头（两行 --- 之间）写名称、依据的文件、有效期、主表和各表的列。正文每个二级标题是一条条款，标题的第一个词是它的
    编号；条款下写大意、出处和规则块。不能计算的条款写 note 块说明原因。parameters.yaml 写参数和参数表，每个值有起用日期和出处。
    cases.yaml 写算例：给出各表的行，写明应得的总额、各级金额、逐行结果和不付的原因；holds 写须成立的式子，可以用总额、各级、published
    里写明的已公布数、参数和各表的汇总。
    """
    whole(
        """
        ---
        name: 例
        title: 养老机构运营补助
        jurisdiction: 某县
        documents:
          - {number: 某发〔2020〕1号, title: 养老机构运营补助办法, date: 2020-01-01}
        effective: {start: 2020-01-01, end: 2022-12-31}
        as_of: 申请日期
        rows: 入住人员
        recipient: 机构
        tables:
          入住人员:
            columns:
              - {name: 机构, type: 文本}
              - {name: 申请日期, type: 日期}
              - {name: 能力, type: 枚举, choices: [自理, 半自理, 不能自理]}
          机构信息:
            key: 机构
            columns:
              - {name: 机构, type: 文本}
              - {name: 满意率, type: 数值, unit: "%", required: false, note: 没有调查的不填}
        ---

        # 养老机构运营补助

        ## 第三条 条件

        入住老年人的满意率不低于规定的比例。

        出处：某发〔2020〕1号 第三条

        ```rule
        条件 满意率达标 = 机构信息.满意率 ≥ 最低满意率
        ```

        ## 第四条 标准

        出处：某发〔2020〕1号 第四条

        ```rule
        金额 省级 = 查(人均标准, 能力)
        金额 市级 = 查(人均标准, 能力) × 50%
        ```

        ## 第五条 材料

        ```note
        申报材料是否齐全由人判断，不影响金额。
        ```
        """,
        """
        parameters:
          - name: 最低满意率
            type: 数值
            unit: "%"
            values:
              - {from: 2020-01-01, value: 90%, source: 某发〔2020〕1号 第三条}
        tables:
          - name: 人均标准
            keys: [能力]
            type: 金额
            unit: 元/人·年
            values:
              - from: 2020-01-01
                source: 某发〔2020〕1号 第四条
                rows:
                  - [自理, 600]
                  - [半自理, 1200]
                  - [不能自理, 2400]
        """,
        """
        cases:
          - name: 甲机构两人，乙机构满意率不够
            source: 某县2021年补助公示
            tables:
              入住人员:
                - {机构: 甲, 申请日期: 2021-07-01, 能力: 自理}
                - {机构: 甲, 申请日期: 2021-07-01, 能力: 不能自理}
                - {机构: 乙, 申请日期: 2021-07-01, 能力: 自理}
                - {机构: 甲, 申请日期: 2023-07-01, 能力: 自理}
              机构信息:
                - {机构: 甲, 满意率: 95%}
                - {机构: 乙, 满意率: 80%}
            published: {公示总额: 0.45万元}
            expect:
              总额: 4500元
              省级: 3000元
              rows: [{省级: 600元, 市级: 300元}, {总额: 3600元}, {总额: 0元}, {总额: 0元}]
              reasons: [[], [], 满意率达标, 有效期内]
            holds:
              - 总额 = 公示总额
              - 市级 = 省级 × 50%
              - 计数(入住人员, 当=能力 = “自理”) = 3
        """,
    )
