// Hold to speak. The clip goes to the server, its text into the search. Where the server understands no speech, or none
// in the page's language, the button says so and never asks for the microphone.
import { capabilities, transcribe } from "./api.js";
import { announce, el } from "./dom.js";
import { clearHeard, searchHeard, showListening } from "./heard.js";
import { language, t } from "./i18n.js";
import { closeBubble, openBubble } from "./popover.js";

const LONGEST_MS = 15_000;
// A press longer than this is a hold, which ends when it is let go; a shorter one starts, and the next one ends.
const HOLD_MS = 400;
const SHORTEST_MS = 350;
const TYPES = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4", "audio/webm"];
const SERVICE_FAULTS = { speech_unavailable: "voice.not_yet", bad_audio: "voice.bad_audio", too_large: "voice.bad_audio" };
const MICROPHONE_FAULTS = { NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "none" };

/** Make a button one that is held to speak. */
export function startVoice(button) {
  let phase = "idle", pressedAt = 0, recording = null, spoken = language(), sending = null;
  button.setAttribute("aria-pressed", "false");

  const explain = (text, ...others) => {
    announce(text);
    // A bubble that still stands there would be closed by the same button.
    closeBubble();
    openBubble(button, { title: t("voice.title"), className: "voice-bubble", content: [el("p", {}, text), ...others] });
  };
  function setPhase(next) {
    phase = next;
    button.dataset.phase = next;
    button.setAttribute("aria-pressed", String(next === "listening"));
    button.setAttribute("aria-busy", String(next === "sending"));
  }
  const giveUp = (...told) => { setPhase("idle"); explain(...told); };
  async function begin(wanted = language()) {
    spoken = wanted;
    setPhase("starting");
    const known = await speechLanguages();
    if (!known) return giveUp(t("voice.not_yet"));
    if (known.length && !known.includes(wanted)) return giveUp(...otherLanguage(known));
    if (!navigator.mediaDevices?.getUserMedia || !globalThis.MediaRecorder) return giveUp(t("voice.no_microphone"));
    try {
      recording = await record(button, { ended: finish, dropped: cancel });
    } catch (error) {
      return giveUp(t(`voice.fault.${MICROPHONE_FAULTS[error.name] ?? "busy"}`));
    }
    // Let go while the browser was still asking for the microphone.
    if (phase !== "starting") return cancel();
    setPhase("listening");
    announce(t("voice.listening"));
  }
  /** That only other languages are understood, and a button to speak each of them. */
  function otherLanguage(known) {
    const buttons = known.map((one) => {
      const speak = el("button", { type: "button", className: "button" }, t("voice.speak_in", { language: nameOf(one) }));
      speak.addEventListener("click", () => { closeBubble(); begin(one); });
      return speak;
    });
    const names = new Intl.ListFormat(language() === "zh" ? "zh-CN" : "en").format(known.map(nameOf));
    return [t("voice.not_this_language", { spoken: names, asked: nameOf(spoken) }), el("div", { className: "voice-languages" }, ...buttons)];
  }
  async function finish() {
    if (phase !== "listening") { if (phase === "starting") phase = "idle"; return; }
    sending = new AbortController();
    const { signal } = sending;
    setPhase("sending");
    const clip = await endRecording();
    if (signal.aborted) return;
    if (!clip) return giveUp(t("voice.too_short"));
    showListening();
    try {
      const told = await transcribe(clip, spoken, signal);
      if (signal.aborted) return;
      if (told.text?.trim()) searchHeard(told);
      else refused(t("voice.nothing_heard"));
    } catch (error) {
      if (!signal.aborted) refused(error.field === "language" ? t("voice.unspoken", { asked: nameOf(spoken) }) : t(SERVICE_FAULTS[error.code] ?? "voice.failed"));
    } finally {
      if (!signal.aborted) setPhase("idle");
    }
  }
  const refused = (...told) => { clearHeard(); explain(...told); };
  async function endRecording() {
    const ending = recording;
    recording = null;
    return ending ? ending.stop() : null;
  }
  async function cancel() {
    sending?.abort();
    clearHeard();
    setPhase("idle");
    announce(t("voice.stopped"));
    await endRecording();
  }
  function press() {
    pressedAt = performance.now();
    if (phase === "idle") begin();
    else if (phase === "listening") finish();
    else if (phase === "sending") cancel();
  }
  function release() {
    const held = performance.now() - pressedAt;
    if (held >= HOLD_MS && (phase === "listening" || phase === "starting")) finish();
  }

  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    button.setPointerCapture(event.pointerId);
    press();
  });
  button.addEventListener("pointerup", release);
  button.addEventListener("pointercancel", release);
  button.addEventListener("keydown", (event) => {
    if ((event.key !== "Enter" && event.key !== " ") || event.repeat) return;
    event.preventDefault();
    press();
  });
  button.addEventListener("keyup", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    release();
  });
  // A screen reader presses by a click alone, without pointer or key.
  button.addEventListener("click", (event) => { if (event.detail === 0 && performance.now() - pressedAt > 1000) press(); });
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  // While it records, the meter beside the button is what Escape closes.
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && ["starting", "sending"].includes(phase)) cancel(); });
  addEventListener("pagehide", () => { if (phase !== "idle") cancel(); });
}

