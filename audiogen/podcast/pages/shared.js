// What the players of all pages share: the places they keep, one sound at a time, and what their server is told.
"use strict";
window.audiogen = (() => {
  // A frame without storage, or a reader who forbids it, has a player without memory.
  const memory = {
    read(key) { try { return localStorage.getItem(`audiogen:${key}`); } catch { return null; } },
    write(key, value) { try { localStorage.setItem(`audiogen:${key}`, value); } catch { /* no memory */ } },
    drop(key) { try { localStorage.removeItem(`audiogen:${key}`); } catch { /* no memory */ } },
  };

  const clock = (seconds) => {
    const whole = Math.floor(seconds), two = (number) => String(number).padStart(2, "0");
    const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
    return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
  };

  /** Keep where an episode was left; its beginning and its end are no place to go on from. */
  function remember(guid, seconds, length) {
    if (seconds > 3 && seconds < length - 5) memory.write(guid, seconds.toFixed(1));
    else memory.drop(guid);
  }

  /** Return where an episode of this length was left; 0 where it was not, or was cut shorter since. */
  function left(guid, length) {
    const place = Number(memory.read(guid));
    return place < length ? place : 0;
  }

  /** Only one reading is heard at a time, in whichever window or frame. */
  function giveWay(audio) {
    if (!window.BroadcastChannel) return;
    const channel = new BroadcastChannel("audiogen");
    const self = Math.random().toString(36);
    audio.addEventListener("play", () => channel.postMessage(self));
    channel.addEventListener("message", (event) => { if (event.data !== self) audio.pause(); });
  }

  /** Tell the server that made this page which stretches were heard; a page of any other host tells nobody. */
  function tellHeard(address, audio) {
    if (!address || !audio.played.length) return;
    const tenths = (seconds) => Math.round(10 * seconds) / 10;
    const heard = Array.from({ length: audio.played.length }, (_, number) => [audio.played.start(number), audio.played.end(number)].map(tenths));
    navigator.sendBeacon(address, JSON.stringify(heard));
  }

  return { memory, clock, remember, left, giveWay, tellHeard };
})();
