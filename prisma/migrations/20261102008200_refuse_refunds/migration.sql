-- A proposal may lack the proof its cause needs: then the second person says no, and why.
ALTER TYPE "RefundState" ADD VALUE 'refused';
