/* Names for things, made on the phone: UUIDv7, which sort by time, and the SHA-256 of a file. */
let last = 0;
let count = 0;

/* Later calls give larger ids, within one millisecond, too. */
export function uuid7(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  count = now <= last ? count + 1 : 0;
  last = Math.max(now, last);
  for (let n = 0; n < 6; n++) bytes[n] = Math.floor(last / 2 ** (8 * (5 - n))) & 255;
  bytes[6] = 0x70 | ((count >> 8) & 15);
  bytes[7] = count & 255;
  bytes[8] = 0x80 | (bytes[8] & 63);
  const text = hex(bytes);
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}

export async function sha256(blob) {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer())));
}

function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
