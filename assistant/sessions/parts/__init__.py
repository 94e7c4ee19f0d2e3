"""The parts of a pack, a module each; none knows another."""
