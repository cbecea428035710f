import { Problem, problemOf } from "../api/problem";
import type { FileInfo } from "../api/types";

export const maxFile = 100 << 20; // bytes
export const maxFiles = 20;

/** Sends one file; progress runs from 0 to 1. Aborting the signal ends it. */
export function upload(file: File, progress: (part: number) => void, signal: AbortSignal): Promise<FileInfo> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch tells nothing of the way up
    request.open("POST", `/api/v1/files?name=${encodeURIComponent(file.name || "file")}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => {
      let body: unknown;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        body = undefined;
      }
      if (request.status >= 200 && request.status < 300 && body) resolve(body as FileInfo);
      else reject(problemOf(request.status, body));
    };
    request.onerror = () => reject(new Problem("offline"));
    request.onabort = () => reject(new DOMException("cancelled", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
