"""Reads files back without what wrote them, and compares pictures."""

import re
import subprocess

import imageio_ffmpeg
import numpy as np
from PIL import Image


def video(path):
    """What ffmpeg says about a video, and its frames, (frames, height, width, 3)."""
    words = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-i", str(path), "-fps_mode", "passthrough"]
    read = subprocess.run([*words, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], capture_output=True, check=True)
    said = read.stderr.decode()
    width, height = (int(side) for side in re.search(r"Video: .*?(\d{3,})x(\d{3,})", said).groups())
    return said, np.frombuffer(read.stdout, dtype=np.uint8).reshape(-1, height, width, 3)


def moving(path):
    """How long each frame of a GIF or a WebP lasts, milliseconds, the frames with alpha, and how often it repeats."""
    with Image.open(path) as file:
        lengths, frames = [], []
        for index in range(file.n_frames):
            file.seek(index)
            file.load()
            lengths.append(file.info["duration"])
            frames.append(np.asarray(file.convert("RGBA")))
        return lengths, np.array(frames), file.info["loop"]


def differing(one, other):
    """Which share of the pixels differs by more than 30 levels."""
    return float((np.abs(one[..., :3].astype(int) - other[..., :3]).max(axis=-1) > 30).mean())


def alike(one, other):
    """The structural similarity of two pictures, 1 if they are equal, over squares of 8 pixels (Wang et al. 2004)."""
    a, b = (_squares(picture[..., :3] @ np.array([0.299, 0.587, 0.114])) for picture in (one, other))
    mean_a, mean_b = a.mean(axis=1), b.mean(axis=1)
    together = (a * b).mean(axis=1) - mean_a * mean_b
    light, contrast = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    same_light = (2 * mean_a * mean_b + light) / (mean_a**2 + mean_b**2 + light)
    return float((same_light * (2 * together + contrast) / (a.var(axis=1) + b.var(axis=1) + contrast)).mean())


def _squares(grey):
    height, width = (side // 8 for side in grey.shape)
    return grey[: height * 8, : width * 8].reshape(height, 8, width, 8).swapaxes(1, 2).reshape(-1, 64)
