"""What must be true for a task force to end."""

from dataclasses import dataclass

from learnin.taskforce.models import HandOverTask, TaskForce


@dataclass(frozen=True)
class HandOver:
    """The tasks and where each goes; the ones nobody has taken over stand first."""

    tasks: tuple[HandOverTask, ...]

    @property
    def met(self) -> int:
        """How many tasks are taken over."""
        return sum(task.met_on is not None for task in self.tasks)

    @property
    def open(self) -> int:
        """How many are not."""
        return len(self.tasks) - self.met

    @property
    def may_end(self) -> bool:
        """Whether the task force can end: there are tasks, and all are taken over."""
        return bool(self.tasks) and not self.open


def hand_over(task_force: TaskForce) -> HandOver:
    """The tasks of a task force that go to others."""
    tasks = task_force.hand_over_tasks.order_by("pk")
    return HandOver(tuple(sorted(tasks, key=lambda task: (task.met_on is not None, task.pk))))
