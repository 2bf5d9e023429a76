// A short sound, made here: two notes. Before the person has touched the page the browser keeps silent, and so does this.
let audio: AudioContext | undefined;

const notes = [880, 1174.7]; // Hz
const each = 0.16; // seconds

export function chime() {
  try {
    audio ??= new AudioContext();
    const { currentTime } = audio;
    void audio.resume();
    notes.forEach((frequency, i) => {
      if (!audio) return;
      const tone = new OscillatorNode(audio, { frequency });
      const volume = new GainNode(audio, { gain: 0.12 });
      const start = currentTime + i * each;
      volume.gain.setValueAtTime(0.12, start);
      volume.gain.exponentialRampToValueAtTime(0.001, start + each * 2);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + each * 2);
    });
  } catch {
    // no sound on this machine
  }
}
