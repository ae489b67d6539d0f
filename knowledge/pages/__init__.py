"""A printed page taken apart by where its letters stand: lines, columns, ruled tables, margins.

Imports nothing of the other rooms: the process that reads one PDF runs it away from them.
"""
