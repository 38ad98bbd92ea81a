"""What all pages share: the base template, signs, formatting, the person who looks, signing in."""
