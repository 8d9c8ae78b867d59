"""Every policy of the library in SQL, as somebody writes it who knows the rule: conditions first, and no word on the rows that fail.

Each gives the recipients that are paid, with what is due by tier in fen. Places in braces stand for the files of the tables.
"""

from __future__ import annotations

from collections.abc import Mapping

_HALVES = "sum((fen + 1) // 2) AS half, sum(fen - (fen + 1) // 2) AS rest, sum(fen) AS fen"
_FIT = """(此前已获建设补助 IS NULL OR NOT 此前已获建设补助) AND (运营主体法人资格 IS NULL OR 运营主体法人资格)
    AND (连续服务月数 IS NULL OR 连续服务月数 >= 12) AND (转让转包 IS NULL OR NOT 转让转包)
    AND (运营方确定方式 IS NULL OR 运营方确定方式 IN ('招投标', '品牌连锁'))"""
_PER_METRE = "(70000 * 建筑面积 + 500000) // 1000000"
_PRICES = (
    ("日间照料中心建设", "社区日间照料中心", 31000000, 16000000, 5000000),
    ("幸福院建设", "农村幸福院", 6000000, 4000000, 1000000),
    ("新增床位", "养老机构床位", 450000, 200000, 100000),
    ("自理老人", "养老机构运营", 60000, 0, 0),
    ("半自理老人", "养老机构运营", 120000, 0, 0),
    ("完全不能自理老人", "养老机构运营", 240000, 0, 0),
    ("养老机构评估", "第三方评估", 0, 210000, 210000),
    ("日间照料中心评估", "第三方评估", 0, 85000, 85000),
    ("幸福院评估", "第三方评估", 0, 50000, 50000),
    ("食堂运营", "长者食堂", 0, 1500000, 1500000),
    ("床位投保", "综合责任保险", 0, 4800, 2400),
)
GOES_WITH: Mapping[str, str] = {item: subject for item, subject, *_ in _PRICES}
"""The subject of a budget under which each item stands."""

