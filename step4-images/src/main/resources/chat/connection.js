// The WebSocket of this page. Each feature registers a handler for the events that it needs.

const handlers = new Map(); // by an event's type
let socket;

/** Calls the handler with each event of this type. "closed" is the one that no server sends. */
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
  socket.onopen = () => socket.send(name);
  socket.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    handle(event.type, event);
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

/** The empty binary message takes a picture back. */
export function sendNothing() {
  socket.send(new Uint8Array());
}
