"""Topics of the example study: one module each, with a `Topic` named ``TOPIC``; new modules are found by themselves."""
