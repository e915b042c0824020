"""Messes of what is printed: labels and headings retyped, lost, swapped or misread by a scanner."""

from collections.abc import Callable, Sequence
from itertools import cycle

from tests.reading.messes.bench import Bench
from tests.reading.messes.conversions import WORKBOOKS
from tests.reading.messes.moving import delete, insert, put, sheet_of
from tests.reading.messes.oracle import LOST, Allowed
from tests.reading.messes.registry import LIST, MATRIX, Messes
from tests.reading.messes.rows import alike, all_keys_deleted, loose
from toolkit.findings import Severity
from toolkit.form import cell_key
from toolkit.writing.layout import FIRST

Change = Callable[[str], str]

mess = Messes()

TRADITIONAL = str.maketrans(
    "动开况规发总数过渠种众关热点应对众时间执维经费网办请诉讼议复审结务业构机权会单价继续处决无",
    "動開況規發總數過渠種眾關熱點應對眾時間執維經費網辦請訴訟議復審結務業構機權會單價繼續處決無",
)


def _all_words(on: Bench, change: Change) -> None:
    for cell in on.words:
        cell.value = change(str(cell.value))


def _labels(on: Bench, change: Change) -> None:
    for cell in on.labels.values():
        cell.value = change(str(cell.value))


# ---------------------------------------------------------------- nothing is lost


@mess()
def spaces_within_labels(on: Bench) -> None:
    all_keys_deleted(on)
    _all_words(on, lambda text: " ".join(text[:6]) + "\u3000" + text[6:] + "  ")


@mess()
def line_breaks_within_labels(on: Bench) -> None:
    all_keys_deleted(on)
    _all_words(on, lambda text: text[:4] + "\n" + text[4:9] + "\r\n" + text[9:])


@mess()
def invisible_characters_in_labels(on: Bench) -> None:
    all_keys_deleted(on)
    _all_words(on, lambda text: "\ufeff" + text[:3] + "\u200b" + text[3:] + "\u00a0\u00ad")


@mess()
def half_width_marks(on: Bench) -> None:
    all_keys_deleted(on)
    half = str.maketrans("（）：、，“”《》", '():,,""<>')
    _all_words(on, lambda text: text.translate(half))


@mess()
def full_width_marks(on: Bench) -> None:
    all_keys_deleted(on)
    full = str.maketrans("0123456789.():/", "０１２３４５６７８９．（）：／")
    _all_words(on, lambda text: text.translate(full))


@mess()
def numbering_in_other_styles(on: Bench) -> None:
    """1. as 1、 or （1） or [1], （一） as (一) or 一、."""
    all_keys_deleted(on)
    styles = cycle(["{}、", "（{}）", "({})", "{}．", "{} . ", "[{}] "])
    for cell in on.words:
        text = str(cell.value)
        number, dot, name = text.partition(".")
        inner, bracket, rest = text.removeprefix("（").partition("）")
        if dot and number.isdigit():
            cell.value = next(styles).format(number) + name
        elif bracket and text.startswith("（") and len(inner) < 3:
            cell.value = next(styles).format(inner) + rest


@mess()
def numbering_left_out(on: Bench) -> None:
    all_keys_deleted(on)
    _all_words(on, _unnumbered)


@mess()
def numbering_as_a_scanner_sees_it(on: Bench) -> None:
    """(-)召开 for （一）召开, 计丨条 for 计1条: as in a published report."""
    for key, cell in on.labels.items():
        text = str(cell.value)
        cell.value = text.replace("计1", "计丨").replace("（一）", "(-)")
        if "计1" in text:
            on.told(Severity.NOTICE, *on.row(key))


@mess()
def remarks_in_brackets_left_out(on: Bench) -> None:
    all_keys_deleted(on)
    _labels(on, lambda text: text[: text.index("（", 4)] if "（" in text[4:] else text)


@mess(only=LIST)
def units_behind_labels(on: Bench) -> None:
    """（件）, [件] or ，件 behind the label of a row in 件."""
    all_keys_deleted(on)
    ways = cycle(["（{}）", "[{}]", "，{}", "（单位：{}）"])
    for key, cell in on.labels.items():
        if key in on.form.indicators:
            unit = on.form.indicators[key].measure.name
            cell.value = str(cell.value) + next(ways).format(unit)


@mess()
def marks_behind_labels(on: Bench) -> None:
    all_keys_deleted(on)
    _labels(on, lambda text: text + "：")


@mess(twice=True)
def footnote_marks_at_labels(on: Bench) -> None:
    _labels(on, lambda text: text + "*")


@mess(kinds=WORKBOOKS)
def labels_touched_beside_their_keys(on: Bench) -> None:
    """They say the same, and still they were locked."""
    _labels(on, " ".join)
    on.codes.add("R42")


@mess(twice=True)
def traditional_characters(on: Bench) -> None:
    _all_words(on, lambda text: text.translate(TRADITIONAL))


# ---------------------------------------------------------------- misread


@mess()
def slips_of_a_scanner(on: Bench) -> None:
    """One character is another that looks alike; beside the key that is worth a notice."""
    for key in _slips(on):
        on.told(Severity.NOTICE, *on.row(key))


@mess()
def slips_of_a_scanner_without_keys(on: Bench) -> None:
    all_keys_deleted(on)
    for key in _slips(on):
        on.told(Severity.WARNING, *on.row(key))


def _slips(on: Bench) -> Sequence[str]:
    alike = {"日": "曰", "未": "末", "己": "已", "人": "入", "大": "太", "土": "士", "件": "仵"}
    found = []
    for key, cell in on.labels.items():
        text = str(cell.value)
        changed = next((text.replace(a, b, 1) for a, b in alike.items() if a in text), text)
        if changed != text:
            cell.value = changed
            found.append(key)
    return found


