"""The form's rules as live formulas of the sheet; the same rules that rules.py evaluates.

Only functions of Excel 2007 are used, so that old Excel, WPS and LibreOffice calculate alike.
COUNT, SUM and MAX take references and so skip blanks and text; a figure of 0 stays a figure.
Differences are rounded before they are judged: the sheet computes in binary floats.
"""

from toolkit import text, words
from toolkit.findings import Severity
from toolkit.form import Comparison, Form, Indicator, Relation, Role, Rule, Term, TermKind
from toolkit.rules import SIGNS, line
from toolkit.writing.layout import FIRST_FIELD_ROW, Column, Layout

_VIOLATED = {
    Relation.EQUAL: "<>0",
    Relation.UNEQUAL: "=0",
    Relation.AT_MOST: ">0",
    Relation.AT_LEAST: "<0",
}
_HOLDS = {
    Relation.EQUAL: "=0",
    Relation.UNEQUAL: "<>0",
    Relation.AT_MOST: "<=0",
    Relation.AT_LEAST: ">=0",
}
_NOTHING = '""'
LAST_YEAR = 9999
"""Of an open-ended edition; what is larger is a date, not a year."""


def quoted(content: str) -> str:
    """Return a text as a string literal of a formula."""
    return '"' + content.replace('"', '""') + '"'


def total(layout: Layout, indicator: Indicator) -> str:
    """Return the formula of a computed total.

    It stays blank while all parts are blank, unless the source reported a total without parts.
    """
    parts = ",".join(layout.lookup_part(indicator.key, part) for part in indicator.parts)
    reported = layout.reported(indicator.key)
    without_parts = f"IF(ISNUMBER({reported}),{reported},{_NOTHING})"
    return f"=IF(COUNT({parts})=0,{without_parts},SUM({parts}))"


def verdict(layout: Layout, indicator: Indicator) -> str:
    """Return the formula of an indicator's 校验 cell: what is wrong, √, or nothing while blank."""
    form = layout.form
    cell = layout.lookup(indicator.key)
    rules = [
        _rule(layout, rule)
        for rule in form.rules_by_anchor.get(indicator.key, ())
        if not rule.needs_last_year
    ]
    # A formula error in another row must not hide what is wrong in this one.
    wrong = [f"IFERROR({rule},{_NOTHING})" for rule in rules]
    if not indicator.computed:
        wrong.insert(0, _format(form, indicator, cell))
    good = words.say("verdict.ok")
    shown = f"IF(ISNUMBER({cell}),{quoted(good)},{_NOTHING})&" + ("&".join(wrong) or _NOTHING)
    # √ gives way to whatever follows it; so nothing has to be computed twice.
    for sign in SIGNS.values():
        shown = f"SUBSTITUTE({shown},{quoted(good + sign)},{quoted(sign)})"
    return f"={shown}"


def _format(form: Form, indicator: Indicator, cell: str) -> str:
    """Return the formula text for what is wrong with a single input cell."""
    measure = indicator.measure

    def told(code: str, what: str) -> str:
        said = words.say(f"verdict.{what}", places=measure.decimals)
        return quoted(line(form.formats.get(code, Severity.ERROR), code, said))

    below = _NOTHING if measure.signed else f"IF({cell}<0,{told('F1', 'negative')},{_NOTHING})"
    fraction = told("F2", "decimals" if measure.decimals else "fraction")
    number = (
        f"{below}&IF(ROUND({cell},{measure.decimals})<>{cell},{fraction},{_NOTHING})"
        f"&IF(ABS({cell})>={text.LIMIT},{told('F2', 'limit')},{_NOTHING})"
    )
    said_so = f"ISNUMBER(MATCH(TRIM({cell}),{_nothing_words()},0))"
    typed = f"IF({said_so},{told('F5', 'nothing')},{told('F2', 'text')})"
    return (
        f"IF(ISERROR({cell}),{told('R11', 'fault')},"
        f"IF(ISLOGICAL({cell}),{told('F2', 'text')},"  # LibreOffice takes TRUE for a number
        f"IF(ISNUMBER({cell}),{number},IF(LEN(TRIM({cell}))=0,{_NOTHING},{typed}))))"
    )


def _nothing_words() -> str:
    """Return the words for nothing as an array constant."""
    return "{" + ",".join(quoted(word) for word in text.nothing_words()) + "}"


def _rule(layout: Layout, rule: Rule) -> str:
    """Return the formula text for one rule: its line where it is broken, nothing otherwise."""
    return _split(layout, rule) if rule.split else _relation(layout, rule)


def _relation(layout: Layout, rule: Rule) -> str:
    left, right = (_amount(layout, term) for term in rule.holds.terms)
    conditions = [f"COUNT({_references(layout, rule.holds.left)})>0"]
    conditions += [_difference(layout, when) + _HOLDS[when.relation] for when in rule.when]
    conditions.append(f"ROUND({left}-{right},6){_VIOLATED[rule.holds.relation]}")
    return f"IF(AND({','.join(conditions)}),{_said(rule, left, right)},{_NOTHING})"


def _split(layout: Layout, rule: Rule) -> str:
    """Hold the 原报数 cell of a computed total against its parts."""
    (key,) = rule.holds.left.keys
    reported, parts = layout.reported(key), _references(layout, rule.holds.right)
    blank, amount = quoted(text.show(None)), f"SUM({parts})"

    def told_if(condition: str, left: str, right: str) -> str:
        return f"IF({condition},{_said(rule, left, right)},{_NOTHING})"

    without_parts = told_if(f"{reported}>0", reported, blank)
    differs = told_if(f"ROUND({reported}-{amount},6)<>0", reported, amount)
    left_blank = told_if(f"MAX({parts})>0", blank, amount)
    return (
        f"IF(LEN({reported})=0,{_NOTHING},IF(ISNUMBER({reported}),"
        f"IF(COUNT({parts})=0,{without_parts},{differs}),"
        f"IF(COUNT({parts})=0,{_NOTHING},{left_blank})))"
    )


