import { handleBillUpload } from "@/lib/payments/handle-bill-upload";

export async function POST(request: Request, context: { params: Promise<{ id: string }> }) {
  return handleBillUpload(request, (await context.params).id);
}
