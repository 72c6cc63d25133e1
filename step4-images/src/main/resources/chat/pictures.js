// Pictures: made small here, sent in parts, and shown where they were sent.

import { isOpen, on, sendBinary, sendNothing } from "./connection.js";
import { decorate, element } from "./conversation.js";

const PICTURE_PART = 0; // kinds of binary messages
const PICTURE_END = 1;
const TRIES = [[1280, 0.85], [1280, 0.6], [1280, 0.3], [640, 0.3]]; // longer side in pixels, quality
const MAX_BYTES = 512 * 1024;
const PART_SIZE = 16 * 1024 - 1; // bytes in one message, besides its kind

const main = document.querySelector("main");
const text = document.querySelector("#text");
const send = document.querySelector("#say button");
const composer = document.querySelector("#picture");
const canvas = composer.querySelector("canvas");
const progress = composer.querySelector("progress");
const takeBack = composer.querySelector("button");
const file = document.querySelector("#file");
const trouble = document.querySelector("#trouble");
const large = document.querySelector("#large");

let me;
let jpeg; // the bytes of the picture that can be sent
let words = ""; // what it is being sent with
let busy = false; // a picture is being made, or is on its way
let stopped = false; // its sender takes it back, and the chat has not answered yet

/** Makes one JPEG of whatever the browser can show; what else the file knew stays here. */
async function prepare(chosen) {
  if (busy || !chosen || main.dataset.at === "door") return;
  busy = send.disabled = composer.hidden = true; // what is being typed is for this picture
  trouble.textContent = "";
  try {
    const bitmap = await createImageBitmap(chosen);
    let blob;
    for (const [side, quality] of TRIES) {
      const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
      canvas.width = Math.ceil(bitmap.width * scale);
      canvas.height = Math.ceil(bitmap.height * scale);
      const context = canvas.getContext("2d");
      context.fillStyle = "white"; // a JPEG has no transparent pixels
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
      if (blob.size <= MAX_BYTES) break;
    }
    bitmap.close();
    jpeg = new Uint8Array(await blob.arrayBuffer());
    offer("");
  } catch {
    offer("The browser cannot show this as a picture.");
  }
  text.focus();
}

/** Shows the picture that can be sent, now or again. */
function offer(why) {
  if (composer.contains(document.activeElement)) text.focus();
  busy = stopped = false;
  send.disabled = !isOpen();
  words = "";
  trouble.textContent = why;
  composer.hidden = !jpeg;
  progress.hidden = true;
  takeBack.textContent = "Remove";
  file.value = ""; // so that the same file can be chosen again
}

function forget() {
  jpeg = undefined;
  offer("");
}

/** Begins to send the picture with these words; false when there is none. */
export function sendPicture(withWords) {
  if (!jpeg || busy) return false;
  busy = true;
  words = withWords;
  progress.hidden = false;
  takeBack.textContent = "Stop";
  sendFrom(0);
  return true;
}

/** One part, or, when all have come, the words. The next one waits until the chat has this one. */
function sendFrom(sent) {
  progress.value = sent / jpeg.length;
  if (sent < jpeg.length) sendBinary(PICTURE_PART, jpeg.subarray(sent, sent + PART_SIZE));
  else sendBinary(PICTURE_END, words);
}

on("received", ({ bytes }) => {
  if (busy && !stopped) sendFrom(bytes);
});
on("refused", ({ reason }) => giveBack(reason));
on("closed", () => giveBack(""));
on("welcome", ({ name }) => (me = name));
on("said", ({ name, picture }) => {
  if (picture && name === me) forget();
});

/** The picture was not shown: it and its words can be sent again. */
function giveBack(why) {
  if (!busy) return;
  text.value = `${words} ${text.value}`.trim(); // what was typed meanwhile is kept, too
  offer(why);
}

takeBack.onclick = ({ detail }) => {
  if (detail > 1) return; // to click twice on "Stop" is not to remove
  stopped = busy;
  if (busy) sendNothing(); // the chat answers: refused, or said, if it came first
  else forget();
};

document.querySelector("#choose").onclick = () => file.click();
file.onchange = () => prepare(file.files[0]);
document.onpaste = ({ clipboardData: { types, files } }) => {
  const isText = types.includes("text/plain") && types.includes("text/html");
  if (!isText) prepare(files[0]); // a word processor copies a text as a picture, too
};
document.ondragover = document.ondrop = (event) => {
  const { types, files } = event.dataTransfer;
  if (types.includes("Files")) event.preventDefault(); // else the browser leaves the page
  prepare(files[0]); // there is none before it is dropped
};

/** A picture of the conversation. It is loaded when it comes into sight. */
decorate(({ name, text, picture }, line) => {
  if (!picture) return;
  const image = element("img", "");
  image.alt = text.trim() || `A picture from ${name}, not described`;
  image.width = picture.width; // known before it is loaded, so nothing moves then
  image.height = picture.height;
  image.loading = "lazy";
  image.src = picture.path;
  const button = element("button", "");
  button.className = "picture";
  button.style.setProperty("--shape", picture.width / picture.height);
  button.append(image);
  button.onclick = () => {
    large.querySelector("img").src = picture.path;
    large.querySelector("img").alt = image.alt;
    large.showModal();
  };
  image.onerror = () => {
    if (!isOpen()) return; // the whole chat cannot be reached
    button.replaceWith(element("em", "This picture cannot be loaded: perhaps it is not kept any more."));
  };
  line.append(button);
});