def _said(rule: Rule, left: str, right: str) -> str:
    """Return a concatenation that spells a broken rule's line with its two figures."""
    sentence = line(rule.severity, rule.code, rule.sentence)
    pieces = {"left": left, "right": right}
    spelled: list[str] = []
    while sentence:
        before, brace, rest = sentence.partition("{")
        if before:
            spelled.append(quoted(before))
        name, _, sentence = rest.partition("}")
        if brace:
            figure = pieces[name]
            spelled.append(figure if figure.startswith('"') else f"ROUND({figure},2)")
    return "&".join(spelled)


def _difference(layout: Layout, comparison: Comparison) -> str:
    left, right = (_amount(layout, term) for term in comparison.terms)
    return f"ROUND({left}-{right},6)"


def _amount(layout: Layout, term: Term) -> str:
    """Return a side's figure with blanks as 0."""
    if term.kind is TermKind.NUMBER:
        return str(term.number)
    function = "MAX" if term.kind is TermKind.MAX else "SUM"
    return f"{function}({_references(layout, term)})"


def _references(layout: Layout, term: Term) -> str:
    return ",".join(layout.lookup(key) for key in term.keys)


def head_verdict(layout: Layout, role: Role) -> str:
    """Return the formula of a head field's 校验 cell; "" for fields that are not checked."""
    form = layout.form
    fields = {field.role: field.key for field in form.head}
    if role is Role.UNIT_NAME:
        missing = f"LEN(TRIM({_field(layout, fields[role])}))=0"
        return _told(form, "F8", "unit", missing)
    if role is Role.YEAR:
        cell = _field(layout, fields[role])
        last = form.last_year or LAST_YEAR
        wrong = (
            f"IF(ISNUMBER({cell}),"
            f"OR({cell}<{form.first_year},{cell}>{last},{cell}<>INT({cell})),TRUE)"
        )
        return _told(form, "F8", "year", wrong)
    if role is Role.NIL:
        nil = f"TRIM({_field(layout, fields[role])})={quoted(text.nil_words()[0])}"
        values = _values(layout)
        # Counted so that neither a formula error nor a lone space passes for an answer.
        said = f'COUNT({values})+COUNTIF({values},"?*")-COUNTIF({values}," ")'
        untouched = _condition(form, "F10", "untouched", f"AND({said}=0,NOT({nil}))")
        above = f'COUNTIF({values},">0")>0'
        contradicted = _condition(form, "F11", "contradicted", f"AND({above},{nil})")
        return f"={untouched}&{contradicted}"
    return ""


def _field(layout: Layout, key: str) -> str:
    """Return a formula for a head field's cell, which stands in the unit column."""
    return layout.lookup(key, Column.UNIT)


def _condition(form: Form, code: str, what: str, wrong: str) -> str:
    said = quoted(line(form.formats[code], code, words.say(f"verdict.{what}")))
    return f"IF({wrong},{said},{_NOTHING})"


def _told(form: Form, code: str, what: str, wrong: str) -> str:
    return f"={_condition(form, code, what, wrong)}"


def _values(layout: Layout) -> str:
    """Return the table's value cells, down to the locked row that ends the form."""
    letter = Column.VALUE.letter
    return f"${letter}${layout.first_row}:${letter}${layout.end_row}"


def progress(layout: Layout) -> str:
    """Return the formula of the 填报进度 cell: how many inputs are filled."""
    entered = [layout.lookup(i.key) for i in layout.form.entered if i.key in layout.rows]
    filled = "+".join(f"NOT(ISBLANK({cell}))" for cell in entered)
    before, after = words.say("sheet.progress", filled="{}", total=len(entered)).split("{}")
    return f"={quoted(before)}&({filled})&{quoted(after)}"


def ready(layout: Layout) -> str:
    """Return the formula of the 可以报送 cell: no error, and no warning without its 说明."""
    verdicts, said = (_down(layout, column) for column in (Column.VERDICT, Column.EXPLANATION))
    errors, warnings = (
        f"ISNUMBER(FIND({quoted(SIGNS[severity])},{verdicts}))"
        for severity in (Severity.ERROR, Severity.WARNING)
    )
    wrong = f"SUMPRODUCT(--({errors}))"
    # A word for nothing explains nothing.
    nothing = f"ISNUMBER(MATCH(TRIM({said}),{_nothing_words()},0))"
    doubtful = f"SUMPRODUCT({warnings}*((LEN(TRIM({said}))=0)+{nothing}>0))"
    return (
        f"=IF({wrong}>0,{_counted('wrong', wrong)},"
        f"IF({doubtful}>0,{_counted('doubtful', doubtful)},{quoted(words.say('sheet.ready'))}))"
    )


def _down(layout: Layout, column: Column) -> str:
    """Return a column from the first head field to the locked row that ends the form."""
    return f"${column.letter}${FIRST_FIELD_ROW}:${column.letter}${layout.end_row}"


def _counted(name: str, count: str) -> str:
    before, after = words.say(f"sheet.{name}", count="{}").split("{}")
    return f"{quoted(before)}&{count}&{quoted(after)}"
