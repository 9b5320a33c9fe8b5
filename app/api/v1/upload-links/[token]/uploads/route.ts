import { handleUpload } from "@/lib/records/handle-upload";

type Context = { params: Promise<{ token: string }> };

async function uploads(request: Request, context: Context): Promise<Response> {
  return handleUpload(request, { linkToken: (await context.params).token, recordId: null });
}

export { uploads as OPTIONS, uploads as POST };
