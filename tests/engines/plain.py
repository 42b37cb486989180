"""Modules whose functions are compiled, loaded once more as the plain Python they are."""

import importlib.util
import sys

import numba


def plain(*modules):
    """Return fresh copies of the modules, not compiled; a later one sees the earlier ones, `compiled` comes first."""
    from hemicycle.engines import compiled

    before, compiling = dict(sys.modules), numba.config.DISABLE_JIT
    numba.config.DISABLE_JIT = True
    copies = []
    try:
        for module in (compiled, *modules):
            spec = importlib.util.spec_from_file_location(module.__name__, module.__file__)
            copies.append(importlib.util.module_from_spec(spec))
            sys.modules[module.__name__] = copies[-1]
            spec.loader.exec_module(copies[-1])
    finally:
        numba.config.DISABLE_JIT = compiling
        sys.modules.update({module.__name__: before[module.__name__] for module in (compiled, *modules)})
    return copies[1:]
