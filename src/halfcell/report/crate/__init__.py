"""A study as a deposit: everything of one moment in a fresh folder, described as RO-Crate, that runs where it lies."""
