"""Whether an archive holds what it says: its files hashed, its study computed anew, every printed number compared."""
