"""The worker draws jobs: python -m fall_line.jobs.worker

It is huey's consumer with as many processes as jobs may be drawn at once, and two more: one looks after the folder, and
one has long trainings made, one after the other, so that no drawing waits for one.
They stop together: on Ctrl+C or SIGTERM, or when the first process is gone; jobs under way then wait for the next
worker. JAX is never loaded, so that forking is safe and a process small.
"""

import argparse
import logging
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from huey.consumer import BaseProcess, Consumer, Scheduler, Worker

from fall_line.exports import ExportError
from fall_line.jobs import attempt, presence, queue
from fall_line.jobs.folder import unfinished
from fall_line.jobs.janitor import Janitor
from fall_line.settings import settings
from fall_line.validation import InputError

POLL_SECONDS = 0.5
TIDY_SECONDS = 1.0
PATIENCE_SECONDS = 8.0  # Docker kills after 10
NICENESS = 5  # the page comes first
NICENESS_OF_TRAINING = 10  # and what is drawn comes before what is trained

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

log = logging.getLogger("jobs")


def main(arguments: list[str]) -> int:
    """Draw jobs until told to stop and return the exit code: 0, 1 for a failure, 2 for settings that can't be used."""
    parser = argparse.ArgumentParser("python -m fall_line.jobs.worker", description="Draw the animations that wait.")
    parser.add_argument("--beside", action="store_true", help="stop when standard input is closed")
    parser.add_argument("--alive", action="store_true", help="draw nothing; the exit code is 0 if a worker lives")
    chosen = parser.parse_args(arguments)
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    logging.getLogger("huey.consumer.Worker").setLevel(logging.CRITICAL)  # the janitor tells of a lost queue, once
    try:
        if chosen.alive:
            return 0 if presence.somebody_works() else 1
        drawing = _Consumer(chosen.beside)
        if not chosen.beside:
            print(f"Draws up to {drawing.workers} jobs at a time; the queue is {queue.place()}.", flush=True)
        drawing.run()
        drawing.finish()
        if queue.huey() is not drawing.huey:
            raise ExportError("The job folder was emptied or replaced; start the worker again.")
    except (InputError, ExportError) as problem:
        log.error("%s", problem)
        return 2 if isinstance(problem, InputError) else 1
    except KeyboardInterrupt:
        return 130
    return 0


def _stop_on_signals(stop: Callable[[], None]) -> None:
    for one in STOPPING:
        signal.signal(one, lambda *_: stop())


class _Drawer(Worker):
    """A process that draws one job after the other."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.parent = os.getpid()

    def initialize(self) -> None:
        # All processes get the signals of a terminal: whichever is first, all must stop.
        _stop_on_signals(self.stop_flag.set)
        attempt.stopping = self.stop_flag.is_set
        os.nice(NICENESS)

    def loop(self, now: Any = None) -> None:
        if os.getppid() != self.parent:
            self.stop_flag.set()
        else:
            super().loop(now)


class _Trainer(BaseProcess):
    """A process that lets one training after the other be made, each in a process of its own that loads JAX."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.parent = os.getpid()

    def initialize(self) -> None:
        _stop_on_signals(self.stop_flag.set)
        attempt.stopping = self.stop_flag.is_set
        os.nice(NICENESS_OF_TRAINING)

    def loop(self, now: Any = None) -> None:  # noqa: ARG002
        if os.getppid() != self.parent:
            self.stop_flag.set()
        elif not self._train_next():
            self.stop_flag.wait(POLL_SECONDS)

    def _train_next(self) -> bool:
        """Make the training that waits for longest, and return whether there was one."""
        try:
            for job, kind in unfinished():
                if kind == "waiting" and job.trains:
                    return attempt.draw(job)
        except FileNotFoundError:  # removed just now
            pass
        except OSError as error:
            log.error("A training can't be made now. %s", attempt.sentence(error))
        return False


class _Caretaker(Scheduler):
    """A process that looks after the folder, shows that the worker lives, and tells when the queue is lost.

    It takes the place of huey's scheduler, for no job is for later.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.parent = os.getpid()

    def initialize(self) -> None:
        _stop_on_signals(self.stop_flag.set)
        self.janitor, self.sign, self.told = Janitor(), presence.new_sign(), ""

    def loop(self, now: Any = None) -> None:  # noqa: ARG002
        if os.getppid() != self.parent:
            self.stop_flag.set()
            return
        self._tell(self._problem())
        self.stop_flag.wait(TIDY_SECONDS)

    def shutdown(self) -> None:
        self.sign.unlink(missing_ok=True)

    def _problem(self) -> str:
        try:
            self.janitor.tidy()
            presence.show(self.sign)
            if queue.huey() is not self.huey:
                self.stop_flag.set()
        except (ExportError, InputError) as problem:
            return str(problem)
        except OSError as error:
            return f"The job folder can't be written: {error.strerror}."
        return ""

    def _tell(self, problem: str) -> None:
        if problem != self.told:
            log.error("%s", problem or "The queue and the job folder can be used again.")
            self.told = problem


class _Consumer(Consumer):
    worker_class = _Drawer
    scheduler_class = _Caretaker

    def __init__(self, beside: bool) -> None:
        super().__init__(
            queue.huey(),
            workers=settings().jobs_at_once,
            worker_type="process",
            max_delay=POLL_SECONDS,
            health_check_interval=1,
            periodic=False,
        )
        self.beside = beside
        self.trainer = self._create_trainer()

    def _create_trainer(self) -> Any:
        return self._create_process(_Trainer(self.huey, self.stop_flag), "Trainer")

    def check_worker_health(self) -> bool:
        if not self.environment.is_alive(self.trainer):
            self.trainer = self._create_trainer()
            self.trainer.start()
        return super().check_worker_health()

    def start(self) -> None:
        super().start()
        self.trainer.start()
        # Huey's own handlers would wait for jobs to be done, and start anew on SIGHUP.
        _stop_on_signals(self.stop_flag.set)

    def loop(self, health_check_ts: float | None = None) -> float | None:
        if self.beside and _closed(sys.stdin.fileno()):
            self.stop_flag.set()
        return super().loop(health_check_ts)

    def finish(self) -> None:
        """Wait for all processes, and end those by force that don't end."""
        processes = [self.scheduler, self.trainer, *(process for _, process in self.worker_threads)]
        deadline = time.monotonic() + PATIENCE_SECONDS
        for process in processes:
            process.join(max(0, deadline - time.monotonic()))
        for process in processes:
            process.kill()


def _closed(stream: int) -> bool:
    readable, _, _ = select.select([stream], [], [], 0)
    return bool(readable) and not os.read(stream, 4096)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
