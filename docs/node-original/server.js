// A server after the article's text: what one user says, all hear, the sender too.
const fs = require("fs");
const http = require("http");
const { WebSocketServer } = require("ws");

const port = Number(process.env.PORT ?? 3000);
const chat = new WebSocketServer({ port: port && port + 1 });

chat.on("connection", (socket) => {
  socket.on("message", (message) => {
    for (const client of chat.clients) {
      client.send(message.toString());
    }
  });
});

// The article's text does not say who serves its page. A test needs an address, so this does.
const page = http.createServer((request, response) => {
  const html = fs.readFileSync(`${__dirname}/index.html`, "utf8");
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.end(html.replace("PORT", chat.address().port));
});

page.listen(port, () => console.log(`Open http://localhost:${page.address().port}`));
