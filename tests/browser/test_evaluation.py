"""A whole evaluation in the browser: from an empty dossier to the report, by three people, a commenting party and nobody else.

The lead (主评人) sets up and approves, the evaluator collects, judges and writes, the reviewer checks, the department comments. They take
turns as they do in life; each works with a browser of their own and never sees what the role does not open.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from tests.browser.conftest import LEAD, STRANGER
from tests.browser.people import Seat
from tests.web.test_access import OF_DOSSIERS

pytestmark = pytest.mark.browser

NAME = "青溪县社区助餐补助项目"
FACTS = {
    "项目名称": NAME,
    "辖区": "青溪县",
    "委托单位": "青溪县财政局",
    "主管部门": "青溪县民政局",
    "评价机构": "青溪绩效评价中心",
    "报告日期": "2026-03-20",
}
TASKS = (
    ("内容", "计划数", "完成数", "达标数", "计划完成日期", "实际完成日期", "计划成本（元）", "实际成本（元）", "备注"),
    ("新建助餐点", 10, 10, 9, "2025-10-31", "2025-10-20", 600_000, 580_000, ""),
    ("改造助餐点", 8, 8, 8, "2025-11-30", "2025-12-10", 240_000, 240_000, "晚了十天"),
)
LEDGER = (
    ("日期", "环节", "项目", "层级", "金额（元）"),
    ("2025-01-20", "年初预算", "示例子项目", "区级", 900_000),
    ("2025-03-10", "到位", "示例子项目", "区级", 900_000),
    ("2025-11-05", "拨付", "示例子项目", "区级", 720_000),
)
RULES = "管理制度健全性"
ANALYSIS = "补助办法已经印发，但没有写明助餐点停业后补助怎样收回。"
PROBLEM = "补助资金没有收回的办法"
ADVICE = "补写停业收回的条款"
SUMMARY = "本县社区助餐补助资金到位，助餐点建成开放，补助收回的办法还要补写。"
REMARK = "收回办法已在起草，请写进整改。"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOT_FOR_COMMENTERS = {"工作底稿", "历史", "成员"}


def test_three_people_make_an_evaluation_and_nobody_else_sees_it(seats: Callable[[str], Seat]) -> None:
    lead, evaluator, reviewer, department = (seats(name) for name in (LEAD, "李评价", "王复核", "县民政局"))
    begin(lead)
    evaluator.come_in(invited(lead, "评价人员"), "项目经理")
    reviewer.come_in(invited(lead, "复核人"), "质量负责人")
    collect(evaluator)
    weigh(evaluator)
    judge(evaluator)
    write(evaluator)
    sign(evaluator, reviewer, lead)
    find(evaluator)
    consult(lead, evaluator, department)
    report(lead, department)
    nobody_else(lead.key(), seats(STRANGER), seats("没有登录的人"))


def begin(lead: Seat) -> None:
    """An empty dossier, named in its workbook."""
    lead.log_in()
    lead.page.get_by_text("还没有档案").wait_for()
    lead.page.get_by_role("link", name="新建或导入").click()
    lead.page.get_by_label("评价年度").fill("2025")
    lead.press("新建")
    lead.told("已新建档案")
    lead.go("指标体系")
    book = load_workbook(BytesIO(lead.download("导出 Excel")))
    for row in book["项目信息"].iter_rows(min_row=2):
        if row[0].value in FACTS:
            row[1].value = FACTS[row[0].value]
    lead.page.get_by_label("填好的工作簿").set_input_files(sheet("填报工作簿.xlsx", book))
    lead.press("上传并并入")
    lead.told("已并入工作簿")
    lead.go("首页")
    lead.page.get_by_role("heading", name=NAME).wait_for()
    lead.clean()


def sheet(name: str, book: Workbook) -> dict[str, str | bytes]:
    """A workbook as a file for an input."""
    content = BytesIO()
    book.save(content)
    return {"name": name, "mimeType": XLSX, "buffer": content.getvalue()}


def table(name: str, rows: tuple[tuple[object, ...], ...]) -> dict[str, str | bytes]:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    return sheet(name, book)


def invited(lead: Seat, role: str) -> str:
    """A link for somebody in that role."""
    lead.go("成员")
    lead.page.get_by_label("角色", exact=True).select_option(role)
    lead.press("生成邀请链接")
    return lead.page.get_by_label("链接").input_value()


def collect(evaluator: Seat) -> None:
    """The list of tasks and the ledger as files, and a piece of evidence."""
    evaluator.go("数据")
    evaluator.page.get_by_label("给“产出明细”的文件").set_input_files(table("任务清单.xlsx", TASKS))
    evaluator.page.locator("tr", has_text="产出明细").get_by_role("button", name="上传").click()
    evaluator.page.get_by_text("合格 2 行").wait_for()
    evaluator.clean()
    evaluator.press("收下 2 行")
    evaluator.told("已收 2 行")
    evaluator.go("资金")
    evaluator.page.get_by_label("文件（xlsx、xls 或 csv）").set_input_files(table("台账.xlsx", LEDGER))
    evaluator.press("上传")
    evaluator.told("已收 3 行")
    evaluator.page.get_by_text("720,000.00").first.wait_for()
    evaluator.clean()


def weigh(evaluator: Seat) -> None:
    """Two weights change places in the sum, and an indicator moves by keyboard to another parent and back."""
    evaluator.go("指标体系")
    page = evaluator.page
    page.get_by_label("实际完成率的分值，分").fill("10")
    page.get_by_text("多").or_(page.get_by_text("少 2 分")).first.wait_for()
    page.get_by_label("质量达标率的分值，分").fill("14")
    for name, weight in (("产出数量", "10"), ("产出质量", "14")):
        page.get_by_label(f"{name}的分值，分").fill(weight)
    page.get_by_role("button", name="升一级 质量达标率").press("Enter")
    page.get_by_text("“质量达标率”移到了“产出”下，保存后生效。").wait_for()
    page.get_by_role("button", name="降一级 质量达标率").press("Enter")
    evaluator.press("保存")
    evaluator.told("已修改指标体系")
    assert page.locator("[data-total]").inner_text() == "100"
    assert page.get_by_label("质量达标率的分值，分").input_value() == "14"
    evaluator.clean()


def judge(evaluator: Seat) -> None:
    """Every indicator that waits for a judgement gets the best that its standard can give, but for the rules, which lack something."""
    evaluator.go("评分")
    page = evaluator.page
    page.get_by_role("link", name="未评判").click()
    page.locator("main tbody th a").first.click()
    while page.locator("form[data-save]").count():
        name = page.locator("h1").inner_text()
        for number, question in enumerate(page.locator("form[data-save] .choices").all()):
            lacking = name == RULES and number == 0
            radios = question.get_by_role("radio")
            (radios.last if lacking else radios.first).check()
        for reason in page.locator("form[data-save]").get_by_label("理由", exact=True).all():
            reason.fill("没有收回补助的条款。" if name == RULES else "查阅文件和凭证，与要求相符。")
        for coefficient in page.get_by_label("档内系数").all():
            coefficient.fill("0.9")
        evaluator.press("保存并到下一项")
        evaluator.told(f"已保存“{name}”的评判。")
    page.get_by_text("没有符合条件的指标").wait_for()


def write(evaluator: Seat) -> None:
    """The paper of what lacks something: evidence, the analysis with a number that was picked, and the number of the paper."""
    evaluator.go("工作底稿")
    page = evaluator.page
    page.get_by_role("link", name=RULES, exact=True).click()
    document = {"name": "补助办法.txt", "mimeType": "text/plain", "buffer": "补助办法（试行）".encode()}
    page.get_by_label("把文件拖到这里，或选择文件").set_input_files(document)
    page.get_by_label("文号").fill("青民发〔2025〕3号")
    evaluator.press("收入")
    page.get_by_label("补助办法").check()
    page.get_by_label("评价分析").fill(ANALYSIS)
    page.get_by_label("编号或名称").fill("到位率")
    page.locator("[data-found] a").first.click()
    page.locator("[data-shown]", has_text="100.00%").wait_for()
    page.get_by_label("索引号").fill("B-04")
    evaluator.press("保存")
    evaluator.told("已保存底稿")
    evaluator.clean()


def sign(evaluator: Seat, reviewer: Seat, lead: Seat) -> None:
    """Prepared, checked and approved by three people, one after the other; what is signed is locked."""
    address = evaluator.page.url
    for seat, step, others in ((evaluator, "编制", (lead,)), (reviewer, "复核", (evaluator, lead)), (lead, "批准", ())):
        seat.watched.open(address)
        seat.press(f"{step}签字")
        seat.told(f"已{step}签字。")
        assert seat.page.get_by_label("评价分析").count() == 0
        for other in others:
            other.watched.open(address)
            wait = "批准签字" if other is lead and step == "复核" else None
            shown = [each for each in other.page.get_by_role("button").all_inner_texts() if each.endswith("签字")]
            assert [each for each in shown if "撤回" not in each] == ([wait] if wait else [])
    signatures = lead.page.locator(".track").inner_text()
    assert all(seat.name in signatures for seat in (evaluator, reviewer, lead))
    lead.clean()


def find(evaluator: Seat) -> None:
    """What was deducted becomes a problem with evidence and advice; the one that stood in the template goes."""
    evaluator.go("问题与整改")
    page = evaluator.page
    page.get_by_role("link", name="新增问题").click()
    page.get_by_label("问题（一句话）").fill(PROBLEM)
    page.get_by_label("事实").fill("办法没有写明助餐点停业后补助怎样收回。")
    page.get_by_label("原因").fill("起草时没有征求财政部门意见。")
    page.get_by_label(RULES).check()
    page.get_by_role("group", name="佐证").get_by_label("补助办法").check()
    page.get_by_text("新增一条建议").click()
    page.get_by_label("建议（一句话）").last.fill(ADVICE)
    page.get_by_label("内容").last.fill("三个月内补写停业收回补助的条款。")
    page.get_by_label("对谁建议").last.fill("县民政局")
    page.get_by_label("整改措施").fill("修订补助办法。")
    page.get_by_label("责任单位").last.fill("县民政局")
    page.get_by_label("期限").fill("2026-06-30")
    evaluator.press("保存")
    page.get_by_role("link", name=PROBLEM).wait_for()
    page.locator("article", has_text="各项指标尚未评判").get_by_role("link").first.click()
    page.get_by_text("删去这个问题").click()
    evaluator.press("删去")
    page.get_by_role("heading", name="问题与整改").wait_for()
    assert page.locator("article", has_text="各项指标尚未评判").count() == 0
    evaluator.clean()


def consult(lead: Seat, evaluator: Seat, department: Seat) -> None:
    """The department sees what it is asked about and comments; it is answered."""
    department.come_in(invited(lead, "被征求意见方"), "科长", "青溪县民政局")
    assert set(lead.screens()) - set(department.screens()) >= NOT_FOR_COMMENTERS
    for title in department.screens():
        department.go(title)
        department.clean()
    department.go("征求意见")
    department.page.get_by_label("位置").select_option(f"问题：{PROBLEM}")
    department.page.get_by_label("意见", exact=True).fill(REMARK)
    department.press("提交")
    department.told("意见已提交")
    evaluator.go("征求意见")
    evaluator.page.get_by_text("答复", exact=True).click()
    evaluator.page.get_by_label("采纳", exact=True).check()
    evaluator.page.get_by_label("答复或理由").fill("已写进整改措施。")
    evaluator.press("保存")
    department.go("征求意见")
    department.page.get_by_text("已写进整改措施。").wait_for()


def summarise(lead: Seat) -> None:
    """The summary, in the file to which a check leads."""
    lead.go("报告")
    told = lead.page.locator(".panel li", has_text="chapters/summary.md").first
    told.get_by_role("link", name="打开文件").click()
    lead.page.get_by_text("直接修改这个文件").click()
    lead.page.get_by_label("chapters/summary.md", exact=True).fill(SUMMARY)
    lead.press("保存")
    lead.page.locator("ol.source", has_text=SUMMARY[:10]).wait_for()
    lead.clean()


def report(lead: Seat, department: Seat) -> None:
    """The report as a Word file has what all of them put in; the department may not have what leads to persons."""
    summarise(lead)
    lead.go("报告")
    lead.press("写出报告")
    lead.page.get_by_role("link", name="Word").wait_for(timeout=120_000)
    with ZipFile(BytesIO(lead.download("Word"))) as document:
        text = document.read("word/document.xml").decode()
    for words in (NAME, "青溪县民政局", ANALYSIS[:20], SUMMARY, PROBLEM, ADVICE, "青民发〔2025〕3号", "到位率", "B-04"):
        assert words in text, words
    assert "尚未评判" not in text
    lead.clean()
    department.go("报告")
    assert department.page.locator("main td a").all_inner_texts() == ["Word", "PDF"]


def nobody_else(key: str, stranger: Seat, nobody: Seat) -> None:
    """Somebody with an account and no role, and somebody without an account, see nothing: no screen, no file, no call."""
    stranger.log_in()
    for address in ("/", "/jobs/", "/compare/", "/review/", "/audit/"):
        stranger.page.goto(address)
        assert NAME not in stranger.page.content(), address
    real = [f"/d/{key}/{rest}" for rest in ("report/1/docx/", "report/1/pdf/", f"papers/{RULES}/", "evidence/E03/")]
    filled = [route.replace("<str:key>", key).replace("<path:", "<str:") for route, _ in OF_DOSSIERS]
    for address in (*real, *(f"/{route}" for route in filled if "<" not in route)):
        answer = stranger.page.request.get(address)
        assert answer.status == 404, address
        assert NAME not in answer.text(), address
        asked = nobody.page.request.get(address, max_redirects=0)
        assert asked.status == 302, address
        assert asked.headers["location"].startswith("/account/login/"), address
    stranger.watched.open("/tokens/")
    stranger.page.get_by_label("用途").fill("试探")
    stranger.press("新建")
    bearer = {"Authorization": f"Bearer {stranger.page.get_by_label('令牌').input_value()}"}
    mine = stranger.page.request.get("/api/v1/dossiers", headers=bearer)
    assert mine.ok
    assert key not in mine.text()
    for rest in ("", "/findings", "/files", "/revisions", "/export", "/figures/资金.到位率"):
        for seat, headers, status in ((stranger, bearer, 404), (nobody, {}, 401)):
            answer = seat.page.request.get(f"/api/v1/dossiers/{key}{rest}", headers=headers)
            assert answer.status == status, (rest, seat.name)
            assert NAME not in answer.text()
