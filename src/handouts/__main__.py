"""Lets `python -m handouts` run the command."""

from handouts.cli import main

main()
