"""What goes out: the shapes of the interface's answers. Texts for people come in both languages."""
