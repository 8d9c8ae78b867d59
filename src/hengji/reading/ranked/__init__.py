"""What the prose says of the rows of a table: which has the most, how many exceed a bound, what some of them come to."""
