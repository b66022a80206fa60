"""`handouts doctor`: report what this machine lacks to make PDFs."""

from __future__ import annotations

import sys

import click


@click.command()
def doctor() -> None:
    """Say what this machine lacks to make PDFs, and the command that mends it."""
    from handouts.app.doctor import examine

    findings = examine()
    for finding in findings:
        click.echo(f"{'ok     ' if finding.ok else 'MISSING'}  {finding.what}")
        if not finding.ok:
            click.echo(f"         {finding.remedy}")
    sys.exit(0 if all(finding.ok for finding in findings) else 1)
