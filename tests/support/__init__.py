"""What the tests share: nothing in here is a test."""

from pathlib import Path

import pytest

# So that their plain `assert` shows the values, as in a test.
pytest.register_assert_rewrite(*(f"support.{path.stem}" for path in Path(__file__).parent.glob("*.py")))
