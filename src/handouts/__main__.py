"""Run the command as `python -m handouts`."""

from handouts.cli import main

main()
