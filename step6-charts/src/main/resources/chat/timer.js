// Of a page that is hidden, only a worker's timer keeps its pace.
setInterval(() => postMessage("tick"), 100);
