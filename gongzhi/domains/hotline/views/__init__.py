"""The pages of the hotline, for citizens and for officials, and its interface for machines."""
