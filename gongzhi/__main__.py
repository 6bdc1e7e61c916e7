"""Lets `python -m gongzhi` do what the console command `gongzhi` does."""

from gongzhi.project.cli import main

main()
