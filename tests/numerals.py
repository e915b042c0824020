"""Chinese numerals as people write them, by other means than the reader's own."""

from hypothesis import strategies as st

SCALES = ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"))
DIGITS = "零一二三四五六七八九"
TWICE = ("二", "两")
FORMS = {
    "零": "零〇",
    "一": "一壹",
    "二": "二贰貳",
    "三": "三叁叄參",
    "四": "四肆",
    "五": "五伍",
    "六": "六陆陸",
    "七": "七柒",
    "八": "八捌",
    "九": "九玖",
    "十": "十拾",
    "百": "百佰",
    "千": "千仟",
    "万": "万萬",
    "亿": "亿億",
    "两": "两兩",
}
"""Each character in its ordinary, capital and traditional forms."""


def writings(number: int, *, first: bool = True) -> list[str]:
    """Return every proper way to write a number in ordinary characters.

    Args:
        number: not below 0.
        first: whether nothing stands before it; 十 needs no 一 there.
    """
    if number == 2 and first:
        return [*TWICE]
    for scale, name in SCALES:
        if number >= scale:
            head, rest = divmod(number, scale)
            heads = _heads(head, name, first=first)
            if not rest:
                return [head + name for head in heads]
            tails = writings(rest, first=False)
            if rest * 10 < scale:
                joints = ["零"]
            else:
                joints = ["", "零"] if scale >= 10**4 and head % 10 == 0 else [""]
            return [h + name + joint + tail for h in heads for joint in joints for tail in tails]
    return [DIGITS[number]]


def _heads(head: int, name: str, *, first: bool) -> list[str]:
    if head == 2 and name != "十":
        return [*TWICE]
    if head == 1 and name == "十" and first:
        return ["", "一"]
    return writings(head, first=first) if head > 9 else [DIGITS[head]]


@st.composite
def numerals(draw: st.DrawFn, number: int) -> str:
    """Draw a way to write a number, below 0 or not; never the lone stroke 一."""
    written = draw(st.sampled_from(writings(abs(number))))
    if draw(st.booleans()):
        written = written.replace("二十", "廿").replace("三十", "卅")
    written = "".join(draw(st.sampled_from(FORMS.get(char, char))) for char in written)
    return "负" * (number < 0) + (written if written != "一" else "壹")
