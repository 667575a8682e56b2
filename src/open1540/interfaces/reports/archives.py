"""Office files are zip archives: the same content is the same bytes, whenever and wherever it is written."""

import zipfile
from io import BytesIO

# The first moment a zip archive can name.
MOMENT = (1980, 1, 1, 0, 0, 0)


def packed(parts: dict[str, bytes]) -> bytes:
    """An archive of the parts, in their order, at a fixed moment."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, content)
    return buffer.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of an archive by name, in their order."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
