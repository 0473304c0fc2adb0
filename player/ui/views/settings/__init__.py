"""Settings, accounts, your data, the first run."""
