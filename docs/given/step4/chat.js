// The page's entry: it loads the features, opens the connection, and sends what the form says.

import { connect, on } from "./connection.js";
import { element, paint, scrollToEnd } from "./conversation.js";
import { say } from "./unsent.js";

const main = document.querySelector("main");
const status = document.querySelector("#status");
const door = document.querySelector("#door");
const nameField = document.querySelector("#name");
const enterButton = door.querySelector("button");
const online = document.querySelector("#online");
const form = document.querySelector("#say");
const text = document.querySelector("#text");
const send = form.querySelector("button");

const here = new Set();

function enter(name) {
  status.textContent = "Connecting …";
  enterButton.disabled = true;
  connect(name);
}

on("welcome", (event) => {
  sessionStorage.setItem("name", event.name); // this tab's name, for a reload
  main.dataset.at = "room";
  status.textContent = `Connected as ${event.name}`;
  event.online.forEach((name) => here.add(name));
  showHere();
  send.disabled = false;
  text.focus();
});
on("joined", ({ name }) => {
  here.add(name);
  showHere();
});
on("left", ({ name }) => {
  here.delete(name);
  showHere();
});
on("closed", ({ reason }) => {
  const why = reason || `The chat cannot be reached. Does it run, and did it print ${location.origin}?`;
  const inRoom = main.dataset.at === "room";
  status.textContent = `Not connected. ${why}${inRoom ? " Reload the page to connect again." : ""}`;
  if (!inRoom) nameField.focus();
  enterButton.disabled = false;
  send.disabled = true;
});

function showHere() {
  online.replaceChildren(...[...here].map((name) => paint(element("li", name), name)));
}

door.onsubmit = (event) => {
  event.preventDefault();
  enter(nameField.value);
};

form.onsubmit = (event) => {
  event.preventDefault();
  say(text.value);
  scrollToEnd();
  text.value = "";
  text.focus();
};

text.onkeydown = (event) => { // with Shift, Enter begins a new line
  const isOfInputMethod = event.isComposing || event.keyCode === 229; // 229: so says Safari
  if (event.key !== "Enter" || event.shiftKey || isOfInputMethod) return;
  event.preventDefault();
  send.click(); // does nothing while nothing can be sent
};

text.value = sessionStorage.getItem("draft") ?? "";
for (const leaving of ["pagehide", "visibilitychange"]) { // a phone may end a hidden tab unasked
  addEventListener(leaving, () => sessionStorage.setItem("draft", text.value));
}

nameField.value = sessionStorage.getItem("name") ?? "";
if (nameField.value) enter(nameField.value);
else nameField.focus();
