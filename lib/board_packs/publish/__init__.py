"""From protected tables to packs in people's hands: pages made, checked and packed, what left recorded."""
