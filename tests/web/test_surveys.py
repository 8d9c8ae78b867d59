"""The survey desk: questionnaires written, links given out, paper typed in, and answers taken into the dossier."""

import pytest
from django.test import Client
from tests.web.conftest import EXAMPLES, browser
from tests.web.forms import told_in_place

from hengji.model.survey import Questionnaire
from hengji.storage.folder import read_folder
from hengji.storage.text import parse
from hengji.web import store
from hengji.web.models import Dossier, Event, LinkKind, SurveyAnswer, SurveyLink
from hengji.web.roles import Role

SURVEY = "机构满意度"


@pytest.fixture
def boshan(db: None) -> Dossier:
    """The Boshan example, with two questionnaires."""
    files, _ = read_folder(EXAMPLES / "boshan-2021")
    return store.create(files, "主评人", "导入档案")


@pytest.fixture
def desk(boshan: Dossier) -> Client:
    return browser(boshan, Role.EVALUATOR)


def address(dossier: Dossier, *parts: str) -> str:
    return "/".join((f"/d/{dossier.key}/surveys", *parts, ""))


def survey(dossier: Dossier, name: str = SURVEY) -> Questionnaire:
    dossier.refresh_from_db()
    parsed = parse(store.files_of(dossier.head)).dossier
    assert parsed is not None
    return next(each for each in parsed.surveys if each.id == name)


