// What this user said and the chat did not confirm: it may not be saved, so it is offered again.

import { isOpen, on, send } from "./connection.js";
import { element } from "./conversation.js";

const list = document.querySelector("#unsent");
const text = document.querySelector("#text");

const IGNORED = /^[\t-\r\x1c-\x20\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]*$/; // blank for the server

let me;
let unconfirmed = []; // said on this connection, and not echoed yet
let unsent = JSON.parse(sessionStorage.getItem("unsent") ?? "[]"); // the same, of earlier connections

export function say(words) {
  const sent = words.toWellFormed(); // as the server receives it, and echoes it
  send(sent);
  if (!IGNORED.test(sent)) unconfirmed.push(sent);
  save();
}

on("welcome", ({ name, history }) => {
  me = name;
  const before = sessionStorage.getItem("name") ?? name; // the entry script has not replaced it yet
  const seen = Number(sessionStorage.getItem("seen"));
  history.forEach((said) => {
    if (said.id > seen) confirm(said, unsent, before); // saved after all, only its echo did not reach us
  });
  showUnsent();
});
on("said", (said) => confirm(said, unconfirmed, me));
on("closed", () => {
  unsent.push(...unconfirmed.splice(0));
  showUnsent();
});

/** An echo confirms the oldest of the texts that wait. Pictures are confirmed elsewhere. */
function confirm({ id, name, text, picture }, waiting, speaker) {
  const at = name === speaker && !picture ? waiting.indexOf(text) : -1;
  if (at >= 0) waiting.splice(at, 1);
  sessionStorage.setItem("seen", id);
  save();
}

function save() {
  sessionStorage.setItem("unsent", JSON.stringify([...unsent, ...unconfirmed]));
}

function showUnsent() {
  save();
  list.replaceChildren(...unsent.map((words, i) => {
    const item = element("li", "");
    item.append(element("bdi", words), button("Send again", () => say(words)), button("Discard"));
    return item;

    function button(label, action) {
      const button = element("button", label);
      button.disabled = action && !isOpen();
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
