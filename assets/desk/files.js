/* Evidence from the desk: pictures are sent as they are picked, named by the SHA-256 of their bytes. */
(function () {
  "use strict";
  const MOST_BYTES = 12 * 1024 * 1024; // dashboard/evidence/pictures.py

  async function digest(bytes) {
    const found = await crypto.subtle.digest("SHA-256", bytes);
    return [...new Uint8Array(found)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async function put(group, file) {
    const list = group.querySelector("[data-files]");
    const shown = Object.assign(document.createElement("span"), { className: "gallery__item", textContent: group.dataset.sending.replace("{name}", file.name) });
    shown.dataset.sendingFile = "true";
    list.append(shown);
    try {
      if (file.size > MOST_BYTES) throw new Error("size");
      const bytes = await file.arrayBuffer();
      const sha = await digest(bytes);
      const response = await fetch(`/api/v1/evidence/${sha}`, { method: "PUT", body: bytes, headers: { "Content-Type": file.type || "application/octet-stream" } });
      if (!response.ok) throw new Error(String(response.status));
      const stored = (await response.json()).sha256 || sha;
      const picture = Object.assign(document.createElement("img"), { src: URL.createObjectURL(file), alt: file.name });
      const drop = Object.assign(document.createElement("button"), { className: "gallery__drop", textContent: "×" });
      drop.setAttribute("aria-label", group.dataset.drop.replace("{name}", file.name));
      drop.dataset.dropFile = "true";
      shown.replaceChildren(picture, drop);
      shown.dataset.sha = stored;
    } catch (_error) {
      shown.textContent = group.dataset.failed.replace("{name}", file.name);
      shown.classList.add("gallery__item--failed");
    }
    delete shown.dataset.sendingFile;
  }

  document.addEventListener("click", (event) => {
    const drop = event.target.closest("[data-drop-file]");
    if (drop) drop.parentElement.remove();
    const button = event.target.closest("[data-pick-files]");
    if (!button) return;
    const group = button.closest(".files");
    const input = Object.assign(document.createElement("input"), { type: "file", accept: "image/*", multiple: true });
    input.addEventListener("change", async () => {
      const room = Number(group.dataset.most) - group.querySelectorAll("[data-sha]").length;
      for (const failed of group.querySelectorAll(".gallery__item--failed")) failed.remove();
      await Promise.all([...input.files].slice(0, room).map((file) => put(group, file)));
    });
    input.click();
  });
})();
