// Videos: snapshots of a camera, a file or a screen go out, and those of others come in, into tiles.

import { isIdle, isOpen, on, sendBinary } from "./connection.js";
import { element, paint } from "./conversation.js";

const SNAPSHOT = 2; // kinds of binary messages; a snapshot without a picture ends the video
const SNAPSHOT_DRAWN = 3; // "send me the next"
const MAX_SNAPSHOT = 16 * 1024 - 1; // bytes: with its kind it fits into one message

const sources = document.querySelector("#sources");
const camera = document.querySelector("#camera");
const player = document.querySelector("#player");
const display = document.querySelector("#screen");
const pause = document.querySelector("#pause");
const videoFile = document.querySelector("#video-file");
const trouble = document.querySelector("#trouble");
const tileBox = document.querySelector("#tiles");
const tiles = new Map(); // by name

let showing; // what this user shows now
let isDrawn = false; // the last snapshot is, and the server does not know it yet
let isPaused = false;

on("welcome", ({ video }) => {
  sources.disabled = false;
  video.forEach(addTile);
});
on("video", ({ name, on }) => {
  removeTile(name);
  if (on) addTile(name);
});
on("stopped", ({ reason }) => {
  stop();
  trouble.textContent = reason;
});
on("closed", () => {
  stop();
  sources.disabled = true;
  tiles.forEach((tile, name) => removeTile(name));
});
on(SNAPSHOT, showSnapshot);

/** Shows everybody what is opened here, until one of the buttons is pressed again. */
async function show(button, open) {
  const last = showing;
  stop();
  if (last?.button === button) return;
  const mine = (showing = { button, label: button.textContent, quality: 0.7 });
  button.textContent = "Stop";
  trouble.textContent = "";
  const video = document.createElement("video");
  const timer = new Worker("timer.js");
  try {
    video.muted = true; // only pictures are sent
    video.loop = true;
    video.playsInline = true; // else a phone shows a video on its whole screen
    video.onpause = () => video.play().catch(() => {}); // a browser pauses a video in a hidden page
    const source = await open();
    if (source instanceof MediaStream) video.srcObject = source;
    else video.src = URL.createObjectURL(source);
    await video.play();
    if (!video.videoWidth) throw new DOMException("only sound", "NotSupportedError");
    while (true) {
      await new Promise((resolve) => (timer.onmessage = resolve));
      if (mine !== showing) return;
      if (video.srcObject?.active === false) throw new DOMException("gone", "EndedError");
      // Not while the last one is still being sent: the next one will be newer.
      if (isIdle()) sendBinary(SNAPSHOT, snapshotOf(video, mine));
    }
  } catch (error) {
    if (mine !== showing) return;
    stop();
    trouble.textContent = REASONS[error.name] ?? error.message;
  } finally {
    timer.terminate();
    video.srcObject?.getTracks().forEach((track) => track.stop());
    URL.revokeObjectURL(video.src);
  }
}

/** A JPEG that fits into a message: while it does not, the quality goes down, then the size. */
function snapshotOf(video, mine) {
  while (true) {
    const box = Math.min(1, 320 / video.videoWidth, 240 / video.videoHeight);
    const scale = box * Math.min(1, 4 * mine.quality);
    const picture = document.createElement("canvas");
    picture.width = Math.ceil(video.videoWidth * scale);
    picture.height = Math.ceil(video.videoHeight * scale);
    picture.getContext("2d").drawImage(video, 0, 0, picture.width, picture.height);
    // Not with toBlob: that waits until the page is idle, in a hidden one for a second.
    const [, base64] = picture.toDataURL("image/jpeg", mine.quality).split(",");
    const jpeg = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    mine.quality = Math.min(0.7, mine.quality * (jpeg.length > MAX_SNAPSHOT ? 0.8 : 1.02));
    if (jpeg.length <= MAX_SNAPSHOT) return jpeg;
  }
}

function stop() {
  if (!showing) return;
  showing.button.textContent = showing.label;
  showing = undefined;
  if (isOpen()) sendBinary(SNAPSHOT, "");
}

function removeTile(name) {
  tiles.get(name)?.remove();
  tiles.delete(name);
}

function addTile(name) {
  const tile = paint(element("figure", ""), name);
  const picture = element("canvas", "");
  picture.role = "img";
  picture.ariaLabel = `Video of ${name}`;
  tile.append(picture, element("figcaption", name));
  tileBox.append(tile);
  tiles.set(name, tile);
}

/** A snapshot is the length of a name in bytes, the name, a JPEG. */
async function showSnapshot(bytes) {
  const end = 1 + bytes[0];
  const name = new TextDecoder().decode(bytes.subarray(1, end));
  const picture = await createImageBitmap(new Blob([bytes.subarray(end)])).catch(() => {});
  await new Promise(requestAnimationFrame); // a hidden page draws nothing, so it asks for nothing
  const canvas = tiles.get(name)?.querySelector("canvas"); // none: it has ended meanwhile
  if (canvas && picture) {
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.getContext("2d").drawImage(picture, 0, 0);
    picture.close(); // else its memory is held until the browser looks for what is not needed
  }
  isDrawn = true;
  askForNext();
}

function askForNext() {
  if (!isDrawn || isPaused || !isOpen()) return;
  isDrawn = false;
  sendBinary(SNAPSHOT_DRAWN, "");
}

pause.onclick = () => {
  isPaused = !isPaused;
  pause.textContent = isPaused ? "Go on" : "Pause";
  askForNext();
};

camera.onclick = () => show(camera, openCamera);

async function openCamera() {
  if (!navigator.mediaDevices) throw new DOMException("over http", "SecurityError");
  return navigator.mediaDevices.getUserMedia({ video: { width: 320, height: 240 } });
}

display.hidden = !navigator.mediaDevices?.getDisplayMedia;
display.onclick = () => show(display, () => navigator.mediaDevices.getDisplayMedia());

player.onclick = () => {
  videoFile.value = ""; // so that the same file can be chosen again
  if (showing?.button === player) stop();
  else videoFile.click();
};
videoFile.onchange = () => show(player, () => videoFile.files[0]);

/** Why nothing can be shown, by the names of the browser's errors. */
const REASONS = {
  SecurityError: "A browser shows a camera only at localhost or over https. A video file can be shown.",
  NotAllowedError: "The browser was not allowed to show it.",
  NotFoundError: "The browser finds no camera.",
  NotReadableError: "The camera cannot be read: does another program use it?",
  NotSupportedError: "The browser cannot play this video.",
  EndedError: "The camera or the screen was taken away.",
};
