// The WebSocket of this page. Each feature registers a handler for the events that it needs.

const handlers = new Map(); // by an event's type, or by the kind of a binary message
let socket;

/**
 * Calls the handler with each event of this type, or with the bytes of each binary message of this
 * kind. "closed" is the one event that no server sends.
 */
export function on(type, handler) {
  handlers.set(type, [...(handlers.get(type) ?? []), handler]);
}

/** An event that no feature knows is ignored: a newer server may send it. */
function handle(type, event) {
  handlers.get(type)?.forEach((handler) => handler(event));
}

/** Connects, and says under which name. */
export function connect(name) {
  socket = new WebSocket(`ws://${location.hostname}:${document.body.dataset.chatPort}/`);
  globalThis.socket = socket; // for the browser's console
  socket.binaryType = "arraybuffer"; // else a Blob comes, which can only be read later
  socket.onopen = () => socket.send(name);
  socket.onmessage = ({ data }) => {
    if (data instanceof ArrayBuffer) {
      const bytes = new Uint8Array(data);
      handle(bytes[0], bytes.subarray(1));
    } else {
      const event = JSON.parse(data);
      handle(event.type, event);
    }
  };
  socket.onclose = (event) => handle("closed", event);
}

export function isOpen() {
  return socket?.readyState === WebSocket.OPEN;
}

export function send(text) {
  socket.send(text);
}

/** A binary message: its kind, one byte, then bytes, or text as UTF-8. */
export function sendBinary(kind, content) {
  socket.send(new Blob([Uint8Array.of(kind), content]));
}

/** Whether all that was sent has left the browser. */
export function isIdle() {
  return !socket.bufferedAmount;
}

/** The empty binary message takes a picture back. */
export function sendNothing() {
  socket.send(new Uint8Array());
}
