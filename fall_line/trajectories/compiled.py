"""Compiled programs outlive the process, so that a restarted server needn't compile them again."""

import hashlib
import platform
import warnings
from pathlib import Path

import jax


def keep_compiled(folder: Path) -> None:
    """Let JAX keep what it compiles from now on under `folder`, if that can be written to.

    Programs are machine code for one kind of processor, so each kind has a folder of its own.
    """
    place = folder / _processor()
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        (place / "writable").touch()
    except OSError:
        return
    # An entry that was cut short by a crash is compiled anew; nobody needs to hear of it.
    warnings.filterwarnings("ignore", "Error (reading|writing) persistent compilation cache")
    jax.config.update("jax_compilation_cache_dir", str(place))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
    jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)


def _processor() -> str:
    """Return a name for this machine's kind of processor and what it can do."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = [platform.processor()]
    kinds = sorted({line for line in lines if line.startswith(("flags", "Features", "model name"))}) or lines[:1]
    return f"{platform.machine()}-{hashlib.sha256(chr(10).join(kinds).encode()).hexdigest()[:16]}"
