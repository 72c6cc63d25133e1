// The chat of each step once more, written from docs/protocol.md alone, in another language:
//   npm install && STEP=2 PORT=3000 node server.mjs
// It says the same as the Java steps, but where the protocol leaves the form open, it chooses
// another: spaces and order in JSON, order of words in a header, +00:00 for UTC.
// An open box of the kit is a fault in here, or something that the kit must not ask for.
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { WebSocketServer } from "ws";

const STEP = Number(process.env.STEP ?? 1);
const PORT = Number(process.env.PORT ?? 3000);
const HISTORY = 50; // messages
const MAX_MESSAGE = 16 * 1024; // bytes
const MAX_WAITING = 1024 * 1024; // bytes for one client
const HTTP = { maxHeaderSize: 8 * 1024, headersTimeout: 5000, connectionsCheckingInterval: 500 };

// The page.

const files = new Map();
const pageServer = createServer(HTTP, answer);
const chatServer = createServer(HTTP, (request, response) => {
  response.writeHead(426, { connection: "close", upgrade: "websocket" }).end();
});
await listening(chatServer, PORT === 0 ? 0 : PORT + 1);
await listening(pageServer, PORT);
const chatPort = chatServer.address().port;
const pagePort = pageServer.address().port;
const origins = [`http://localhost:${pagePort}`, `http://127.0.0.1:${pagePort}`];
const policy = [
  "frame-ancestors 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  `connect-src ws://localhost:${chatPort} ws://127.0.0.1:${chatPort}`,
  "style-src 'self'",
  "script-src 'self'",
  "default-src 'none'",
].join(" ; ");

const root = new URL("../../", import.meta.url);
const step = readdirSync(root).find((folder) => folder.startsWith(`step${STEP}-`));
addFile("/", "index.html", "text/html");
addFile("/chat.js", "chat.js", "application/javascript");
addFile("/chat.css", "chat.css", "text/css");

function listening(server, port) {
  server.listen(port, "localhost");
  return once(server, "listening");
}

function addFile(path, name, type) {
  const file = readFileSync(new URL(`${step}/src/main/resources/chat/${name}`, root), "utf8");
  const content = Buffer.from(file.replaceAll("{{chatPort}}", chatPort));
  files.set(path, { type: `${type};charset="UTF-8"`, content });
}

function answer(request, response) {
  const file = files.get(pathOf(request));
  if (!file) {
    response.writeHead(404).end();
  } else if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { allow: "HEAD,GET" }).end();
  } else {
    response.writeHead(200, {
      "content-type": file.type,
      "content-length": file.content.length,
      "x-content-type-options": "nosniff",
      "content-security-policy": policy,
      "cache-control": "no-store",
    });
    response.end(request.method === "GET" ? file.content : undefined);
  }
}

function pathOf(request) {
  try {
    return new URL(origins[0] + request.url).pathname;
  } catch {
    return undefined;
  }
}

// The chat.

const here = new Map(); // socket: name; in step 1, all have the same
const history = [];
let lastId = 0;

const sockets = new WebSocketServer({
  noServer: true,
  maxPayload: MAX_MESSAGE,
  maxFragments: 1024,
  closeTimeout: 300,
});

chatServer.on("upgrade", (request, socket, head) => {
  const origin = request.headers.origin; // several are joined by a comma, and so are no address
  const isForeign = origin !== undefined && !origins.includes(origin);
  if (isForeign || request.headers["sec-websocket-version"] !== "13") {
    socket.end(`HTTP/1.1 ${isForeign ? "404 Not Found" : "400 Bad Request"}\r\nconnection: close\r\n\r\n`);
  } else {
    sockets.handleUpgrade(request, socket, head, connected);
  }
});

function connected(socket) {
  let isAlive = true;
  const beat = setInterval(() => {
    if (!isAlive) socket.terminate();
    isAlive = false;
    socket.ping();
  }, 10_000);
  socket.on("pong", () => (isAlive = true));
  socket.on("error", () => {}); // broke a rule: ws has closed it with the code of the RFC
  socket.on("close", () => {
    clearInterval(beat);
    left(socket);
  });
  let isNamed = false;
  socket.on("message", (data, isBinary) => {
    const text = data.toString();
    if (socket.readyState !== socket.OPEN) {
      return;
    } else if (isBinary) {
      socket.close(1003, "Text only, please.");
    } else if (STEP > 1 && !isNamed) {
      isNamed = true;
      join(socket, text);
    } else if (text.trim() && here.has(socket)) {
      say(here.get(socket), text);
    }
  });
  if (STEP === 1) here.set(socket, "");
}

function join(socket, wanted) {
  const name = wanted.normalize("NFKC").replace(/^[\p{Z}\t-\r]+|[\p{Z}\t-\r]+$/gu, "");
  if (!/^(?:[^\p{Cc}\p{Cf}\p{Z}]| ){1,32}$/u.test(name)) {
    socket.close(4001, "A name has 1 to 32 characters, and no invisible ones.");
  } else if ([...here.values()].some((other) => folded(other) === folded(name))) {
    socket.close(4002, "Somebody with this name is here already.");
  } else {
    tell(here.keys(), { name, type: "joined" });
    here.set(socket, name);
    const online = [...here.values()];
    tell([socket], STEP === 2
      ? { online, name, type: "welcome" }
      : { history, online, name, type: "welcome" });
  }
}

function folded(name) {
  return name.toUpperCase().toLowerCase();
}

function say(name, text) {
  if (STEP === 1) {
    send(here.keys(), text);
  } else if (STEP === 2) {
    tell(here.keys(), { text, name, type: "said" });
  } else {
    const at = new Date().toISOString().replace("Z", "+00:00");
    const said = { text, name, at, id: ++lastId, type: "said" };
    history.push(said);
    if (history.length > HISTORY) history.shift();
    tell(here.keys(), said);
  }
}

function left(socket) {
  const name = here.get(socket);
  if (here.delete(socket) && STEP > 1) tell(here.keys(), { name, type: "left" });
}

function tell(listeners, event) {
  send(listeners, JSON.stringify(event, null, 1));
}

function send(listeners, text) {
  for (const socket of listeners) {
    socket.send(text);
    if (socket.bufferedAmount > MAX_WAITING) socket.terminate();
  }
}

// The end.

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    for (const socket of sockets.clients) socket.close(1001, "The chat stopped.");
    setTimeout(() => process.exit(), 500).unref();
    pageServer.close();
    pageServer.closeAllConnections();
    chatServer.close();
  });
}

console.log(`Open http://localhost:${pagePort}`);
