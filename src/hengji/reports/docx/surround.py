"""What stands around the text in a Word file: settings, theme, fonts, properties."""

from __future__ import annotations

from hengji.model.document import Document
from hengji.model.profile import Layout
from hengji.reports.docx.workbook import MOMENT
from hengji.reports.docx.xml import A, W, escape, root

# Fonts that official documents name and that not every machine has, with the nearest that it has.
_SUBSTITUTES = {
    "方正小标宋简体": "FZXiaoBiaoSong-B05S;华文中宋;宋体",
    "仿宋_GB2312": "仿宋;FangSong",
    "楷体_GB2312": "楷体;KaiTi",
    "黑体": "SimHei",
    "宋体": "SimSun",
}


def settings() -> bytes:
    """word/settings.xml: the reader's Word computes the contents anew on opening, odd and even pages differ."""
    content = (
        '<w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>'
        '<w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:updateFields w:val="true"/>'
        "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
        "<w:doNotExpandShiftReturn/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat>"
        '<w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/>'
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1"'
        ' w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6"'
        ' w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
    )
    return root("w:settings", content, w=W)


def font_table(layout: Layout) -> bytes:
    """word/fontTable.xml."""
    chinese = (layout.title_font, layout.body_font, layout.heading1_font, layout.heading2_font, layout.table_font)
    entries = "".join(_font(name) for name in dict.fromkeys(chinese))
    latin = f'<w:font w:name="{escape(layout.latin_font)}"><w:charset w:val="00"/><w:family w:val="roman"/></w:font>'
    return root("w:fonts", entries + latin, w=W)


def _font(name: str) -> str:
    others = _SUBSTITUTES.get(name, "")
    alternative = f'<w:altName w:val="{others.replace(";", ",")}"/>' if others else ""
    return f'<w:font w:name="{escape(name)}">{alternative}<w:charset w:val="86"/><w:family w:val="auto"/></w:font>'


def theme(layout: Layout) -> bytes:
    """word/theme/theme1.xml: text that a user adds in theme fonts and colours fits in."""
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
        for name, value in (
            ("dk1", "000000"), ("lt1", "FFFFFF"), ("dk2", "1F5FA8"), ("lt2", "DCE6F1"),
            ("accent1", "0072B2"), ("accent2", "E69F00"), ("accent3", "009E73"),
            ("accent4", "CC79A7"), ("accent5", "56B4E9"), ("accent6", "D55E00"),
            ("hlink", "1F5FA8"), ("folHlink", "5C5C5C"),
        )
    )  # fmt: skip
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    content = (
        f'<a:themeElements><a:clrScheme name="衡绩">{colours}</a:clrScheme>'
        f'<a:fontScheme name="衡绩"><a:majorFont>{_theme_fonts(layout.latin_font, layout.heading1_font)}</a:majorFont>'
        f"<a:minorFont>{_theme_fonts(layout.latin_font, layout.body_font)}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="衡绩"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements>"
    )
    return root("a:theme", content, a=A)


def _theme_fonts(latin: str, chinese: str) -> str:
    return (
        f'<a:latin typeface="{escape(latin)}"/><a:ea typeface="{escape(chinese)}"/><a:cs typeface="{escape(latin)}"/>'
        f'<a:font script="Hans" typeface="{escape(chinese)}"/>'
    )


def core_properties(document: Document) -> bytes:
    """docProps/core.xml: the times are fixed, so that the same document gives the same bytes."""
    moment = f"{MOMENT.isoformat()}Z"
    content = (
        f"<dc:title>{escape(document.title)}</dc:title><dc:subject>{escape(document.subject)}</dc:subject>"
        f"<dc:creator>{escape(document.author)}</dc:creator><dc:language>zh-CN</dc:language>"
        f"<cp:lastModifiedBy>{escape(document.author)}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
    )
    return root(
        "cp:coreProperties",
        content,
        cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        dc="http://purl.org/dc/elements/1.1/",
        dcterms="http://purl.org/dc/terms/",
        xsi="http://www.w3.org/2001/XMLSchema-instance",
    )
