"""Accounts: login, lock-out, second factor, sessions; every page in our own look and language."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from hengji.web.models import Event, Person

PASSWORD = "芦苇灯塔七十二级石阶"
LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def _unlimited(db: None) -> None:
    """Limits are counted from nothing in each test."""
    cache.clear()


@pytest.fixture
def someone(db: None) -> Person:
    return Person.objects.create_user("jia", password=PASSWORD, first_name="甲")


def logged_in(client: Client, **more: str) -> str:
    answer = client.post(LOGIN, {"login": "jia", "password": PASSWORD, **more})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def confirmed(client: Client) -> None:
    """Whoever changes how they log in says the password once more."""
    assert client.get("/account/totp/activate/").headers["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})


def whats() -> list[str]:
    return list(Event.objects.values_list("what", flat=True))


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def test_a_login_leads_to_the_dossiers_and_is_recorded(someone: Person) -> None:
    client = Client()
    assert logged_in(client) == "/"
    assert client.get("/").status_code == 200
    client.post("/account/logout/")
    assert client.get("/").status_code == 302
    assert whats() == ["登录", "退出"]


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_a_login_never_leads_elsewhere(someone: Person, elsewhere: str) -> None:
    assert logged_in(Client(), next=elsewhere) == "/"


def test_a_login_leads_back_to_where_one_was_going(someone: Person) -> None:
    assert logged_in(Client(), next="/new/") == "/new/"


def test_five_failures_lock_the_account_for_a_while(someone: Person) -> None:
    client = Client()
    for _ in range(5):
        page = client.post(LOGIN, {"login": "jia", "password": "不对的密码"}).content.decode()
        assert "登录失败次数过多" not in page
    assert "登录失败次数过多" in client.post(LOGIN, {"login": "jia", "password": PASSWORD}).content.decode()
    assert whats() == ["登录失败"] * 5 + ["登录被锁定"]
    assert set(Event.objects.values_list("about", flat=True)) == {"jia"}
    cache.clear()
    assert logged_in(client) == "/"


def test_nobody_signs_up_by_themselves() -> None:
    for address in ("signup/", "password/reset/", "email/"):
        assert Client().get(f"/account/{address}").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_second_factor_from_activation_to_recovery(someone: Person) -> None:
    client = Client()
    logged_in(client)
    confirmed(client)
    page = client.get("/account/totp/activate/").content.decode()
    found = re.search(r'id="secret" value="([A-Z2-7]+)"', page)
    assert found, page
    secret = found.group(1)
    assert client.post("/account/totp/activate/", {"code": "000000"}).status_code == 200
    shown = client.post("/account/totp/activate/", {"code": code_of(secret)}, follow=True).content.decode()
    recovery = re.findall(r"<code>(\d+)</code>", shown)
    assert len(recovery) == 10
    client.post("/account/logout/")
    assert logged_in(client) == "/account/login/code/"
    assert client.get("/").status_code == 302
    assert client.post("/account/login/code/", {"code": "123"}).status_code == 200
    assert client.post("/account/login/code/", {"code": recovery[0]}).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    confirm = client.get("/account/totp/deactivate/").headers["Location"]
    client.post(confirm, {"password": PASSWORD})
    client.post("/account/totp/deactivate/")
    assert whats()[-2:] == ["移除验证方式", "移除验证方式"]
    assert list(Event.objects.filter(what="添加验证方式").values_list("about", flat=True)) == ["手机验证器", "恢复码"]
    assert "两步验证失败" in whats()


def test_the_password_is_changed(someone: Person) -> None:
    client = Client()
    logged_in(client)
    given = {"oldpassword": PASSWORD, "password1": "短", "password2": "短"}
    assert "密码" in client.post("/account/password/change/", given).content.decode()
    fresh = "石榴风车九十一号院门"
    client.post("/account/password/change/", given | {"password1": fresh, "password2": fresh})
    someone.refresh_from_db()
    assert someone.check_password(fresh)
    assert "修改密码" in whats()


def test_other_sessions_are_ended(someone: Person) -> None:
    here, elsewhere = Client(), Client()
    logged_in(here)
    logged_in(elsewhere)
    assert "退出别处的登录" in here.get("/account/sessions/").content.decode()
    here.post("/account/sessions/")
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_every_page_is_ours_and_chinese(someone: Person) -> None:
    client = Client()
    pages = {LOGIN: client.get(LOGIN)}
    logged_in(client)
    confirmed(client)
    for address in (
        "",
        "logout/",
        "password/change/",
        "totp/activate/",
        "sessions/",
        "reauthenticate/",
    ):
        pages[address] = client.get(f"/account/{address}")
    for address, page in pages.items():
        text = page.content.decode()
        assert page.status_code == 200, address
        assert 'class="brand"' in text, address
        visible = re.sub(r"<(script|style|head).*?</\1>|<[^>]+>", " ", text, flags=re.DOTALL)
        words = set(re.findall(r"[A-Za-z]{4,}", visible)) - {"TOTP", "Enter", "Ctrl"}
        assert not words, (address, words)


def test_an_expired_form_says_so_in_chinese(someone: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(LOGIN, {"login": "jia", "password": PASSWORD})
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()
