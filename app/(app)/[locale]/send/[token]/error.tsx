"use client";

export { Problem as default } from "@/components/shell/problem";
