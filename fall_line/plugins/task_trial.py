"""What a task must promise before it is offered: its record is complete and its points can be learned and shown."""

from pathlib import Path

from fall_line.plugins.plugin_file import PluginError, blamed, line_of_function
from fall_line.plugins.records import faulty_texts, faulty_words
from networks import Task
from networks._faults import faulty_data, faulty_record, faulty_view


def try_task(task: Task, path: Path, line: int) -> None:
    """See that `task`, which begins on `line` of the file at `path`, can be shown and trained on.

    Raises:
        PluginError: it can't.
    """
    with blamed(path, line):
        for faults in (faulty_texts(task, "label", "lesson", "source"), faulty_words(task), faulty_record(task)):
            for sentence in faults:
                raise PluginError(path.name, line, sentence)
    place = line_of_function(task.data, path, line)
    with blamed(path, place):
        for sentence in faulty_data(task):
            raise PluginError(path.name, place, sentence)
    with blamed(path, line):
        for sentence in faulty_view(task):
            raise PluginError(path.name, line, sentence)
