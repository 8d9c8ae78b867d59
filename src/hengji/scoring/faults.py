"""The faults that scoring finds: for each its code, what it is, why it matters and what to do.

R1xx are faults of a printed standard, R2xx of what it is applied to, R3xx of the sheet, R4xx of weights.
"""

from __future__ import annotations

from hengji.model.finding import Finding, Place, Severity
from hengji.model.record import record


@record
class Fault:
    """A kind of fault; ``at`` makes the finding of one case of it. ``title`` names it, ``why`` says what it leads to."""

    code: str
    severity: Severity
    title: str
    why: str
    remedy: str

    def at(self, place: Place, found: str, expected: str = "") -> Finding:
        return Finding(self.code, self.severity, place, found, expected, self.remedy)


POINTS_DIFFER = Fault(
    "R101",
    Severity.WARNING,
    "标准所列分数与分值不一致",
    "按标准逐项打分得不到满分，或会超过满分，得分因此说不清。",
    "调整分值或标准所列分数，使两者一致；已公布的标准不能改的，在报告中说明",
)
BAND_GAP = Fault(
    "R102",
    Severity.WARNING,
    "分档有空档",
    "数值落在空档时，标准给不出得分。",
    "补上缺少的档，使各档首尾相接",
)
BAND_OVERLAP = Fault(
    "R103",
    Severity.WARNING,
    "分档重叠",
    "同一数值可得两种分数。",
    "调整各档的起止，使每个数值只属于一档",
)
EDGE_UNCLEAR = Fault(
    "R104",
    Severity.WARNING,
    "端点归属不明",
    "数值恰在端点时，标准给不出唯一的得分。",
    "写明端点“含”还是“不含”",
)
DISCONTINUOUS = Fault(
    "R105",
    Severity.NOTE,
    "门槛处得分跳跃",
    "差一点点就差很多分，容易诱使数据凑到门槛。",
    "改为插值或分档，或在评价方案中说明理由",
)
NOT_OPERABLE = Fault(
    "R106",
    Severity.WARNING,
    "标准不可操作",
    "“酌情”没有尺度，不同的人打出不同的分，无法复核。",
    "把标准改为要素、分档或扣分办法；不能改的，写明得分理由和可比对象",
)
DEDUCTION_TOO_LARGE = Fault(
    "R107",
    Severity.WARNING,
    "单次扣分大于分值",
    "扣一次就扣完，标准所写的扣分数没有意义。",
    "降低每次扣分，或改为一票式",
)
IMPOSSIBLE = Fault(
    "R108",
    Severity.ERROR,
    "标准不成立",
    "这样的标准无法给出得分。",
    "按提示改正指标的评分标准",
)
NOT_MONOTONE = Fault(
    "R109",
    Severity.NOTE,
    "分档得分时升时降",
    "表现更好反而得分更低，多为录入时颠倒。",
    "核对各档的分数",
)
UNKNOWN_FIGURE = Fault(
    "R201",
    Severity.ERROR,
    "数值编号不存在",
    "标准取不到数值，无法计算得分。",
    "改正编号，或在自定义数值（figures.yaml）中定义它",
)
FIGURE_MISSING = Fault(
    "R202",
    Severity.ERROR,
    "数值缺失",
    "标准所依据的数值没有，得分无法计算；空缺不等于零。",
    "补充该数值的来源数据",
)
KINDS_DIFFER = Fault(
    "R203",
    Severity.ERROR,
    "数值种类不同",
    "金额、比率和数量不能互相比较，算出的得分没有意义。",
    "比率写作百分数（如 95%），金额与金额、数量与数量相比",
)
NOT_JUDGED = Fault(
    "R204",
    Severity.ERROR,
    "缺少评判",
    "该标准要由评价人员判断，没有判断就没有得分。",
    "在工作底稿中填写评判（judgement）、评判人和理由",
)
JUDGEMENT_MISFIT = Fault(
    "R205",
    Severity.ERROR,
    "评判与标准对不上",
    "评判所答不是标准所问，得分无法确定。",
    "按评分标准的要素、等级或系数重新填写评判",
)
NO_SCORE = Fault(
    "R206",
    Severity.ERROR,
    "标准对该数值给不出得分",
    "标准没有规定这种情形。",
    "核对数值；数值无误的，补充标准，或由负责人说明理由后人工改分",
)
WEIGHTS_DIFFER = Fault(
    "R301",
    Severity.ERROR,
    "分值合计不符",
    "下级分值之和与上级分值不等，总分不再是百分制。",
    "调整分值，使下级之和等于上级、一级之和等于 100",
)
TREE_BROKEN = Fault(
    "R302",
    Severity.ERROR,
    "指标体系结构有误",
    "指标重名、末级没有标准或上级带有标准时，得分无处可归。",
    "改正指标体系",
)
PAPER_ASTRAY = Fault(
    "R303",
    Severity.ERROR,
    "工作底稿没有对应的末级指标",
    "底稿中的评判不会计入得分。",
    "把底稿文件名改为末级指标的编号",
)
SCORE_REFUSED = Fault(
    "R304",
    Severity.ERROR,
    "所评分数不是标准给出的分数",
    "评分必须由标准得出，否则无法复核。",
    "改正评判；确需改分的，填写人工改分（override），写明分数、理由和决定人",
)
OVERRIDE_REFUSED = Fault(
    "R305",
    Severity.ERROR,
    "人工改分无效",
    "改分须在 0 与分值之间，并有理由和决定人。",
    "补充理由和决定人，或改正分数",
)
OVERRIDDEN = Fault(
    "R306",
    Severity.WARNING,
    "人工改分",
    "评定得分与评分标准不符，须由负责人说明并在报告中列示。",
    "复核改分理由；理由不充分的，按标准得分",
)
OVERRIDE_NEEDLESS = Fault(
    "R307",
    Severity.NOTE,
    "人工改分与标准得分相同",
    "改分没有改变得分，多余的改分会让人误以为偏离了标准。",
    "删去人工改分（override）",
)
GRADE_FLIP = Fault(
    "R308",
    Severity.WARNING,
    "按标准打分等级不同",
    "评价等级取决于人工改分，结论须特别说明。",
    "逐项复核改分，并在报告中同时列出两个等级",
)
REBASED = Fault(
    "R309",
    Severity.NOTE,
    "有不适用指标，总分已折算",
    "不适用指标不计分，其余指标得分按百分制折算。",
    "核对不适用的理由",
)
INAPPLICABLE_UNFOUNDED = Fault(
    "R310",
    Severity.WARNING,
    "不适用没有理由",
    "不适用会抬高其余指标的比重，没有理由就无法复核。",
    "在指标的说明（note）中写明不适用的理由",
)
ADJUSTMENT_REFUSED = Fault(
    "R311",
    Severity.ERROR,
    "加减分项无效",
    "加减分须有正的分数、理由和决定人，否则不计。",
    "补充分数、理由和决定人",
)
NO_GRADE = Fault(
    "R312",
    Severity.ERROR,
    "没有适用的评价等级",
    "总分落不到任何等级。",
    "在评价规范中写明从 0 分起的各等级",
)
LITERAL_UNKNOWN = Fault(
    "R313",
    Severity.NOTE,
    "标准分无法重算",
    "只有已公布得分而没有评分标准的指标不能复算，标准分合计因此空缺。",
    "取得评分标准和底稿后补充",
)
MATRIX_REFUSED = Fault(
    "R401",
    Severity.ERROR,
    "判断矩阵或数据不能用",
    "算不出权重。",
    "按提示改正数据",
)
INCONSISTENT = Fault(
    "R402",
    Severity.ERROR,
    "判断矩阵不一致",
    "一致性比率 CR 达到或超过 0.10，专家判断自相矛盾，权重不可用。",
    "请专家复核判断矩阵",
)
NOT_CONCENTRATED = Fault(
    "R403",
    Severity.WARNING,
    "专家意见尚未集中",
    "变异系数大于 0.25 且协调系数不显著，意见分歧大。",
    "反馈意见后再进行一轮征询",
)

FAULTS = (
    POINTS_DIFFER,
    BAND_GAP,
    BAND_OVERLAP,
    EDGE_UNCLEAR,
    DISCONTINUOUS,
    NOT_OPERABLE,
    DEDUCTION_TOO_LARGE,
    IMPOSSIBLE,
    NOT_MONOTONE,
    UNKNOWN_FIGURE,
    FIGURE_MISSING,
    KINDS_DIFFER,
    NOT_JUDGED,
    JUDGEMENT_MISFIT,
    NO_SCORE,
    WEIGHTS_DIFFER,
    TREE_BROKEN,
    PAPER_ASTRAY,
    SCORE_REFUSED,
    OVERRIDE_REFUSED,
    OVERRIDDEN,
    OVERRIDE_NEEDLESS,
    GRADE_FLIP,
    REBASED,
    INAPPLICABLE_UNFOUNDED,
    ADJUSTMENT_REFUSED,
    NO_GRADE,
    LITERAL_UNKNOWN,
    MATRIX_REFUSED,
    INCONSISTENT,
    NOT_CONCENTRATED,
)
