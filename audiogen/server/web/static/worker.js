// Makes the app installable. Nothing is kept but a page that says that the server cannot be reached.
"use strict";
const LOST = '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
  "<title>Not reached</title><h1>The server cannot be reached</h1><p>It may be off, or this device is not in its network.</p>";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate") return;
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'" };
  event.respondWith(fetch(event.request).catch(() => new Response(LOST, { status: 503, headers })));
});
