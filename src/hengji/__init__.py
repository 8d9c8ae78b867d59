"""衡绩: from the materials of a subsidy programme to a traced, scored evaluation report."""
