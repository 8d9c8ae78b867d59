"""Names in running text: institutions by the word they end in, and projects that carry a year.

Where a name begins is guessed from the words that cannot be inside one; two occurrences of one name are cut alike.
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.han import HAN


@record
class Named:
    """文中的名称: folded characters ``start`` up to ``end``. ``own`` is what tells it from its like, ``sort`` the word it ends in."""

    start: int
    end: int
    text: str
    own: str
    sort: str


@record
class Yearly:
    """带年份的项目名称: ``core`` is the name without its year and without words that all projects share."""

    start: int
    end: int
    year: int
    text: str
    core: str


_SINGLE = "养老院 敬老院 养护院 福利院 幸福院 卫生院 医院 中心校 小学 中学 幼儿园 公司 合作社 服务站 服务部 健康园 公寓 事务所 林场 农场 水厂"
SORTS = (*_SINGLE.split(), "中心")
"""What the names of institutions end in."""
_SORT = pattern(
    "|".join(_SINGLE.split())
    + r"|(?:服务|养护|养老|护理|照料|培训|活动|文化|救助|福利|卫生|体育|信息|监测|研究|检测|管理)中心"
)
_BREAK = pattern(
    r"[^一-鿿]|[的在对由向与和及为等是将从至于其各该本此每某这两被给]|委托|其中|包括|涉及|拨付|通过|补助|实施|完成|实际|提交|申请|"
    r"走访|抽取|选取|批准|成立|建成|新建|开展|负责|确定|最终|组织|单位|分别|安排|支付|下达|指导|依托|设立|设置|全区|全市|全县|辖区|截至|截止|申报|"
    r"支持|鼓励|引导|推进|加强|促进|需要|要求|没有|发现|入住|接收|扶持|街道和|以及|第[一二三四五六七八九十]|[一二三四五六七八九十]是"
)
_LONGEST = 20
_GENERIC = pattern(
    r"老年人?|养老|福利|服务|养护|护理|医养|健康|照料|日间|居家|社区|综合|康养|幸福|敬老|民办|公办|教育|培训|医疗|卫生|保健|文化|体育|"
    r"事业|发展|管理|中心|机构|嵌入式|互助|托老|星级|镇街|街镇|镇级|村级|区级|县级|市级|省级|乡镇|街道|农村|城市|城乡|活动|救助|信息|监测|研究|检测|技术|工程|咨询|有限|责任|股份|"
    r"专业|品牌|连锁|第三方|区域性|示范|家政|智慧|物业|家庭|残疾|公共|便民|政务|会计师|资产|评估|物资|其他|现有|所有|公益|生态|投资|集团|新型|老|院"
)
_REGION = pattern(rf"^(?:{HAN}{{2,6}}?(?:省|自治区))?(?:{HAN}{{2,5}}?市)?(?:{HAN}{{1,5}}?[区县旗])?")
_SHORTEST_OWN = 2
_YEARLY = pattern(
    rf"(?<!\d)(?P<year>20\d\d)年?度?(?P<name>{HAN}{{4,28}}?(?:专项资金|补助资金|补贴资金|补助经费|奖补|补助|补贴|项目|工程))(?P<tail>(?:子?项目|专项资金|补助|补贴|资金|经费|工程)*)"
)
_NO_NAME = pattern(
    rf"[的了在对由向与和及为等是将从至于其各该本此]|完成|实际|家{HAN}|下达|共计|安排|预算|资金到位|支出|申请|预计|绩效|困难"
)
_SHARED = pattern(r"项目|专项|资金|经费|补助|补贴|奖补|奖励|工程|年度|子")


def institutions_in(text: str) -> Iterator[Named]:
    """The names of institutions in a folded passage; common nouns such as 养老服务中心 have nothing of their own and are left out."""
    done = 0
    for match in _SORT.finditer(text):
        at = max(done, match.start() - _LONGEST)
        for stop in _BREAK.finditer(text, at, match.start()):
            at = stop.end()
        name = text[at : match.end()]
        own = _GENERIC.sub("", name[: len(name) - len(match[0])])
        done = match.end()
        if len(own) >= _SHORTEST_OWN:
            yield Named(at, match.end(), name, own, match[0][-2:])


def region_of(name: str) -> str:
    """The province, city and county that a name begins with."""
    match = _REGION.match(name)
    return match[0] if match else ""


def yearly_in(text: str) -> Iterator[Yearly]:
    """The projects that a folded passage names with a year (“2021年农村道路养护补助项目”)."""
    for match in _YEARLY.finditer(text) if "20" in text else ():
        if not _NO_NAME.search(match["name"]):
            yield Yearly(match.start(), match.end(), int(match["year"]), match[0], _SHARED.sub("", match["name"]))
