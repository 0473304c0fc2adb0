"""History and what was learned."""
