"""A PulseAudio server of the tests' own with a sink nobody hears, and a recorder of what that sink received."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import numpy as np
from scipy.signal import correlate

from player.audio._samples import Samples, silence

PROGRAMS = ("pulseaudio", "parec", "pactl")
PATIENCE_MS = 30_000
"""Most time to wait for something that takes an instant where nothing else runs."""

MISSING = [name for name in PROGRAMS if shutil.which(name) is None]


class Server:
    """A PulseAudio server with null sinks at given rates, in a folder of its own."""

    def __init__(self, folder: Path, rates: tuple[int, ...] = (44_100,)) -> None:
        self.folder = folder
        self.rates = rates
        self.address = f"unix:{folder}/pulse/native"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_SERVER": self.address,
        }
        self._log = folder / "pulseaudio.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._listeners: list[subprocess.Popen[bytes]] = []

    @property
    def running(self) -> bool:
        """Whether it was started and lives."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """Process id, while it runs."""
        assert self._process is not None
        return self._process.pid

    @property
    def last_words(self) -> str:
        """How it ended, if it did, and what it wrote last."""
        code = self._process.poll() if self._process is not None else None
        lines = self._log.read_text(errors="replace").splitlines()[-30:] if self._log.exists() else []
        how = "runs" if code is None else f"ended with {code} ({signal_name(code)})"
        return "\n".join([f"PulseAudio {how}; its log:", *lines])

    def start(self) -> None:
        """Start it and wait until it answers."""
        # With the sound server's own limit on real-time threads the kernel kills it on a busy machine.
        settings = self.folder / ".config/pulse/daemon.conf"
        settings.parent.mkdir(parents=True, exist_ok=True)
        # Its shared memory is lost track of on a busy machine ("non-registered memfd", its issue 824).
        settings.write_text("rlimit-rttime = -1\nenable-memfd = no\nenable-shm = no\n")
        command = [
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
            "--log-level=warning",
            "--log-time=true",
        ]
        command += ["-L", "module-native-protocol-unix"]
        for rate in self.rates:
            command += ["-L", f"module-null-sink sink_name=t{rate} rate={rate} format=float32le"]
        environment = {k: v for k, v in self.environment.items() if k != "PULSE_SERVER"}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, env=environment, stderr=log)
        end = time.monotonic() + 10
        while self.ask("info", check=False) == "" and time.monotonic() < end:
            time.sleep(0.02)
        self.ask("set-default-sink", f"t{self.rates[0]}")

    def keep_awake(self) -> None:
        """Listen to the sinks all the time: the first listener of an idle one waits for two seconds."""
        for rate in self.rates:
            command = ["parec", "--raw", "--latency-msec=20", "-d", f"t{rate}.monitor"]
            self._listeners.append(
                subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            )

    def stop(self) -> None:
        """Kill it, as a crash would."""
        for listener in self._listeners:
            listener.kill()
            listener.wait()
        self._listeners.clear()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def ask(self, *words: str, check: bool = True) -> str:
        """What `pactl` says."""
        done = subprocess.run(["pactl", *words], env=self.environment, capture_output=True, text=True, check=check)
        return done.stdout


def signal_name(code: int) -> str:
    """The signal that ended a process, by its exit code."""
    return signal.Signals(-code).name if code < 0 else "no signal"


class Recorder:
    """Records what a sink received. float32 stereo at the sink's rate."""

    def __init__(self, server: Server, rate: int = 44_100) -> None:
        self.rate = rate
        self._path = server.folder / f"recording-{time.monotonic_ns()}.raw"
        command = ["parec", "--raw", "--latency-msec=20", "--format=float32le", f"--rate={rate}", "--channels=2"]
        with self._path.open("wb") as file:
            self._process = subprocess.Popen(
                [*command, "-d", f"t{rate}.monitor"], env=server.environment, stdout=file, stderr=subprocess.DEVNULL
            )
        end = time.monotonic() + 10
        while self._path.stat().st_size == 0 and time.monotonic() < end:
            time.sleep(0.01)

    def stop(self) -> Samples:
        """Everything recorded."""
        self._process.kill()
        self._process.wait()
        raw = np.fromfile(self._path, np.float32)
        self._path.unlink()
        return raw[: len(raw) // 2 * 2].reshape(-1, 2)


def find(recording: Samples, part: Samples) -> int:
    """Frame of the recording where `part` sounds, by correlation over its left side."""
    a, b = recording[:, 0].astype(np.float64), part[:, 0].astype(np.float64)
    return int(np.argmax(correlate(a, b, mode="valid", method="fft")))


def cut(recording: Samples) -> Samples:
    """The recording without the silence before and after."""
    loud = np.flatnonzero(np.abs(recording).max(axis=1) > 1e-6)
    return recording[loud[0] : loud[-1] + 1] if len(loud) else silence(0)
