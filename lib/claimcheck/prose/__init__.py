"""How boards write: the figures of a sentence, and the claim that it makes of them."""
