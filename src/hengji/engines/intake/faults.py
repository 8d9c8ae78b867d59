"""What can be wrong with a file, a header or a cell that is taken in. The wording lives here, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from hengji.model.cells import CellFault, CellNote, Raw
from hengji.model.finding import Finding, Place, Severity, one_of
from hengji.model.identity import hidden
from hengji.model.money import FEN_PER_YUAN, round_to
from hengji.model.table import ColumnType

FILE, MERGED, FORMULA, SPOILED = "T001", "T002", "T003", "T004"
NO_FILE, HEADER, CELL, NOTE, TOTAL, EMPTY = "T101", "T102", "T103", "T104", "T105", "T106"
TWICE, REMARK, LIKE_A_TOTAL, NO_KEY = "T107", "T108", "T109", "T110"
UNLIKE_TOTAL, LEFT_OUT, PASSED_OVER = "T113", "T114", "T115"
_NAMED_OTHERWISE = "在声明中写明同义列名（synonyms），或写一个列名对应文件用 --mapping 给出"
_AS_WORKBOOK = "用 Excel 或 WPS 打开后另存为 xlsx"


def _file(path: str, found: str, expected: str, remedy: str) -> Finding:
    return Finding(FILE, Severity.ERROR, Place(path), found, expected, remedy)


def unsupported(path: str) -> Finding:
    return _file(path, "不支持的文件格式", "xlsx、xlsm、xls、csv 或 parquet", "另存为 csv 或 xlsx")


def empty_file(path: str) -> Finding:
    return _file(path, "文件是空的，一个字节也没有", "有数据的文件", "核对是否选错了文件，或请送件方重送")


def broken_workbook(path: str) -> Finding:
    return _file(path, "文件打不开，不是完好的 xlsx 或 xls", "没有加密的工作簿", _AS_WORKBOOK)


def protected(path: str) -> Finding:
    remedy = "在 Excel 或 WPS 中打开，去掉“用密码进行加密”后另存"
    return _file(path, "工作簿有打开密码，读不出来", "没有打开密码的工作簿", remedy)


def misnamed(path: str, content: str, ending: str) -> Finding:
    remedy = f"把文件名改为以 {ending} 结尾，并相应改正声明中的 path；不是这样的文件就用 Excel 或 WPS 另存"
    found = f"文件的内容是{content}，不是完好的 {path.rpartition('.')[2]}"
    return _file(path, found, f"以 {ending} 结尾的文件名", remedy)


def web_page(path: str) -> Finding:
    return _file(path, "文件的内容是网页表格，只是名字像工作簿", "xlsx 工作簿", _AS_WORKBOOK)


def other_document(path: str, content: str) -> Finding:
    return _file(path, f"文件的内容是{content}", "xlsx、xls、csv 或 parquet", _AS_WORKBOOK)


def too_large(path: str, size: int, limit: int) -> Finding:
    found = f"工作簿解压后有{size / 2**20:,.0f}MB"
    return _file(
        path, found, f"不超过{limit / 2**20:,.0f}MB", "删去多余的工作表和空行后另存，或分成几个文件，或改存为 csv"
    )


def too_wide(path: str, sheet: str, last: str) -> Finding:
    place = Place(path, sheet=sheet, cell=last)
    remedy = "选中数据以外的行和列并删除（不是清除内容），再保存"
    return Finding(
        FILE, Severity.ERROR, place, "表的最后一格离数据很远，读入会用尽内存", "只有数据所在的行和列", remedy
    )


def no_encoding(path: str) -> Finding:
    return _file(path, "文字编码无法识别", "UTF-8 或 GB18030", "在 Excel 中另存为“CSV UTF-8”")


def malformed_csv(path: str, line: int) -> Finding:
    remedy = "检查该行的引号是否成对、文件是否为纯文本"
    return Finding(FILE, Severity.ERROR, Place(path, line), "此行不是合法的 CSV", "引号成对、全文用一种分隔符", remedy)


def no_sheets(path: str) -> Finding:
    return _file(path, "工作簿里没有工作表", "至少一张工作表", "放入数据后另存")


def no_such_sheet(path: str, sheet: str, names: Iterable[str]) -> Finding:
    return _file(path, f"没有工作表“{sheet}”", one_of(names), "改正工作表名")


def one_name(path: str, names: Iterable[str]) -> Finding:
    found = f"不止一张工作表叫{_quoted(names)}，分不清读哪一张，一张也没有读"
    return _file(path, found, "每张工作表各有各的名称", "用 Excel 或 WPS 打开，把同名的改成不同的名称后另存")


def left_out(path: str, table: str, used: str, others: Sequence[str]) -> Finding:
    """Other sheets that the table could as well have been read from."""
    found = f"“{table}”只读了工作表“{used}”，工作表{_quoted(others)}也有这样的表头，没有读"
    remedy = f"几张都要的，合成一张，或在声明里写 sheet（如 *月，合起来读）；只要一张的，只让它叫“{table}”"
    return Finding(
        LEFT_OUT, Severity.WARNING, Place(path, sheet=others[0], item=table), found, "一张表在一张工作表上", remedy
    )


def passed_over(path: str, table: str, sheet: str, lacking: Sequence[str]) -> Finding:
    """A sheet without the header of a table that goes on over several; of some columns it has ``lacking`` are not there."""
    place = Place(path, sheet=sheet, item=table)
    if not lacking:
        remedy = "是说明之类的，无需处理；是数据的，补上表头"
        return Finding(PASSED_OVER, Severity.NOTE, place, f"工作表“{sheet}”没有表头，没有读", "", remedy)
    found = f"工作表“{sheet}”没有读，表头缺少列：{'、'.join(lacking)}"
    remedy = "是数据的，补上缺少的列；是汇总之类的，移到别的工作簿"
    return Finding(PASSED_OVER, Severity.WARNING, place, found, "与各张相同的表头", remedy)


def _quoted(names: Iterable[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


def merged(place: Place) -> Finding:
    remedy = "取消合并，在每一行都填上同样的值；合并区内除首格外按空白读取"
    return Finding(MERGED, Severity.WARNING, place, "纵向合并的单元格", "每行各自的值", remedy)


def formula_without_value(place: Place) -> Finding:
    remedy = "用 Excel 或 WPS 打开并保存一次，或粘贴为数值"
    return Finding(FORMULA, Severity.ERROR, place, "公式没有计算结果", "数值", remedy)


def formulas(place: Place, count: int) -> Finding:
    found = f"这一列有{count}格是公式，按其保存的结果读取"
    return Finding(FORMULA, Severity.NOTE, place, found, "数值", "若要固定结果，粘贴为数值")


def error_value(place: Place, text: str) -> Finding:
    return Finding(
        SPOILED, Severity.ERROR, place, f"此格是错误值 {text}", "数值", "改正公式或它引用的单元格，或改填数值"
    )


def no_file(path: str, table: str, near: Sequence[str]) -> Finding:
    remedy = f"可能是 {near[0]}" if near else "放入该文件，或改正 data/tables.yaml 中的 path"
    return Finding(NO_FILE, Severity.ERROR, Place(path, item=table), f"数据表“{table}”的文件不存在", "", remedy)


def no_header(place: Place, depth: int, names: Iterable[str], seen: Sequence[str], likely: Sequence[str]) -> Finding:
    """``seen`` is the line that is most like a header though it names no column."""
    found = hidden(f"找不到表头行，最像的一行是：{'、'.join(seen)}") if seen else "找不到表头行"
    expected = f"前{depth}行内有表头：{'、'.join(names)}"
    remedy = _mapped(likely) if likely else f"补上表头；列名不同的，改名，或{_NAMED_OTHERWISE}"
    if not seen:
        remedy += "；一行都在一格里的，用 Excel 或 WPS 的“分列”分开后另存"
    return Finding(HEADER, Severity.ERROR, place, found, expected, remedy)


def _mapped(likely: Sequence[str]) -> str:
    return (
        f"{'；'.join(likely)}。是的话改表头，或写进列名对应文件，用 --mapping 给出（hengji intake 加 --suggest 可代写）"
    )


def missing_columns(place: Place, missing: Sequence[str], seen: Iterable[str], likely: Sequence[str]) -> Finding:
    found = f"表头缺少列：{'、'.join(missing)}（现有：{'、'.join(seen)}）"
    remedy = _mapped(likely) if likely else f"补上缺少的列，或{_NAMED_OTHERWISE}"
    return Finding(HEADER, Severity.ERROR, place, found, "、".join(missing), remedy)


def column_twice(place: Place, name: str, cells: Iterable[str]) -> Finding:
    found = f"有不止一列可以是“{name}”：{'、'.join(cells)}"
    return Finding(
        TWICE,
        Severity.ERROR,
        place,
        found,
        "每个列名只出现一次",
        "改名或删去多余的一列，或在列名对应文件中写明用哪一列",
    )


def cell(place: Place, fault: CellFault) -> Finding:
    return Finding(CELL, Severity.ERROR, place, hidden(fault.found), fault.expected, fault.remedy)


def blank_cell(place: Place) -> Finding:
    return Finding(CELL, Severity.ERROR, place, "此格为空", "必填", "填写；确无此值的列应声明为非必填")


def note(place: Place, what: CellNote, raw: Raw, value: object) -> Finding:
    """``value`` is what the cell was read as."""
    found = hidden(f"“{raw}”{what.value}")
    match what:
        case CellNote.WAN_LOOKS_LIKE_YUAN:
            remedy = "核对表头单位与数值；若以元计，把表头改为（元）"
            return Finding(NOTE, Severity.WARNING, place, found, "与表头单位相符的数", remedy)
        case CellNote.PERCENT_LOOKS_LIKE_RATIO:
            remedy = "核对；按小数填的，或在 Excel 里设了百分比格式的，改为常规格式后填百分号前面的数，如 93；确是百分之零点几的不必改"
            return Finding(NOTE, Severity.WARNING, place, found, "百分号前面的数", remedy)
        case CellNote.SERIAL_DATE:
            return Finding(
                NOTE, Severity.NOTE, place, f"{found}{value}", "日期", "把该列设为日期格式，核对换算是否正确"
            )
        case CellNote.FULL_WIDTH:
            return Finding(NOTE, Severity.NOTE, place, found, "半角数字", "可改为半角")


def total(place: Place) -> Finding:
    return Finding(TOTAL, Severity.NOTE, place, "合计行不读入，合计由程序计算", "明细行", "无需处理")


def unlike_total(place: Place, says: int, rows: int, between: int, kind: ColumnType) -> Finding:
    """``rows`` is the sum of all, ``between`` of those up to another total."""
    found = f"合计行写的是{_shown(says, kind)}，各行相加是{_shown(rows, kind)}，"
    found += (
        f"相差{_shown(abs(says - rows), kind)}"
        if rows == between
        else f"其中到相邻合计行为止的是{_shown(between, kind)}"
    )
    remedy = "核对是否漏了行、多了行，或改动明细后合计没有重算"
    return Finding(UNLIKE_TOTAL, Severity.WARNING, place, found, "合计等于各行之和", remedy)


def _shown(number: int, kind: ColumnType) -> str:
    return f"{round_to(Fraction(number, FEN_PER_YUAN), 2):,}元" if kind is ColumnType.MONEY else f"{number:,}"


def remark(place: Place, text: str) -> Finding:
    return Finding(REMARK, Severity.NOTE, place, hidden(f"“{text}”是表下的说明，没有读入"), "明细行", "无需处理")


def like_a_total(place: Place) -> Finding:
    found = "此行的金额恰好等于以上各行之和，像是没有写明的合计行，已按明细读入"
    return Finding(
        LIKE_A_TOTAL, Severity.WARNING, place, found, "合计行写明“合计”", "确是合计的，在首格写“合计”或删去该行"
    )


def no_rows(place: Place) -> Finding:
    return Finding(EMPTY, Severity.WARNING, place, "表中没有数据行", "至少一行", "填写数据")


def no_key(place: Place, columns: Iterable[str]) -> Finding:
    found = f"没有号码密钥，{'、'.join(columns)}按一次性密钥加密，下次运行结果不同"
    return Finding(
        NO_KEY, Severity.WARNING, place, found, "档案里的密钥文件", "用 hengji intake 处理该表，它会建立密钥文件"
    )
