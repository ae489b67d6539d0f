"""Draw one page of a PDF as a picture, as a process of its own: PDF in, PGM (grey) out.

Arguments: the page from 1, dots an inch, bytes of memory, seconds of computing.
"""

import resource
import sys
from typing import Final

import pypdfium2

POINTS: Final = 72
"""An inch has so many."""

MOST_DOTS: Final = 40_000_000
"""Of a picture; an A4 page at 300 dots an inch has 9 million."""


def main() -> None:
    """Draw the page of the PDF on standard input."""
    number, dots, memory, seconds = map(int, sys.argv[1:5])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    page = pypdfium2.PdfDocument(sys.stdin.buffer.read())[number - 1]
    width, height = page.get_size()
    scale = min(dots / POINTS, (MOST_DOTS / max(width * height, 1)) ** 0.5)
    picture = page.render(scale=scale, grayscale=True)
    sys.stdout.buffer.write(b"P5 %d %d 255\n" % (picture.width, picture.height))
    for row in range(picture.height):
        start = row * picture.stride
        sys.stdout.buffer.write(bytes(picture.buffer[start : start + picture.width]))


if __name__ == "__main__":
    main()
