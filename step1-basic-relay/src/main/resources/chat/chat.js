const status = document.querySelector("#status");
const messages = document.querySelector("#messages");
const form = document.querySelector("#say");
const text = document.querySelector("#text");
const send = form.querySelector("button");

const socket = new WebSocket(`ws://${location.hostname}:${document.body.dataset.chatPort}/`);

socket.onopen = () => {
  status.textContent = "Connected";
  send.disabled = false;
};

socket.onmessage = (event) => show(event.data);

socket.onclose = (event) => {
  const unreachable = `The chat cannot be reached. Does it run, and did it print ${location.origin}?`;
  status.textContent = `Not connected. ${event.reason || unreachable} Reload the page to connect again.`;
  send.disabled = true;
};

form.onsubmit = (event) => {
  event.preventDefault();
  socket.send(text.value);
  text.value = "";
  text.focus();
};

function show(message) {
  const line = document.createElement("p");
  line.textContent = message; // as text, never as HTML: nobody can send us a script
  messages.append(line);
}
