"""Rows are counted as what came of them: paid, refused, or not to be computed; a row without a recipient is nobody's."""

from __future__ import annotations

import shutil
from pathlib import Path

from hengji.work.evaluate import evaluate

WEIYANG = Path(__file__).parents[2] / "examples" / "weiyang-2020"


def test_what_cannot_be_computed_is_not_counted_as_refused(tmp_path: Path) -> None:
    shutil.copytree(WEIYANG, tmp_path / "档案")
    data = tmp_path / "档案" / "data"
    before = evaluate(WEIYANG).evaluation
    declared = (data / "tables.yaml").read_text("utf-8").partition("- name: 运营入住人次")
    own = declared[2].replace("    type: 文本\n", "    type: 文本\n    required: false\n", 1)
    own = own.replace("    type: 整数\n", "    type: 整数\n    required: false\n", 1)
    (data / "tables.yaml").write_text("".join((*declared[:2], own)), "utf-8")
    with (data / "运营入住人次.csv").open("a", encoding="utf-8") as roster:
        roster.write(",五星,自理,10\n某院,五星,自理,\n某院,一星,自理,5\n")
    evaluation = evaluate(tmp_path / "档案").evaluation
    assert before is not None
    assert evaluation is not None
    counts = {
        name: evaluation.figures[f"补助.运营.{name}记录数"].value - before.figures[f"补助.运营.{name}记录数"].value  # type: ignore[operator]
        for name in ("", "予补", "不补")
    }
    assert counts == {"": 3, "予补": 1, "不补": 1}
    assert evaluation.figures["补助.运营..人次"].value == 10
    assert "补助.运营.None.人次" not in evaluation.figures
