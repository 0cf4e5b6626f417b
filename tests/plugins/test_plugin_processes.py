"""A file that hangs, ends the process or crashes it is told of, and takes no other file with it."""

import os

from fall_line.plugins.trials import faults
from tests.plugins.conftest import PRINTED, ROOT

LOOP = "import time\nwhile True:\n    try:\n        time.sleep(0.01)\n    except BaseException:\n        pass\n"
STUBBORN = "x = 1\n\nx = sum(range(10**13))\n"  # holds the interpreter
NOISY = """
import os, sys
print("not an answer")
os.write(1, b"nor this\\n")
os.write(2, b"File \\"x.py\\", line 7\\n")
assert sys.stdin.read() == ""
import threading, time
threading.Thread(target=time.sleep, args=(1e6,)).start()
"""
LIMIT = 4.0  # seconds, enough for those that come to an end
FILES = {
    "a_loop.py": LOOP,
    "b_stubborn.py": STUBBORN,
    "c_endless.py": PRINTED["leaning_bowl"].replace("return x**2", "while True: x = x + 1\n    return x**2"),
    "d_vanishes.py": "import os\n\nos._exit(0)\n",
    "e_crashes.py": "import ctypes\n\n\nctypes.string_at(0)\n",
    "f_good.py": PRINTED["leaning_bowl"],
    "g_noisy.py": NOISY + PRINTED["sign_steps"],
    "h_interrupts.py": "raise KeyboardInterrupt\n",
    "i_bröken ‘name’.py": "\n1 / 0\n",
    "j_kills.py": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n",
    "k_good.py": PRINTED["my_momentum"],
}


def test_none_takes_another_with_it(folder):
    place = folder(FILES)
    paths = [place / name for name in FILES]
    told = {path.name: fault and (fault.line, fault.sentence) for path, fault in faults(paths, LIMIT).items()}
    line_of_loop = FILES["c_endless.py"][: FILES["c_endless.py"].index("while")].count("\n") + 1
    late = "it was not done after 4 seconds; does it loop for ever?"
    assert told["a_loop.py"] in ((line, late) for line in (2, 3, 4, 5, 6))
    # The frames are read while they run: now and then those of a busy process can't be followed to the file.
    assert told["c_endless.py"] in ((line_of_loop, late), (None, late))
    assert told == {
        "a_loop.py": told["a_loop.py"],
        "b_stubborn.py": (3, late),
        "c_endless.py": told["c_endless.py"],
        "d_vanishes.py": (None, "it ended the process that tried it out."),
        "e_crashes.py": (4, "it crashed the process that tried it out (Segmentation fault)."),
        "f_good.py": None,
        "g_noisy.py": None,
        "h_interrupts.py": (None, "KeyboardInterrupt: it must not end the program."),
        "i_bröken ‘name’.py": (2, "ZeroDivisionError: division by zero."),
        "j_kills.py": (None, "it ended the process that tried it out."),
        "k_good.py": None,
    }


def test_no_file_no_process():
    assert faults([]) == {}


def test_where_no_process_can_work_every_file_is_told(folder, monkeypatch):
    place = folder({"a.py": PRINTED["sign_steps"], "b.py": "1 / 0\n"})
    (place / "jax.py").write_text("raise ImportError('no JAX here')\n", encoding="utf-8")
    monkeypatch.setattr("fall_line.plugins.trials.ROOT", f"{place}{os.pathsep}{ROOT}")
    told = faults([place / "a.py", place / "b.py"])
    sentence = "it could not be tried out: ImportError: no JAX here"
    assert {path.name: (fault.line, fault.sentence) for path, fault in told.items()} == {
        "a.py": (None, sentence),
        "b.py": (None, sentence),
    }