def page(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def link(dossier: Dossier, kind: LinkKind = LinkKind.OPEN) -> SurveyLink:
    return SurveyLink.objects.create(dossier=dossier, survey=SURVEY, kind=kind)


def answers(to: SurveyLink, many: int) -> None:
    given = {"题1": "不了解", "题3": "不及时", "题4": "不满意", "题5": "不满意", "题6": "<b>再早一点</b>"}
    SurveyAnswer.objects.bulk_create(SurveyAnswer(link=to, answers=given) for _ in range(many))


def test_the_list_shows_what_is_counted_and_what_waits(boshan: Dossier, desk: Client) -> None:
    answers(link(boshan), 3)
    told = page(desk, address(boshan))
    assert told.count("data-row") == 2
    assert '<span class="tag note">3</span>' in told
    assert "新建问卷" not in page(browser(boshan, Role.READER), address(boshan))


def test_the_tally_counts_what_is_in_the_dossier_and_what_came_in(boshan: Dossier, desk: Client) -> None:
    """题1: 3 of 100, 3 of 50, 1 of 0 in the file; with three more of 0 it is 450 of 10."""
    before = page(desk, address(boshan, SURVEY, "tally"))
    assert "综合 64.29" in before
    assert "data-busy" not in before
    answers(link(boshan), 3)
    after = page(desk, address(boshan, SURVEY, "tally"))
    assert "综合 45.00" in after
    assert "有效 <b>10</b> 份（其中 3 份还没有并入档案）" in after
    assert "样本偏小" in after
    assert "&lt;b&gt;再早一点" in after
    assert "data-busy" in after


def test_who_may_not_read_persons_does_not_read_words(boshan: Dossier) -> None:
    answers(link(boshan), 1)
    assert "再早一点" not in page(browser(boshan, Role.READER), address(boshan, SURVEY))


def test_answers_are_taken_in_once_by_a_commit(boshan: Dossier, desk: Client) -> None:
    answers(link(boshan), 3)
    base = {"base": boshan.head}
    assert desk.post(address(boshan, SURVEY, "take"), base).status_code == 302
    changed = survey(boshan)
    assert (changed.returned, changed.valid) == (10, 10)
    assert "题1,不了解,4\n" in store.files_of(boshan.head)[f"surveys/{SURVEY}.csv"].decode()
    assert not SurveyAnswer.objects.filter(taken=False).exists()
    head = boshan.head
    assert "没有等待并入" in desk.post(address(boshan, SURVEY, "take"), follow=True).content.decode()
    boshan.refresh_from_db()
    assert boshan.head == head
    assert Event.objects.filter(what__contains="3份答卷").exists()


def test_answers_are_not_marked_when_another_changed_the_questionnaire(boshan: Dossier, desk: Client) -> None:
    answers(link(boshan), 3)
    base = boshan.head
    path = f"surveys/{SURVEY}.yaml"
    text = store.files_of(base)[path].replace("不记名".encode(), "记名".encode())
    store.commit(boshan, base, {path: text}, "别人", "改问卷")
    assert desk.post(address(boshan, SURVEY, "take"), {"base": base}).status_code == 409
    assert SurveyAnswer.objects.filter(taken=False).count() == 3


def test_links_are_made_closed_and_opened(boshan: Dossier, desk: Client) -> None:
    desk.post(address(boshan, SURVEY, "links"), {"kind": "人人可答"})
    made = SurveyLink.objects.get()
    assert f"/s/{made.key}/" in page(desk, address(boshan, SURVEY))
    for now in (False, True):
        desk.post(address(boshan, SURVEY, "links", str(made.pk), "switch"))
        made.refresh_from_db()
        assert made.open is now


def test_links_for_one_answer_each_are_made_and_closed_together(boshan: Dossier, desk: Client) -> None:
    desk.post(address(boshan, SURVEY, "links"), {"kind": "一人一答", "count": "30"})
    first = SurveyLink.objects.filter(kind=LinkKind.ONCE).order_by("pk")[0]
    answers(first, 1)
    assert "共 30 个，已答 1 个" in page(desk, address(boshan, SURVEY))
    desk.post(address(boshan, SURVEY, "links", str(first.pk), "switch"))
    assert not SurveyLink.objects.filter(open=True).exists()


@pytest.mark.parametrize("count", ["", "0", "201", "-1", "一百", "9" * 30])
def test_a_count_of_links_that_cannot_be_is_refused(boshan: Dossier, desk: Client, count: str) -> None:
    answer = desk.post(address(boshan, SURVEY, "links"), {"kind": "一人一答", "count": count}, follow=True)
    assert "没有生成链接" in answer.content.decode()
    assert not SurveyLink.objects.exists()


def test_a_card_has_the_code_and_the_address(boshan: Dossier, desk: Client) -> None:
    made = link(boshan)
    told = page(desk, address(boshan, SURVEY, "links", str(made.pk)))
    assert told.count("<svg") == 1
    assert f"http://testserver/s/{made.key}/" in told
    SurveyLink.objects.bulk_create(SurveyLink(dossier=boshan, survey=SURVEY, kind=LinkKind.ONCE) for _ in range(30))
    once = SurveyLink.objects.filter(kind=LinkKind.ONCE)[0]
    many = desk.get(address(boshan, SURVEY, "links", str(once.pk)))
    assert many.content.count(b"<svg") == 24
    assert len(many.content) < 200 * 1024
    assert page(desk, address(boshan, SURVEY, "links", str(once.pk)) + "?page=2").count("<svg") == 6


def test_a_link_of_another_dossier_is_not_found(boshan: Dossier, desk: Client) -> None:
    other = store.create(store.files_of(boshan.head), "别人", "导入档案")
    foreign = link(other)
    assert desk.get(address(boshan, SURVEY, "links", str(foreign.pk))).status_code == 404
    assert desk.post(address(boshan, SURVEY, "links", str(foreign.pk), "switch")).status_code == 404


def sheet(number: str, *digits: str) -> dict[str, str]:
    return {"sheet": number} | {f"q-题{at}": digit for at, digit in zip((1, 3, 4, 5), digits, strict=True)}


def test_a_paper_sheet_is_typed_by_digits_and_the_next_number_comes(boshan: Dossier, desk: Client) -> None:
    where = address(boshan, SURVEY, "sheets")
    assert 'name="sheet" inputmode="numeric" value="1"' in page(desk, where)
    answer = desk.post(where, sheet("12", "1", "3", "0", "2"), follow=True).content.decode()
    assert "第12号已录入" in answer
    assert 'value="13"' in answer
    kept = SurveyAnswer.objects.get()
    assert kept.answers == {"题1": "非常了解", "题3": "不及时", "题5": "满意"}
    assert kept.entered_by is not None
    assert kept.link.kind == LinkKind.PAPER


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (sheet("1", "4", "1", "1", "1"), "没有“4”这个选项"),
        (sheet("1", "1", "", "1", "1"), "填选项的序号；没有作答的填0"),
        (sheet("1", "0", "0", "0", "0"), "整份都没有作答"),
        (sheet("前面", "1", "1", "1", "1"), "“前面”不是正整数"),
        (sheet("", "1", "1", "1", "1"), "不是正整数"),
    ],
)
def test_a_mistyped_sheet_is_told_in_place(boshan: Dossier, desk: Client, given: dict[str, str], told: str) -> None:
    answer = desk.post(address(boshan, SURVEY, "sheets"), given | {"q-题6": "写好的话"})
    if "整份" in told:
        answer = desk.post(address(boshan, SURVEY, "sheets"), given)
    else:
        assert "写好的话" in answer.content.decode()
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_the_list_of_faults_names_the_questions(boshan: Dossier, desk: Client) -> None:
    page = desk.post(address(boshan, SURVEY, "sheets"), sheet("零", "", "9", "1", "1")).content.decode()
    assert list(told_in_place(page)) == ["sheet", "at-题1", "at-题3"]
    assert '<a href="#at-题1">题1：填选项的序号；没有作答的填0</a>' in page


