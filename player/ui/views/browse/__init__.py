"""Albums, artists, genres, years, folders, search: cards and details."""
