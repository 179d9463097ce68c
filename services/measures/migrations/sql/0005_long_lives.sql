-- The head of a life of thirty years is above the 2 kB at which PostgreSQL would compress it and put it elsewhere.
ALTER TABLE beneficiary SET (toast_tuple_target = 8160);
