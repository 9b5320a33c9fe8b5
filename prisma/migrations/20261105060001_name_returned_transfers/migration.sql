-- Money from the bank that pays nothing goes back to where it came from.
ALTER TYPE "BankTransferState" ADD VALUE 'returned';
