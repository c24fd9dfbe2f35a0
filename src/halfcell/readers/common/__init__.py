"""What readers share: text files, spreadsheets, units, and one way to make each kind of measurement."""
