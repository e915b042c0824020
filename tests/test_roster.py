"""Whose a return is: by code, by name, by alias; what is merely similar is suggested."""

import pytest

from toolkit import definition
from toolkit.form import Role
from toolkit.record import Unit
from toolkit.roster import Cover, Member, Roster, Scope, levels

EDUCATION = Member(Unit("某某县教育局", "X01", "县级政府部门"), ("教育局", "县教体局"))
POLICE = Member(Unit("某某县公安局", "X02"), ("公安局", "两局"), person="张三", phone="0731-1")
TRAFFIC = Member(Unit("某某县交通运输局", "X03"), ("两局",))
TOWN = Member(Unit("某某县样例镇人民政府", "X04"), ("样例镇",), Scope.BELOW)
TAXES = Member(Unit("某某县税务局", "X05"), (), Scope.VERTICAL)
ROSTER = Roster((EDUCATION, POLICE, TRAFFIC, TOWN, TAXES), Unit("某某县人民政府", "X00"))


@pytest.mark.parametrize(
    ("unit", "member"),
    [
        (Unit("某某县教育局", "X01"), EDUCATION),
        (Unit("", "X01"), EDUCATION),
        (Unit("教育局（盖章）", "X01"), EDUCATION),
        (Unit("某某县教育局", ""), EDUCATION),
        (Unit("某某县教育局", "Y99"), EDUCATION),
        (Unit("教育局"), EDUCATION),
        (Unit("样例镇"), TOWN),
        (Unit("税务局", "X05"), TAXES),
        # what is typed otherwise is not another name
        (Unit("", "ｘ０１"), EDUCATION),
        (Unit("", " x01 "), EDUCATION),
        (Unit("某某县 教育局\u3000"), EDUCATION),
        # of a name that two units have the code decides
        (Unit("两局", "X03"), TRAFFIC),
    ],
)
def test_a_unit_is_known_by_code_then_name_then_alias(unit: Unit, member: Member) -> None:
    assert ROSTER.member(unit) == member


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        (Unit("气象台"), "名册上没有“气象台”。"),
        (Unit(""), "名册上没有“空白”。"),
        (Unit("", "Y99"), "名册上没有“空白”。"),
        (Unit("某某县教育局（机关）"), "名称相近的有某某县教育局"),
        (Unit("某某县教育局（机关）"), "--unit"),
        (Unit("某某县教肓局"), "名册上没有“某某县教肓局”。"),
        (Unit("两局"), "“两局”是名册上几家单位（某某县公安局、某某县交通运输局）共用的叫法"),
        (Unit("某某县公安局", "X01"), "代码X01是“某某县教育局”的，单位名称写的却是“某某县公安局”"),
        (Unit("公安局", "X01"), "代码X01是“某某县教育局”的"),
    ],
)
def test_where_nobody_can_tell_it_says_why(unit: Unit, said: str) -> None:
    assert ROSTER.member(unit) is None
    assert not ROSTER.certain(unit)
    assert said in ROSTER.doubt(unit)


def test_a_name_that_the_roster_does_not_know_makes_a_code_uncertain() -> None:
    assert ROSTER.member(Unit("教育工会", "X01")) == EDUCATION
    assert not ROSTER.certain(Unit("教育工会", "X01"))
    assert "“教育工会”" in ROSTER.doubt(Unit("教育工会", "X01"))
    assert ROSTER.certain(Unit("教育局", "X01"))
    assert ROSTER.certain(Unit("", "X01"))
    assert ROSTER.certain(Unit("教育局", "Y99"))


@pytest.mark.parametrize("said", ["某某县公安局", "公安局", "X02", "ｘ０２"])
def test_people_name_a_unit_by_name_alias_or_code(said: str) -> None:
    assert ROSTER.named(said) == POLICE


@pytest.mark.parametrize("said", ["", "　", "两局", "气象台", "X99"])
def test_what_means_no_unit_or_several_means_none(said: str) -> None:
    assert ROSTER.named(said) is None


