"""A fictional year of Henan: places and units in proportion to the real ones, matters invented by a seed."""
