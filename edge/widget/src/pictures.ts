const types = ["image/png", "image/jpeg", "image/webp", "image/gif"];
const heaviest = 5 * 1024 * 1024; // bytes
const longest = 1600; // pixels of the longer side
const thumb = 112; // pixels of a preview, drawn at half size

/** The file types a customer can pick. */
export const accepted = types.join(",");

/** Why a picture cannot be sent. */
export class Unfit extends Error {
  constructor(readonly why: "pictureType" | "pictureLarge") {
    super(why);
  }
}

/** Makes a file ready to be sent: what is larger than a screen needs is drawn smaller. */
export async function prepare(file: Blob): Promise<{ blob: Blob; preview: HTMLCanvasElement }> {
  if (!types.includes(file.type)) throw new Unfit("pictureType");
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new Unfit("pictureType"); // it is not what its name says
  }
  try {
    const large = Math.max(bitmap.width, bitmap.height) > longest || file.size > heaviest;
    const still = file.type !== "image/gif"; // drawing one would stop an animation
    const blob = large && still ? await smaller(bitmap) : file;
    if (blob.size > heaviest) throw new Unfit("pictureLarge");
    return { blob, preview: previewOf(bitmap) };
  } finally {
    bitmap.close();
  }
}

function smaller(bitmap: ImageBitmap): Promise<Blob> {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  if (context) {
    context.fillStyle = "#fff"; // JPEG knows no transparency
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Unfit("pictureLarge"))), "image/jpeg", 0.86);
  });
}

/** A canvas, because a page's content policy may forbid blob: images. */
function previewOf(bitmap: ImageBitmap): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = thumb;
  const side = Math.min(bitmap.width, bitmap.height);
  const [x, y] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
  canvas.getContext("2d")?.drawImage(bitmap, x, y, side, side, 0, 0, thumb, thumb);
  return canvas;
}