@pytest.mark.parametrize(
    ("unit", "own"),
    [
        (Unit("某某县人民政府", "X00"), True),
        (Unit("某某县人民政府", ""), True),
        (Unit("某某县人民政府", "X01"), True),
        (Unit("", "X00"), True),
        (Unit("某某县教育局", "X00"), False),
        (Unit("某某县人民政府办公室", ""), False),
        (Unit("气象台", "X00"), False),
        (Unit("", ""), False),
    ],
)
def test_the_region_itself_is_known_by_its_name(unit: Unit, own: bool) -> None:
    assert ROSTER.is_region(unit) is own
    assert not Roster(ROSTER.members).is_region(unit)


def test_similar_names_are_suggested_the_most_similar_first() -> None:
    near = ROSTER.near("某某县教育体育局")
    assert near[0] == EDUCATION
    assert len(near) <= 3
    assert ROSTER.near("完全不同的名称") == []


def test_another_office_of_the_region_is_not_suggested() -> None:
    names = [f"样本县{name}" for name in ("审计局", "财政局", "水利局", "统计调查队")]
    roster = Roster(tuple(Member(Unit(name)) for name in names), Unit("样本县人民政府"))
    assert roster.near("样本县统计局") == []
    assert [one.unit.name for one in roster.near("审计局机关")] == ["样本县审计局"]


def test_a_similar_name_is_found_among_a_hundred_thousand() -> None:
    many = Roster(tuple(Member(Unit(f"某某县第{n}办公室", f"X{n}")) for n in range(99_999)))
    found = Roster((*many.members, EDUCATION)).near("某某县教育体育局")
    assert found[0] == EDUCATION


def test_a_unit_takes_code_name_and_level_of_the_roster() -> None:
    assert ROSTER.resolved(Unit("教育局")) == EDUCATION.unit
    assert ROSTER.resolved(Unit("", "x01", "其他")) == EDUCATION.unit


def test_a_name_that_is_not_the_members_stays() -> None:
    resolved = ROSTER.resolved(Unit("教育工会", "X01"))
    assert resolved == Unit("教育工会", "X01", EDUCATION.unit.level)
    assert ROSTER.resolved(Unit("气象台", "Y9")) == Unit("气象台", "Y9")


def test_units_under_vertical_management_are_not_expected() -> None:
    assert ROSTER.expected == (EDUCATION, POLICE, TRAFFIC, TOWN)
    assert ROSTER.within(Scope.VERTICAL) == (TAXES,)
    assert ROSTER.within(Scope.BELOW) == (TOWN,)


def test_the_whole_region_covers_what_is_summed_and_the_own_offices_a_part_of_it() -> None:
    assert [scope for scope in Scope if Cover.ALL.has(scope)] == [Scope.OWN, Scope.BELOW]
    assert [scope for scope in Scope if Cover.OWN.has(scope)] == [Scope.OWN]


def test_scopes_and_covers_have_names() -> None:
    assert [scope.label for scope in Scope] == ["本级", "下级", "垂直管理"]
    assert {cover.label for cover in Cover} == {"全行政区域", "本级"}


def test_a_contact_is_a_person_and_a_number() -> None:
    assert POLICE.contact == "张三 0731-1"
    assert TOWN.contact == ""


def test_the_levels_are_those_of_all_editions() -> None:
    offered = [
        option
        for edition in definition.editions()
        for field in definition.load(edition).head
        if field.role is Role.UNIT_LEVEL
        for option in field.options
    ]
    assert set(levels()) == set(offered)
    assert len(levels()) == len(set(levels()))


def test_the_level_that_a_return_tells_stays_where_the_roster_tells_none() -> None:
    roster = Roster((Member(Unit("甲局", "X1")), Member(Unit("乙局", "X2", "县级政府部门"))))
    told = [roster.resolved(Unit(name, level="乡镇")).level for name in ("甲局", "乙局")]
    assert told == ["乡镇", "县级政府部门"]
