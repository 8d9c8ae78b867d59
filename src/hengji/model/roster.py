"""Rosters: which column of a table says what about a person, a home or a payment, whatever the column is called."""

from __future__ import annotations

import unicodedata
from enum import Enum
from types import MappingProxyType

from hengji.model.table import Table


class Role(Enum):
    """名册列: what a column of a roster says; the word is the usual name of the column."""

    PERSON = "人员编号"
    IDENTITY = "身份证号"
    HOME = "机构"
    CREDIT_CODE = "统一社会信用代码"
    BIRTH = "出生日期"
    ADMITTED = "入住日期"
    LEFT = "离院日期"
    DIED = "死亡日期"
    MONTH = "月份"
    YEAR = "年度"
    MONTHS = "人月"
    HEADS = "人数"
    ASSESSED = "评估日期"
    VALID = "评估有效期"
    ACCOUNT = "银行账号"
    BEDS = "床位数"
    NEW_BEDS = "新增床位"
    BATCH = "床位批次"
    AMOUNT = "金额"
    TIER = "层级"


SYNONYMS: MappingProxyType[Role, tuple[str, ...]] = MappingProxyType(
    {
        Role.PERSON: ("人员编码", "人员代码", "老人编号", "老年人编号"),
        Role.IDENTITY: ("身份证号码", "身份证", "公民身份号码", "证件号码", "居民身份证号"),
        Role.HOME: ("机构名称", "养老机构", "养老机构名称", "所在机构", "入住机构"),
        Role.CREDIT_CODE: ("社会信用代码", "信用代码"),
        Role.BIRTH: ("出生年月", "出生年月日", "生日"),
        Role.ADMITTED: ("入院日期", "入住时间", "入院时间"),
        Role.LEFT: ("退住日期", "离开日期", "出院日期", "离院时间", "退住时间"),
        Role.DIED: ("去世日期", "死亡时间", "去世时间"),
        Role.MONTH: ("补助月份", "入住月份", "所属月份", "年月"),
        Role.YEAR: ("年份", "补助年度", "所属年度"),
        Role.MONTHS: ("入住月数", "补助月数", "月数"),
        Role.HEADS: ("入住人数", "老年人数"),
        Role.ASSESSED: ("能力评估日期", "评估时间", "评估完成日期"),
        Role.VALID: ("评估有效期至", "评估到期日", "评估有效月数"),
        Role.ACCOUNT: ("银行账户", "收款账号", "收款账户", "银行卡号", "卡号"),
        Role.BEDS: ("核定床位", "核定床位数", "备案床位", "备案床位数", "登记床位", "登记床位数"),
        Role.NEW_BEDS: ("新增床位数", "补助床位", "补助床位数"),
        Role.BATCH: ("建设批次", "项目批次", "批次"),
        Role.AMOUNT: ("发放金额", "实付金额", "已付金额", "补助金额", "支付金额"),
        Role.TIER: ("资金层级", "财政层级"),
    }
)
"""Other names that people give to such a column."""


def positions_of(table: Table) -> dict[Role, int]:
    """Where the columns of the table stand, by what they say: by name, by declared synonym, by one of the usual names."""
    found: dict[Role, int] = {}
    for role in Role:
        known = (role.value, *SYNONYMS[role])
        for index, column in enumerate(table.columns):
            names = {unicodedata.normalize("NFKC", name).strip() for name in (column.name, *column.synonyms)}
            if names.intersection(known):
                found[role] = index
                break
    return found
