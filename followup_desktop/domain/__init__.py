"""What the product knows: facts, rules and wording-free results. No clock, no I/O, no toolkit."""
