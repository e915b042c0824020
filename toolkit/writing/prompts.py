"""What the inputs of the locked workbook accept, and what they say to the clerk.

Data validation is help, not defence: pasting goes past it. The reader checks again.
"""

from typing import Any

from toolkit import text, words
from toolkit.form import Field, Indicator, Role

TITLE_LENGTH = 32
"""The most characters Excel shows as the title of a prompt; messages may have 255."""

Validation = dict[str, Any]
"""Options of XlsxWriter's ``data_validation``."""


def of_indicator(indicator: Indicator, cell: str) -> Validation:
    """Return what an indicator's input accepts and says.

    Args:
        indicator: the figure entered there.
        cell: the input's address.
    """
    measure = indicator.measure
    kind = "money" if measure.decimals else "count"
    shared = {
        "input_title": words.say("sheet.prompt.title", unit=measure.name),
        "input_message": words.say(f"sheet.prompt.{kind}", help=indicator.help, unit=measure.name),
        "error_title": words.say("sheet.prompt.error_title"),
        "error_message": words.say(f"sheet.prompt.{kind}_error"),
    }
    if measure.decimals:
        above = "" if measure.signed else f"{cell}>=0,"
        proper = f"=AND(ISNUMBER({cell}),{above}ROUND({cell},{measure.decimals})={cell})"
        return {"validate": "custom", "value": proper} | shared
    if measure.signed:
        signed = {"error_message": words.say("sheet.prompt.signed_error")}
        return {"validate": "integer", "criteria": ">", "value": -text.LIMIT} | shared | signed
    return {"validate": "integer", "criteria": ">=", "value": 0} | shared


def of_explanation() -> Validation:
    """Return what a 说明 cell says."""
    return {"validate": "any", "input_message": words.say("sheet.prompt.explanation")}


def of_field(entry: Field) -> Validation:
    """Return what a field of head or foot accepts and says."""
    prompt = {"input_title": entry.label[:TITLE_LENGTH], "input_message": entry.help}
    if entry.role is Role.NIL:
        error = {
            "error_title": words.say("sheet.prompt.error_title"),
            "error_message": words.say("sheet.prompt.nil_error"),
        }
        return {"validate": "list", "source": list(text.nil_words())} | prompt | error
    if entry.options:
        error = {
            "error_title": words.say("sheet.prompt.error_title"),
            "error_message": words.say("sheet.prompt.option_error"),
        }
        return {"validate": "list", "source": list(entry.options)} | prompt | error
    return {"validate": "any"} | prompt
