"""Findings: their sentences."""

from toolkit.findings import LONGEST, Refused, finding


def test_a_sentence_quotes_only_the_beginning_of_a_long_text() -> None:
    found = finding("R16", label="主动公开", places="表1!D45、" * 5_000, value="很" * 9_000)
    assert found.message.startswith("“主动公开”出现在不止一处（表1!D45、")
    assert "…），内容不同" in found.message
    assert len(found.message) < 2 * LONGEST
    assert found.value == "很" * 9_000


def test_a_short_text_is_quoted_whole() -> None:
    places = "甲" * LONGEST
    assert f"（{places}）" in finding("R16", label="主动公开", places=places).message


def test_a_sentence_can_always_be_written() -> None:
    found = Refused("R10", reason="没有“\ud800x”版的表式").finding
    assert "没有“x”版的表式" in found.message