@mess()
def a_character_left_out(on: Bench) -> None:
    """A label that lost a character is nearly its own, as long as it is none of another row."""
    all_keys_deleted(on)
    on.doubtful(*alike(on))  # that of their section may be among those
    for key in list(on.labels)[::3]:
        text = str(on.labels[key].value)
        on.labels[key].value = text[:-2] + text[-1:]
        for one in on.row(key):
            on.may(one, Allowed(on.given.get(one), Severity.WARNING), LOST)


# ---------------------------------------------------------------- lost


@mess(twice=True)
def other_words_for_the_same(on: Bench) -> None:
    """A label that says the same in other words cannot be placed for sure."""
    for key in list(on.labels)[1::4]:
        on.labels[key].value = f"本单位{_unnumbered(str(on.labels[key].value))}情况"
        on.lost(*on.row(key))


@mess(twice=True)
def labels_emptied(on: Bench) -> None:
    for key in list(on.labels)[1::4]:
        on.labels[key].value = None
        on.lost(*on.row(key))


@mess(twice=True)
def labels_covered_by_figures(on: Bench) -> None:
    for key in list(on.labels)[1::4]:
        on.labels[key].value = 15
        on.lost(*on.row(key))


@mess(kinds=WORKBOOKS)
def a_label_replaced_by_another(on: Bench) -> None:
    """Two rows say they are the same; one of them has the key of the row that is gone."""
    for sheet in on.labelled:
        first, second = on.rows(sheet)[-2:]
        on.labels[first].value = on.labels[second].value
        on.lost(*on.row(first))
        on.doubtful(*on.row(second))


@mess(kinds=WORKBOOKS)
def two_labels_swapped(on: Bench) -> None:
    """Whether labels or figures are in the wrong row, nobody can tell; the label decides."""
    for first, second in _pairs(on):
        one, other = on.labels[first], on.labels[second]
        one.value, other.value = other.value, one.value
        for here, there in zip(on.row(first), on.row(second), strict=True):
            # 万元 may stand beside a count then.
            measures = {on.form.indicators[key].measure.name for key in (here, there)}
            else_lost = (LOST,) if len(measures) > 1 else ()
            on.may(here, Allowed(on.given.get(there), Severity.WARNING), *else_lost)
            on.may(there, Allowed(on.given.get(here), Severity.WARNING), *else_lost)
        swapped = on.record.explanations.get(first, ""), on.record.explanations.get(second, "")
        on.explained[second], on.explained[first] = swapped


@mess(kinds=WORKBOOKS)
def two_rows_swapped_with_their_figures(on: Bench) -> None:
    """Label and figures changed places, the hidden keys did not."""
    for first, second in _pairs(on):
        one, other = on.keys[first], on.keys[second]
        one.value, other.value = other.value, one.value
        on.told(Severity.WARNING, *on.row(first), *on.row(second))


# ---------------------------------------------------------------- headings


@mess(twice=True)
def a_heading_retyped(on: Bench) -> None:
    """A column that is called otherwise may be another one."""
    for sheet in on.sheets:
        (block, *more) = on.layout(sheet).printed.blocks
        keys = [column.key for column in block.block.columns if column.key][:1] or [""]
        if not more:
            on.heads[keys[0]][0].value = "数量"
            rows = on.rows(sheet)
            on.lost(*(cell_key(row, keys[0]) if keys[0] else row for row in rows))


@mess(twice=True)
def headings_deleted(on: Bench) -> None:
    for sheet in on.sheets:
        layout = on.layout(sheet)
        blocks = layout.printed.blocks
        rows = (range(layout.rows[one.top], layout.rows[one.first]) for one in blocks)
        delete(sheet, rows=[row for block in rows for row in block])
    on.lost(*on.form.indicators)
    on.refusals = frozenset({"R10"})


@mess()
def titles_changed(on: Bench) -> None:
    for sheet in on.sheets:
        sheet["B1"].value = "2016年度某某市统计年报（修订版）"


@mess(only=LIST, twice=True)
def the_unit_of_money_changed(on: Bench) -> None:
    """元 instead of 万元: the figure no longer means what the form asks for, but for a 0."""
    for key, indicator in on.form.indicators.items():
        if indicator.measure.decimals:
            cell = on.figures[key]
            put(sheet_of(cell), cell.row, cell.column - 1, "元")
            if on.typed.get(key):
                on.lost(key)


@mess(only=MATRIX)
def another_unit_of_money_above_the_table(on: Bench) -> None:
    """Tables that print no unit beside their figures; a line says 元 where 万元 are asked for."""
    for key, value in on.typed.items():
        if value and on.form.indicators[key].measure.decimals:
            sheet = sheet_of(on.figures[key])
            insert(sheet, rows=[1])
            put(sheet, 1, FIRST, "金额单位：元")
            on.lost(key)


@mess(only=LIST)
def units_of_counts_changed(on: Bench) -> None:
    """项 for 件: the same count; that the sheet was changed is said."""
    counts = [key for key, one in on.form.indicators.items() if one.measure.name == "件"]
    for key in counts:
        cell = on.figures[key]
        put(sheet_of(cell), cell.row, cell.column - 1, "项")
    on.codes.add("R42")


# ---------------------------------------------------------------- helpers


def _unnumbered(text: str) -> str:
    for end in ("）", "、", "."):
        before, found, name = text.partition(end)
        if found and len(before) < 4:
            return name
    return text


def _pairs(on: Bench) -> Sequence[tuple[str, str]]:
    """Return pairs of neighbouring inputs under one heading."""
    inputs = [[key for key in rows if {*on.row(key)} & on.given.keys()] for _, rows in loose(on)]
    return [(rows[-2], rows[-1]) for rows in inputs if len(rows) > 1]
