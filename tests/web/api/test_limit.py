"""A token may ask so often a minute, and no oftener: counted for each token, and anew with every minute."""

from itertools import count

import pytest
from tests.web.api.conftest import Programs

from hengji.web import limits
from hengji.web.api.declaring import Scope
from hengji.web.api.door import A_MINUTE
from hengji.web.roles import Role

NOON = 1_700_000_000 // 60 * 60


def test_a_token_asks_six_hundred_times_a_minute(program: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [float(NOON)]
    monkeypatch.setattr(limits, "time", lambda: clock[0])
    busy, other = program(Role.READER, Scope.READ), program(Role.EVALUATOR, Scope.READ)
    # the cheapest that is counted: a call that asks for what there cannot be
    asked = (busy("GET", "dossiers", limit="0").status_code for _ in count())
    assert {next(asked) for _ in range(A_MINUTE)} == {422}
    assert A_MINUTE == 600, "as docs and the page of the interface say"
    refused = busy("GET", "dossiers")
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert refused.json()["errors"][0]["code"] == "too_many"
    assert other("GET", "dossiers").status_code == 200
    clock[0] += 60
    assert busy("GET", "dossiers").status_code == 200
