/* Photos: made small on the phone, which also drops what the camera wrote into them (place, time, model), then named by
   their hash and kept until they are sent. */
import { sha256 } from "./ids.js";
import { full, read, write } from "./store.js";
import { fetchBlob } from "./api.js";

const LONGEST = 1600;
const LARGEST_BYTES = 900_000;
const QUALITIES = [0.82, 0.7, 0.58, 0.45];

/* {sha, blob, kept}. `kept` false: the disk is full, the photo is only in memory. Rejects when it is no picture. */
export async function take(file) {
  const blob = await shrink(file);
  const sha = await sha256(blob);
  try {
    await write("photos", { sha, blob, at: Date.now() });
    return { sha, blob, kept: true };
  } catch (error) {
    if (full(error)) return { sha, blob, kept: false };
    throw error;
  }
}

async function shrink(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  let blob = null;
  for (const quality of QUALITIES) {
    blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
    if (blob && blob.size <= LARGEST_BYTES) break;
  }
  if (!blob) throw new Error("no picture");
  return blob;
}

/* The address of a photo that lies here, for an <img>; null when it is gone. */
export async function ownUrl(sha) {
  const found = await read("photos", sha);
  return found ? URL.createObjectURL(found.blob) : null;
}

/* The address of a piece of evidence: what was seen once is seen again without a network. */
export async function thumbUrl(sha) {
  const kept = await read("thumbs", sha);
  if (kept) return URL.createObjectURL(kept.blob);
  const blob = await fetchBlob(`/evidence/${sha}?size=thumb`);
  await write("thumbs", { sha, blob, at: Date.now() }).catch(() => {});
  return URL.createObjectURL(blob);
}
