"""Open a .docx as a bounded archive: its XML parts, found by their relations, and nothing else."""

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from urllib.parse import unquote

from lxml import etree

from knowledge.reading.limits import PART_BYTES, PARTS, UNPACKED_BYTES
from knowledge.refusals import BrokenFile, ExpandsTooFar, PasswordProtected

_CHUNK: Final = 1 << 16
_ENCRYPTED: Final = 0x1
"""Bit of an archive entry's flags (APPNOTE 4.4.4)."""

_BROKEN_ARCHIVE: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,  # a compression method that Python lacks
    EOFError,
    OSError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Package:
    """The archive of one .docx, opened; raises only refusals."""

    file: str
    archive: zipfile.ZipFile

    @classmethod
    def open(cls, file: str, data: bytes) -> "Package":
        """Open the archive and hold it to the limits it declares."""
        try:
            archive = zipfile.ZipFile(BytesIO(data))
        except _BROKEN_ARCHIVE:
            raise BrokenFile(file=file) from None
        entries = archive.infolist()
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise PasswordProtected(file=file)
        declared = sum(entry.file_size for entry in entries)
        if len(entries) > PARTS or declared > UNPACKED_BYTES:
            raise ExpandsTooFar(file=file, limit=UNPACKED_BYTES)
        return cls(file, archive)

    def part(self, name: str) -> etree._Element | None:
        """Return the root of an XML part, None if there is no such part."""
        try:
            entry = self.archive.getinfo(name)
        except KeyError:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(self._bytes(entry), parser)
        except etree.LxmlError:
            raise BrokenFile(file=self.file) from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise BrokenFile(file=self.file)
        return root

    def _bytes(self, entry: zipfile.ZipInfo) -> bytes:
        """Unpack in small steps: what an archive declares need not be true."""
        data = bytearray()
        try:
            with self.archive.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    data += chunk
                    if len(data) > PART_BYTES:
                        raise ExpandsTooFar(file=self.file, limit=PART_BYTES)
        except _BROKEN_ARCHIVE:
            raise BrokenFile(file=self.file) from None
        return bytes(data)

    def bytes_of(self, name: str) -> bytes | None:
        """Return a part as it is stored, None if there is no such part."""
        try:
            return self._bytes(self.archive.getinfo(name))
        except KeyError:
            return None

    def target(self, part: str, relation: str) -> str | None:
        """Return the name of the part that `part` names by the id of a relation."""
        folder, name = posixpath.split(part)
        root = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        for each in () if root is None else root:
            if each.get("Id") == relation and each.get("TargetMode") != "External":
                target = unquote(each.get("Target", ""))
                return posixpath.normpath(posixpath.join("/", folder, target))[1:]
        return None

    def related(self, part: str, kind: str) -> list[str]:
        """Return the names of the parts that `part` ("" for the package) names as its `kind`."""
        folder, name = posixpath.split(part)
        root = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return []
        return [
            posixpath.normpath(posixpath.join("/", folder, unquote(relation.get("Target", ""))))[1:]
            for relation in root
            if relation.get("Type", "").rpartition("/")[2] == kind
            and relation.get("TargetMode") != "External"
        ]
