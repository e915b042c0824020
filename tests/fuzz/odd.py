"""What stands where something else was meant: numbers, places, types and texts that are odd."""

from random import Random

LENGTHS = (10, 300, 5_000, 40_000)

NUMBERS = (
    *("", "-1", "0", "1", "2", "255", "256", "2000", "2001", "65535", "65536", "1048577"),
    *("2147483647", "-2147483648", "4294967295", "4294967296", "999999999", "9999999999"),
    *("18446744073709551616", "1" * 40, "9" * 5_000, "1e999", "-1e999", "1e-999", "1E+13"),
    *("1e308", "NaN", "nan", "INF", "-inf", "Infinity", "1.5", "-0", "-0.0", "0.1", "00", "007"),
    *(".5", "5.", "+5", " 5 ", "5\n", "0x10", "1_000", "1,180", "1.2.3", "５", "٣", "½", "五"),
    *("1e", "e5", "--1", "999999999999", "1000000000000", "0.000000000001", "123456789.123456789"),
)
"""Also for counts, indexes, sizes, repetitions."""

PLACES = (
    *("", "A0", "A1", "a1", "A-1", "A01", "1A", "1", "A", "$A$1", "R1C1", "XFD1048576"),
    *("XFD1048577", "XFE1", "IV2001", "AAAA1", "ZZZ9999999999", "A99999999999", "A1:A1", "A1:B"),
    *("A1:XFD1048576", "C3:A1", "A1:A1:A1", ":", "A1:", ":B2", "#REF!", "Ａ１", "A１", "A1 ", "B2"),
    *("Sheet1!A1", "A1,B2", "A1 B2", "A2000", "IV2000", "IW2000", "A2001"),
)

TYPES = (
    *("", "s", "n", "str", "b", "e", "d", "inlineStr", "x", "S", "float", "string", "boolean"),
    *("date", "time", "percentage", "currency", "void", "Number", "String", "DateTime", "Error"),
    *("true", "false", "1", "0", "on", "hidden", "veryHidden", "collapse", "External", "preserve"),
    *("restart", "continue", "rId1", "rId99", "../../etc/passwd", "/xl/workbook.xml", "http://a/"),
    *("xl/worksheets/sheet1.xml", "worksheets/sheet2.xml", "utf-16", "gb2312", "display:none"),
)

TEXTS = (
    *("", " ", "\u3000", "\u200b", "\ufeff", "\u00a0", "无", "—", "/", "同上", "合计", "#REF!"),
    *("#DIV/0!", "Err:502", "TRUE", "１２", "12件", "1,180", "二十", "5万元", "近50", "1e3", "50%"),
    *(
        "２０２３年",
        "2023-02-30",
        "9999年99月99日",
        "0000-00-00",
        "43465",
        "99999999",
        "-1",
        "2018",
    ),
    *(
        "一、",
        "（一）",
        "1.",
        "其中：",
        "单位",
        "统计数",
        "说明",
        "校验",
        "key",
        "form",
        "reported:a",
    ),
    *("=1+1", '=HYPERLINK("http://a/")', "+cmd|' /C calc'!A0", "@SUM(1)", "{0}", "%s", "{{ 7*7 }}"),
    *("<script>alert(1)</script>", "&amp;", "]]>", "-->", '"', "'", "\\", "\t", "\n", "\r\n", "|"),
    *("_x0000_", "_xD800_", "_xFFFE_", "_x000a_", "\U0001f600", "e\u0301", "\u202e32", "а", "Ⅷ"),
    *(
        "是",
        "否",
        "0",
        "00",
        "公开",
        "政府信息公开情况统计表",
        "2021",
        "return",
        "summary",
        "marked",
    ),
    *("甲" * 33, "A" * 300, "1" * 5_000, "很" * 40_000, "\n" * 500, " " * 5_000, "((" * 2_000),
)

CONTROLS = ("\0", "\x01", "\x08", "\x0b", "\x1f", "\x7f", "\x85", "\ufffe", "\uffff", "\u2028")

BYTES = (b"\0", b"\xff", b"\x80", b"\xc0\xaf", b"\xed\xa0\x80", b"\xb8\xfc", b"\xff\xfe", b"PK\3\4")

INTEGERS = (
    *(0, 1, 2, 3, 7, 8, 9, 127, 128, 255, 256, 511, 512, 2_000, 4_095, 4_096, 32_767, 32_768),
    *(65_534, 65_535, 65_536, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFA, 0xFFFFFFFD, 0xFFFFFFFE),
    0xFFFFFFFF,
)
"""For fields of binary formats."""

ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "gb18030", "gbk", "big5", "utf-32")


def number(dice: Random) -> str:
    """Return a number, or what stands for one."""
    return dice.choice(NUMBERS) if dice.random() < 0.8 else str(dice.randrange(10**6))


def text(dice: Random) -> str:
    """Return a text."""
    return dice.choice(TEXTS)


def value(dice: Random) -> str:
    """Return anything."""
    return dice.choice(dice.choice((NUMBERS, PLACES, TYPES, TEXTS)))


def field(dice: Random, size: int) -> bytes:
    """Return an odd integer in so many bytes."""
    return (dice.choice(INTEGERS) % (1 << 8 * size)).to_bytes(size, "little")
