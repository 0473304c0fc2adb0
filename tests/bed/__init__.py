"""The test bed: plugins that fail a test for what it leaves behind or lets slip into the log."""
