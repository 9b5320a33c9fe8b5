import { handleUpload } from "@/lib/records/handle-upload";

type Context = { params: Promise<{ token: string; upload: string }> };

async function upload(request: Request, context: Context): Promise<Response> {
  const { token, upload: recordId } = await context.params;
  return handleUpload(request, { linkToken: token, recordId });
}

// POST carries another method in X-HTTP-Method-Override where a network lets nothing else through.
export { upload as DELETE, upload as HEAD, upload as OPTIONS, upload as PATCH, upload as POST };
