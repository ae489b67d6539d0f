"""Writing and sending reports: who may, drafts step by step, one-tap results, new versions."""
