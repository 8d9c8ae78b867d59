"""The scoring queue: what stands in it, what a judge may write, and what is refused in place."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from hengji.model.indicator import SigningStep, Verdict, WorkingPaper
from hengji.storage.text import paper_path, paper_text, parse
from hengji.web import store
from hengji.web.models import Dossier
from hengji.web.projections import projected, refresh
from hengji.web.roles import Role
from hengji.web.scores import project
from hengji.work.signing import Hand, sign

ELEMENTS = "绩效指标明确性"
CHOSEN = "服务对象满意度"
COMPUTED = "资金到位率"
OVERRIDDEN = "档案资料完整性"


def papers(dossier: Dossier) -> dict[str, WorkingPaper]:
    dossier.refresh_from_db()
    parsed = parse(store.files_of(dossier.head)).dossier
    assert parsed is not None
    return {paper.indicator: paper for paper in parsed.papers}


def address(dossier: Dossier, indicator: str = "") -> str:
    return f"/d/{dossier.key}/scoring/" + (f"{indicator}/" if indicator else "")


def typed(dossier: Dossier, **fields: str) -> dict[str, str]:
    return {"base": dossier.head, "by": "评价组", "on": "2026-03-05", **fields}


def elements(*words: str, **more: str) -> dict[str, str]:
    given = {f"element-{number}": word for number, word in enumerate(words)}
    return given | {f"element-{number}-reason": "核对了申报表" for number in range(len(words))} | more


@pytest.fixture
def judge(people: dict[Role, Client]) -> Client:
    return people[Role.EVALUATOR]


def test_the_queue_shows_every_leaf_with_its_state(dossier: Dossier, judge: Client) -> None:
    page = judge.get(address(dossier)).content.decode()
    assert page.count("data-row") == 18
    assert "自动计算" in page
    assert "人工改分 <b>4</b>" in page


def test_the_queue_is_filtered(dossier: Dossier, judge: Client) -> None:
    page = judge.get(address(dossier), {"only": "overridden"}).content.decode()
    assert page.count("data-row") == 4
    assert OVERRIDDEN in page
    assert "没有符合条件的指标" in judge.get(address(dossier), {"only": "unjudged"}).content.decode()
    assert judge.get(address(dossier), {"only": "<script>"}).status_code == 200


def test_the_queue_answers_without_evaluating_again(dossier: Dossier) -> None:
    first = projected(dossier, "scoring", project)

    def never(_: object) -> dict[str, object]:
        raise AssertionError("evaluated again")

    assert projected(dossier, "scoring", never) == first


def test_what_is_kept_of_the_queue_is_of_one_version_and_of_who_may_see_it(
    dossier: Dossier, people: dict[Role, Client], judge: Client
) -> None:
    at = address(dossier)
    papers_at = f"/d/{dossier.key}/papers/"
    assert [judge.get(at).content.decode().count(f'"{papers_at}') > 1 for _ in range(2)] == [True, True]
    assert f'"{papers_at}' not in people[Role.READER].get(at).content.decode()
    page = judge.get(at).content.decode()
    judge.post(address(dossier, CHOSEN), typed(dossier, score="8", reason="抽样有限"))
    before = dossier.head
    dossier.refresh_from_db()
    assert dossier.head != before
    assert judge.get(at).content.decode() != page


def test_a_page_shows_standard_evidence_figures_and_reason(dossier: Dossier, judge: Client) -> None:
    page = judge.get(address(dossier, COMPUTED)).content.decode()
    assert "按“分档”计算" in page
    assert "可得 <b>0、2、3、4分</b>" in page
    assert f"/d/{dossier.key}/figures/%E8%B5%84%E9%87%91.%E5%88%B0%E4%BD%8D%E7%8E%87/" in page
    assert "不需要评判" in page
    assert 'name="element-0"' not in page


def test_the_form_asks_for_what_the_shape_asks(dossier: Dossier, judge: Client) -> None:
    page = judge.get(address(dossier, ELEMENTS)).content.decode()
    assert page.count('type="radio"') == 6
    assert 'name="score"' not in page
    assert 'name="score"' in judge.get(address(dossier, CHOSEN)).content.decode()


def test_a_judgement_is_saved_in_the_paper_and_the_next_is_opened(dossier: Dossier, judge: Client) -> None:
    before = papers(dossier)[ELEMENTS]
    given = typed(dossier, **elements("符合", "不符合", "符合", **{"element-1-evidence": "E01，E02"}))
    answer = judge.post(address(dossier, ELEMENTS), given)
    assert answer.status_code == 302
    assert answer.headers["Location"] != address(dossier, ELEMENTS)
    paper = papers(dossier)[ELEMENTS]
    assert paper.judgement is not None
    assert [each.verdict for each in paper.judgement.elements] == [Verdict.MET, Verdict.MISSED, Verdict.MET]
    assert paper.judgement.elements[1].evidence == ("E01", "E02")
    assert paper.judgement.on == date(2026, 3, 5)
    assert paper.analysis == before.analysis
    assert projected(dossier, "scoring", project)["leaves"][ELEMENTS]["awarded"] == "3.00"


def test_only_the_paper_is_written(dossier: Dossier, judge: Client) -> None:
    before = store.manifest_of(dossier.head)
    judge.post(address(dossier, CHOSEN), typed(dossier, score="8", reason="抽样有限"))
    dossier.refresh_from_db()
    after = store.manifest_of(dossier.head)
    assert [path for path in after if after[path] != before.get(path)] == [paper_path(CHOSEN)]


def test_an_element_without_a_verdict_is_told_in_place_and_the_rest_is_kept(dossier: Dossier, judge: Client) -> None:
    given = typed(dossier, **elements("符合", "也许", "符合", **{"element-0-reason": "见第三页的分解表"}))
    answer = judge.post(address(dossier, ELEMENTS), given)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "选“符合”或“不符合”" in page
    assert "见第三页的分解表" in page
    assert "也许" not in store.files_of(dossier.head)[paper_path(ELEMENTS)].decode()


@pytest.mark.parametrize("score", ["11", "-1", "NaN", "1e400", "很多", "", "0.00000001"])
def test_a_score_that_the_standard_cannot_give_is_refused(dossier: Dossier, judge: Client, score: str) -> None:
    before = dossier.head
    answer = judge.post(address(dossier, CHOSEN), typed(dossier, score=score, reason="抽样有限"))
    assert answer.status_code == 422
    assert "抽样有限" in answer.content.decode()
    dossier.refresh_from_db()
    assert dossier.head == before


def test_unknown_evidence_and_a_missing_judge_are_told_together(dossier: Dossier, judge: Client) -> None:
    given = typed(dossier, **elements("符合", "符合", "符合", **{"element-2-evidence": "E99"})) | {
        "by": " ",
        "on": "昨天",
    }
    page = judge.post(address(dossier, ELEMENTS), given).content.decode()
    assert "佐证清单里没有“E99”" in page
    assert "没有写由谁评判" in page
    assert "“昨天”不是日期" in page


def test_an_override_needs_a_reason_and_a_person(dossier: Dossier, judge: Client) -> None:
    answer = judge.post(address(dossier, COMPUTED), typed(dossier, override_score="3"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "改分要写理由" in page
    assert "改分要写由谁决定" in page


def test_an_override_is_kept_with_reason_and_person_and_can_be_taken_back(dossier: Dossier, judge: Client) -> None:
    given = typed(dossier, override_score="3", override_reason="有一笔在途", override_by="主评人")
    assert judge.post(address(dossier, COMPUTED), given).status_code == 302
    override = papers(dossier)[COMPUTED].override
    assert override is not None
    assert (str(override.score), override.reason, override.by) == ("3", "有一笔在途", "主评人")
    assert judge.post(address(dossier, COMPUTED), typed(dossier)).status_code == 302
    assert papers(dossier)[COMPUTED].override is None


def test_an_override_above_the_weight_is_refused(dossier: Dossier, judge: Client) -> None:
    given = typed(dossier, override_score="5", override_reason="有一笔在途", override_by="主评人")
    answer = judge.post(address(dossier, COMPUTED), given)
    assert answer.status_code == 422
    assert "0～4分" in answer.content.decode()


def test_a_signed_paper_refuses_a_judgement(dossier: Dossier, judge: Client) -> None:
    signed = sign(papers(dossier)[CHOSEN], SigningStep.PREPARED, "评价人员", date(2026, 3, 1))
    assert isinstance(signed, WorkingPaper)
    store.commit(
        dossier, dossier.head, {paper_path(CHOSEN): paper_text(signed).encode()}, "评价人员", "签字", Hand.SIGNS
    )
    refresh(dossier)
    answer = judge.post(address(dossier, CHOSEN), typed(dossier, score="8", reason="抽样有限"))
    assert answer.status_code == 422
    assert "已由评价人员编制签字" in answer.content.decode()
    assert papers(dossier)[CHOSEN] == signed


def test_two_judges_of_one_paper_see_both_sides(dossier: Dossier, judge: Client) -> None:
    given = typed(dossier, score="8", reason="抽样有限")
    assert judge.post(address(dossier, CHOSEN), given).status_code == 302
    late = judge.post(address(dossier, CHOSEN), given | {"score": "7", "reason": "另有看法"})
    assert late.status_code == 409
    assert "另有看法" in late.content.decode()


def test_a_base_of_nothing_or_of_another_dossier_is_not_found(dossier: Dossier, judge: Client) -> None:
    other = store.create(store.files_of(dossier.head), "别人", "导入档案")
    for base in ("没有这一版", other.head):
        assert (
            judge.post(address(dossier, CHOSEN), typed(dossier, score="8", reason="好") | {"base": base}).status_code
            == 404
        )


def test_a_paper_that_could_not_be_read_whole_is_not_written_over(dossier: Dossier, judge: Client) -> None:
    path = paper_path(CHOSEN)
    text = store.files_of(dossier.head)[path].decode().replace("index_no:", "remark: 要留下的话\nindex_no:")
    store.commit(dossier, dossier.head, {path: text.encode()}, "评价人员", "改底稿")
    refresh(dossier)
    answer = judge.post(address(dossier, CHOSEN), typed(dossier, score="8", reason="抽样有限"))
    assert answer.status_code == 422
    assert "没有保存" in answer.content.decode()
    assert store.files_of(dossier.head)[path] == text.encode()


def test_a_reader_sees_scores_and_no_form(dossier: Dossier, people: dict[Role, Client]) -> None:
    page = people[Role.READER].get(address(dossier, CHOSEN)).content.decode()
    assert "只能查看" in page
    assert "<textarea" not in page
    assert people[Role.READER].post(address(dossier, CHOSEN), {}).status_code == 403


def test_an_unknown_indicator_is_not_found(dossier: Dossier, judge: Client) -> None:
    assert judge.get(address(dossier, "没有的指标")).status_code == 404
    assert judge.post(address(dossier, "没有的指标"), {}).status_code == 404


def test_figures_are_searched_and_traced(dossier: Dossier, judge: Client) -> None:
    found = judge.get(f"/d/{dossier.key}/figures/", {"q": "资金 到位率", "pick": "1"}).content.decode()
    assert 'data-figure="资金.到位率"' in found
    assert "<html" not in found
    known = judge.get(f"/d/{dossier.key}/figures/").context["found"]
    rate = next(each for each in known if each["id"] == "资金.到位率")
    assert rate in judge.get(f"/d/{dossier.key}/figures/", {"q": rate["display"]}).context["found"]
    page = judge.get(f"/d/{dossier.key}/figures/资金.到位率/").content.decode()
    assert "台账" in page
    assert judge.get(f"/d/{dossier.key}/figures/没有/").status_code == 404


def test_evidence_is_given_as_it_was_taken(dossier: Dossier, judge: Client) -> None:
    answer = judge.get(f"/d/{dossier.key}/evidence/E22/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.content == store.files_of(dossier.head)["evidence/E22-项目档案现场查阅记录.md"]
    assert judge.get(f"/d/{dossier.key}/evidence/E01/").status_code == 404


def test_a_paper_is_replaced_and_not_lost_when_the_judgement_is_new(dossier: Dossier, judge: Client) -> None:
    base = store.commit(dossier, dossier.head, {paper_path(CHOSEN): None}, "评价人员", "删去底稿").digest
    refresh(dossier)
    assert "未评判" in judge.get(address(dossier), {"only": "unjudged"}).content.decode()
    answer = judge.post(address(dossier, CHOSEN), typed(dossier, score="8", reason="抽样有限") | {"base": base})
    assert answer.status_code == 302
    made = papers(dossier)[CHOSEN].judgement
    assert made is not None
    assert replace(made, on=None).reason == "抽样有限"
