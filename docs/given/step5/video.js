// Videos: snapshots of a camera, a file or a screen go out, and those of others come in, into tiles.

import { isOpen, on, sendBinary } from "./connection.js";
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

/** Why nothing can be shown, by the names of the browser's errors. */
const REASONS = {
  SecurityError: "A browser shows a camera only at localhost or over https. A video file can be shown.",
  NotAllowedError: "The browser was not allowed to show it.",
  NotFoundError: "The browser finds no camera.",
  NotReadableError: "The camera cannot be read: does another program use it?",
  NotSupportedError: "The browser cannot play this video.",
  EndedError: "The camera or the screen was taken away.",
};
