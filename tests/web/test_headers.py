"""What every answer carries, and what no address may hold."""

from django.test import Client

from hengji.web.models import Dossier
from hengji.web.roles import Role


def test_every_answer_forbids_inline_scripts_and_framing(db: None) -> None:
    for address in ("/account/login/", "/没有/", "/health/", "/api/v1/dossiers"):
        headers = Client().get(address).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], address
        assert "unsafe-inline" not in headers["Content-Security-Policy"], address
        assert headers["X-Frame-Options"] == "DENY", address


def test_an_address_with_nul_is_refused_on_every_database(dossier: Dossier, people: dict[Role, Client]) -> None:
    for address in ("/?q=%00", "/d/a%00b/", f"/d/{dossier.key}/audit/?q=%00"):
        assert people[Role.LEAD].get(address).status_code == 400, address
