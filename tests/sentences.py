"""What every sentence for a clerk must be: one line, Chinese, no programmer's English."""

import re

ENGLISH = re.compile(r"[A-Za-z]{2,}(?: [a-z]{2,}){2,}|Traceback|Errno|Error|Exception|NoneType")


def assert_sentence(text: str, *told: str) -> None:
    """Check that `text` is a sentence for a clerk that tells all of `told`."""
    assert "\n" not in text.strip(), text
    assert re.search("[一-龥]{4}", text), text
    assert text.strip().endswith("。"), text
    assert not ENGLISH.search(text), text
    for part in told:
        assert part in text, text
