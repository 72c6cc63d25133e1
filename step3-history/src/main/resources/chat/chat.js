const main = document.querySelector("main");
const status = document.querySelector("#status");
const door = document.querySelector("#door");
const nameField = document.querySelector("#name");
const enterButton = door.querySelector("button");
const online = document.querySelector("#online");
const messages = document.querySelector("#messages");
const unsentList = document.querySelector("#unsent");
const form = document.querySelector("#say");
const text = document.querySelector("#text");
const send = form.querySelector("button");

const here = new Set();
const IGNORED = /^[\t-\r\x1c-\x20\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]*$/; // blank for the server
let socket;
let me; // this user's name, as the room writes it
let unconfirmed = []; // said on this connection, and not echoed yet: it may not be saved
let unsent = JSON.parse(sessionStorage.getItem("unsent") ?? "[]"); // the same, of earlier connections

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
    unsent.push(...unconfirmed.splice(0));
    showUnsent();
  };
}

const on = {
  welcome(event) {
    const before = sessionStorage.getItem("name") ?? event.name;
    sessionStorage.setItem("name", event.name); // this tab's name, for a reload
    me = event.name;
    main.dataset.at = "room";
    status.textContent = `Connected as ${event.name}`;
    document.title = `${event.name} – Chat`;
    event.online.forEach((name) => here.add(name));
    showHere();
    const seen = Number(sessionStorage.getItem("seen"));
    event.history.forEach((said) => {
      if (said.id > seen) confirm(said, unsent, before); // saved after all, only its echo did not reach us
      showSaid(said, "said earlier");
    });
    if (event.history.length) show("note", "", "↑ said before this page was opened");
    send.disabled = false;
    showUnsent();
    text.focus();
  },
  joined({ name }) {
    here.add(name);
    showHere();
    show("note", name, " has come in");
  },
  said(event) {
    confirm(event, unconfirmed);
    showSaid(event, "said");
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
  say(text.value);
  text.value = "";
  text.focus();
};

function say(words) {
  const sent = words.toWellFormed(); // as the server receives it, and echoes it
  socket.send(sent);
  if (!IGNORED.test(sent)) unconfirmed.push(sent);
  save();
}

/** An echo confirms the oldest of the texts that wait. */
function confirm({ id, name, text }, waiting, speaker = me) {
  const at = name === speaker ? waiting.indexOf(text) : -1;
  if (at >= 0) waiting.splice(at, 1);
  sessionStorage.setItem("seen", id);
  save();
}

function save() {
  sessionStorage.setItem("unsent", JSON.stringify([...unsent, ...unconfirmed]));
}

function showUnsent() {
  save();
  unsentList.replaceChildren(...unsent.map((words, i) => {
    const item = element("li", "");
    item.append(element("bdi", words), button("Send again", () => say(words)), button("Discard"));
    return item;

    function button(label, action) {
      const button = element("button", label);
      button.disabled = action && send.disabled;
      button.onclick = () => {
        unsent.splice(i, 1);
        action?.();
        showUnsent();
        text.focus(); // the button is gone
      };
      return button;
    }
  }));
}

function showHere() {
  online.replaceChildren(...[...here].map((name) => element("li", name)));
}

function showSaid({ at, name, text }, kind) {
  const line = show(kind, name, ": ", text);
  const time = element("time", new Date(at).toLocaleTimeString([], { timeStyle: "short" }));
  time.dateTime = at;
  line.prepend(time);
}

function show(kind, name, middle, words = "") {
  const line = document.createElement("p");
  line.className = kind;
  line.append(element("bdi", name), middle, element("bdi", words));
  messages.append(line);
  return line;
}

function element(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text; // as text, never as HTML: nobody can send us a script
  return element;
}

text.value = sessionStorage.getItem("draft") ?? "";
for (const leaving of ["pagehide", "visibilitychange"]) { // a phone may end a hidden tab unasked
  addEventListener(leaving, () => sessionStorage.setItem("draft", text.value));
}

nameField.value = sessionStorage.getItem("name") ?? "";
if (nameField.value) enter(nameField.value);
else nameField.focus();
