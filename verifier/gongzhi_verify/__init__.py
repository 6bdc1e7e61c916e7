"""Checks a Gongzhi log offline; shares no code with the platform, so that an error there does not repeat here."""
