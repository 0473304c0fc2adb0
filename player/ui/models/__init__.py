"""Item models: adapters between what the parts own and what Qt's views show."""
