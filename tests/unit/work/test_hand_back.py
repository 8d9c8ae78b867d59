"""Reviews handed back as files: what goes wrong with one report costs no other."""

from pathlib import Path
from zipfile import ZipFile

from docx import Document

from hengji.work.hand_back import Handed, quality_named, reports_in, review_all
from hengji.work.review import profile_named


def handed(paths: list[Path], out: Path) -> list[Handed]:
    profile, _ = profile_named("国家项目")
    quality, _ = quality_named("通用")
    assert profile is not None
    assert quality is not None
    return list(review_all(paths, profile, quality, lambda _: None, out))


def test_a_word_file_that_takes_no_comments_is_reviewed_and_so_are_the_others(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("本年到位资金30.00万元，其中省级10.00万元、县级19.00万元。")
    odd, sound = tmp_path / "甲县.docx", tmp_path / "乙县.docx"
    for path in (odd, sound):
        document.save(str(path))
    with ZipFile(odd, "a") as archive:
        archive.writestr("word/comments.xml", "<w:comments")
    first, second = handed([odd, sound], tmp_path / "审核")
    codes = [finding.code for finding in first.marked.review.findings]
    assert "a150" in codes[:-1]
    assert codes[-1] == "v010"
    assert "编号 " in first.marked.review.findings[-1].found
    assert first.written == ()
    assert [path.name for path in second.written] == ["乙县.审核意见.html", "乙县.批注.docx", "乙县.审核表.docx"]


def test_what_an_earlier_review_wrote_is_no_report_of_the_folder(tmp_path: Path) -> None:
    report = tmp_path / "甲县.docx"
    document = Document()
    document.add_paragraph("本年到位资金30.00万元，其中省级10.00万元、县级20.00万元。")
    document.save(str(report))
    written = handed([report], tmp_path)[0].written
    assert len(written) == 3
    assert reports_in([tmp_path]) == (report,)
    assert reports_in([written[0]]) == (written[0],)  # whoever names it means it
