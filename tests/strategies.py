"""What hypothesis draws: figures, the ways they are typed, whole records."""

from decimal import Decimal

from hypothesis import strategies as st

from tests.numerals import numerals
from toolkit import text
from toolkit.findings import Number
from toolkit.form import Form, Indicator
from toolkit.record import Record, Source, Unit, settle

SPACES = ("", " ", "\u3000", "\u00a0", "\u202f", "\u200b", "\t")
WIDE = str.maketrans("0123456789,-", "０１２３４５６７８９，－")


def counts() -> st.SearchStrategy[int]:
    """Draw a count, mostly small; the sum of all rows stays below the limit."""
    return st.one_of(st.integers(0, 3), st.integers(0, text.LIMIT // 100))


def money() -> st.SearchStrategy[Number]:
    """Draw an amount with at most two decimals; a float holds all of it."""
    return st.integers(0, 10**13).map(lambda cents: text.exact(Decimal(cents).scaleb(-2)))


def figures(indicator: Indicator) -> st.SearchStrategy[Number | None]:
    """Draw what a careful clerk may enter for an indicator, blank included."""
    proper = money() if indicator.measure.decimals else counts()
    return st.one_of(st.none(), st.none(), proper)


@st.composite
def typed(draw: st.DrawFn, number: int, unit: str) -> str:
    """Draw a way in which people type an integer: widths, commas, numerals, spaces, the unit."""
    digits = draw(st.sampled_from([str(number), f"{number:,}", draw(numerals(number))]))
    if draw(st.booleans()):
        digits = digits.translate(WIDE)
    before, between, behind = (draw(st.sampled_from(SPACES)) for _ in range(3))
    return before + digits + between + draw(st.sampled_from(["", unit])) + behind


def texts() -> st.SearchStrategy[str]:
    """Draw a text that a workbook can hold."""
    return st.text().map(text.printable)


def sources(value: Number | None) -> st.SearchStrategy[Source]:
    """Draw where a value came from; that there was none is found only of a blank one."""
    meanings = [str(m) for m in text.Meaning if value is None or m in ("", text.Meaning.TIDIED)]
    return st.builds(Source, texts(), texts(), texts(), st.sampled_from(meanings), texts())


@st.composite
def records(draw: st.DrawFn, form: Form) -> Record:
    """Draw a return: figures and blanks, reported totals, explanations, contacts, traces."""
    keys = st.sampled_from(list(form.indicators))
    filled = draw(st.lists(st.sampled_from(form.entered), unique_by=lambda i: i.key, max_size=16))
    drawn = {i.key: draw(figures(i)) for i in filled}
    told = {t.key: draw(figures(t)) for t in form.totals if draw(st.booleans())}
    values, reported = settle(form, drawn, told)
    traced = draw(st.lists(keys, max_size=4, unique=True))
    stated = {
        i.key: (reported if i.computed else values).get(i.key) for i in form.indicators.values()
    }
    return Record(
        form=draw(st.sampled_from([form.edition, "", "1066"])),
        year=draw(st.one_of(st.none(), st.integers(1900, 2100))),
        unit=Unit(draw(texts()), draw(texts())),
        values=values,
        reported=reported,
        nil=draw(st.booleans()),
        contacts=draw(st.dictionaries(st.sampled_from([f.key for f in form.foot]), texts())),
        explanations=draw(st.dictionaries(keys, texts(), max_size=4)),
        sources={key: draw(sources(stated[key])) for key in traced},
        extra=draw(st.dictionaries(texts(), texts(), max_size=2)),
    )
