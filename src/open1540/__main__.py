"""``python -m open1540`` is the ``open1540`` command."""

from open1540.interfaces.cli.app import main

main()
