"""The manual: short, in order, in our own words."""

from app.manual import tasks


def test_that_every_task_is_told_in_a_few_whole_sentences() -> None:
    assert len(tasks()) >= 8
    for task in tasks():
        assert 2 <= len(task.steps) <= 6, task.title
        assert all(step.endswith("。") and len(step) <= 90 for step in task.steps), task.title
        assert all("：" in key for key in task.keys), task.title


def test_that_no_two_tasks_have_one_name() -> None:
    names = [task.title for task in tasks()]
    assert len(set(names)) == len(names)
