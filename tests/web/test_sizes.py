"""No page is long on its way to a browser, and what runs in it is small: every screen of the three examples, walked by its links."""

import re
from collections import Counter, deque
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from tests.web.conftest import EXAMPLES, browser

from hengji.storage.folder import read_folder
from hengji.web.events import record
from hengji.web.members import join
from hengji.web.models import Dossier, Person
from hengji.web.projections import refresh
from hengji.web.roles import Role
from hengji.web.store import create
from hengji.web.urls import DOSSIER

STATIC = Path(__file__).parents[2] / "src" / "hengji" / "web" / "static" / "web"
PAGE, SCRIPTS = 200_000, 60_000
NOWHERE = "?"
OF_A_KIND = 8
"""Pages of one address that are opened, and a list in as many orders; all chapters are."""


def opened(client: Client, start: str, within: Callable[[str], bool]) -> dict[str, tuple[int, str]]:
    """The largest page of every screen that links lead to from the first one, by the route of its address."""
    waiting, seen, met = deque([start]), set(), Counter[str]()
    largest: dict[str, tuple[int, str]] = {}
    while waiting:
        address = waiting.popleft()
        found = route(address)
        if address in seen or not within(found) or (met[found] >= OF_A_KIND and "preview" not in found):
            continue
        seen.add(address)
        met[found] += 1
        answer = client.get(address)
        if "Content-Disposition" in answer.headers or answer.status_code == 302:
            continue
        assert answer.status_code == 200, address
        page = answer.content.decode()
        largest[found] = max(largest.get(found, (0, "")), (len(answer.content), unquote(address)))
        waiting += [urljoin(address, unescape(link).partition("#")[0]) for link in re.findall(r'href="([^"]+)"', page)]
    return largest


def route(address: str) -> str:
    try:
        return resolve(unquote(urlsplit(address).path)).route
    except Resolver404:
        return NOWHERE


@pytest.mark.parametrize("name", ["boshan-2021", "weiyang-2020", "yangquan-2022"])
def test_every_screen_of_an_example_is_small(name: str, db: None) -> None:
    files, _ = read_folder(EXAMPLES / name)
    dossier = create(files, "主评人", "导入档案")
    refresh(dossier)
    sizes = opened(browser(dossier, Role.LEAD), f"/d/{dossier.key}/", lambda each: each.startswith("d/"))
    assert {route: size for route, size in sizes.items() if size[0] > PAGE} == {}
    listed = {f"d/<str:key>/{each.pattern}" for each in DOSSIER if "<" not in str(each.pattern)}
    assert len(listed & set(sizes)) >= 15, sizes.keys()
    assert "d/<str:key>/report/preview/<int:number>/" in sizes


def test_every_screen_outside_of_dossiers_is_small(dossier: Dossier) -> None:
    Person.objects.create_user("管理员", password="x" * 12, is_staff=True)
    for number in range(60):
        join(create({"dossier.yaml": str(number).encode()}, "主评人", "新建"), Person.objects.get(), Role.LEAD)
    for number in range(200):
        record(None, "登记资金", f"第{number}笔", who="主评人", dossier=dossier)
    staff = Client()
    staff.force_login(Person.objects.get())
    sizes = opened(staff, "/", lambda each: each != NOWHERE and not each.startswith("d/<str:key>/"))
    assert {route: size for route, size in sizes.items() if size[0] > PAGE} == {}
    assert {"review/", "compare/", "jobs/", "audit/", "tokens/", "api/v1/", "new/"} <= set(sizes), sizes.keys()


def test_own_scripts_are_small_together() -> None:
    assert sum(path.stat().st_size for path in STATIC.glob("*.js")) < SCRIPTS
