"""Functions over arrays that Numba compiles when they are first called; they are plain Python and mean the same without it.

Their code is kept beside them or in the user's cache; it is written anew when their own file changes, not when this one does.
Import this module only to search: loading Numba takes a third of a second and a hundred megabytes.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., object])

Numbers = NDArray[np.int64]

# Steps of a chance.
CHANCES = 1 << 30
# The bits that are left of 64 when shifted right by 7.
LOW = (1 << 57) - 1


def kept(function: F, **how: Any) -> F:
    """Return the function to be compiled when it is first called, and its code to be kept where that is possible."""
    try:
        return cast("F", njit(cache=True, error_model="numpy", **how)(function))
    except RuntimeError:  # neither this folder nor a cache of the user can be written
        return cast("F", njit(error_model="numpy", **how)(function))


def compiled(function: F) -> F:
    """Return the function to be compiled for other compiled ones; Python cannot call it."""
    return kept(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def entry(function: F) -> F:
    """Return the function to be compiled for Python; other threads run meanwhile."""
    return kept(function, nogil=True)


@compiled
def draw(rng: Numbers, count: int) -> int:
    """Return a number from 0 to below `count` (at most 2³¹); xorshift of Marsaglia (2003), `rng` holds its state."""
    bits = rng[0]
    bits ^= bits << 13
    bits ^= bits >> 7 & LOW
    bits ^= bits << 17
    rng[0] = bits
    return int((bits >> 33 & 0x7FFFFFFF) * count >> 31)
