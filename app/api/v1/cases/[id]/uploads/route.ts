import { handleUpload } from "@/lib/records/handle-upload";

type Context = { params: Promise<{ id: string }> };

async function uploads(request: Request, context: Context): Promise<Response> {
  return handleUpload(request, { caseId: (await context.params).id, recordId: null });
}

export { uploads as OPTIONS, uploads as POST };
