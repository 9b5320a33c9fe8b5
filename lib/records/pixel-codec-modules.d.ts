// The decoders come without types; what we use of them is written down in codecs.ts.
declare module "@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs";
declare module "@cornerstonejs/codec-charls/decodewasmjs";
declare module "@cornerstonejs/codec-openjpeg/decodewasmjs";
