"""Whatever is done to a dialog, in any order, no rule of it breaks."""

from hypothesis import settings

from tests.unit.records.dialog.machine import Dialog

Dialog.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)

TestAnyDialog = Dialog.TestCase
