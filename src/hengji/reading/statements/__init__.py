"""The grammar of numeric statements in prose: tokens to statements to claims with a verdict."""
