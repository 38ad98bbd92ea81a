"""The centre's screens: the list of a register, one subject with its moves, the ground under it."""
