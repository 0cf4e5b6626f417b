"""Each setting is read from its variable, and one that can't be read is refused in a sentence."""

from dataclasses import fields
from pathlib import Path

import pytest

from fall_line.settings import Settings, settings
from fall_line.validation import InputError

NUMBERS = {
    "FALL_LINE_MAX_SIDE": "max_side",
    "FALL_LINE_MAX_FRAMES": "max_frames",
    "FALL_LINE_MAX_PIXELS": "max_pixels",
    "FALL_LINE_KEEP_SECONDS": "keep_seconds",
    "FALL_LINE_JOBS_AT_ONCE": "jobs_at_once",
    "FALL_LINE_MAX_WAITING": "max_waiting",
    "FALL_LINE_MAX_WAITING_PER_BROWSER": "max_waiting_per_browser",
    "FALL_LINE_TRAINING_SECONDS": "training_seconds",
    "FALL_LINE_MAX_TRAININGS": "max_trainings",
}
TEXTS = {"FALL_LINE_JOBS_FOLDER": "jobs_folder", "FALL_LINE_PLUGINS": "plugins", "REDIS_URL": "redis_url"}


def test_every_field_has_its_variable():
    assert {*NUMBERS.values(), *TEXTS.values(), "framed_by"} == {one.name for one in fields(Settings)}


def test_nothing_given_is_the_default():
    assert settings({}) == Settings()
    assert settings(dict.fromkeys([*NUMBERS, *TEXTS, "FALL_LINE_OTHER", "FALL_LINE_REDIS_URL"], "")) == Settings()
    assert settings({"FALL_LINE_REDIS_URL": "redis://other"}).redis_url == ""


@pytest.mark.parametrize(("variable", "field"), NUMBERS.items())
def test_a_number_is_read(variable, field):
    read = settings({variable: "123"})
    assert getattr(read, field) == 123
    assert read == Settings(**{field: 123})


@pytest.mark.parametrize(("variable", "field"), TEXTS.items())
def test_a_text_is_read_as_it_is(variable, field):
    read = settings({variable: "redis://127.0.0.1:6379/3?a= b"})
    assert read == Settings(**{field: "redis://127.0.0.1:6379/3?a= b"})


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("https://notes.example.org", None),
        ("  https://a.example  http://*.b.example:8080\n", "https://a.example http://*.b.example:8080"),
        ("http://localhost:* http://127.0.0.1:8888", None),
        ("*", None),
        ("c.example", None),
    ],
)
def test_sites_that_may_frame_the_page_are_read(text, read):
    assert settings({"FALL_LINE_FRAMED_BY": text}) == Settings(framed_by=read or text)


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/notes",
        "a.example; script-src *",
        "'unsafe-inline'",
        "a.example,b.example",
        "javascript:x",
        "é",
    ],
)
def test_what_is_no_site_is_refused(text):
    with pytest.raises(InputError) as refused:
        settings({"FALL_LINE_FRAMED_BY": f"https://notes.example.org {text}"})
    sentence = str(refused.value)
    assert sentence.startswith(f"FALL_LINE_FRAMED_BY has ‘{text.split()[0]}’; it must be sites such as https://")
    assert sentence.isprintable()


@pytest.mark.parametrize("variable", NUMBERS)
@pytest.mark.parametrize(
    "text", ["0", "-1", "+1", "1.5", "1e3", "many", " 5", "²", "١٢", "nan", "9" * 16, "x" * 99, "\n"]
)
def test_a_wrong_number_is_refused(variable, text):
    with pytest.raises(InputError) as refused:
        settings({variable: text})
    sentence = str(refused.value)
    assert sentence.startswith(f"{variable} is ‘{text.strip()[:40]}")
    assert sentence.endswith("; it must be a whole number from 1 on.")
    assert sentence.isprintable()


def test_the_environment_is_read_anew_each_time(monkeypatch):
    monkeypatch.setenv("FALL_LINE_MAX_FRAMES", "7")
    assert settings().max_frames == 7
    monkeypatch.setenv("FALL_LINE_MAX_FRAMES", "8")
    assert settings().max_frames == 8


def test_the_job_folder(monkeypatch, tmp_path):
    assert settings({"FALL_LINE_JOBS_FOLDER": "/srv/jobs"}).folder == Path("/srv/jobs")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert settings({}).folder == tmp_path / "fall-line/jobs"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert settings({}).folder == tmp_path / ".cache/fall-line/jobs"
