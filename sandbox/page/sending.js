/** Sends files and recordings: choosing, looking once more, adding a caption. */

import * as api from "./api.js";
import { openDialog, openMenu, toast } from "./dialogs.js";
import { iconButton, make } from "./dom.js";
import { TEXTS } from "./texts.js";
import { fileSize } from "./times.js";

const KINDS = {
  document: { label: TEXTS.attachDocument, icon: "file", accept: "" },
  photo: { label: TEXTS.attachPhoto, icon: "photo", accept: "image/jpeg,image/png,image/webp" },
  voice: {
    label: TEXTS.attachVoice,
    icon: "microphone",
    accept: "audio/ogg,audio/mpeg,audio/mp4,.oga,.ogg,.mp3,.m4a",
  },
};

/** Formats a recording may have, the best for Telegram first. */
const RECORDINGS = [
  { mime: "audio/ogg;codecs=opus", name: "ghi-am.oga" },
  { mime: "audio/mp4", name: "ghi-am.m4a" },
  { mime: "audio/webm", name: "ghi-am.webm" },
];

/**
 * Let the person choose what to attach.
 * @param {(files: File[], kind: "document"|"photo"|"voice") => void} take
 */
export function openAttachMenu(take) {
  const choices = Object.entries(KINDS).map(([kind, { label, icon, accept }]) => ({
    label,
    icon,
    act: () => {
      const input = make("input", { type: "file", accept: accept || null, multiple: kind !== "voice" });
      input.addEventListener("change", () => input.files.length && take([...input.files], kind));
      input.click();
    },
  }));
  openMenu(TEXTS.attach, choices);
}

/**
 * Show what is about to be sent, with a field for a caption.
 * @param {File[]} files
 * @param {"document"|"photo"|"voice"} kind
 * @param {(caption: string) => void} send
 */
export function confirmFiles(files, kind, send) {
  const addresses = [];
  const lines = files.map((file) => {
    if (kind !== "photo") return make("div", { class: "file-line" }, `${file.name} · ${fileSize(file.size)}`);
    addresses.push(URL.createObjectURL(file));
    return make("img", { class: "file-preview", src: addresses.at(-1), alt: file.name });
  });
  const caption = make("textarea", {
    class: "field",
    rows: 2,
    "aria-label": TEXTS.write,
    placeholder: TEXTS.write,
    autofocus: true,
  });
  const act = () => {
    dialog.close();
    send(caption.value.trim());
  };
  const button = make("button", { type: "button", class: "wide primary", onclick: act }, TEXTS.send);
  const dialog = openDialog(
    KINDS[kind].label,
    [make("div", { class: "file-lines" }, ...lines), caption, button],
    {
      onclose: () => addresses.forEach((address) => URL.revokeObjectURL(address)),
    },
  );
}

/**
 * Send files one after the other, several of a kind as an album; says what failed.
 * @param {import("./session.js").Session} session
 * @param {number} chat
 * @param {File[]} files
 * @param {"document"|"photo"|"voice"} kind
 * @param {string} caption goes with the first
 */
export async function sendFiles(session, chat, files, kind, caption) {
  const mediaGroup = files.length > 1 ? crypto.randomUUID() : undefined;
  for (const [index, file] of files.entries()) {
    toast(TEXTS.uploading(file.name));
    try {
      await api.upload(session.viewer, chat, kind, file, { caption: index ? "" : caption, mediaGroup });
    } catch (error) {
      toast(error instanceof api.Unreachable ? TEXTS.lost : TEXTS.failed(error.message));
      return;
    }
  }
  session.wrote();
  document.querySelector(".toast")?.remove();
}

/**
 * Record a voice message; stopping sends it, closing drops it.
 * @param {(file: File) => void} send
 */
export async function record(send) {
  const format = RECORDINGS.find(({ mime }) => window.MediaRecorder?.isTypeSupported(mime));
  const microphone = await navigator.mediaDevices?.getUserMedia({ audio: true }).catch(() => null);
  if (!format || !microphone) {
    toast(TEXTS.noMicrophone);
    return;
  }
  const recorder = new MediaRecorder(microphone, { mimeType: format.mime });
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  let wanted = false;
  recorder.onstop = () => {
    microphone.getTracks().forEach((track) => track.stop());
    if (wanted) send(new File(parts, format.name, { type: format.mime }));
  };
  recorder.start();
  openRecorder(
    () => {
      wanted = true;
    },
    () => recorder.stop(),
  );
}

/** Show how long the recording is; `keep` when it shall be sent, `stop` in any case. */
function openRecorder(keep, stop) {
  const began = Date.now();
  const clock = make("p", { class: "recording", role: "timer" }, TEXTS.recording(0));
  const tick = setInterval(() => {
    clock.textContent = TEXTS.recording(Math.round((Date.now() - began) / 1000));
  }, 500);
  const act = () => {
    keep();
    dialog.close();
  };
  const button = iconButton("stop", TEXTS.recordStop, act, "record-stop");
  const dialog = openDialog(TEXTS.voice, [clock, button], {
    onclose: () => {
      clearInterval(tick);
      stop();
    },
  });
}
