// Hold to speak. The clip goes to the server, its text into the search. Until the server understands speech the button
// says so, and never asks for the microphone.
import { capabilities, transcribe } from "./api.js";
import { announce, el } from "./dom.js";
import { language, t } from "./i18n.js";
import { closeBubble, openBubble } from "./popover.js";
import { go } from "./state.js";

const LONGEST_MS = 15_000;
// A press longer than this is a hold, which ends when it is let go; a shorter one starts, and the next one ends.
const HOLD_MS = 400;
const SHORTEST_MS = 350;
const TYPES = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4", "audio/webm"];
const MICROPHONE_FAULTS = { NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "none" };

/** Make a button one that is held to speak. */
export function startVoice(button) {
  let phase = "idle", pressedAt = 0, recording = null;
  button.setAttribute("aria-pressed", "false");

  const explain = (text) => {
    announce(text);
    openBubble(button, { title: t("voice.title"), className: "voice-bubble", content: [el("p", {}, text)] });
  };
  function setPhase(next) {
    phase = next;
    button.dataset.phase = next;
    button.setAttribute("aria-pressed", String(next === "listening"));
    button.setAttribute("aria-busy", String(next === "sending"));
  }
  const giveUp = (text) => { setPhase("idle"); explain(text); };
  async function begin() {
    setPhase("starting");
    if (!(await speechIsUnderstood())) return giveUp(t("voice.not_yet"));
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
  async function finish() {
    if (phase !== "listening") { if (phase === "starting") phase = "idle"; return; }
    const clip = await endRecording();
    if (!clip) return giveUp(t("voice.too_short"));
    setPhase("sending");
    announce(t("voice.sending"));
    try {
      const { text } = await transcribe(clip, language());
      if (text?.trim()) go({ q: text.trim() });
      else explain(t("voice.nothing_heard"));
    } catch (error) {
      explain(error.code === "speech_unavailable" ? t("voice.not_yet") : t("voice.failed"));
    } finally {
      setPhase("idle");
    }
  }
  async function endRecording() {
    const ending = recording;
    recording = null;
    return ending ? ending.stop() : null;
  }
  async function cancel() {
    await endRecording();
    setPhase("idle");
  }
  function press() {
    pressedAt = performance.now();
    if (phase === "idle") begin();
    else if (phase === "listening") finish();
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
  addEventListener("pagehide", () => { if (phase !== "idle") cancel(); });
}

async function speechIsUnderstood() {
  try {
    return (await capabilities()).speech === true;
  } catch {
    return false;
  }
}

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
