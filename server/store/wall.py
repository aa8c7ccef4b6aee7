"""A wall around a process that must not reach the network: the kernel refuses it new sockets.

A seccomp filter (seccomp(2)): ``socket`` fails with ``EACCES`` for good, for this process and all
that it starts. Descriptors that are open already go on working. Where the kernel or the machine
offers no such filter there is no wall; refusing what asks for the network is the first defence.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

_SOCKET = {"x86_64": 41, "aarch64": 198}  # the number of socket(2)
_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # AUDIT_ARCH_* of linux/audit.h
_NO_NEW_PRIVS, _SET_SECCOMP, _FILTER = 38, 22, 2  # of prctl(2)
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_RET|K
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4  # in struct seccomp_data
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def refuse_sockets() -> bool:
    """Let this process make no more sockets; false where the kernel has no such means."""
    machine = platform.machine()
    if machine not in _SOCKET:
        return False
    steps = (
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_EQUAL, 0, 3, _AUDIT[machine]),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_EQUAL, 0, 1, _SOCKET[machine]),
        (_RETURN, 0, 0, _ERRNO | errno.EACCES),
        (_RETURN, 0, 0, _ALLOW),
    )
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    program = _Program(len(steps), code)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)