def test_a_number_is_typed_once_until_it_is_dropped(boshan: Dossier, desk: Client) -> None:
    where = address(boshan, SURVEY, "sheets")
    desk.post(where, sheet("3", "1", "1", "1", "1"))
    again = desk.post(where, sheet("03", "2", "2", "2", "2"))
    assert again.status_code == 422
    assert "第3号已经录入过" in again.content.decode()
    assert desk.post(address(boshan, SURVEY, "sheets", "3", "drop")).status_code == 302
    assert desk.post(where, sheet("3", "2", "2", "2", "2")).status_code == 302
    SurveyAnswer.objects.update(taken=True)
    assert desk.post(address(boshan, SURVEY, "sheets", "3", "drop")).status_code == 404


def head(**more: str) -> dict[str, str]:
    return {"title": "家属满意度调查表", "respondents": "入住老人的家属", "method": "电话访问", **more}


def question(number: int, text: str, options: str, **more: str) -> dict[str, str]:
    row = {"id": "", "text": text, "topic": "", "weight": "1", "options": options} | more
    return {f"{name}-{number}": value for name, value in row.items()}


def test_a_questionnaire_is_begun_and_written(boshan: Dossier, desk: Client) -> None:
    begun = desk.post(address(boshan), {"base": boshan.head, "id": "家属满意度", **head()})
    assert begun.headers["Location"] == desk.get(begun.headers["Location"]).wsgi_request.get_full_path()
    given = head(introduction="您好。\r\n请如实选。", population="300", sent="")
    given |= question(0, "护理您满意吗？", "满意 100\r\n一般 50\r\n不满意 0", weight="2", topic="护理")
    given |= question(1, "还有什么意见？", "")
    where = address(boshan, "家属满意度", "edit")
    assert desk.post(where, given).status_code == 302
    written = survey(boshan, "家属满意度")
    assert [each.id for each in written.questions] == ["题1", "题2"]
    assert [(each.label, int(each.value)) for each in written.questions[0].options] == [
        ("满意", 100),
        ("一般", 50),
        ("不满意", 0),
    ]
    assert written.population == 300
    assert written.sent is None
    assert written.introduction == "您好。\n请如实选。"
    assert 'value="电话访问"' in page(desk, where)


@pytest.mark.parametrize("name", ["", "../甲", "甲/乙", "甲.yaml", SURVEY, "长" * 31])
def test_a_name_that_cannot_be_a_file_or_is_taken_begins_nothing(boshan: Dossier, desk: Client, name: str) -> None:
    before = boshan.head
    answer = desk.post(address(boshan), {"id": name, "title": "写好的标题", "respondents": "老人"})
    assert answer.status_code == 422
    assert set(told_in_place(answer.content.decode())) == {"id"}
    assert "写好的标题" in answer.content.decode()
    boshan.refresh_from_db()
    assert boshan.head == before


def test_editing_keeps_what_the_form_does_not_show(boshan: Dossier, desk: Client) -> None:
    where = address(boshan, SURVEY, "edit")
    told = page(desk, where)
    assert "已经有人答过" in told
    before = survey(boshan)
    given = head(title="新的标题") | {"base": boshan.head}
    for number, each in enumerate(before.questions):
        options = "\n".join(f"{option.label} {option.value}" for option in each.options)
        given |= question(number, each.text, options, id=each.id, topic=each.topic)
    assert desk.post(where, given).status_code == 302
    after = survey(boshan)
    assert after.title == "新的标题"
    assert after.questions == before.questions
    assert (after.responses, after.valid) == (before.responses, before.valid)


def test_one_more_question_keeps_what_is_written_and_saves_nothing(boshan: Dossier, desk: Client) -> None:
    before = boshan.head
    given = head() | question(0, "伙食好吗？", "好 100\n差 0") | {"more": "1"}
    told = desk.post(address(boshan, SURVEY, "edit"), given).content.decode()
    assert "伙食好吗？" in told
    assert 'name="text-1"' in told
    boshan.refresh_from_db()
    assert boshan.head == before


def test_all_faults_of_a_draft_are_told_together(boshan: Dossier, desk: Client) -> None:
    given = head(title=" ", population="许多")
    given |= question(0, "甲？", "好 100\n好 0")
    given |= question(1, "乙？", "只有一个 100")
    given |= question(2, "丙？", "好 101\n差 0", weight="NaN")
    given |= question(3, "丁？", "=1+1 100\n差 0")
    answer = desk.post(address(boshan, SURVEY, "edit"), given)
    assert answer.status_code == 422
    told = answer.content.decode()
    for fault in (
        "没有写标题",
        "“许多”不是整数",
        "有两个选项一样",
        "有1个选项",
        "“好 101”读不懂",
        "权重“NaN”",
        "“=1+1 100”读不懂",
    ):
        assert fault in told
