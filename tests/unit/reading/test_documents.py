"""Documents cited in running text."""

import pytest

from hengji.reading.documents import cited_in, title_key


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("依据《学前教育补助办法》(县教发〔2019〕3号)", "县教发〔2019〕3号", "学前教育补助办法"),
        ("根据县教发〔2019〕3号《学前教育补助办法》", "县教发〔2019〕3号", "学前教育补助办法"),
        (
            "按照《关于印发〈学前教育补助办法〉的通知》(县教发(2019)03号)",
            "县教发〔2019〕3号",
            "关于印发〈学前教育补助办法〉的通知",
        ),
        ("县教发〔2019〕3号青石县教育局关于扩大学位的意见", "县教发〔2019〕3号", "青石县教育局关于扩大学位的意见"),
        ("县教发〔2019〕3号文要求", "县教发〔2019〕3号", ""),
    ],
)
def test_a_number_goes_with_its_title(text: str, number: str, title: str) -> None:
    (cited,) = cited_in(text)
    assert (cited.number, cited.title) == (number, title)
    assert text[cited.title_start : cited.title_end] == title


def test_a_printed_form_is_kept() -> None:
    (cited,) = cited_in("青审咨字(2023)047号")
    assert (cited.brackets, cited.serial, cited.has_hao) == ("()", "047", True)


@pytest.mark.parametrize("text", ["建成水窖3座", "总分(2021)为88分", "第12号"])
def test_other_numbers_are_no_documents(text: str) -> None:
    assert cited_in(text) == ()


def test_titles_of_one_document_have_one_key() -> None:
    titles = (
        "县教育局 县财政局关于印发《学前教育补助办法》的通知",
        "关于印发〈学前教育补助办法〉的通知",
        "学前教育补助办法",
    )
    assert len({title_key(title) for title in titles}) == 1
