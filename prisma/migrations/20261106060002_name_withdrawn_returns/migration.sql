-- An approved way back that nobody has sent may be taken back.
ALTER TYPE "TransferReturnState" ADD VALUE 'withdrawn';
