"""What parts the cells of a table that people send."""

import pytest

from hengji.cells.separators import SEPARATORS, separator_of


@pytest.mark.parametrize("sign", SEPARATORS)
def test_the_sign_that_parts_every_line_alike_is_the_one(sign: str) -> None:
    lines = [("机构", "人数", "金额"), ("北山", "41", "108100"), ("东里", "3", "7.1")]
    assert separator_of("\n".join(sign.join(line) for line in lines)) == sign


def test_thousands_and_titles_with_commas_do_not_part() -> None:
    assert separator_of("发放表,2021年\n\n机构;人数;金额\n北山;41;1,081,000\n东里;3;1,200\n") == ";"
    assert separator_of('机构;备注\n"北山;南院";"一\n二"\n东里;三\n') == ";"


@pytest.mark.parametrize(
    "text",
    [
        "机构,备注\n北山,甲;乙\n东里,丙;丁\n",
        "机构,备注\n北山,甲;乙;丙\n",
        "备注\n甲;乙\n丙\n丁\n",
        '机构,备注\n"北山;南院",一\n',
        "机构\n北山\n",
        "",
    ],
)
def test_what_is_parted_by_commas_or_not_at_all_stays_so(text: str) -> None:
    assert separator_of(text) == ","
