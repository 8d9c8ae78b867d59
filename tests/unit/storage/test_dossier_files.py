"""A dossier as files: what is canonical stays byte for byte, what is wrong is placed, nothing is written half."""

from pathlib import Path

import pytest

from hengji.storage.folder import read_folder, write_folder
from hengji.storage.text import parse, render

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.mark.parametrize("name", ["yangquan-2022", "boshan-2021", "weiyang-2020"])
def test_load_then_save_gives_the_same_bytes(name: str) -> None:
    files, faults = read_folder(EXAMPLES / name)
    assert faults == ()
    parsed = parse(files)
    assert [f.message for f in parsed.findings] == []
    assert parsed.dossier is not None
    written = render(parsed.dossier)
    assert sorted(written) == sorted(files)
    assert [path for path in files if written[path] != files[path]] == []


def test_faults_of_all_files_come_at_once() -> None:
    files = {
        "dossier.yaml": b"name: \xe6\xa0\xb7\n",
        "indicators.yaml": b"indicators:\n- id: a\n  name: a\n  wieght: 2\n",
        "figures.yaml": b"figures: 3\n",
        "papers/a.md": "没有首部\n".encode(),
        "chapters/background.md": "汉字".encode("gb18030"),
    }
    places = {(f.place.file, f.place.line) for f in parse(files).findings}
    assert {("dossier.yaml", 1), ("indicators.yaml", 4), ("figures.yaml", 1), ("papers/a.md", 1)} <= places
    assert ("chapters/background.md", 1) in places


def test_a_folder_without_a_dossier_says_so(tmp_path: Path) -> None:
    assert "缺少 dossier.yaml" in parse({}).findings[0].message
    files, findings = read_folder(tmp_path / "没有")
    assert files == {}
    assert "没有这个文件夹" in findings[0].message


def test_a_write_that_fails_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    write_folder(tmp_path, {"a.md": b"1", "papers/b.md": b"2"})
    (tmp_path / "block").mkdir()
    with pytest.raises(OSError, match="block"):
        write_folder(tmp_path, {"block": b"a folder stands here", "a.md": b"3"})
    assert (tmp_path / "papers/b.md").read_bytes() == b"2"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_office_lock_files_and_results_are_passed_over(tmp_path: Path) -> None:
    write_folder(tmp_path, {"dossier.yaml": b"", "out/报告.docx": b"", "~$funds.xlsx": b"", ".git/x": b""})
    assert list(read_folder(tmp_path)[0]) == ["dossier.yaml"]
