"""The official account (微信公众号): the platform's door, its encryption, the menu; the talk is that of text messages."""
