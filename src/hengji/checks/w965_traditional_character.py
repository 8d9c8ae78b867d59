"""夹用繁体字。

## 查什么
通篇简体的报告中夹着的繁体字（如“安裝”“補助”）。书名号里的不算；繁体字多的报告不查。

## 为什么
多半是识别或输入的差错，检索和比对时会漏掉。

## 怎么改
改成规范的简体字。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, how_often, remark, words_around, written_right
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.documents import without_titles
from hengji.reading.manuscript import Manuscript

CODE = "w965"
_TRADITIONAL = "裝務這個們來時會國學對發業經費資財項據準評價績標實現際報護養機構關開門問題長區縣鄉鎮電動員總結統計設與為爲義險醫療衛環節約單雙萬億圓戶廣應當處將從進過達遠還選運轉輸車軍農產廠廳廢強備傳儀優償劃則劑勞勢協參變號聯聽職聲脫臨舉舊藥藝蓋虛補製複規視覺親觀訂記訓託許詢試該詳認誤說課調請論諮識證譯議讓負貢責貸貿賃賓購贈贊趨跡軟較載輕輔輛辦邊郵釋針銀銷錄錢鋼鏈鐵閉間閱隊階隨難雜離靜響頂順預領頻額願類顯風飛飯飲館驗體點黨齊齡於後"
_SIMPLIFIED = "装务这个们来时会国学对发业经费资财项据准评价绩标实现际报护养机构关开门问题长区县乡镇电动员总结统计设与为为义险医疗卫环节约单双万亿圆户广应当处将从进过达远还选运转输车军农产厂厅废强备传仪优偿划则剂劳势协参变号联听职声脱临举旧药艺盖虚补制复规视觉亲观订记训托许询试该详认误说课调请论咨识证译议让负贡责贷贸赁宾购赠赞趋迹软较载轻辅辆办边邮释针银销录钱钢链铁闭间阅队阶随难杂离静响顶顺预领频额愿类显风飞饭饮馆验体点党齐龄于后"
_SOUGHT = pattern(f"[{_TRADITIONAL}]")
_SIGNS = frozenset(_TRADITIONAL)
_MOST = 20
_AROUND = 4


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first places of traditional characters, where there are few."""
    if _SIGNS.isdisjoint(manuscript.plain):
        return
    found = [
        (passage, match)
        for passage in manuscript.matching(_SOUGHT)
        for match in _SOUGHT.finditer(without_titles(passage.text))
    ]
    if not 0 < len(found) <= _MOST:
        return
    simple = dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True))
    for sign in dict.fromkeys(match[0] for _, match in found):
        places = [(passage, match) for passage, match in found if match[0] == sign]
        passage, match = places[0]
        told = f"“{words_around(reading, passage, *match.span(), _AROUND)}”中的“{sign}”是繁体字{how_often(places)}"
        fault = Fault(CODE, Severity.NOTE, told, f"“{simple[sign]}”", "改成简体字")
        right = written_right(manuscript, passage.text, match.span(), simple[sign])
        yield remark(reading, fault, passage.span(match.start(), match.end()), *right)
