const main = document.querySelector("main");
const status = document.querySelector("#status");
const door = document.querySelector("#door");
const nameField = document.querySelector("#name");
const enterButton = door.querySelector("button");
const online = document.querySelector("#online");
const messages = document.querySelector("#messages");
const form = document.querySelector("#say");
const text = document.querySelector("#text");
const send = form.querySelector("button");

const here = new Set();
let socket;

function enter(name) {
  status.textContent = "Connecting …";
  enterButton.disabled = true;
  socket = new WebSocket(`ws://${location.hostname}:${document.body.dataset.chatPort}/`);
  socket.onopen = () => socket.send(name);

  socket.onmessage = (message) => {
    const event = JSON.parse(message.data);
    on[event.type](event);
  };

  socket.onclose = (event) => {
    const unreachable = `The chat cannot be reached. Does it run, and did it print ${location.origin}?`;
    if (main.dataset.at === "door") {
      status.textContent = `Not connected. ${event.reason || unreachable}`;
      nameField.focus();
    } else {
      status.textContent = `Not connected. ${event.reason || unreachable} Reload the page to connect again.`;
    }
    enterButton.disabled = false;
    send.disabled = true;
  };
}

const on = {
  welcome(event) {
    sessionStorage.setItem("name", event.name); // this tab's name, for a reload
    main.dataset.at = "room";
    status.textContent = `Connected as ${event.name}`;
    document.title = `${event.name} – Chat`;
    event.online.forEach((name) => here.add(name));
    showHere();
    send.disabled = false;
    text.focus();
  },
  joined({ name }) {
    here.add(name);
    showHere();
    show("note", name, " has come in");
  },
  said({ name, text }) {
    show("said", name, ": ", text);
  },
  left({ name }) {
    here.delete(name);
    showHere();
    show("note", name, " has left");
  },
};

door.onsubmit = (event) => {
  event.preventDefault();
  enter(nameField.value);
};

form.onsubmit = (event) => {
  event.preventDefault();
  socket.send(text.value);
  text.value = "";
  text.focus();
};

function showHere() {
  online.replaceChildren(...[...here].map((name) => element("li", name)));
}

function show(kind, name, middle, words = "") {
  const line = document.createElement("p");
  line.className = kind;
  line.append(element("bdi", name), middle, element("bdi", words));
  messages.append(line);
}

function element(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text; // as text, never as HTML: nobody can send us a script
  return element;
}

nameField.value = sessionStorage.getItem("name") ?? "";
if (nameField.value) enter(nameField.value);
else nameField.focus();
