"""What a worker may not do, whatever a document makes of it: outlive its parent, eat the machine, talk to the network."""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
import sys
from contextlib import suppress
from pathlib import Path

ADDRESS_SPACE = 2 * 2**30
"""Bytes a worker may map beyond what it had at its start."""
_DEATH_SIGNAL, _NO_NEW_PRIVILEGES = 1, 38  # prctl(2)
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with EACCES
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_JMP|JGE|K, BPF_RET|K
_MACHINES = {"x86_64": (0xC000003E, 41, 317), "aarch64": (0xC00000B7, 198, 277)}
"""AUDIT_ARCH of the machine, and its numbers of socket(2) and seccomp(2)."""
_IO_URING, _FOREIGN, _LOCAL = 425, 0x40000000, 1  # io_uring_setup(2); calls of the x32 kind; AF_UNIX


def confine(parent: int) -> None:
    """Limit this process for good; `parent` is the id of the process that started it. What a system lacks is left out."""
    _end_with(parent)
    _limit_memory()
    _cut_off()


def _end_with(parent: int) -> None:
    """Have the kernel end this worker when its parent dies: a hung engine would never notice."""
    if not sys.platform.startswith("linux"):
        return
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before it could be asked for
        os._exit(1)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    try:
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        used = 0
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = used + ADDRESS_SPACE
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _cut_off() -> None:
    """Refuse every socket but those inside this machine's file system, here and in all that is started from here (Linux).

    Nothing here ever asks for one: documents are read by engines that are told to follow no reference. This holds even when one
    of them is made to.
    """
    machine = _MACHINES.get(platform.machine()) if sys.platform.startswith("linux") else None
    if machine is None or sys.byteorder != "little" or struct.calcsize("P") != 8:
        return
    arch, socket, seccomp = machine
    program = (
        (_LOAD, 0, 0, 4),  # seccomp_data.arch
        (_EQUAL, 0, 7, arch),
        (_LOAD, 0, 0, 0),  # .nr
        (_AT_LEAST, 5, 0, _FOREIGN),
        (_EQUAL, 4, 0, _IO_URING),
        (_EQUAL, 0, 2, socket),
        (_LOAD, 0, 0, 16),  # .args[0]: the family
        (_EQUAL, 0, 1, _LOCAL),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    )
    code = b"".join(struct.pack("=HBBI", *step) for step in program)
    held = ctypes.create_string_buffer(code, len(code))
    head = ctypes.create_string_buffer(struct.pack("@HP", len(program), ctypes.addressof(held)))
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        # SECCOMP_SET_MODE_FILTER with SECCOMP_FILTER_FLAG_SPEC_ALLOW, without which some kernels slow the process down
        libc.syscall(seccomp, 1, 4, head)
