"""What several verbs share: how a study is named on the command line, how results are laid out in a terminal."""
