"""A folder of files that belong together, written whole or not at all; files of others in it stay as they are."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import msgspec

from open1540.interfaces.cli import console
from open1540.vocabulary import BadInput

_MOST = 4 * 1024 * 1024


class _File(msgspec.Struct):
    path: str


class _Manifest(msgspec.Struct):
    kind: str
    files: list[_File]


def write_folder(folder: Path, files: Mapping[str, bytes], *, manifest: str, kind: str) -> None:
    """Write the files beside the folder, then move them into it; what an earlier run left there is replaced.

    Arguments:
        files: by path within the folder; the manifest among them is moved last.
        manifest: the file that names all others, so that a later run knows its own; kind: its mark.

    Raises BadInput, with nothing changed, where the folder cannot be written to or holds another's file of the same name.
    """
    earlier = check_folder(folder, files, manifest=manifest, kind=kind)
    new = not folder.exists()
    made: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(
            tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".partial", dir=folder.parent if new else folder)
        )
        for name, content in files.items():
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).write_bytes(content)
        if new:
            made.chmod(0o777 & ~_umask())
            made.rename(folder)
        else:
            _move(made, folder, files, manifest, earlier)
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)
    console.err().print(f"wrote {len(files)} files to {folder}", markup=False)


def check_folder(folder: Path, names: Mapping[str, object], *, manifest: str, kind: str) -> frozenset[str]:
    """The files an earlier run left in the folder. Raises BadInput where it is none, or others' files are in the way."""
    if folder.exists() and not folder.is_dir():
        raise BadInput("a file", expected="a folder", where=str(folder), remedy="name another place with --out")
    earlier = _earlier(folder / manifest, kind)
    taken = sorted(name for name in names if name not in earlier and (folder / name).exists())
    if taken:
        raise BadInput(
            f"files that no earlier run wrote: {', '.join(taken[:5])}" + (" ..." if len(taken) > 5 else ""),
            expected="a new folder, or one without files of these names",
            where=str(folder),
            remedy="nothing was written; name another folder with --out, or move these files away",
        )
    return earlier


def _earlier(manifest: Path, kind: str) -> frozenset[str]:
    try:
        if manifest.stat().st_size > _MOST:
            return frozenset()
        told = msgspec.json.decode(manifest.read_bytes(), type=_Manifest)
    except (OSError, msgspec.MsgspecError):
        return frozenset()
    if told.kind != kind:
        return frozenset()
    inside = (
        file.path for file in told.files if not Path(file.path).is_absolute() and ".." not in Path(file.path).parts
    )
    return frozenset((*inside, manifest.name))


def _move(made: Path, folder: Path, files: Mapping[str, bytes], manifest: str, earlier: frozenset[str]) -> None:
    for name in sorted(files, key=lambda one: one == manifest):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).replace(folder / name)
    for name in earlier - files.keys():
        (folder / name).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _unwritable(folder: Path, error: OSError) -> BadInput:
    return BadInput(
        f"a place that cannot be written ({error.strerror})",
        expected="a folder you may write to, or the name of a new one",
        where=str(folder),
        remedy="choose another place with --out",
    )
