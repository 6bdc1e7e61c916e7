"""The talk that follows when somebody writes to us, whichever channel carries the words: texts and WeChat speak it."""
