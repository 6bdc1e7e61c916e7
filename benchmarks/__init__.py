"""Repeatable measurements; `gongzhi bench --list` explains each."""