BY_HAND: Mapping[str, str] = {
    "xa-1": f"""
SELECT 机构, {_HALVES} FROM (
  SELECT 机构, CASE 建设方式 WHEN '新建' THEN 1000000 ELSE 500000 END * 床位数 AS fen FROM '{{建设项目}}'
  WHERE (社会资本举办 OR (社会资本举办 IS NULL AND 列入公示)) AND (位于本市 OR (位于本市 IS NULL AND 列入公示))
    AND (NOT 此前已获建设补助 OR (此前已获建设补助 IS NULL AND 列入公示)) AND (评审报告 OR (评审报告 IS NULL AND 列入公示))
) GROUP BY 机构""",
    "xa-2": """
SELECT 机构, sum(人次 * CASE 星级
    WHEN '五星' THEN CASE 自理程度 WHEN '失能' THEN 15000 WHEN '半失能' THEN 10000 ELSE 8000 END
    WHEN '四星' THEN CASE 自理程度 WHEN '失能' THEN 10000 WHEN '半失能' THEN 8000 ELSE 6000 END
    ELSE CASE 自理程度 WHEN '失能' THEN 8000 WHEN '半失能' THEN 6000 ELSE 4000 END END) AS fen
FROM '{入住人次}' WHERE 星级 IN ('三星', '四星', '五星') GROUP BY 机构""",
    "xa-3": "SELECT 机构, sum(7500 * 人次) AS fen FROM '{检测人次}' WHERE 检测对象 = '工作人员' GROUP BY 机构",
    "xa-4": """
SELECT 机构, sum(CASE 建设方式 WHEN '新建' THEN 300000 ELSE 200000 END * 床位数) AS fen FROM '{建设项目}'
WHERE 床位数 >= 10 AND (民办机构 OR (民办机构 IS NULL AND 列入名单)) AND (NOT 此前已获建设补助 OR (此前已获建设补助 IS NULL AND 列入名单))
  AND (正常运营 OR (正常运营 IS NULL AND 列入名单)) AND (入住率 >= 500000 OR (入住率 IS NULL AND 列入名单))
  AND (设立许可 OR (设立许可 IS NULL AND 列入名单)) AND (法人登记 OR (法人登记 IS NULL AND 列入名单))
GROUP BY 机构""",
    "yq-1": f"""
SELECT 项目, sum(fen) AS 省级, sum((fen + 1) // 2) AS half, sum(fen - (fen + 1) // 2) AS rest, 2 * sum(fen) AS fen FROM (
  SELECT 项目, {_PER_METRE} AS fen FROM '{{建设项目}}'
  WHERE 列名级别 = '省级' AND 建筑面积 BETWEEN 500000000 AND 2000000000 AND {_FIT}
) GROUP BY 项目""",
    "yq-2": f"""
SELECT 项目, {_HALVES} FROM (
  SELECT 项目, {_PER_METRE} AS fen FROM '{{建设项目}}'
  WHERE 列名级别 = '市级' AND 建筑面积 > 500000000 AND 建筑面积 <= 2000000000 AND {_FIT}
) GROUP BY 项目""",
    "yq-3": f"""
SELECT 项目, sum(city) AS city, sum(fen - city) AS rest, sum(fen) AS fen FROM (
  SELECT 项目, fen, (fen * share + 500000) // 1000000 AS city FROM (
    SELECT 项目, {_PER_METRE} AS fen, least(coalesce(市级确定比例, 400000), 400000) AS share FROM '{{建设项目}}'
    WHERE 列名级别 = '市级' AND 建筑面积 BETWEEN 400000000 AND 500000000 AND {_FIT}
  )
) GROUP BY 项目""",
    "zb-1": """
SELECT 机构, sum(least(核定金额, spent, 专项指标)) AS fen
FROM '{改造项目}' JOIN (SELECT 机构, sum(单价 * 数量) AS spent FROM '{采购明细}' GROUP BY 机构 HAVING spent > 0) USING (机构)
WHERE 验收合格 GROUP BY 机构""",
    "zb-2": """
SELECT 机构, sum(CASE 自理能力 WHEN '自理' THEN 60000 WHEN '半自理' THEN 120000 ELSE 240000 END) AS 省级,
  sum(CASE 自理能力 WHEN '自理' THEN 30000 WHEN '半自理' THEN 50000 ELSE 140000 END) AS 市级,
  sum(CASE 自理能力 WHEN '自理' THEN 10000 WHEN '半自理' THEN 15000 ELSE 20000 END) AS 区级, 省级 + 市级 + 区级 AS fen
FROM '{入住人员}' JOIN (
  SELECT 机构, 申请日期 FROM '{机构信息}'
  WHERE (运营方式 <> '公办公营' OR (运营方式 IS NULL AND 列入名单)) AND (经营形态 = '普通' OR (经营形态 IS NULL AND 列入名单))
    AND (申请日期 >= 投运日期 + INTERVAL 12 MONTH OR ((投运日期 IS NULL OR 申请日期 IS NULL) AND 列入名单))
    AND (设立许可 OR (设立许可 IS NULL AND 列入名单)) AND (满意率 >= 900000 OR (满意率 IS NULL AND 列入名单))
    AND (此前已补年数 < 3 OR (此前已补年数 IS NULL AND 列入名单))
) USING (机构)
WHERE CASE WHEN 出生日期 IS NULL OR 申请日期 IS NULL THEN 年满六十 ELSE 申请日期 >= 出生日期 + INTERVAL 60 YEAR END
  AND 人员编号 NOT IN (SELECT 人员编号 FROM '{入住人员}' GROUP BY 人员编号 HAVING count(*) > 1)
GROUP BY 机构""",
    "zb-3": """
SELECT 机构, sum(CASE 失能等级 WHEN '中度' THEN 20000 ELSE 30000 END * 人月 * tenths // 10) AS fen FROM '{入住人月}' JOIN (
  SELECT 机构, CASE 星级 WHEN '一星' THEN 8 WHEN '二星' THEN 9 WHEN '三星' THEN 10 WHEN '四星' THEN 11 ELSE 12 END AS tenths
  FROM '{机构信息}'
  WHERE (运营方式 <> '公办公营' OR (运营方式 IS NULL AND 列入名单)) AND (经营形态 = '普通' OR (经营形态 IS NULL AND 列入名单))
    AND (申请日期 >= 投运日期 + INTERVAL 12 MONTH OR ((投运日期 IS NULL OR 申请日期 IS NULL) AND 列入名单))
    AND (法人登记 OR (法人登记 IS NULL AND 列入名单)) AND (备案或许可 OR (备案或许可 IS NULL AND 列入名单))
    AND (平台信息及时更新 OR (平台信息及时更新 IS NULL AND 列入名单)) AND (满意率 >= 900000 OR (满意率 IS NULL AND 列入名单))
    AND (上次省级奖补日期 IS NULL OR 申请日期 >= 上次省级奖补日期 + INTERVAL 12 MONTH)
    AND 星级 <> '未评定' AND (星级 NOT IN ('四星', '五星') OR 省级复核 OR (省级复核 IS NULL AND 列入名单))
) USING (机构)
WHERE 失能等级 IN ('中度', '重度') AND 人月 <= 人数 * 12
  AND 人员编号 NOT IN (SELECT 人员编号 FROM '{入住人月}' GROUP BY 人员编号 HAVING sum(人月) > 12)
GROUP BY 机构""",
    "zb-4": """
SELECT 机构, 600000 * count(*) AS 省级, sum(CASE 星级 WHEN '二星' THEN 100000 WHEN '三星' THEN 200000 ELSE 0 END) AS 市级, 省级 + 市级 AS fen
FROM '{幸福院}'
WHERE (运营主体 NOT IN ('个人', '社会力量') OR 法人登记 OR (法人登记 IS NULL AND 列入名单)) AND 星级 <> '未评定'
  AND (申请日期 >= 投运日期 + INTERVAL 12 MONTH OR ((投运日期 IS NULL OR 申请日期 IS NULL) AND 列入名单))
  AND (符合等级标准 OR (符合等级标准 IS NULL AND 列入名单)) AND (人员配备与公示 OR (人员配备与公示 IS NULL AND 列入名单))
  AND (满意率 >= 900000 OR (满意率 IS NULL AND 列入名单))
GROUP BY 机构""",
    "zb-5": """
SELECT 机构, sum(450000 * 新增床位) AS 省级, sum(200000 * 新增床位) AS 市级, sum(100000 * 新增床位) AS 区级, sum(750000 * 新增床位) AS fen
FROM '{建设项目}'
WHERE (year(开工日期) >= 2011 OR (开工日期 IS NULL AND 列入名单)) AND (床位类型 = '非护理型' OR (床位类型 IS NULL AND 列入名单))
  AND (经营形态 = '普通' OR (经营形态 IS NULL AND 列入名单)) AND (基建手续齐全 OR (基建手续齐全 IS NULL AND 列入名单))
  AND 建设进度 <> '未开工' AND 建设方式 <> '租赁房屋改建' AND 新增床位 >= 20
  AND (用地方式 <> '租赁土地' OR 土地租期 >= 20 OR (土地租期 IS NULL AND 列入名单))
GROUP BY 机构""",
    "zb-f": f"""
SELECT 科目, sum(p * 数量) AS 省级, sum(c * 数量) AS 市级, sum(d * 数量) AS 区级, 省级 + 市级 + 区级 AS fen
FROM '{{测算明细}}' JOIN (VALUES {", ".join(map(str, _PRICES))}) AS prices(事项, 科目, p, c, d) USING (事项, 科目) GROUP BY 科目""",
}
