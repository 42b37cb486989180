// What the door sounds and feels like: two rising tones, one flat, one low; each with its own vibration.

const TONES = { ok: [[880, 0, 0.09], [1320, 0.1, 0.14]], warn: [[520, 0, 0.16], [520, 0.22, 0.16]], bad: [[170, 0, 0.5]] };
const BUZZ = { ok: [60], warn: [80, 60, 80], bad: [400] };
let audio = null;

// Browsers allow sound after a touch only.
export const allow = () => {
  audio ??= new (window.AudioContext ?? window.webkitAudioContext)();
  if (audio.state === "suspended") audio.resume();
};

export const signal = (kind) => {
  navigator.vibrate?.(BUZZ[kind]);
  if (audio?.state !== "running") return;
  for (const [pitch, after, long] of TONES[kind]) {
    const tone = audio.createOscillator();
    const loud = audio.createGain();
    const start = audio.currentTime + after;
    tone.type = kind === "bad" ? "square" : "sine";
    tone.frequency.value = pitch;
    loud.gain.setValueAtTime(0.25, start);
    loud.gain.exponentialRampToValueAtTime(0.001, start + long);
    tone.connect(loud).connect(audio.destination);
    tone.start(start);
    tone.stop(start + long);
  }
};
