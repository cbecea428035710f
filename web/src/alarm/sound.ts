// Two short rising notes, twice: made here, so that nothing has to be loaded. A browser lets a page sound only after it was used; until
// then the sound waits for the first key or tap, if it still rings by then.

let context: AudioContext | undefined;

function note(at: AudioContext, frequency: number, from: number, length: number) {
  const voice = at.createOscillator();
  const level = at.createGain();
  voice.type = "triangle";
  voice.frequency.value = frequency;
  level.gain.setValueAtTime(0, from);
  level.gain.linearRampToValueAtTime(0.25, from + 0.02);
  level.gain.exponentialRampToValueAtTime(0.001, from + length);
  voice.connect(level).connect(at.destination);
  voice.start(from);
  voice.stop(from + length);
}

/** Rings once. Of several open tabs, one. */
export async function ring(stillWanted: () => boolean = () => true) {
  if (!("AudioContext" in globalThis)) return;
  context ??= new AudioContext();
  const sounding = context;
  if (sounding.state !== "running") {
    await Promise.race([sounding.resume(), new Promise((resolve) => setTimeout(resolve, 300))]);
  }
  if (sounding.state !== "running") {
    const later = () => stillWanted() && void ring(stillWanted);
    for (const kind of ["pointerup", "keydown"]) addEventListener(kind, later, { once: true, capture: true });
    return;
  }
  const play = () => {
    const now = sounding.currentTime;
    for (const start of [0, 0.7]) {
      note(sounding, 660, now + start, 0.25);
      note(sounding, 880, now + start + 0.22, 0.4);
    }
    return new Promise((resolve) => setTimeout(resolve, 1500));
  };
  if (navigator.locks)
    await navigator.locks.request("alarm", { ifAvailable: true }, (mine) => mine && play());
  else await play();
}
