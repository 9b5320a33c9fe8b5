import type { MetadataRoute } from "next";
import { messagesOf } from "@/i18n/messages";

export default function manifest(): MetadataRoute.Manifest {
  const { brand, tagline } = messagesOf("en").common;
  return {
    id: "/",
    name: brand,
    short_name: brand,
    description: tagline,
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: "#fbfaf6",
    theme_color: "#0e5a60",
    icons: [
      { src: "/icon.svg", sizes: "any", type: "image/svg+xml" },
      { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
      { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  };
}