/** The languages whose speech is understood, empty where the service does not tell them; null where none is. */
async function speechLanguages() {
  const shop = await capabilities().catch(() => null);
  return shop?.speech === true ? (shop.speech_languages ?? []).map((name) => name.slice(0, 2).toLowerCase()) : null;
}

const nameOf = (code) => new Intl.DisplayNames([language() === "zh" ? "zh-CN" : "en"], { type: "language" }).of(code);

/**
 * Record with a level meter beside the button. Answers {stop}, which gives the clip, or null for a slip of the finger.
 * `ended` is told when the longest time is over, `dropped` when the shopper closes the meter.
 */
async function record(button, { ended, dropped }) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, mimeType ? { mimeType } : {});
  const pieces = [], startedAt = performance.now();
  recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
  const meter = levelMeter(button, stream, dropped);
  recorder.start();
  const limit = setTimeout(ended, LONGEST_MS);
  return {
    async stop() {
      clearTimeout(limit);
      const stopped = new Promise((done) => { recorder.addEventListener("stop", done, { once: true }); });
      if (recorder.state !== "inactive") { recorder.stop(); await stopped; }
      stream.getTracks().forEach((track) => track.stop());
      meter.stop();
      const long = performance.now() - startedAt >= SHORTEST_MS;
      return long ? new Blob(pieces, { type: recorder.mimeType || "audio/webm" }) : null;
    },
  };
}

function levelMeter(button, stream, dropped) {
  const bar = el("span", { className: "voice-level" }), left = el("span", { className: "voice-left", "aria-hidden": "true" });
  const bubble = openBubble(button, {
    title: t("voice.listening"), className: "voice-bubble",
    content: [el("div", { className: "voice-meter", "aria-hidden": "true" }, bar), el("p", {}, t("voice.how"), " ", left)],
    closed: () => { if (running) dropped(); },
  });
  button.focus({ preventScroll: true });
  const sound = new AudioContext(), ear = sound.createAnalyser(), startedAt = performance.now();
  ear.fftSize = 512;
  sound.createMediaStreamSource(stream).connect(ear);
  const wave = new Float32Array(ear.fftSize);
  let frame = 0, running = true;
  const draw = () => {
    ear.getFloatTimeDomainData(wave);
    const loudness = Math.sqrt(wave.reduce((sum, value) => sum + value * value, 0) / wave.length);
    bar.style.setProperty("transform", `scaleX(${Math.min(1, loudness * 5).toFixed(3)})`);
    left.textContent = t("voice.seconds_left", { seconds: Math.max(0, Math.ceil((LONGEST_MS - performance.now() + startedAt) / 1000)) });
    frame = requestAnimationFrame(draw);
  };
  draw();
  return {
    stop() {
      running = false;
      cancelAnimationFrame(frame);
      sound.close();
      if (bubble?.isConnected) closeBubble();
    },
  };
}
