"""Numbers in 汉字, as items are counted: 一、二 … 九十九."""

_DIGITS = "一二三四五六七八九"


def han(number: int) -> str:
    """Write a number from 1 to 99; one beyond, which nobody counts to, in digits."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    before = "" if tens < 2 else _DIGITS[tens - 1]
    return before + ("十" if tens else "") + (_DIGITS[ones - 1] if ones else "")
