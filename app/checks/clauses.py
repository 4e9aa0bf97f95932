"""What a clause counts, told by its words: another year, a part of the organ, a difference."""

from __future__ import annotations

from app.patterns import pattern

_CHANGE = pattern("增加|减少|增长|下降|上升|同比|环比|(?<!占)[较比](?!例)|多了|少了")
_UNDONE = pattern(
    "未(?:按时|按期|能|及时)?(?:办结(?!结转)|答复|受理|处理)|应当?(?:办|答)|逾期(?!不补正|未补正|未按|未缴)|延期|延长|指导|督促|协助|移交|委托|转交"
)
_CHANNEL = pattern(
    "网络|网上|网站|平台|信函|邮寄|邮件|来信|当面|现场|传真|窗口|线上|线下|微信|电话|邮箱|系统|渠道|书面(?!答复|告知|回复)|来访|纸质|快递|挂号"
)
_ANOTHER_WAY = pattern(
    r"[、，；][^，。；、\d]{0,6}(?:网[络上站]|平台|信函|邮[寄件箱]|来信|当面|现场|窗口|线[上下]|微信|电话|书面|纸质|快递"
    r"|挂号|来访)[^，。；、\d]{0,8}\d"
)
_ALL = pattern("共|总|累计|合计|全年|全[市县区镇乡州省]|各类")
_WITH_ALL_OFFICES = pattern("(?:及|和)(?:其|各|所属)*部门|政府[及和][县市区]?政?府?办公室")
_PART_OF_ORGAN = pattern(
    "本级|政府办|办公[室厅]|各(?:乡|镇|县|区|市|街|部门|单位|级)|部门|乡镇|[县市区]直|下属|所属|局|[县区市]政府|政府(?=新收|收到|受理|共收|共受)"
)
_PART_OF_TOWNSHIP = pattern("各(?:村|站|办|社区)|村级|社区(?!矫正)|村[（(]居|站所")
_NOT_OURS = pattern("不涉及|无关|非政府信息公开|与(?:政府)?信息公开[^，。]{0,4}无")
_CARRIED = pattern("结转|转结|转入|转来|遗留|顺延|延至|转到")
_LAST_YEAR = pattern("上一?年|去年|前一?年|往年|历年|以来")
_YEAR = pattern(r"(?<!结转)(?<![\d较比与同])(20\d\d)年(?!度?结转)")
_PART_OF_YEAR = pattern(
    r"上半年|下半年|季度|(?<!\d)\d{1,2}月(?!\d{1,2}日?(?:起)?[至到\-—–~])|月份|每[年月季周日]|平均|人均"
)
_WHOLE_YEAR = pattern(r"1月(?:1日)?起?[至到\-—–~].{0,6}12月|截[至止]?到?.{0,6}12月")


def is_something_else(clause: str, behind: str) -> bool:
    """A difference (增加3件), what was not done, or what came by one way alone (网上3件).

    `behind` is what follows the number: 「网上3件、信函2件」 tells of one way and then another.
    """
    one_way = _CHANNEL.search(clause) and (
        not _ALL.search(clause) or _ANOTHER_WAY.match(behind) is not None
    )
    return bool(_CHANGE.search(clause) or _UNDONE.search(clause) or one_way)


def is_of_all(clause: str) -> bool:
    """Words that speak of the whole: 共, 全年, 全县."""
    return bool(_ALL.search(clause))


def is_of_a_part(clause: str, whole_county: bool) -> bool:
    """An office, a village, a department: less than the organ, or than its county, reports on."""
    if _WITH_ALL_OFFICES.search(clause):
        return False
    return bool((_PART_OF_ORGAN if whole_county else _PART_OF_TOWNSHIP).search(clause))


def is_disclaimed(behind: str) -> bool:
    """Right behind the number the text says that it has nothing to do with 信息公开."""
    return bool(_NOT_OURS.search(behind[:24]))


def is_carried(clause: str) -> bool:
    """What was carried in or out is dated by a year that is not this one, and rightly so."""
    return bool(_CARRIED.search(clause))


def is_of_other_time(said: str, clause: str, year: int) -> bool:
    """Another year, or a part of this one; `said` is what the sentence says up to the number."""
    years = _YEAR.findall(said)
    if years and int(years[-1]) != year:
        return True
    if _PART_OF_YEAR.search(clause) and not _WHOLE_YEAR.search(said):
        return True
    return bool(_LAST_YEAR.search(clause))
