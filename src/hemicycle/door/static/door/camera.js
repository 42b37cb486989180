// Reads QR codes from the camera: by the browser's own detector, else by the decoder we ship.
/* global ZXingWASM */

const EVERY = 110;
const WIDEST = 960;

const native = async () => {
  try {
    if (!(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return null;
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video)).map((found) => found.rawValue);
  } catch {
    return null;
  }
};

const shipped = async (decoder) => {
  await ZXingWASM.prepareZXingModule({ overrides: { locateFile: () => decoder }, fireImmediately: true });
  const canvas = document.createElement("canvas");
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, WIDEST / video.videoWidth);
    canvas.width = video.videoWidth * scale;
    canvas.height = video.videoHeight * scale;
    brush.drawImage(video, 0, 0, canvas.width, canvas.height);
    const picture = brush.getImageData(0, 0, canvas.width, canvas.height);
    const found = await ZXingWASM.readBarcodes(picture, { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 1 });
    return found.filter((code) => code.isValid).map((code) => code.text);
  };
};

export class Camera {
  constructor(video, decoder, told) {
    Object.assign(this, { video, decoder, told, running: false });
  }

  async start() {
    if (this.running) return;
    this.stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 } },
      audio: false,
    });
    this.video.srcObject = this.stream;
    await this.video.play();
    this.look ??= (await native()) ?? (await shipped(this.decoder));
    this.running = true;
    this.loop();
  }

  async loop() {
    while (this.running) {
      if (this.video.readyState >= 2 && this.video.videoWidth) {
        for (const text of await this.look(this.video).catch(() => [])) this.told(text);
      }
      await new Promise((next) => setTimeout(next, EVERY));
    }
  }

  stop() {
    this.running = false;
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.video.srcObject = null;
  }
}
