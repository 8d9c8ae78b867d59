"""The workbench: an evaluation team and its reviewers in a browser. Everything it computes comes from ``hengji.work``."""
