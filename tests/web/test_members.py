"""Members, roles, and the links by which people come in."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hengji.web.members import accept, invitation, invite
from hengji.web.models import Dossier, Event, Invitation, Member, Person
from hengji.web.roles import Role

ACCOUNT = {
    "first_name": "乙",
    "title": "评价人员",
    "unit": "某某评价咨询所",
    "kind": "评价机构",
    "username": "yi",
    "password1": "芦苇灯塔七十二级石阶",
    "password2": "芦苇灯塔七十二级石阶",
}


def link_shown(page: str) -> str:
    found = re.search(r'value="http://testserver(/invitations/[^"]+/)"', page)
    assert found, "没有显示邀请链接"
    return found.group(1)


@pytest.fixture
def link(dossier: Dossier, people: dict[Role, Client]) -> str:
    """An invitation as evaluator, sent out by the lead."""
    answer = people[Role.LEAD].post(f"/d/{dossier.key}/members/invite/", {"role": "评价人员", "days": "7"})
    return link_shown(answer.content.decode())


def member_of(dossier: Dossier, role: Role) -> Member:
    return Member.objects.get(dossier=dossier, person__username=role.value)


def test_the_page_names_everybody_with_their_role(dossier: Dossier, people: dict[Role, Client]) -> None:
    page = people[Role.EVALUATOR].get(f"/d/{dossier.key}/members/").content.decode()
    assert all(role.value in page for role in Role)
    assert "生成邀请链接" not in page


def test_the_last_lead_stays(dossier: Dossier, people: dict[Role, Client]) -> None:
    lead, other = member_of(dossier, Role.LEAD), member_of(dossier, Role.EVALUATOR)
    members = f"/d/{dossier.key}/members/"
    for told in (
        people[Role.LEAD].post(f"{members}{lead.pk}/remove/", follow=True),
        people[Role.LEAD].post(f"{members}{lead.pk}/role/", {"role": "读者"}, follow=True),
    ):
        assert "唯一的主评人" in told.content.decode()
    people[Role.LEAD].post(f"{members}{other.pk}/role/", {"role": "主评人"})
    people[Role.LEAD].post(f"{members}{lead.pk}/remove/")
    assert not Member.objects.filter(pk=lead.pk).exists()
    assert people[Role.LEAD].get(members).status_code == 404
    assert Event.objects.filter(dossier=dossier.key, what="改为主评人").count() == 1


def test_a_member_of_another_dossier_is_not_touched(dossier: Dossier, people: dict[Role, Client]) -> None:
    other = Dossier.objects.create(name="别的档案")
    foreign = Member.objects.create(dossier=other, person=Person.objects.create(username="丙"), role="读者")
    told = people[Role.LEAD].post(f"/d/{dossier.key}/members/{foreign.pk}/remove/", follow=True)
    assert "已经不在其中" in told.content.decode()
    assert Member.objects.filter(pk=foreign.pk).exists()


def test_an_invitation_is_shown_once_and_only_its_hash_is_kept(
    dossier: Dossier, people: dict[Role, Client], link: str
) -> None:
    secret = link.split("/")[2]
    assert secret not in people[Role.LEAD].get(f"/d/{dossier.key}/members/").content.decode()
    assert secret not in Invitation.objects.get().secret_hash


def test_somebody_without_an_account_makes_one_and_is_in(dossier: Dossier, link: str) -> None:
    newcomer = Client()
    assert dossier.name in newcomer.get(link).content.decode()
    answer = newcomer.post(link, ACCOUNT)
    assert answer.headers["Location"] == f"/d/{dossier.key}/"
    assert newcomer.get(f"/d/{dossier.key}/").status_code == 200
    someone = Person.objects.get(username="yi")
    assert someone.organisation is not None
    assert (str(someone), str(someone.organisation), someone.is_staff) == ("乙", "某某评价咨询所", False)
    assert Member.objects.get(person=someone).role == "评价人员"
    assert [e.what for e in Event.objects.filter(who="yi")] == ["登录", "凭邀请开户", "接受邀请"]


def test_a_link_works_once(link: str) -> None:
    assert Client().post(link, ACCOUNT).status_code == 302
    late = Client().post(link, ACCOUNT | {"username": "bing"})
    assert late.status_code == 410
    assert not Person.objects.filter(username="bing").exists()


def test_of_two_who_take_a_link_at_once_one_comes_in(dossier: Dossier) -> None:
    secret = invite(dossier, Person.objects.create(username="甲"), Role.READER, 1)
    first, second = invitation(secret), invitation(secret)
    assert first is not None
    assert second is not None
    assert accept(first, Person.objects.create(username="乙")) is None
    assert accept(second, Person.objects.create(username="丙")) is not None
    assert Member.objects.filter(dossier=dossier).count() == 1


def test_faults_are_shown_where_they_are_and_what_was_typed_stays(link: str) -> None:
    answer = Client().post(link, ACCOUNT | {"password2": "别的"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="某某评价咨询所"' in page
    assert "密码" in page
    weak = Client().post(link, ACCOUNT | {"password1": "12345", "password2": "12345"})
    assert weak.status_code == 422
    assert not Person.objects.filter(username="yi").exists()


def test_somebody_with_an_account_logs_in_and_comes_back(dossier: Dossier, stranger: Client, link: str) -> None:
    assert f"/account/login/?next={link.replace('/', '%2F')}" in Client().get(link).content.decode()
    assert stranger.post(link).status_code == 302
    assert stranger.get(f"/d/{dossier.key}/").status_code == 200


def test_a_member_does_not_spend_a_link_and_keeps_the_role(people: dict[Role, Client], link: str) -> None:
    assert people[Role.LEAD].post(link).status_code == 410
    assert Member.objects.get(person__username="主评人").role == "主评人"
    assert Client().get(link).status_code == 200


def test_a_link_ends_when_it_expires_or_is_taken_back(dossier: Dossier, people: dict[Role, Client], link: str) -> None:
    held = Invitation.objects.get()
    Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == 410
    Invitation.objects.update(expires=timezone.now() + timedelta(days=1))
    people[Role.LEAD].post(f"/d/{dossier.key}/members/invitations/{held.pk}/revoke/")
    assert Client().get(link).status_code == 410
    assert people[Role.LEAD].post(f"/d/{dossier.key}/members/invitations/{held.pk}/revoke/").status_code == 404


def test_an_invitation_needs_a_role_and_a_term(dossier: Dossier, people: dict[Role, Client]) -> None:
    for wrong in ({}, {"role": "皇帝", "days": "7"}, {"role": "读者", "days": "9999"}):
        assert people[Role.LEAD].post(f"/d/{dossier.key}/members/invite/", wrong).status_code == 422
    assert not Invitation.objects.exists()
