"""Measures and typefaces of GB/T 9704-2012 党政机关公文格式; § names its clauses.

Lengths end in ``_MM`` (millimetres) or ``_PT`` (points); Word counts in twips, 1/20 point.
"""

POINTS_PER_MM = 72 / 25.4

# §5.1 幅面尺寸: A4
PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210, 297

# §5.2.1 页边与版心尺寸: 天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm; the rest is what remains
TOP_MARGIN_MM, LEFT_MARGIN_MM = 37, 28
TEXT_WIDTH_MM, TEXT_HEIGHT_MM = 156, 225
RIGHT_MARGIN_MM = PAGE_WIDTH_MM - LEFT_MARGIN_MM - TEXT_WIDTH_MM
BOTTOM_MARGIN_MM = PAGE_HEIGHT_MM - TOP_MARGIN_MM - TEXT_HEIGHT_MM

# §5.2.2 字体和字号; the point sizes of the 字号 are those of the trade
SIZE_2_PT, SIZE_3_PT, SIZE_4_PT, SIZE_5_PT = 22.0, 16.0, 14.0, 10.5
# Smaller ones, for tables that 5号 does not fit: 小5号, 6号, 小6号, 7号
SMALL_SIZES_PT = (9.0, 7.5, 6.5, 5.5)
TITLE_FONT, BODY_FONT = "方正小标宋简体", "仿宋_GB2312"
HEADING_FONT, SUBHEADING_FONT = "黑体", "楷体_GB2312"  # §7.3.3
PLAIN_FONT = "宋体"  # §7.5, page numbers

# §5.2.3 行数和字数. 22 lines of 29 pt and 28 characters of 16 pt are a little more than the
# text area holds, so both are cut down to whole twips that fit.
LINES_PER_PAGE, CHARACTERS_PER_LINE = 22, 28
LINE_PITCH_TWIPS = int(TEXT_HEIGHT_MM * POINTS_PER_MM * 20 / LINES_PER_PAGE)
CHARACTER_PITCH_TWIPS = int(TEXT_WIDTH_MM * POINTS_PER_MM * 20 / CHARACTERS_PER_LINE)

# §7.3.3 正文: indented by two characters
FIRST_LINE_CHARACTERS = 2

# §7.3.4 附件说明: two characters in; further lines stand below the name, behind 附件 and the colon
ATTACHMENT_CHARACTERS = {"left": 5, "hanging": 3}

# §7.3.5.1 成文日期: four characters in from the right
DATE_CHARACTERS = 4

# §7.5 页码: the dash 7 mm below the text area, one character in
PAGE_NUMBER_BELOW_TEXT_MM, PAGE_NUMBER_CHARACTERS = 7, 1
