"""The library: folders of files kept read, parsed and indexed, and searched as one."""

from knowledge.library.library import Library, Problem

__all__ = ["Library", "Problem"]
