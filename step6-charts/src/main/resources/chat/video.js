const SNAPSHOT = 2; // the kind of a message with a live picture; without one, the video has ended
const DRAWN = 3; // the kind of "it is drawn, send me the next"
const MAX_SNAPSHOT = 16 * 1024 - 1; // bytes: with its kind it fits into one message

const sources = document.querySelector("#sources");
const camera = document.querySelector("#camera");
const player = document.querySelector("#film");
const display = document.querySelector("#screen");
const pause = document.querySelector("#pause");
const films = document.querySelector("#films");
const tiles = new Map(); // by name

let filming; // what this user shows now
let isDrawn = false; // the last live picture is, and the server does not know it yet
let isPaused = false;

function startVideo(names) {
  sources.disabled = false;
  names.forEach((name) => on.video({ name, on: true }));
}

function endVideo() {
  stopFilming();
  sources.disabled = true;
  tiles.forEach((tile, name) => on.video({ name, on: false }));
}

/** Shows everybody what is opened here, until one of the buttons is pressed again. */
async function film(button, open) {
  const last = filming;
  stopFilming();
  if (last?.button === button) return;
  const mine = (filming = { button, label: button.textContent, quality: 0.7 });
  button.textContent = "Stop";
  trouble.textContent = "";
  const video = document.createElement("video");
  const timer = new Worker("timer.js");
  try {
    video.muted = true; // only pictures are sent
    video.loop = true;
    video.playsInline = true; // else a phone shows a film on its whole screen
    video.onpause = () => video.play().catch(() => {}); // a browser pauses a film in a hidden page
    const source = await open();
    if (source instanceof MediaStream) video.srcObject = source;
    else video.src = URL.createObjectURL(source);
    await video.play();
    if (!video.videoWidth) throw new DOMException("only sound", "NotSupportedError");
    while (true) {
      await new Promise((resolve) => (timer.onmessage = resolve));
      if (mine !== filming) return;
      if (video.srcObject?.active === false) throw new DOMException("gone", "EndedError");
      // Not while the last one is still being sent: the next one will be newer.
      if (!socket.bufferedAmount) sendBytes(SNAPSHOT, snapshotOf(video, mine));
    }
  } catch (error) {
    if (mine !== filming) return;
    stopFilming();
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

function stopFilming() {
  if (!filming) return;
  filming.button.textContent = filming.label;
  filming = undefined;
  sendBytes(SNAPSHOT, "");
}

on.video = ({ name, on }) => {
  tiles.get(name)?.remove();
  tiles.delete(name);
  if (!on) return;
  const tile = paint(element("figure", ""), name);
  const picture = element("canvas", "");
  picture.role = "img";
  picture.ariaLabel = `Live pictures of ${name}`;
  tile.append(picture, element("figcaption", name));
  document.querySelector("#tiles").append(tile);
  tiles.set(name, tile);
};

/** A live picture has come: the length of a name in bytes, the name, a JPEG. */
async function showSnapshot(message) {
  const bytes = new Uint8Array(message);
  const end = 2 + bytes[1];
  const name = new TextDecoder().decode(bytes.subarray(2, end));
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
  if (!isDrawn || isPaused) return;
  isDrawn = false;
  sendBytes(DRAWN, "");
}

pause.onclick = () => {
  isPaused = !isPaused;
  pause.textContent = isPaused ? "Go on" : "Pause";
  askForNext();
};

camera.onclick = () => film(camera, openCamera);

async function openCamera() {
  if (!navigator.mediaDevices) throw new DOMException("over http", "SecurityError");
  return navigator.mediaDevices.getUserMedia({ video: { width: 320, height: 240 } });
}

display.hidden = !navigator.mediaDevices?.getDisplayMedia;
display.onclick = () => film(display, () => navigator.mediaDevices.getDisplayMedia());

player.onclick = () => {
  films.value = ""; // so that the same film can be chosen again
  if (filming?.button === player) stopFilming();
  else films.click();
};
films.onchange = () => film(player, () => films.files[0]);

/** Why nothing can be shown, by the names of the browser's errors. */
const REASONS = {
  SecurityError: "A browser shows a camera only at localhost or over https. A film can be shown.",
  NotAllowedError: "The browser was not allowed to show it.",
  NotFoundError: "The browser finds no camera.",
  NotReadableError: "The camera cannot be read: does another program use it?",
  NotSupportedError: "The browser cannot play this film.",
  EndedError: "The camera or the screen was taken away.",
};
