"""Numbered steps on the terminal: what runs, for how long, and what to do when it fails."""

import hashlib
import shlex
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

HEARTBEAT_SECONDS = 15.0
TAIL_LINES = 25

_NETWORK_SIGNS = (
    "Temporary failure in name resolution",
    "Name or service not known",
    "NameResolutionError",
    "NewConnectionError",
    "Network is unreachable",
    "Connection refused",
    "ConnectTimeoutError",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ETIMEDOUT",
    "ENETUNREACH",
)
_CERTIFICATE_SIGNS = ("CERTIFICATE_VERIFY_FAILED", "SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_GET_ISSUER_CERT")


class ToolError(Exception):
    """Something the person at the keyboard can mend; the text says what and how."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}\n  → {remedy}")


def network_remedy(output: str) -> str | None:
    """Return what to do about the network when the output of a command blames it, else None."""
    if any(sign in output for sign in _CERTIFICATE_SIGNS):
        return (
            "软件包仓库的证书不被信任，多半是代理换了证书：用 PIP_CERT、NODE_EXTRA_CA_CERTS 指明代理的根证书。\n"
            "    A proxy's certificate is not trusted: name its root certificate in PIP_CERT and NODE_EXTRA_CA_CERTS."
        )
    if not any(sign in output for sign in _NETWORK_SIGNS):
        return None
    return (
        "连不上软件包仓库。首次安装需要网络：请检查网络或代理（HTTPS_PROXY），或为 pip、npm 配置镜像后重新运行。\n"
        "    No package index was reached: check network or proxy, or set a mirror for pip and npm, and run again."
    )


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    """Return a SHA-256 over the given words and the names and bytes of the files (folders: all below)."""
    digest = hashlib.sha256("\0".join(words).encode())
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(str(file).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def is_current(stamp: Path, print_of_inputs: str) -> bool:
    """Tell whether a step's stamp says that it finished with exactly these inputs."""
    try:
        return stamp.read_text(encoding="utf-8") == print_of_inputs
    except OSError:
        return False


def write_stamp(stamp: Path, print_of_inputs: str) -> None:
    """Note that a step finished with these inputs."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(print_of_inputs, encoding="utf-8")


class Steps:
    """The numbered steps of one command, `total` of them, printed as they pass."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._number = 0
        self._title = ""
        self._started = time.monotonic()
        self._began = self._started

    def begin(self, title: str) -> None:
        """Announce the next step."""
        self._number += 1
        self._title = title
        self._began = time.monotonic()
        print(f"[{self._number}/{self._total}] {title} …", flush=True)

    def skip(self, title: str, reason: str = "已是最新 up to date") -> None:
        """Announce a step that has nothing to do."""
        self._number += 1
        print(f"[{self._number}/{self._total}] {title}：{reason}", flush=True)

    def done(self, note: str = "") -> None:
        """Close the step with its time."""
        tail = f"，{note}" if note else ""
        print(f"      完成 done，{time.monotonic() - self._began:.1f} 秒{tail}", flush=True)

    def say(self, text: str) -> None:
        """Print one line under the running step."""
        print(f"      {text}", flush=True)

    @property
    def elapsed_seconds(self) -> float:
        """Seconds since the first step."""
        return time.monotonic() - self._started

    def command(
        self,
        arguments: Sequence[str],
        *,
        log: Path,
        remedy: str,
        environ: Mapping[str, str] | None = None,
        describe: Callable[[str], str | None] = lambda _line: None,
        watch_network: bool = False,
    ) -> None:
        """Run a command; its output goes to `log`, what `describe` makes of a line to the terminal.

        Raises ToolError with the last lines and the remedy when the command fails.
        """
        log.parent.mkdir(parents=True, exist_ok=True)
        with _Heartbeat(self) as heartbeat, log.open("w", encoding="utf-8") as written:
            written.write(f"$ {shlex.join(arguments)}\n")
            with subprocess.Popen(
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                env=environ,
            ) as process:
                try:
                    for line in process.stdout or ():
                        written.write(line)
                        if news := describe(line):
                            heartbeat.show(news)
                except BaseException:
                    process.terminate()  # an interrupted step leaves nothing running behind it
                    raise
        if process.returncode != 0:
            self._fail(log, process.returncode, remedy, watch_network=watch_network)

    def _fail(self, log: Path, status: int, remedy: str, *, watch_network: bool) -> None:
        output = log.read_text(encoding="utf-8", errors="replace")
        for line in output.splitlines()[-TAIL_LINES:]:
            print(f"      | {line}", file=sys.stderr)
        found = network_remedy(output) if watch_network else None
        raise ToolError(f"{self._title}：失败 failed (exit {status})，日志 log: {log}", found or remedy)


class _Heartbeat:
    """Shows what a silent command is at: rewriting one line on a terminal, a line now and then in a log."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._news = ""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)
        self._live = sys.stdout.isatty()

    def __enter__(self) -> "_Heartbeat":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        if self._live:
            print("\r\x1b[K", end="", flush=True)

    def show(self, news: str) -> None:
        self._news = news

    def _beat(self) -> None:
        began = time.monotonic()
        while not self._stop.wait(0.5 if self._live else HEARTBEAT_SECONDS):
            line = f"      {time.monotonic() - began:.0f} 秒 {self._news}"
            if self._live:
                print(f"\r\x1b[K{line[:100]}", end="", flush=True)
            else:
                print(line, flush=True)
