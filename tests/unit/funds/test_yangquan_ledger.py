"""Yangquan's table 1 out of ledger rows, at both cut-off days.

What is published: budget and arrivals by project and tier; payments by project and tier up to the evaluation day; and for the
end of 2022 one number only, 96万元 paid for the four projects of that year, whatever the project or tier.

How it is kept, so that nothing is invented:
- an entry stands on the last day by which the source proves it (a year's end where only the year is published, the evaluation
  day for the payments of the 2022 projects);
- the 96万元 is a control total (层级 合计), not an entry: it says how far payments had come and not for whom. At the year's
  end it counts in the total of the whole ledger, while tiers and the four projects have no value; once the entries of the
  evaluation day itemise it, it adds nothing and only checks them.
"""

from datetime import date

import pytest

from hengji.funds.figures import fund_figures
from hengji.funds.reading import read_ledger
from hengji.model.figure import Figures, display
from hengji.model.finding import Finding, Severity
from hengji.model.ledger import FundStage
from hengji.model.period import CutOff
from hengji.model.profile import ExecutionBase
from hengji.model.programme import Programme

LEDGER = """日期,环节,项目,层级,金额（万元）,文号,备注
2020-12-31,年初预算,阳坡垴,省级,46,阳财社〔2020〕65号,
2020-12-31,年初预算,阳坡垴,市级,23,阳财社〔2020〕65号,
2020-12-31,年初预算,阳坡垴,区级,23,阳财社〔2020〕65号,
2021-12-31,年初预算,南煤,省级,72,阳财社〔2021〕35号,
2021-12-31,年初预算,南煤,市级,36,阳财社〔2021〕35号,
2021-12-31,年初预算,南煤,区级,36,阳财社〔2021〕35号,
2021-12-31,年初预算,锦隆,省级,43,阳财社〔2021〕35号,
2021-12-31,年初预算,锦隆,市级,21.5,阳财社〔2021〕35号,
2021-12-31,年初预算,锦隆,区级,21.5,阳财社〔2021〕35号,
2022-12-31,年初预算,晋东一,省级,64,阳财社〔2022〕42号,
2022-12-31,年初预算,晋东一,市级,32,阳财社〔2022〕42号,
2022-12-31,年初预算,晋东一,区级,32,阳财社〔2022〕42号,
2022-12-31,年初预算,蔡西,省级,46,阳财社〔2022〕42号,
2022-12-31,年初预算,蔡西,市级,23,阳财社〔2022〕42号,
2022-12-31,年初预算,蔡西,区级,23,阳财社〔2022〕42号,
2022-12-31,年初预算,大垴沟,省级,35,阳财社〔2022〕42号,
2022-12-31,年初预算,大垴沟,市级,17.5,阳财社〔2022〕42号,
2022-12-31,年初预算,大垴沟,区级,17.5,阳财社〔2022〕42号,
2022-12-31,年初预算,蔡东,市级,14,阳财社〔2022〕42号,
2020-12-31,到位,阳坡垴,省级,46,,
2020-12-31,到位,阳坡垴,市级,23,,
2021-12-31,到位,南煤,省级,72,,
2021-12-31,到位,南煤,市级,36,,
2021-12-31,到位,锦隆,省级,43,,
2021-12-31,到位,锦隆,市级,21.5,,
2021-12-31,到位,锦隆,区级,21.5,,
2022-12-31,到位,晋东一,省级,64,,
2022-12-31,到位,晋东一,市级,32,,
2022-12-31,到位,晋东一,区级,32,,
2022-12-31,到位,蔡西,省级,46,,
2022-12-31,到位,蔡西,市级,23,,
2022-12-31,到位,蔡西,区级,23,,
2022-12-31,到位,大垴沟,省级,35,,
2022-12-31,到位,大垴沟,市级,17.5,,
2022-12-31,到位,大垴沟,区级,17.5,,
2022-12-31,到位,蔡东,市级,14,,
2020-12-31,拨付,阳坡垴,省级,46,,
2020-12-31,拨付,阳坡垴,市级,23,,
2021-12-31,拨付,南煤,省级,72,,
2021-12-31,拨付,南煤,市级,36,,
2021-12-31,拨付,锦隆,省级,43,,
2021-12-31,拨付,锦隆,市级,21.5,,
2021-12-31,拨付,锦隆,区级,21.5,,
2022-12-31,拨付,晋东一、蔡西、大垴沟、蔡东,合计,96,,年末只公布四个项目的支出合计
2023-09-30,拨付,晋东一,省级,64,,截至评价日累计
2023-09-30,拨付,晋东一,市级,32,,截至评价日累计
2023-09-30,拨付,晋东一,区级,32,,截至评价日累计
2023-09-30,拨付,蔡西,省级,46,,截至评价日累计
2023-09-30,拨付,蔡西,市级,23,,截至评价日累计
2023-09-30,拨付,大垴沟,省级,35,,截至评价日累计
2023-09-30,拨付,大垴沟,市级,17.5,,截至评价日累计
2023-09-30,拨付,大垴沟,区级,15,,截至评价日累计
2023-09-30,拨付,蔡东,市级,14,,截至评价日累计
"""
PROGRAMMES = tuple(
    Programme(name, f"{name}社区养老幸福工程")
    for name in ("阳坡垴", "南煤", "锦隆", "晋东一", "蔡西", "大垴沟", "蔡东")
)
CUTOFFS = (CutOff("年末", date(2022, 12, 31)), CutOff("评价日", date(2023, 9, 30)))
BASE = ExecutionBase(FundStage.DISBURSED, FundStage.ARRIVED, "财预〔2020〕10号附件2")

