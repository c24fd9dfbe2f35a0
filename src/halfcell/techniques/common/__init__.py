"""What several techniques share: pellets, series of states, checks of measurements, notes under figures."""
