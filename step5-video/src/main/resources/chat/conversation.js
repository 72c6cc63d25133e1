// The conversation: its lines, their colours and links, and how many are new below.

import { on } from "./connection.js";

const messages = document.querySelector("#messages");
const scroll = document.querySelector(".scroll");
const unreadButton = document.querySelector("#unread");

const decorators = [];
const dayOf = (time) => new Date(time).toLocaleDateString([], { dateStyle: "full" });
let day = dayOf(new Date()); // of the last message
let unread = 0; // messages that are below what is in sight, or came while the tab was hidden
let me; // this user's name, as the room writes it

/** Calls this with each message and its line: a feature may add something to the line. */
export function decorate(decorator) {
  decorators.push(decorator);
}

export function scrollToEnd() {
  scroll.scrollTop = 0;
}

/** Gives it the colour of this name, the same in all tabs; the style file says how bright it is. */
export function paint(element, name) {
  let hue = 0; // degrees
  for (const letter of name) hue = (hue * 31 + letter.codePointAt() * 137) % 360;
  element.style.setProperty("--hue", hue);
  return element;
}

export function element(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text; // as text, never as HTML: nobody can send us a script
  return element;
}

on("welcome", ({ name, history }) => {
  me = name;
  history.forEach((said) => showSaid(said, "said earlier"));
  if (history.length) show("note", "", "↑ said before this page was opened");
  countUnread(0);
});
on("joined", ({ name }) => show("note", name, " has come in"));
on("left", ({ name }) => show("note", name, " has left"));
on("said", (said) => {
  countUnread(1);
  showSaid(said, "said");
});

function showSaid(said, kind) {
  const { at, name, text } = said;
  if (day !== dayOf(at)) show("note day", "", (day = dayOf(at)));
  const isMore = messages.lastElementChild?.dataset.from === name;
  const line = paint(show(kind, name, ": ", text), name);
  line.dataset.from = name;
  line.classList.toggle("more", isMore); // of the same user: close to the one before
  line.classList.toggle("own", name === me);
  const time = element("time", new Date(at).toLocaleTimeString([], { timeStyle: "short" }));
  time.dateTime = at;
  line.prepend(time);
  decorators.forEach((decorator) => decorator(said, line));
}

function show(kind, name, middle, words = "") {
  const line = document.createElement("p");
  line.className = kind;
  line.append(element("bdi", name), middle, withLinks(words));
  messages.append(line);
  return line;
}

/** What is opened by a link must not reach back into this page. */
function withLinks(words) {
  const all = element("bdi", "");
  words.split(/(https?:\/\/[^\s<>"]*[^\s<>"'.,:;!?)\]])/).forEach((part, i) => { // every second one is a link
    const link = element("a", part);
    Object.assign(link, { href: part, target: "_blank", rel: "noopener noreferrer" });
    all.append(i % 2 ? link : part);
  });
  return all;
}

/** The box is turned upside down: it is at its end at 0, and above it below 0. */
function countUnread(more) {
  if (!me) return;
  const atEnd = scroll.scrollTop > -20;
  unread = atEnd && !document.hidden ? 0 : unread + more;
  unreadButton.hidden = atEnd || !unread;
  unreadButton.textContent = `↓ ${unread} new`;
  document.title = `${document.hidden && unread ? `(${unread}) ` : ""}${me} – Chat`;
}

scroll.onscroll = () => countUnread(0);
document.addEventListener("visibilitychange", () => countUnread(0));
unreadButton.onclick = () => {
  scrollToEnd();
  scroll.focus(); // the button will be hidden
};