Result = tuple[Figures, tuple[Finding, ...]]


@pytest.fixture(scope="module")
def result() -> Result:
    ledger, found = read_ledger("funds.csv", LEDGER.encode("utf-8-sig"))
    assert found == ()
    return fund_figures(ledger, PROGRAMMES, CUTOFFS, BASE)


@pytest.mark.parametrize(
    ("figure", "printed"),
    [
        ("资金.年初预算", "626.00万元"),
        ("资金.到位", "567.00万元"),
        ("资金.拨付@年末", "359.00万元"),
        ("资金.结余@年末", "208.00万元"),
        ("资金.拨付", "541.50万元"),
        ("资金.结余", "25.50万元"),
        ("资金.未到位", "59.00万元"),
        ("资金.年初预算.省级", "306.00万元"),
        ("资金.年初预算.市级", "167.00万元"),
        ("资金.年初预算.区级", "153.00万元"),
        ("资金.到位.省级", "306.00万元"),
        ("资金.到位.市级", "167.00万元"),
        ("资金.到位.区级", "94.00万元"),
        ("资金.拨付.省级@评价日", "306.00万元"),
        ("资金.拨付.市级@评价日", "167.00万元"),
        ("资金.拨付.区级@评价日", "68.50万元"),
        ("资金.未到位.阳坡垴.区级", "23.00万元"),
        ("资金.未到位.南煤.区级", "36.00万元"),
        ("资金.结余.蔡西.区级", "23.00万元"),
        ("资金.结余.大垴沟.区级", "2.50万元"),
        ("资金.拨付.大垴沟", "67.50万元"),
        ("资金.拨付.南煤@年末", "108.00万元"),
        ("资金.到位率", "90.58%"),
        ("资金.预算执行率@年末", "63.32%"),
        ("资金.预算执行率", "95.50%"),
        ("资金.执行率按年初预算@年末", "57.35%"),
    ],
)
def test_table_1_comes_out_of_the_rows(result: Result, figure: str, printed: str) -> None:
    figures, _ = result
    assert display(figures[figure]) == printed


@pytest.mark.parametrize("figure", ["资金.拨付.省级@年末", "资金.拨付.蔡西@年末", "资金.结余.区级@年末"])
def test_what_the_year_end_total_does_not_itemise_has_no_value(result: Result, figure: str) -> None:
    figures, _ = result
    assert figures[figure].value is None


def test_a_note_says_how_much_is_known_only_as_a_total_and_when(result: Result) -> None:
    _, found = result
    assert [(finding.code, finding.severity, finding.place.line) for finding in found] == [("F206", Severity.NOTE, 45)]
    assert found[0].found.startswith("截至2022年12月31日，拨付有96万元只有合计")


def test_a_total_rests_on_its_rows_and_on_the_statement_while_it_counts(result: Result) -> None:
    figures, _ = result
    lines = [source.line for source in figures["资金.拨付@年末"].sources]
    assert lines == [38, 39, 40, 41, 42, 43, 44, 45]
    assert 45 not in [source.line for source in figures["资金.拨付"].sources]
    first = figures["资金.拨付@年末"].sources[0]
    assert (first.file, first.text) == ("funds.csv", "2020年12月31日，阳坡垴省级拨付，46万元")


def test_entries_that_exceed_the_statement_contradict_it() -> None:
    text = LEDGER.replace("2023-09-30,拨付,晋东一", "2022-06-30,拨付,晋东一")
    ledger, _ = read_ledger("funds.csv", text.encode())
    _, found = fund_figures(ledger, PROGRAMMES, CUTOFFS, BASE)
    errors = [finding for finding in found if finding.code == "F204"]
    assert [finding.found for finding in errors] == ["截至2022年12月31日的拨付合计行为96万元，分录之和为128万元"]
