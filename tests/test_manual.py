"""The manual and the guide on upkeep: short, in order, in our own words."""

from app.manual import tasks, upkeep


def test_that_every_task_is_told_in_a_few_whole_sentences() -> None:
    assert len(tasks()) >= 8
    for task in tasks():
        assert 2 <= len(task.steps) <= 6, task.title
        assert all(step.endswith("。") and len(step) <= 90 for step in task.steps), task.title
        assert all("：" in key for key in task.keys), task.title


def test_that_upkeep_is_told_in_whole_sentences() -> None:
    for task in upkeep():
        assert 3 <= len(task.steps) <= 6, task.title
        assert all(step.endswith("。") and len(step) <= 140 for step in task.steps), task.title


def test_that_upkeep_covers_what_an_office_asks() -> None:
    told = "\n".join("\n".join((one.title, *one.steps)) for one in upkeep())
    for words in (
        *("SmartScreen", "360", "允许任意应用", "麒麟", "飞腾", "备份", "换一台电脑", "接手"),
        *("portable.txt", "卸载", "没有在真机上试过", "gongkai self-test"),
    ):
        assert words in told


def test_that_no_two_tasks_have_one_name() -> None:
    for told in (tasks(), upkeep()):
        names = [task.title for task in told]
        assert len(set(names)) == len(names)
