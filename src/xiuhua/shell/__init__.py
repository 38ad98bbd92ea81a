"""Where the parts meet: settings, addresses, the command line. Nothing imports this layer."""
