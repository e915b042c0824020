"""The form's rules as live formulas of the sheet; the same rules that rules.py evaluates.

Only functions of Excel 2007 are used, so that old Excel, WPS and LibreOffice calculate alike.
COUNT, SUM and MAX take references and so skip blanks and text; a figure of 0 stays a figure.
Differences are rounded before they are judged: the sheet computes in binary floats.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from toolkit import text, words
from toolkit.findings import Severity
from toolkit.form import Comparison, Form, Indicator, Relation, Role, Rule, Term, TermKind
from toolkit.rules import SIGNS, line
from toolkit.writing.layout import Layout
from toolkit.writing.places import Place

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
_KEPT = 4096
"""Formulas that are kept: those of every workbook of an edition are the same."""


def quoted(content: str) -> str:
    """Return a text as a string literal of a formula."""
    return '"' + content.replace('"', '""') + '"'


@lru_cache(maxsize=_KEPT)
def total(layout: Layout, indicator: Indicator) -> str:
    """Return the formula of a computed total.

    It stays blank while all parts are blank, unless the source reported a total without parts.
    """
    sheet = layout.sheet_of(indicator.key)
    parts = ",".join(sheet.part(indicator, part) for part in indicator.parts)
    reported = sheet.reported(indicator.key).lookup(sheet.name)
    without_parts = f"IF(ISNUMBER({reported}),{reported},{_NOTHING})"
    return f"=IF(COUNT({parts})=0,{without_parts},SUM({parts}))"


@lru_cache(maxsize=_KEPT)
def verdict(layout: Layout, indicator: Indicator) -> str:
    """Return the formula of the verdict on a figure: what is wrong, √, or nothing while blank."""
    home = layout.sheet_of(indicator.key)
    cell = home.values[indicator.key].lookup(home.name)
    writer = _Rules(layout, home.name, indicator.column)
    # A formula error in another row must not hide what is wrong in this one.
    wrong = [
        f"IFERROR({writer.rule(rule)},{_NOTHING})"
        for rule in layout.form.rules_by_anchor.get(indicator.key, ())
        if not rule.needs_last_year
    ]
    if indicator.computed:
        told = home.reported(indicator.key).lookup(home.name)
        wrong.insert(0, _total_format(layout.form, indicator, told))
    else:
        wrong.insert(0, _format(layout.form, indicator, cell))
    good = f"IF(ISNUMBER({cell}),{quoted(words.say('verdict.ok'))},{_NOTHING})"
    return _giving_way(good, wrong)


def row_verdict(layout: Layout, keys: Sequence[str]) -> str:
    """Return the formula of the verdict on a row of a matrix, from those on its figures."""
    home = layout.sheet_of(keys[0])
    verdicts = [home.verdict_on(key).lookup(home.name) for key in keys]
    ok = quoted(words.say("verdict.ok"))
    good = f"IF(OR({','.join(f'{verdict}={ok}' for verdict in verdicts)}),{ok},{_NOTHING})"
    return _giving_way(good, [f"SUBSTITUTE({verdict},{ok},{_NOTHING})" for verdict in verdicts])


def column_verdict(layout: Layout, rules: Sequence[Rule]) -> str:
    """Return the formula of the verdict on a column of a matrix.

    Args:
        layout: the workbook.
        rules: those that hold rows of the column against each other; the sentences stand in the
            verdicts on the rows.
    """
    home = layout.sheet_of(rules[0].anchor)
    filled = ",".join(layout.value(key).lookup(home.name) for rule in rules for key in rule.keys)
    good = f"IF(COUNT({filled})>0,{quoted(words.say('verdict.ok'))},{_NOTHING})"
    wrong = []
    for rule in rules:
        short = words.say("verdict.short", sign=SIGNS[rule.severity], code=rule.code)
        # With the space behind it: B1 is not found in B10.
        told = quoted(f"{short} ")
        found = f"FIND({told},{home.verdict_on(rule.anchor).lookup(home.name)})"
        wrong.append(f"IF(ISNUMBER({found}),{quoted(short)},{_NOTHING})")
    return _giving_way(good, wrong)


def column_rules(layout: Layout) -> Mapping[Place, Sequence[Rule]]:
    """Return the rules that are told of under the columns of matrices, by the place that tells."""
    found: dict[Place, list[Rule]] = {}
    for rule in layout.form.rules:
        if _is_column_wise(rule) and not rule.needs_last_year and not rule.split:
            sheet = layout.sheet_of(rule.anchor)
            column = sheet.values[rule.anchor].column
            place = Place(sheet.name, sheet.column_verdict_row, column)
            found.setdefault(place, []).append(rule)
    return found


def _is_column_wise(rule: Rule) -> bool:
    """Tell whether a rule holds rows of one column of a matrix against each other."""
    cells = [key.partition("/") for key in rule.keys]
    rows, columns = {row for row, _, _ in cells}, {column for _, _, column in cells}
    return len(columns) == 1 and "" not in columns and len(rows) > 1


def _giving_way(good: str, wrong: Sequence[str]) -> str:
    """Return a formula in which √ gives way to what follows it; so nothing is computed twice."""
    shown = f"{good}&" + ("&".join(wrong) or _NOTHING)
    ok = words.say("verdict.ok")
    for sign in SIGNS.values():
        shown = f"SUBSTITUTE({shown},{quoted(ok + sign)},{quoted(sign)})"
    return f"={shown}"


def _format(form: Form, indicator: Indicator, cell: str) -> str:
    """Return the formula text for what is wrong with a single input cell."""
    measure = indicator.measure

    def told(code: str, what: str) -> str:
        said = words.say(f"verdict.{what}", places=measure.decimals)
        severity = form.formats.get(code, Severity.ERROR)
        return quoted(line(severity, code, said, where=indicator.column))

    below = _NOTHING if measure.signed else f"IF({cell}<0,{told('F1', 'negative')},{_NOTHING})"
    fraction = told("F2", "decimals" if measure.decimals else "fraction")
    number = (
        f"{below}&IF(ROUND({cell},{measure.decimals})<>{cell},{fraction},{_NOTHING})"
        f"&IF(ABS({cell})>={text.LIMIT},{told('F2', 'limit')},{_NOTHING})"
    )
    said_so = among(cell, text.nothing_words())
    typed = f"IF({said_so},{told('F5', 'nothing')},{told('F2', 'text')})"
    return (
        f"IF(ISERROR({cell}),{told('R11', 'fault')},"
        f"IF(ISLOGICAL({cell}),{told('F2', 'text')},"  # LibreOffice takes TRUE for a number
        f"IF(ISNUMBER({cell}),{number},IF(LEN(TRIM({cell}))=0,{_NOTHING},{typed}))))"
    )


def _total_format(form: Form, indicator: Indicator, told: str) -> str:
    """Return the formula text for a total that was told in words, 空白 excepted."""
    severity, said = form.formats.get("F2", Severity.ERROR), words.say("verdict.text")
    wrong = quoted(line(severity, "F2", said, where=indicator.column))
    return f"IF({_in_words(told)},{wrong},{_NOTHING})"


def _in_words(told: str) -> str:
    """Return a condition that is true while words stand for a reported total, 空白 excepted."""
    return f"AND(ISTEXT({told}),LEN(TRIM({told}))>0,TRIM({told})<>{quoted(text.show(None))})"


def among(cell: str, texts: Sequence[str]) -> str:
    """Return a formula that tells whether a cell (or each of a block) holds one of some texts."""
    # MATCH would take the signs for any text.
    plain = f'SUBSTITUTE(SUBSTITUTE(TRIM({cell}),"*","~*"),"?","~?")'
    return f"ISNUMBER(MATCH({plain},{{{','.join(map(quoted, texts))}}},0))"


class _Rules:
    """The rules of one figure as formula text."""

    def __init__(self, layout: Layout, home: str, column: str) -> None:
        self._layout, self._home, self._column = layout, home, column

    def rule(self, rule: Rule) -> str:
        """Return the text for one rule: its line where it is broken, nothing otherwise."""
        told = self._split(rule) if rule.split else self._relation(rule)
        if not rule.except_levels:
            return told
        level = next(f.key for f in self._layout.form.head if f.role is Role.UNIT_LEVEL)
        cell = self._layout.first.field(level).lookup(self._home)
        return f"IF({among(cell, rule.except_levels)},{_NOTHING},{told})"

    def _relation(self, rule: Rule) -> str:
        left, right = (self._amount(term) for term in rule.holds.terms)
        conditions = [f"COUNT({self._references(rule.holds.left)})>0"]
        conditions += [self._difference(when) + _HOLDS[when.relation] for when in rule.when]
        conditions.append(f"ROUND({left}-{right},6){_VIOLATED[rule.holds.relation]}")
        return f"IF(AND({','.join(conditions)}),{self._said(rule, left, right)},{_NOTHING})"

    def _split(self, rule: Rule) -> str:
        """Hold the 原报数 cell of a computed total against its parts."""
        (key,) = rule.holds.left.keys
        reported = self._layout.reported(key).lookup(self._home)
        parts = self._references(rule.holds.right)
        blank, amount = quoted(text.show(None)), f"SUM({parts})"

        def told_if(condition: str, left: str, right: str) -> str:
            return f"IF({condition},{self._said(rule, left, right)},{_NOTHING})"

        without_parts = told_if(f"{reported}>0", reported, blank)
        differs = told_if(f"ROUND({reported}-{amount},6)<>0", reported, amount)
        left_blank = told_if(f"MAX({parts})>0", blank, amount)
        return (
            f"IF(LEN({reported})=0,{_NOTHING},IF(ISNUMBER({reported}),"
            f"IF(COUNT({parts})=0,{without_parts},{differs}),"
            f"IF(OR(COUNT({parts})=0,{_in_words(reported)}),{_NOTHING},{left_blank})))"
        )

    def _said(self, rule: Rule, left: str, right: str) -> str:
        """Return a concatenation that spells a broken rule's line with its two figures."""
        sentence = line(rule.severity, rule.code, rule.sentence, where=self._column)
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

    def _difference(self, comparison: Comparison) -> str:
        left, right = (self._amount(term) for term in comparison.terms)
        return f"ROUND({left}-{right},6)"

    def _amount(self, term: Term) -> str:
        """Return a side's figure with blanks as 0."""
        if term.kind is TermKind.NUMBER:
            return str(term.number)
        function = "MAX" if term.kind is TermKind.MAX else "SUM"
        return f"{function}({self._references(term)})"

    def _references(self, term: Term) -> str:
        return ",".join(self._layout.value(key).lookup(self._home) for key in term.keys)
