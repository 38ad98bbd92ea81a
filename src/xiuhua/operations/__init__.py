"""What is done: one file per verb. Each loads, lets the rules decide, saves; nothing else writes."""
