/* Evidence from the desk: pictures are sent as they are picked, named by the SHA-256 of their bytes. */
(function () {
  "use strict";
  const MOST_BYTES = 20 * 1024 * 1024;

  async function digest(bytes) {
    const found = await crypto.subtle.digest("SHA-256", bytes);
    return [...new Uint8Array(found)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async function put(group, file) {
    const list = group.querySelector("[data-files]");
    const shown = Object.assign(document.createElement("span"), { className: "gallery__item", textContent: group.dataset.sending.replace("{name}", file.name) });
    list.append(shown);
    try {
      if (file.size > MOST_BYTES) throw new Error("size");
      const bytes = await file.arrayBuffer();
      const sha = await digest(bytes);
      const response = await fetch(`/api/v1/evidence/${sha}`, { method: "PUT", body: bytes, headers: { "Content-Type": file.type || "application/octet-stream" } });
      if (!response.ok) throw new Error(String(response.status));
      const stored = (await response.json()).sha256 || sha;
      const picture = Object.assign(document.createElement("img"), { src: URL.createObjectURL(file), alt: file.name });
      shown.replaceChildren(picture);
      shown.dataset.sha = stored;
    } catch (_error) {
      shown.textContent = group.dataset.failed.replace("{name}", file.name);
      shown.classList.add("gallery__item--failed");
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pick-files]");
    if (!button) return;
    const group = button.closest(".files");
    const input = Object.assign(document.createElement("input"), { type: "file", accept: "image/*", multiple: true });
    input.addEventListener("change", async () => {
      const room = Number(group.dataset.most) - group.querySelectorAll("[data-sha]").length;
      for (const file of [...input.files].slice(0, room)) await put(group, file);
    });
    input.click();
  });
})();
