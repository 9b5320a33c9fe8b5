-- What the provider holds beyond the sum of its movements stands among them until two people have said what it is: one open row for
-- each currency, whoever reads at the same moment.
CREATE UNIQUE INDEX "one_open_gap" ON "BalanceMovement" (currency) WHERE type = 'balance_gap' AND state <> 'explained';
